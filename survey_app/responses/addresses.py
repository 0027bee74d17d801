"""E-mail addresses that respondents give: kept with the contacts, never as answers.

An answer says only that one was given. The caller owns the transaction.
"""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Select, delete, exists, select
from sqlalchemy.orm import Session

from survey_app.invitations.models import Invitation
from survey_app.questionnaires.question_set import QuestionType
from survey_app.respondents.contacts import find_contact, read_details
from survey_app.respondents.models import Contact, contact_list_members
from survey_app.responses.checks import is_address
from survey_app.responses.models import Response
from survey_app.responses.said import NOTHING, Said
from survey_app.responses.service import GIVEN
from survey_app.responses.visits import Visit
from survey_app.vault import Vault


def reveal(session: Session, vault: Vault, visit: Visit) -> Visit:
    """The visit with the address in place of the mark that there is one."""
    given = [name for name, said in visit.said.items() if said == GIVEN]
    if not given:
        return visit
    contact = session.scalar(_contact_of(visit))
    if contact is None or contact.is_erased:
        return visit.saying(dict.fromkeys(given, NOTHING))
    address = read_details(vault, contact).address
    return visit.saying(dict.fromkeys(given, Said(text=address)))


def keep(
    session: Session, vault: Vault, visit: Visit, said: Mapping[str, Said], at: datetime
) -> dict[str, Said]:
    """Answers as they may be stored; one that is no address is not kept at all."""
    stored = dict(said)
    for name, answer in said.items():
        question = visit.question_set.questions_by_answer.get(name)
        if question is None or question.type is not QuestionType.EMAIL:
            continue
        is_good = answer.text is not None and is_address(answer.text)
        stored[name] = GIVEN if is_good else NOTHING
        _forget(session, visit)
        if is_good:
            _keep_contact(session, vault, visit, answer.text or "", at)
    return stored


def as_said(visit: Visit, said: Mapping[str, Said]) -> Visit:
    """What stands stored as a mark, in words again for the rest of this request."""
    words = {
        name: said[name]
        for name, kept in visit.said.items()
        if kept == GIVEN and name in said
    }
    return visit.saying(words) if words else visit


def _keep_contact(
    session: Session, vault: Vault, visit: Visit, address: str, at: datetime
) -> None:
    """A contact that is known stays whose it was: anybody can type any address."""
    contact = find_contact(session, vault, address)
    respondent_id = session.scalar(_respondent_of(visit))
    if contact is None:
        contact = Contact(
            email_hash=vault.fingerprint(address),
            email_encrypted=vault.encrypt(address),
            language=visit.language,
            created_at=at,
        )
        session.add(contact)
    if contact.respondent_id is None and not contact.is_erased:
        contact.respondent_id = respondent_id
    session.flush()


def _forget(session: Session, visit: Visit) -> None:
    """An address given here before; not one that we knew from elsewhere."""
    invited = exists().where(Invitation.contact_id == Contact.id)
    listed = exists().where(contact_list_members.c.contact_id == Contact.id)
    session.execute(
        delete(Contact).where(
            Contact.respondent_id == _respondent_of(visit).scalar_subquery(),
            ~invited,
            ~listed,
        )
    )


def _contact_of(visit: Visit) -> Select[Contact]:
    return select(Contact).where(
        Contact.respondent_id == _respondent_of(visit).scalar_subquery()
    )


def _respondent_of(visit: Visit) -> Select[int]:
    return select(Response.respondent_id).where(Response.id == visit.response_id)
