"""Which mentions a figure speaks for."""

from dataclasses import dataclass, field, replace

from sqlalchemy import ColumnElement, Select

from survey_app.insights.generations import current_number
from survey_app.insights.models import Mention
from survey_app.insights.review_limit import counts_in_figures, waits_for_judgement
from survey_app.touchpoints.queries import is_shown


@dataclass(frozen=True, slots=True)
class Audience:
    """Some of the respondents, such as the members of a persona.

    ``key`` names exactly these people for as long as the data stay what they are; two
    audiences with one key are the same. ``respondents`` selects their ids.
    """

    key: str
    respondents: Select[int] = field(compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureFilter:
    """None means: whatever it is."""

    wave_id: int | None = None
    language: str | None = None  # nl, en
    role: str | None = None  # what the question asks for
    source: str | None = None  # survey, interview
    audience: Audience | None = None
    generation: int | None = None  # another than the current one, to compare

    def in_wave(self, wave_id: int | None) -> "FigureFilter":
        return replace(self, wave_id=wave_id)

    def conditions(self) -> list[ColumnElement[bool]]:
        """What a row of mentions must satisfy to count."""
        return [*self.but_touchpoint(), is_shown(Mention.touchpoint)]

    def but_touchpoint(self) -> list[ColumnElement[bool]]:
        """The same for who asks once of each touchpoint whether it is shown."""
        return [*self._matching(), counts_in_figures()]

    def waiting(self) -> list[ColumnElement[bool]]:
        """What it satisfies when it counts only once a person has judged it."""
        shown = is_shown(Mention.touchpoint)
        return [*self._matching(), shown, waits_for_judgement()]

    def _matching(self) -> list[ColumnElement[bool]]:
        wanted = {
            Mention.wave_id: self.wave_id,
            Mention.language: self.language,
            Mention.role: self.role,
            Mention.source: self.source,
        }
        number = current_number() if self.generation is None else self.generation
        conditions = [Mention.generation == number]
        conditions += [
            column == value for column, value in wanted.items() if value is not None
        ]
        if self.audience is not None:
            conditions.append(Mention.respondent_id.in_(self.audience.respondents))
        return conditions
