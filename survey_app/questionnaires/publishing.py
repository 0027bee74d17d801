"""From draft to version: what changed, under which number, and then it is public.

The caller owns the transaction.
"""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from survey_app.accounts.service import record
from survey_app.outbox import service as outbox
from survey_app.questionnaires.diffing import compare
from survey_app.questionnaires.document import rewritten
from survey_app.questionnaires.drafts import VERSION, Keeper, next_version, readable
from survey_app.questionnaires.models import (
    Questionnaire,
    QuestionnaireDraft,
    QuestionnaireVersion,
)
from survey_app.questionnaires.overview import read_or_none
from survey_app.questionnaires.queries import find_questionnaire
from survey_app.questionnaires.question_set import Question, QuestionSet
from survey_app.questionnaires.reading import read_question_set
from survey_app.questionnaires.service import publish

MEANING = "meaning"  # the same id for another question: no figure would be true


class MeaningChangedError(ValueError):
    """Questions that ask something else under their old ids."""


@dataclass(frozen=True, slots=True)
class Change:
    """One question against the version that is asked now."""

    question_id: str
    what: str
    before: Question | None
    after: Question | None


@dataclass(frozen=True, slots=True)
class Plan:
    """What publishing a draft would do."""

    questionnaire: Questionnaire | None  # that is asked already
    changes: tuple[Change, ...]
    version: str

    @property
    def refused(self) -> tuple[Change, ...]:
        return tuple(change for change in self.changes if change.what == MEANING)

    @property
    def differs(self) -> bool:
        return any(change.what != "same" for change in self.changes)


def plan(session: Session, question_set: QuestionSet) -> Plan:
    """What changes for a questionnaire whose draft says this."""
    questionnaire = find_questionnaire(session, question_set.id)
    if questionnaire is None or questionnaire.active_version is None:
        return Plan(None, (), question_set.version)
    before = read_or_none(questionnaire.active_version)
    number = _free_version(session, questionnaire, question_set.version)
    return Plan(questionnaire, _changes(before, question_set), number)


def publish_draft(
    session: Session, draft: QuestionnaireDraft, *, version: str, keeper: Keeper
) -> QuestionnaireVersion:
    """Make it public under this number. One that is closed stays closed."""
    data = {**readable(draft.source), "version": version}
    source = rewritten(draft.source, data)
    planned = plan(session, read_question_set(source))
    if planned.refused:
        raise MeaningChangedError
    state = planned.questionnaire.state if planned.questionnaire else "open"
    published = publish(session, source, published_at=keeper.at)
    published.published_by = keeper.staff_id
    published.comparability = comparability(planned.changes)
    published.questionnaire.state = state
    record(
        session,
        actor_id=keeper.staff_id,
        action="questionnaire_published",
        subject=published.questionnaire.slug,
        at=keeper.at,
        detail={"version": version},
    )
    outbox.announce(
        session, outbox.PUBLISHED, subject=published.questionnaire.slug, at=keeper.at
    )
    session.delete(draft)
    session.flush()
    return published


def comparability(changes: tuple[Change, ...]) -> dict[str, str]:
    return {change.question_id: change.what for change in changes}


def _changes(before: QuestionSet | None, after: QuestionSet) -> tuple[Change, ...]:
    if before is None:
        return ()
    return tuple(
        Change(name, str(what), before.questions.get(name), after.questions.get(name))
        for name, what in compare(before, after).items()
    )


def _free_version(session: Session, questionnaire: Questionnaire, wanted: str) -> str:
    """The draft's own number while it is free, else the next."""
    taken = session.scalar(
        select(QuestionnaireVersion.id).where(
            QuestionnaireVersion.questionnaire_id == questionnaire.id,
            QuestionnaireVersion.version == wanted,
        )
    )
    if taken is None and VERSION.fullmatch(wanted):
        return wanted
    return next_version(session, questionnaire)
