"""What people said of own touchpoints, as passages that the analysis learns from."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from survey_app.insights.masking import mask_spans
from survey_app.insights.models import Correction
from survey_app.interviews.models import Interview, Turn
from survey_app.responses.models import Answer
from survey_app.touchpoints.catalogue import PREFIX

if TYPE_CHECKING:
    from analysis.own_lessons import Lessons, Passage

NEWEST = 2_000  # corrections that are looked at


@dataclass(frozen=True, slots=True)
class Said:
    """The last word on one passage, and whether it speaks of the touchpoint."""

    source: tuple[int | None, int | None]
    start: int
    end: int
    text: str  # the whole text
    speaks: bool

    def overlaps(self, other: "Said") -> bool:
        return self.start < other.end and other.start < self.end


# By touchpoint, one each: words of what was erased are gone with the next look.
_made: dict[str, tuple[Sequence[Said], "Lessons"]] = {}


@dataclass(frozen=True, slots=True)
class Taught:
    """How many passages teach a touchpoint, and when all texts are read again."""

    speak: int
    speak_not: int
    read_again_at: int | None

    @property
    def passages(self) -> int:
        return self.speak + self.speak_not


def read_lessons(session: Session) -> dict[str, "Lessons"]:
    """By own touchpoint. Passages are without personal data: they travel far."""
    found = _by_touchpoint(session)
    for gone in _made.keys() - found.keys():
        _made.pop(gone, None)
    return {code: _lessons(code, said) for code, said in found.items()}


def count_lessons(session: Session, code: str) -> Taught:
    from analysis.own_lessons import next_stage  # noqa: PLC0415 - pages load none of it

    said = _by_touchpoint(session).get(code, [])
    speak = sum(each.speaks for each in said)
    return Taught(speak, len(said) - speak, next_stage(len(said)))


def _by_touchpoint(session: Session) -> Mapping[str, list[Said]]:
    """The newest first. What is said later of the same words takes the place."""
    found: defaultdict[str, list[Said]] = defaultdict(list)
    newer: defaultdict[object, list[Said]] = defaultdict(list)  # of the same text
    for correction, text in _corrections(session):
        if correction.quote != text[correction.start : correction.end]:
            continue  # the text became another one
        for code, said in _verdicts(correction, text):
            of_text = newer[code, said.source]
            if not any(said.overlaps(each) for each in of_text):
                of_text.append(said)
                found[code].append(said)
    return found


def _verdicts(correction: Correction, text: str) -> Iterator[tuple[str, Said]]:
    source = (correction.answer_id, correction.turn_id)
    place = (source, correction.start, correction.end, text)
    said, machine = correction.touchpoint, correction.machine_touchpoint
    if said is not None and said.startswith(PREFIX):
        yield said, Said(*place, speaks=True)
    if machine is not None and machine.startswith(PREFIX) and machine != said:
        yield machine, Said(*place, speaks=False)


def _corrections(session: Session) -> Iterable[tuple[Correction, str]]:
    of_turn = func.substr(Interview.text, Turn.start + 1, Turn.end - Turn.start)
    rows = session.execute(
        select(Correction, func.coalesce(Answer.text, of_turn, ""))
        .outerjoin(Answer, Answer.id == Correction.answer_id)
        .outerjoin(Turn, Turn.id == Correction.turn_id)
        .outerjoin(Interview, Interview.id == Turn.interview_id)
        .where(
            or_(
                Correction.touchpoint.startswith(PREFIX, autoescape=True),
                Correction.machine_touchpoint.startswith(PREFIX, autoescape=True),
            )
        )
        .order_by(Correction.id.desc())
        .limit(NEWEST)
    )
    return ((correction, text) for correction, text in rows)


def _lessons(code: str, said: Sequence[Said]) -> "Lessons":
    """Masking takes a while, and work is looked for all the time."""
    from analysis.own_lessons import lessons_from  # noqa: PLC0415 - likewise

    made_of, lessons = _made.get(code, ((), None))
    if lessons is None or made_of != said:
        lessons = lessons_from(
            [_passage(each) for each in said if each.speaks],
            [_passage(each) for each in said if not each.speaks],
            given=len(said),
        )
        _made[code] = said, lessons
    return lessons


def _passage(said: Said) -> "Passage":
    from analysis.own_lessons import Passage, text_mark  # noqa: PLC0415 - likewise

    masked, [(start, end)] = mask_spans(said.text, [(said.start, said.end)])
    return Passage(masked[start:end].strip(), text_mark(said.text))
