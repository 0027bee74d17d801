"""What the question that was asked tells about the answer."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from analysis.cues import CueBook, Word, words_in
from analysis.lexicon import load_lexicon
from analysis.records import Language, QuestionRole, Text
from analysis.sentiment.ratings import score_of_mark
from analysis.turns import TurnReader

_LONGEST_NON_ANSWER = 60  # characters
_TOP_MARK = 10
_SHORT_ANSWER = 3  # words up to which one word may be the whole answer


@dataclass(frozen=True, slots=True)
class RolePrior:
    """What holds for an answer before its words are read."""

    touchpoint: str | None = None  # what an opinion without a touchpoint is about
    bare: float = 0.0  # how a touchpoint named without an opinion is meant
    channels: frozenset[str] = frozenset()  # what the question asks to name


@cache
def role_prior(role: QuestionRole | None) -> RolePrior:
    """The prior of a question; of an unknown question one that says nothing.

    >>> role_prior(QuestionRole.FINDABILITY).touchpoint
    'search_navigation'
    """
    entry = load_lexicon("questions")["roles"].get(role, {})
    return RolePrior(
        touchpoint=entry.get("touchpoint"),
        bare=entry.get("bare", 0.0),
        channels=frozenset(entry.get("channels", "").split()),
    )


def non_answer(text: str, words: Sequence[Word] | None = None) -> bool:
    """Whether a text says nothing: "weet niet", "n.v.t.", "-", "no idea".

    >>> non_answer("Geen idee!"), non_answer("..."), non_answer("Geen idee, wel duur")
    (True, True, False)
    """
    if len(text) > _LONGEST_NON_ANSWER:
        return False
    words = words_in(text) if words is None else words
    if not words:
        return not (any(map(_is_pictograph, text)) or text.strip() in _emoticons())
    return " ".join(word.form for word in words) in _non_answers()


def _is_pictograph(character: str) -> bool:
    return ord(character) >= 0x2600  # noqa: PLR2004  (where emoji begin; a bare emoji is an answer)


@cache
def _emoticons() -> frozenset[str]:
    groups = load_lexicon("emoji")["group"]
    return frozenset(face for group in groups for face in group["list"].split())


@cache
def _non_answers() -> frozenset[str]:
    lists = load_lexicon("questions")["non_answers"]
    return frozenset(phrase for phrases in lists.values() for phrase in phrases)


@dataclass(frozen=True, slots=True)
class Verdict:
    """A yes, a no or a half yes with which an answer opens."""

    score: float
    words: int


class AnswerReader:
    """Reads short answers in one language in the light of their question."""

    def __init__(self, language: Language) -> None:
        code = "en" if language is Language.ENGLISH else "nl"
        lexicon = load_lexicon("questions")
        self._verdicts = _verdicts(lexicon["findability"], code)
        self._possibility = _book(lexicon["possibility"][code])
        self._negators = frozenset(lexicon["negators"][code].split())
        self._nothing = frozenset(lexicon["nothing"][code].split())
        self._satisfied = _book(lexicon["satisfied"][code])
        self._likewise = frozenset(lexicon["likewise"][code].split())
        self._neutral = _book(lexicon["neutral"][code])
        self.turns = TurnReader(language)

    def verdict(self, words: Sequence[Word]) -> Verdict | None:
        """How an answer to "could you find it" opens, or None.

        >>> AnswerReader(Language.DUTCH).verdict(words_in("Nee, jammer"))
        Verdict(score=-0.6, words=1)
        """
        best: Verdict | None = None
        for match in self._verdicts.find(words):
            length = len(match.positions)
            if match.positions[0] == 0 and (best is None or length > best.words):
                best = Verdict(match.value, length)
        return best or self._late_verdict(words)

    def is_verdict(self, text: Text) -> bool:
        """Whether the whole text is a yes or no to "could you find it"."""
        words = words_in(text.text)
        verdict = self.verdict(words)
        return (
            text.question is QuestionRole.FINDABILITY
            and verdict is not None
            and verdict.words == len(words)
        )

    def _late_verdict(self, words: Sequence[Word]) -> Verdict | None:
        if len(words) > _SHORT_ANSWER:
            return None
        scores = [match.value for match in self._verdicts.find(words)]
        return Verdict(min(scores), len(words)) if scores else None

    def names_possibility(self, words: Sequence[Word]) -> bool:
        """Whether the words say that something could or may be done."""
        return bool(self._possibility.find(words)) and not any(
            word.form in self._negators for word in words
        )

    def opens_with_nothing(self, words: Sequence[Word]) -> bool:
        return bool(words) and words[0].form in self._nothing

    def is_satisfied(self, words: Sequence[Word]) -> bool:
        return bool(self._satisfied.find(words))

    def ends_in_likewise(self, words: Sequence[Word]) -> bool:
        """Whether the words say of something that it was no different.

        >>> AnswerReader(Language.DUTCH).ends_in_likewise(words_in("Telefoon ook"))
        True
        """
        return 1 < len(words) <= _SHORT_ANSWER and words[-1].form in self._likewise

    def bare_mark(self, words: Sequence[Word]) -> float | None:
        """The score of an answer that is a mark out of ten and nothing else.

        >>> AnswerReader(Language.DUTCH).bare_mark(words_in("10"))
        0.9
        """
        if len(words) != 1 or not words[0].form.isdecimal():
            return None
        mark = int(words[0].form)
        return score_of_mark(mark) if mark <= _TOP_MARK else None

    def is_indifferent(self, words: Sequence[Word]) -> bool:
        return bool(self._neutral.find(words))


def _verdicts(entry: dict[str, Any], code: str) -> CueBook[float]:
    scores = {"yes": 0.5, "no": -0.6, "half": 0.0}
    return CueBook(
        (phrase, score)
        for name, score in scores.items()
        for phrase in entry[f"{name}_{code}"]
    )


def _book(phrases: Iterable[str]) -> CueBook[None]:
    return CueBook((phrase, None) for phrase in phrases)
