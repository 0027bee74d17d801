"""Breaking off as a finding: per page, and next to what leavers had said so far."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from survey_app.dashboard.dropoff_queries import Sent
from survey_app.questionnaires.question_set import Question, QuestionSet
from survey_app.responses.departures import CHECK_PAGE

FEW = 5  # fewer people than this could be told apart
BAR = 160  # pixels for everybody who started
SHOWN = 6
NOTICEABLE = 0.1  # of a share, between who left and who stayed

Ticks = Mapping[tuple[str, bool], Mapping[str, int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class PageRow:
    """One page of the questionnaire; ``page_id`` check is the last, before sending."""

    page_id: str
    reached: int
    left: int
    errors: int
    median_seconds: int | None

    @property
    def share_left(self) -> float:
        return self.left / self.reached if self.reached else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class DropOff:
    rows: tuple[PageRow, ...]
    started: int
    left: int

    @property
    def worst(self) -> PageRow | None:
        """Where the largest share left, of those with enough people to say so."""
        told = [row for row in self.rows if row.left and row.reached >= FEW]
        return max(told, key=lambda row: row.share_left, default=None)

    def width(self, people: int) -> float:
        most = max((row.reached for row in self.rows), default=0)
        return round(people / most * BAR, 1) if most else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """An option that leavers ticked more or less often than who finished."""

    question: Question
    code: str
    left: float
    stayed: float
    base: int  # leavers who answered the question


def drop_off(
    question_set: QuestionSet,
    sent: Mapping[str, Sent],
    left: Mapping[str, int],
    seconds: Mapping[str, Mapping[int, int]],
) -> DropOff:
    """Who reached a page either sent it or left there."""
    rows: list[PageRow] = []
    for page_id in (*(page.id for page in question_set.pages), CHECK_PAGE):
        here = sent.get(page_id, Sent(0, 0))
        leaving = left.get(page_id, 0)
        if page_id == CHECK_PAGE:
            if not leaving:
                continue
            here = _got_to_the_end(rows, leaving)
        rows.append(
            PageRow(
                page_id=page_id,
                reached=here.people + leaving,
                left=leaving,
                errors=here.errors,
                median_seconds=median(seconds.get(page_id, {})),
            )
        )
    started = max((row.reached for row in rows), default=0)
    return DropOff(rows=tuple(rows), started=started, left=sum(left.values()))


def _got_to_the_end(rows: Sequence[PageRow], leaving: int) -> Sent:
    """Sending all answers is no page: who went on from the last one came to it."""
    came = rows[-1].reached - rows[-1].left if rows else 0
    return Sent(max(came - leaving, 0), 0)


def median(counts: Mapping[int, int]) -> int | None:
    """The middle one of so many values.

    >>> median({10: 1, 20: 3, 90: 1})
    20
    """
    half = sum(counts.values()) / 2
    so_far = 0
    for value in sorted(counts):
        so_far += counts[value]
        if so_far >= half:
            return value
    return None


def differences(question_set: QuestionSet, ticks: Ticks) -> Sequence[Difference]:
    """The largest differences in what was ticked; groups of few people are left out."""
    found = [
        each
        for question in question_set.questions.values()
        for each in _of_question(question, ticks)
        if abs(each.left - each.stayed) >= NOTICEABLE
    ]
    return sorted(found, key=lambda each: -abs(each.left - each.stayed))[:SHOWN]


def _of_question(question: Question, ticks: Ticks) -> Iterator[Difference]:
    left, stayed = (ticks.get((question.id, side), {}) for side in (True, False))
    bases = sum(left.values()), sum(stayed.values())
    if min(bases) < FEW:
        return
    for option in question.options:
        yield Difference(
            question=question,
            code=option.code,
            left=left.get(option.code, 0) / bases[0],
            stayed=stayed.get(option.code, 0) / bases[1],
            base=bases[0],
        )
