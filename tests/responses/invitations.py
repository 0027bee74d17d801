"""Contacts and invitations for tests, as the keeper's pages make them."""

from datetime import datetime
from typing import Any

from sqlalchemy import select

from survey_app.clock import now
from survey_app.db import Database
from survey_app.invitations.keys import invitation_key
from survey_app.invitations.models import Invitation
from survey_app.keys import key_hash, new_nonce
from survey_app.questionnaires.models import Questionnaire
from survey_app.respondents.models import Contact

SECRET = "a key for tests only"  # that of the settings fixture


def invite(
    database: Database,
    slug: str = "standard",
    *,
    contact_id: int | None = None,
    **columns: Any,
) -> str:
    """Make an invitation; the key in its address."""
    nonce = new_nonce()
    key = invitation_key(SECRET, nonce)
    with database.transaction() as session:
        questionnaire = session.scalars(
            select(Questionnaire).where(Questionnaire.slug == slug)
        ).one()
        row = {
            "questionnaire": questionnaire,
            "contact_id": contact_id,
            "kind": "single_use" if contact_id is None else "personal",
            "batch": "klanten",
            "language": "nl",
            "nonce": nonce,
            "key_hash": key_hash(key),
            "created_at": now(),
        }
        session.add(Invitation(**{**row, **columns}))
    return key


def add_contact(database: Database, name: str = "anna", **columns: Any) -> int:
    moment: datetime = now()
    row = {
        "email_hash": name,
        "email_encrypted": name.encode(),
        "language": "nl",
        "created_at": moment,
    }
    with database.transaction() as session:
        contact = Contact(**{**row, **columns})
        session.add(contact)
        session.flush()
        return contact.id
