"""From draft to version: what changed, under which number, and then it is public.

The caller owns the transaction.
"""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from survey_app.questionnaires.comparison import Comparability, Comparison
from survey_app.questionnaires.document import rewritten
from survey_app.questionnaires.drafts import VERSION, Keeper, next_version, readable
from survey_app.questionnaires.models import (
    Questionnaire,
    QuestionnaireDraft,
    QuestionnaireVersion,
)
from survey_app.questionnaires.problems import Message
from survey_app.questionnaires.published import read_or_none, version_number
from survey_app.questionnaires.queries import find_questionnaire, list_versions
from survey_app.questionnaires.question_set import Question, QuestionSet
from survey_app.questionnaires.service import compare_with_earlier, publish


@dataclass(frozen=True, slots=True)
class Change:
    """One question against the version that is asked now."""

    question_id: str
    what: str
    before: Question | None
    after: Question | None
    reasons: tuple[Message, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """What publishing a draft would do."""

    questionnaire: Questionnaire | None  # that is asked already
    changes: tuple[Change, ...]
    version: str
    frame: tuple[Message, ...] = ()  # what changes around the questions

    @property
    def refused(self) -> tuple[Change, ...]:
        return tuple(
            change for change in self.changes if change.what == Comparability.MEANING
        )

    @property
    def differs(self) -> bool:
        return any(change.what != "same" for change in self.changes)


def plan(session: Session, question_set: QuestionSet) -> Plan:
    """What changes for a questionnaire whose draft says this."""
    questionnaire = find_questionnaire(session, question_set.id)
    if questionnaire is None or questionnaire.active_version is None:
        return Plan(None, (), question_set.version)
    versions = list_versions(session, questionnaire.id)
    comparison = compare_with_earlier(versions, question_set)
    taken = {version.version for version in versions}
    number = _free_version(session, questionnaire, question_set.version, taken)
    changes = changes_of(versions, comparison, question_set)
    frame = comparison.frame if comparison is not None else ()
    return Plan(questionnaire, changes, number, frame)


def publish_draft(
    session: Session, draft: QuestionnaireDraft, *, version: str, keeper: Keeper
) -> QuestionnaireVersion:
    """Make it public under this number. One that is closed stays closed."""
    data = {**readable(draft.source), "version": version}
    source = rewritten(draft.source, data)
    published = publish(
        session, source, published_at=keeper.at, actor_id=keeper.staff_id
    )
    session.delete(draft)
    session.flush()
    return published


def changes_of(
    versions: list[QuestionnaireVersion],
    comparison: Comparison | None,
    after: QuestionSet,
) -> tuple[Change, ...]:
    """Question by question, with the words of the version that asked it last."""
    if comparison is None:
        return ()
    before: dict[str, Question] = {}
    for question_set in filter(None, map(read_or_none, reversed(versions))):
        before |= question_set.questions
    return tuple(
        Change(
            change.question_id,
            change.what.value,
            before.get(change.question_id),
            after.questions.get(change.question_id),
            change.reasons,
        )
        for change in comparison.questions
    )


def _free_version(
    session: Session, questionnaire: Questionnaire, wanted: str, taken: set[str]
) -> str:
    """The draft's own number while it is free and the highest, else the next."""
    is_higher = VERSION.fullmatch(wanted) and all(
        version_number(wanted) > version_number(each) for each in taken
    )
    return wanted if is_higher else next_version(session, questionnaire)
