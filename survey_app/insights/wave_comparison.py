"""How far a wave may be compared with the one before, question by question."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import Session

from survey_app.insights.figure_filter import FigureFilter
from survey_app.insights.figure_queries import find_previous_wave
from survey_app.insights.lineage import list_version_ids, read_lineages
from survey_app.insights.models import AnalysedText
from survey_app.questionnaires.comparison import Comparability
from survey_app.questionnaires.comparison.chain import Likeness
from survey_app.questionnaires.models import Wave
from survey_app.responses.models import Answer


@dataclass(frozen=True, slots=True, kw_only=True)
class WaveComparison:
    """A wave against the one before; figures speak of what people write.

    ``older`` and ``newer`` are the ends of the versions that the two were asked, and
    equal where it was one. ``asked`` are the questions with a text, of either wave.
    """

    wave_id: int
    name: str
    slug: str
    older: str = ""
    newer: str = ""
    asked: tuple[Likeness, ...] = ()
    is_possible: bool = True

    @property
    def is_one_sided(self) -> bool:
        """Whether people filled in a questionnaire in one of the two alone."""
        return not self.is_possible and not self.newer

    def of_class(self, what: Comparability) -> tuple[Likeness, ...]:
        return tuple(each for each in self.asked if each.what is what)

    @property
    def left_out(self) -> tuple[Likeness, ...]:
        """Questions that count in one of the two waves alone."""
        return tuple(each for each in self.asked if not each.is_comparable)

    @property
    def spans_versions(self) -> bool:
        return self.older != self.newer


def compare_with_previous(
    session: Session, filters: FigureFilter
) -> WaveComparison | None:
    """None: there is no wave before."""
    previous = find_previous_wave(session, filters.wave_id)
    if previous is None:
        return None
    ours = list_version_ids(session, filters)
    theirs = list_version_ids(session, filters.in_wave(previous.id))
    if bool(ours) != bool(theirs):  # here a questionnaire, there only conversations
        return _impossible(previous)
    if ours == theirs and len(ours) <= 1:
        return _plain(previous)
    lineages = read_lineages(session, {*ours, *theirs})
    if len(lineages) != 1:
        return _impossible(previous)
    editions = lineages[0].between({*ours, *theirs})
    found = lineages[0].likeness({*ours, *theirs}).values()
    asked = tuple(each for each in found if each.is_written)
    return WaveComparison(
        wave_id=previous.id,
        name=previous.name,
        slug=lineages[0].slug,
        older=editions[0].version,
        newer=editions[-1].version,
        asked=asked,
        is_possible=any(each.is_comparable for each in asked),
    )


def unlike_texts(
    comparison: WaveComparison, wave_id: int | None
) -> Select[int | None] | None:
    """The texts of both waves that have no counterpart in the other; None: no such."""
    unlike = [condition for each in comparison.asked for condition in _unlike(each)]
    if not unlike:
        return None
    return (
        select(AnalysedText.id)
        .join(Answer, Answer.id == AnalysedText.answer_id)
        .where(AnalysedText.wave_id.in_((wave_id, comparison.wave_id)), or_(*unlike))
    )


def _unlike(question: Likeness) -> list[ColumnElement[bool]]:
    is_its = Answer.question_id == question.question_id
    if not question.is_comparable:
        return [is_its]
    if question.codes is None:
        return []
    return [is_its & Answer.code.not_in(sorted(question.codes))]


def _plain(previous: Wave) -> WaveComparison:
    return WaveComparison(
        wave_id=previous.id, name=previous.name, slug=previous.questionnaire.slug
    )


def _impossible(previous: Wave) -> WaveComparison:
    return WaveComparison(
        wave_id=previous.id,
        name=previous.name,
        slug=previous.questionnaire.slug,
        is_possible=False,
    )
