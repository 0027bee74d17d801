"""A visit: one response as its respondent sees it, questionnaire and answers."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property

from sqlalchemy import bindparam, join, select
from sqlalchemy.orm import Session

from survey_app.keys import as_typed, key_hash
from survey_app.questionnaires.models import Questionnaire, QuestionnaireVersion
from survey_app.questionnaires.path import (
    answers_on_path,
    first_incomplete,
    visible_pages,
)
from survey_app.questionnaires.piping import detail_of, fill
from survey_app.questionnaires.published import question_set_of_version
from survey_app.questionnaires.queries import (
    FIELDING_COLUMNS,
    QUESTIONNAIRES,
    VERSIONS,
    Fielding,
)
from survey_app.questionnaires.question_set import Page, QuestionSet
from survey_app.questionnaires.rules import META, Answers
from survey_app.responses.models import Answer, Response, ResponseChange
from survey_app.responses.said import Said, collect, from_data, rule_values

SENT_STATES = frozenset({"submitted", "excluded"})

RESPONSES = Response.__table__.c
ANSWERS = Answer.__table__.c
CHANGES = ResponseChange.__table__.c
# One statement for all of a visit: a row for each answer, or one without any.
VISIT = (
    select(
        ANSWERS.question_id,
        ANSWERS.code,
        ANSWERS.text,
        RESPONSES.id,
        RESPONSES.state,
        RESPONSES.receipt,
        RESPONSES.last_page_id,
        RESPONSES.privacy_mode,
        RESPONSES.source,
        RESPONSES.device,
        RESPONSES.row_version,
        RESPONSES.public_id,
        RESPONSES.invitation_id,
        CHANGES.said,
        CHANGES.begun_at,
        *FIELDING_COLUMNS,
    )
    .select_from(
        join(Response.__table__, QuestionnaireVersion.__table__)
        .join(Questionnaire.__table__, QUESTIONNAIRES.id == VERSIONS.questionnaire_id)
        .outerjoin(Answer.__table__, ANSWERS.response_id == RESPONSES.id)
        .outerjoin(ResponseChange.__table__, CHANGES.response_id == RESPONSES.id)
    )
    .where(RESPONSES.resume_key_hash == bindparam("key_hash"))
    .order_by(ANSWERS.question_id, ANSWERS.position)
)
LOCK = (
    select(RESPONSES.id)
    .where(RESPONSES.resume_key_hash == bindparam("key_hash"))
    .with_for_update()
)


@dataclass(frozen=True, slots=True)
class Change:
    """What was sent and counts, and the answers written since, as they are stored."""

    sent: Mapping[str, Said]
    drafts: Mapping[str, Said]
    begun_at: datetime


class UnknownKeyError(LookupError):
    """No response has this key."""


class OvertakenError(Exception):
    """Somebody changed the response after it was read."""


@dataclass(frozen=True, kw_only=True)
class Visit:
    response_id: int
    state: str
    receipt: str | None
    fielding: Fielding
    question_set: QuestionSet
    said: Mapping[str, Said]
    row_version: int = 0  # one more each time that something of it changes
    public_id: str = ""
    invitation_id: int | None = None
    last_page_id: str | None = None  # the last page that was sent without mistakes
    meta: Mapping[str, str | None] = field(default_factory=dict)
    change: Change | None = None  # when answers are changed after they were sent

    @property
    def privacy_mode(self) -> str:
        return self.meta[f"{META}privacy_mode"] or ""

    @property
    def is_sent(self) -> bool:
        return self.state in SENT_STATES

    @property
    def as_sent(self) -> "Visit":
        """The same visit with what counts, whatever was written since."""
        if self.change is None:
            return self
        return replace(self, said=self.change.sent, change=None)

    @cached_property
    def answers(self) -> Answers:
        """What was said on pages that are shown; nothing else decides anything."""
        said = {**self.meta, **rule_values(self.question_set, self.said)}
        return answers_on_path(self.question_set, said)

    @cached_property
    def words(self) -> Answers:
        """The same, with what was written beside options: to stand in later texts."""
        written = {
            detail_of(name): said.text
            for name, said in self.said.items()
            if said.codes and said.text and name in self.answers
        }
        return {**self.answers, **written}

    def in_words(self, text: str, language: str) -> str:
        """A text of the questionnaire with the earlier answers that it asks for."""
        return fill(text, self.question_set, language, self.words)

    @cached_property
    def pages(self) -> tuple[Page, ...]:
        return visible_pages(self.question_set, self.answers)

    @property
    def answered(self) -> frozenset[str]:
        return frozenset(self.said)

    @property
    def first_incomplete(self) -> Page | None:
        return first_incomplete(self.pages, self.answered, self.last_page_id)

    def may_change(self, page: Page) -> bool:
        """Whether the page is still open, where nobody may go back."""
        if self.question_set.settings.allow_back:
            return True
        places = {each.id: place for place, each in enumerate(self.pages)}
        passed = places.get(self.last_page_id or "", -1)
        return places.get(page.id, -1) > passed or page is self.first_incomplete

    @property
    def language(self) -> str:
        """That of the page, as far as it is known."""
        return self.meta.get(f"{META}language") or self.question_set.default_language

    def speaking(self, language: str) -> "Visit":
        """The same visit in this language, which conditions may ask for."""
        return replace(self, meta={**self.meta, f"{META}language": language})

    def saying(self, said: Mapping[str, Said]) -> "Visit":
        """The same visit after these answers; an empty one takes an answer back."""
        together = {**self.said, **said}
        return replace(self, said={name: it for name, it in together.items() if it})


def get_visit(session: Session, key: str, *, lock: bool = False) -> Visit:
    """The visit with this key; ``lock`` keeps other writers waiting until commit."""
    visit = find_visit(session, key, lock=lock)
    if visit is None:
        raise UnknownKeyError
    return visit


def find_visit(session: Session, key: str, *, lock: bool = False) -> Visit | None:
    """The row is locked before anything is read.

    In one statement, who had to wait for the row would see its answers as they were
    before. SQLite's writers have their turn already: nobody else changes anything.
    """
    connection = session.connection()
    asked = {"key_hash": key_hash(as_typed(key))}
    locks = lock and connection.dialect.name != "sqlite"
    if locks and connection.execute(LOCK, asked).first() is None:
        return None
    return _read(session, asked)


def _read(session: Session, asked: Mapping[str, str]) -> Visit | None:
    rows = session.connection().execute(VISIT, asked).all()
    if not rows:
        return None
    response_id, state, receipt, last_page_id, *rest = rows[0][3:]
    privacy_mode, source, device, row_version, public_id, invitation_id, *rest = rest
    drafts, begun_at, *fielding = rest
    fielded = Fielding(*fielding)
    said = collect((row[0], row[1], row[2]) for row in rows if row[0] is not None)
    change = None if drafts is None else Change(said, from_data(drafts), begun_at)
    visit = Visit(
        response_id=response_id,
        state=state,
        receipt=receipt,
        fielding=fielded,
        question_set=question_set_of_version(session, fielded),
        said=said,
        row_version=row_version,
        public_id=public_id,
        invitation_id=invitation_id,
        last_page_id=last_page_id,
        meta={
            f"{META}privacy_mode": privacy_mode,
            f"{META}source": source,
            f"{META}device": device,
        },
        change=change,
    )
    return visit if change is None else visit.saying(change.drafts)
