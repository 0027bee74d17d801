"""People on a list, asked by mail."""

from datetime import datetime

from sqlalchemy.orm import Session

from survey_app.config import Settings
from survey_app.invitations.asking import Doing, invite
from survey_app.invitations.models import Invitation
from survey_app.invitations.planning import Round
from survey_app.questionnaires.models import Questionnaire, Wave
from survey_app.respondents.address_lists import read_address_list
from survey_app.respondents.contacts import find_contact, seal, store_list
from survey_app.respondents.models import Contact, ContactList
from survey_app.vault import open_vault

THREE = (
    "Anna Bakker <anna@example.org>\nbram@example.org; en\nCarla <carla@example.org>"
)


def make_list(
    session: Session,
    settings: Settings,
    people: str = THREE,
    *,
    name: str = "Klanten",
    at: datetime,
) -> ContactList:
    sealed = seal(
        open_vault(settings.contact_key),
        read_address_list(people).people,
        secret=settings.secret_key,
    )
    made, _groups = store_list(session, sealed, list_name=name, language="nl", at=at)
    session.commit()
    return made


def contact_of(session: Session, settings: Settings, address: str) -> Contact:
    contact = find_contact(session, open_vault(settings.contact_key), address)
    assert contact is not None
    session.refresh(contact)
    session.commit()  # an open transaction would keep the pages waiting
    return contact


def as_nobody(settings: Settings, at: datetime) -> Doing:
    return Doing(secret=settings.secret_key, at=at, actor_id=None)


def ask(
    session: Session,
    settings: Settings,
    questionnaire: Questionnaire,
    wave: Wave | None,
    *,
    people: str = THREE,
    at: datetime,
) -> list[Invitation]:
    """Put people on a list and invite all of them."""
    contact_list = make_list(session, settings, people, name=people[:100], at=at)
    asking = Round(questionnaire=questionnaire, wave=wave, contact_list=contact_list)
    made = invite(session, asking, as_nobody(settings, at))
    session.commit()
    return made
