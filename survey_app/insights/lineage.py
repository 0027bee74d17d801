"""Which versions of questionnaires a figure draws from, and how alike those are."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from sqlalchemy import case, select
from sqlalchemy.orm import Session

from survey_app.insights.figure_filter import FigureFilter
from survey_app.insights.models import AnalysedText, Mention
from survey_app.questionnaires.comparison.chain import Likeness, Step, chained
from survey_app.questionnaires.models import Questionnaire, QuestionnaireVersion
from survey_app.questionnaires.published import read_or_none
from survey_app.responses.counting import counts
from survey_app.responses.models import Answer, Response


@dataclass(frozen=True, slots=True)
class Source:
    """The versions of one questionnaire that a figure draws from, the oldest first."""

    slug: str
    versions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Edition:
    """One version; ids grow with the versions of a questionnaire."""

    id: int
    version: str
    step: Step


@dataclass(frozen=True, slots=True)
class Lineage:
    """All versions of one questionnaire, the oldest first."""

    slug: str
    editions: tuple[Edition, ...]

    def between(self, ids: Collection[int]) -> tuple[Edition, ...]:
        """From the oldest to the newest of these, those in between included."""
        low, high = min(ids), max(ids)
        return tuple(each for each in self.editions if low <= each.id <= high)

    def likeness(self, ids: Collection[int]) -> dict[str, Likeness]:
        """How alike the questions of these versions are."""
        return chained([each.step for each in self.between(ids)])


class Feed(NamedTuple):
    """That answers to a question of a version told of a touchpoint in a week."""

    touchpoint: str
    week: int
    version_id: int
    question_id: str
    code: str | None  # of the option that a text was written beside


def list_version_ids(session: Session, filters: FigureFilter) -> list[int]:
    """The versions that were answered in a wave or, without one, at all."""
    if filters.source == "interview":
        return []
    statement = select(Response.version_id).where(counts()).distinct()
    if filters.wave_id is not None:
        statement = statement.where(Response.wave_id == filters.wave_id)
    return sorted(session.scalars(statement))


def read_lineages(session: Session, version_ids: Collection[int]) -> list[Lineage]:
    """The questionnaires that these versions belong to, by their address."""
    wanted = select(QuestionnaireVersion.questionnaire_id).where(
        QuestionnaireVersion.id.in_(version_ids)
    )
    rows = session.execute(
        select(Questionnaire.slug, QuestionnaireVersion)
        .join(
            QuestionnaireVersion,
            QuestionnaireVersion.questionnaire_id == Questionnaire.id,
        )
        .where(Questionnaire.id.in_(wanted))
        .order_by(Questionnaire.slug, QuestionnaireVersion.id)
    ).all()
    return [
        Lineage(slug, tuple(_edition(version) for _slug, version in versions))
        for slug, versions in groupby(rows, key=lambda row: row[0])
    ]


def _edition(version: QuestionnaireVersion) -> Edition:
    question_set = read_or_none(version)
    questions = {} if question_set is None else question_set.questions
    step = Step(dict(version.comparability), questions)
    return Edition(version.id, version.version, step)


def read_feeds(
    session: Session, filters: FigureFilter, lineages: Iterable[Lineage]
) -> list[Feed]:
    """What was drawn from where; an option is named where it matters which it was."""
    choices = {
        name
        for lineage in lineages
        for edition in lineage.editions
        for name, question in edition.step.questions.items()
        if question.options and question.written is not None
    }
    code = case((Answer.question_id.in_(choices), Answer.code))
    columns = (
        Mention.touchpoint,
        Mention.week,
        Response.version_id,
        Answer.question_id,
        code,
    )
    statement = (
        select(*columns)
        .join(AnalysedText, AnalysedText.id == Mention.analysed_text_id)
        .join(Answer, Answer.id == AnalysedText.answer_id)
        .join(Response, Response.id == Answer.response_id)
        .where(*filters.conditions())
        .distinct()
    )
    return [Feed(*row) for row in session.execute(statement)]


def sources_of(
    lineages: Iterable[Lineage], version_ids: Collection[int]
) -> tuple[Source, ...]:
    found = (
        Source(
            lineage.slug,
            tuple(each.version for each in lineage.editions if each.id in version_ids),
        )
        for lineage in lineages
    )
    return tuple(source for source in found if source.versions)
