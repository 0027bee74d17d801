"""Named reads of questionnaires, their versions and waves."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from survey_app.questionnaires.models import (
    Questionnaire,
    QuestionnaireVersion,
    Wave,
)

# Who was filling in the questionnaire when it closed may finish.
GRACE = timedelta(hours=48)


class UnknownQuestionnaireError(LookupError):
    """No questionnaire at this address, or none that was ever published."""


class RetiredQuestionnaireError(LookupError):
    """The questionnaire has ended for good."""


# Respondents' pages read plain rows, by statements that are built once: this is
# most of what such a page costs.
QUESTIONNAIRES = Questionnaire.__table__.c
VERSIONS = QuestionnaireVersion.__table__.c
FIELDING_COLUMNS = (
    QUESTIONNAIRES.id,
    QUESTIONNAIRES.slug,
    QUESTIONNAIRES.state,
    QUESTIONNAIRES.opens_at,
    QUESTIONNAIRES.closes_at,
    QUESTIONNAIRES.max_responses,
    QUESTIONNAIRES.median_seconds,
    VERSIONS.id,
    VERSIONS.content_hash,
)
PUBLISHED = (
    select(*FIELDING_COLUMNS)
    .where(VERSIONS.id == QUESTIONNAIRES.active_version_id)
    .where(QUESTIONNAIRES.slug == bindparam("slug"), QUESTIONNAIRES.state != "draft")
)


@dataclass(frozen=True, slots=True)
class Fielding:
    """A questionnaire as it stands in the field: one version, open or not."""

    questionnaire_id: int
    slug: str
    state: str
    opens_at: datetime | None
    closes_at: datetime | None
    max_responses: int | None
    median_seconds: int | None
    version_id: int
    content_hash: str

    @property
    def measured_minutes(self) -> int | None:
        """How long filling in takes, where enough people have done it."""
        if self.median_seconds is None:
            return None
        return max(1, round(self.median_seconds / 60))

    def is_open(self, at: datetime) -> bool:
        return (
            self.state == "open"
            and (self.opens_at is None or self.opens_at <= at)
            and (self.closes_at is None or at < self.closes_at)
        )

    def may_finish(self, at: datetime) -> bool:
        """Whether a response that was started may still be filled in and sent."""
        if self.state == "retired":
            return False
        return self.closes_at is None or at < self.closes_at + GRACE


def find_questionnaire(session: Session, slug: str) -> Questionnaire | None:
    return session.scalar(select(Questionnaire).where(Questionnaire.slug == slug))


def list_versions(
    session: Session, questionnaire_id: int
) -> list[QuestionnaireVersion]:
    """All that was ever published of a questionnaire, the newest first."""
    return list(
        session.scalars(
            select(QuestionnaireVersion)
            .where(QuestionnaireVersion.questionnaire_id == questionnaire_id)
            .order_by(QuestionnaireVersion.id.desc())
        )
    )


def get_published(session: Session, slug: str) -> Fielding:
    """The questionnaire with its active version, open to answers or not."""
    row = session.connection().execute(PUBLISHED, {"slug": slug}).one_or_none()
    if row is None:
        raise UnknownQuestionnaireError(slug)
    fielding = Fielding(*row)
    if fielding.state == "retired":
        raise RetiredQuestionnaireError(slug)
    return fielding


def find_open_questionnaire(
    session: Session, slug: str, *, at: datetime
) -> Fielding | None:
    """The questionnaire when new respondents may start now."""
    try:
        fielding = get_published(session, slug)
    except LookupError:
        return None
    return fielding if fielding.is_open(at) else None


def find_version(
    session: Session, fielding: Fielding, version_id: int
) -> Fielding | None:
    """The same questionnaire at another of its versions."""
    if version_id == fielding.version_id:
        return fielding
    row = session.execute(
        select(*FIELDING_COLUMNS).where(
            QUESTIONNAIRES.id == fielding.questionnaire_id,
            VERSIONS.questionnaire_id == QUESTIONNAIRES.id,
            VERSIONS.id == version_id,
        )
    ).one_or_none()
    return None if row is None else Fielding(*row)


# The wave that is fielded on a day; the latest begun where two overlap.
CURRENT_WAVE = (
    select(Wave)
    .where(
        Wave.questionnaire_id == bindparam("questionnaire"),
        Wave.starts_on <= bindparam("on"),
        (Wave.ends_on.is_(None)) | (Wave.ends_on >= bindparam("on")),
    )
    .order_by(Wave.starts_on.desc(), Wave.id.desc())
    .limit(1)
)
CURRENT_WAVE_ID = CURRENT_WAVE.with_only_columns(Wave.__table__.c.id)


def find_current_wave(
    session: Session, questionnaire_id: int, *, on: date
) -> Wave | None:
    asked = {"questionnaire": questionnaire_id, "on": on}
    return session.scalar(CURRENT_WAVE, asked)


def current_wave_id(session: Session, questionnaire_id: int, *, on: date) -> int | None:
    asked = {"questionnaire": questionnaire_id, "on": on}
    return session.connection().execute(CURRENT_WAVE_ID, asked).scalar()
