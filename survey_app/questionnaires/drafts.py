"""Drafts: question sets that are being written. The caller owns the transaction."""

import re
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from survey_app.questionnaires.document import Data, read_source, rewritten
from survey_app.questionnaires.editing.lists import name_of
from survey_app.questionnaires.editing.parts import languages_of, title_of
from survey_app.questionnaires.models import (
    Questionnaire,
    QuestionnaireDraft,
    QuestionnaireVersion,
)
from survey_app.questionnaires.queries import find_questionnaire

MAX_NAME = 100
VERSION = re.compile(r"(\d{1,5})\.(\d{1,5})\.(\d{1,5})")
FIRST_VERSION = "1.0.0"


class ChangedElsewhereError(Exception):
    """Somebody else saved the draft after this keeper opened it."""


@dataclass(frozen=True, slots=True)
class Keeper:
    """Who changes a draft, and when."""

    staff_id: int | None
    at: datetime


def find_draft(session: Session, draft_id: int) -> QuestionnaireDraft | None:
    return session.get(QuestionnaireDraft, draft_id)


def find_draft_of(
    session: Session, questionnaire: Questionnaire
) -> QuestionnaireDraft | None:
    """The draft of its next version, if somebody is writing one."""
    return session.scalar(
        select(QuestionnaireDraft)
        .where(QuestionnaireDraft.questionnaire_id == questionnaire.id)
        .order_by(QuestionnaireDraft.updated_at.desc())
        .limit(1)
    )


def start_draft(
    session: Session, source: str, *, keeper: Keeper, name: str = ""
) -> QuestionnaireDraft:
    """A draft of this text; of the questionnaire whose id it carries, if there is.

    Its name is its title; ``name`` is for a text that cannot be read.
    """
    data = readable(source)
    slug = data.get("id")
    owner = find_questionnaire(session, slug) if isinstance(slug, str) else None
    draft = QuestionnaireDraft(
        questionnaire=owner,
        name=(_name(data) or name)[:MAX_NAME],
        source=source.replace("\r\n", "\n"),
        created_at=keeper.at,
        updated_at=keeper.at,
        updated_by=keeper.staff_id,
    )
    session.add(draft)
    session.flush()
    return draft


def start_next_version(
    session: Session, version: QuestionnaireVersion, *, keeper: Keeper
) -> QuestionnaireDraft:
    """The draft of a next version that begins as this one, with a number of its own."""
    number = next_version(session, version.questionnaire)
    data = {**read_source(version.source), "version": number}
    return start_draft(session, rewritten(version.source, data), keeper=keeper)


def copy_as_new(session: Session, source: str, *, keeper: Keeper) -> QuestionnaireDraft:
    """The same questions at an address that is still free."""
    data = read_source(source)
    slug = free_slug(session, str(data.get("id") or "questionnaire"))
    data |= {"id": slug, "version": FIRST_VERSION}
    return start_draft(session, rewritten(source, data), keeper=keeper)


def save_draft(
    session: Session,
    draft: QuestionnaireDraft,
    *,
    source: str,
    row_version: int,
    keeper: Keeper,
) -> None:
    """Save over what this keeper saw, and over nothing newer."""
    changed = session.execute(
        update(QuestionnaireDraft)
        .where(QuestionnaireDraft.id == draft.id)
        .where(QuestionnaireDraft.row_version == row_version)
        .values(
            source=source.replace("\r\n", "\n"),
            name=_name(readable(source))[:MAX_NAME] or draft.name,
            row_version=row_version + 1,
            updated_at=keeper.at,
            updated_by=keeper.staff_id,
        )
        .returning(QuestionnaireDraft.id)
    ).scalar()
    if changed is None:
        raise ChangedElsewhereError
    session.refresh(draft)


def readable(source: str) -> Data:
    """What the text says, or nothing while it cannot be read."""
    try:
        return read_source(source)
    except ValueError:
        return {}


def _name(data: Data) -> str:
    """What a draft is called in the list: its title in its first language."""
    return title_of(data, languages_of(data)[0])


def free_slug(session: Session, wanted: str) -> str:
    """The wanted address, or that with the first number that makes it free."""
    taken = set(session.scalars(select(Questionnaire.slug)))
    for source in session.scalars(select(QuestionnaireDraft.source)):
        taken.add(str(readable(source).get("id")))
    if wanted not in taken:
        return wanted
    stem = wanted[:45]
    return next(
        name for n in range(2, len(taken) + 3) if (name := f"{stem}_{n}") not in taken
    )


def next_version(session: Session, questionnaire: Questionnaire) -> str:
    """One up in the middle from the highest number published."""
    numbers = [
        tuple(map(int, found.groups()))
        for version in session.scalars(
            select(QuestionnaireVersion.version).where(
                QuestionnaireVersion.questionnaire_id == questionnaire.id
            )
        )
        if (found := VERSION.fullmatch(version))
    ]
    if not numbers:
        return FIRST_VERSION
    major, minor, _patch = max(numbers)
    return f"{major}.{minor + 1}.0"


def slug_of(title: str) -> str:
    """The address that a title makes: two to fifty small letters, digits and so on."""
    slug = name_of(title, set(), "questionnaire")
    return slug if len(slug) > 1 else f"questionnaire_{slug}"
