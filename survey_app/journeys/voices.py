"""Which of all that was said gets a place on the map."""

from survey_app.insights.excerpts import Excerpt, Excerpts


class Voices:
    """Hands out what people said: nobody twice, and what reads best first."""

    def __init__(self, excerpts: Excerpts, language: str) -> None:
        self._excerpts = excerpts
        self._language = language
        self._heard: set[int] = set()

    def choose(self, touchpoint: str, lane: str, mean: float) -> tuple[Excerpt, ...]:
        """One excerpt at most: what goes against the figure would mislead."""
        tone = "negative" if mean < 0 else "positive"
        fitting = [
            excerpt
            for excerpt in self._excerpts.get((touchpoint, lane), ())
            if excerpt.respondent_id not in self._heard
            and (lane != "quote" or excerpt.polarity == tone)
        ]
        chosen = tuple(sorted(fitting, key=self._reads_worse)[:1])
        self._heard.update(excerpt.respondent_id for excerpt in chosen)
        return chosen

    def _reads_worse(self, excerpt: Excerpt) -> tuple[bool, bool]:
        return not excerpt.is_whole, excerpt.language != self._language
