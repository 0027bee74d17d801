"""E-mail addresses that respondents give: sealed while they write, then no answer.

Until the response is sent an address stands with the answers, encrypted; after that
only the book of contacts knows it, and the answers say that one was given.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import delete, exists, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from survey_app.invitations.models import Invitation
from survey_app.keys import key_hash
from survey_app.questionnaires.question_set import QuestionSet, QuestionType
from survey_app.respondents.contacts import opt_out_key
from survey_app.respondents.models import Contact, Respondent, contact_list_members
from survey_app.responses.models import Answer, Response
from survey_app.responses.said import NOTHING, Said
from survey_app.responses.visits import Visit
from survey_app.vault import Vault, WrongContactKeyError

SEAL = "sealed:"  # no address begins like this
GIVEN = "given"  # all that the answers of a sent response say of an address


@dataclass(frozen=True, slots=True)
class AddressBook:
    """What it takes to write an address down so that the database alone tells none."""

    vault: Vault
    secret: str

    def seal(
        self, question_set: QuestionSet, said: Mapping[str, Said]
    ) -> dict[str, Said]:
        """What was said, as it may be stored."""
        asked = _asked_in(question_set)
        return {
            question_id: self._sealed(answer) if question_id in asked else answer
            for question_id, answer in said.items()
        }

    def open(self, visit: Visit) -> Visit:
        """The visit with addresses as they were typed, for who typed them."""
        sealed = _asked_in(visit.question_set) & visit.said.keys()
        if not sealed or (visit.is_sent and visit.change is None):
            return visit
        opened = {name: self._opened(visit.said[name]) for name in sealed}
        return visit.saying(opened)

    def _sealed(self, said: Said) -> Said:
        if said.text is None:
            return said
        sealed = self.vault.encrypt(said.text).decode("ascii")
        return replace(said, text=f"{SEAL}{sealed}")

    def _opened(self, said: Said) -> Said:
        """Nothing, when the key of this installation was lost meanwhile."""
        if said.text is None or not said.text.startswith(SEAL):
            return said
        sealed = said.text.removeprefix(SEAL).encode()
        try:
            return replace(said, text=self.vault.decrypt(sealed))
        except WrongContactKeyError:
            return NOTHING


def hand_over(
    session: Session, visit: Visit, book: AddressBook, *, language: str, at: datetime
) -> None:
    """Move the addresses of an opened visit from its answers to the contacts."""
    asked = _asked_in(visit.question_set)
    given = [visit.said[name].text for name in sorted(asked & visit.said.keys())]
    for address in filter(None, given):
        contact = _find_or_add(session, book, address, language=language, at=at)
        _tie(session, visit.response_id, contact)
    session.execute(
        update(Answer)
        .where(Answer.response_id == visit.response_id, Answer.question_id.in_(asked))
        .values(code=GIVEN, text=None, text_fingerprint=None)
    )


def take_back(session: Session, response_id: int) -> None:
    """Forget an address that nobody knows but from this response.

    Who stands on a list, was invited or answered more stays in the book of contacts;
    so does the wish to get no mail.
    """
    given_by = select(Response.respondent_id).where(Response.id == response_id)
    answered_more = exists().where(
        Response.respondent_id == Contact.respondent_id, Response.id != response_id
    )
    session.execute(
        delete(Contact).where(
            Contact.respondent_id.in_(given_by),
            Contact.opted_out_at.is_(None),
            ~exists().where(contact_list_members.c.contact_id == Contact.id),
            ~exists().where(Invitation.contact_id == Contact.id),
            ~answered_more,
        )
    )


def _find_or_add(
    session: Session,
    book: AddressBook,
    address: str,
    *,
    language: str,
    at: datetime,
) -> Contact:
    fingerprint = book.vault.fingerprint(address)
    contact = Contact(
        email_hash=fingerprint,
        email_encrypted=book.vault.encrypt(address),
        language=language,
        created_at=at,
        opt_out_hash=key_hash(opt_out_key(book.secret, fingerprint)),
    )
    query = select(Contact).where(Contact.email_hash == fingerprint).with_for_update()
    known = session.scalar(query)
    if known is not None:
        return known
    try:
        with session.begin_nested():
            session.add(contact)
    except IntegrityError:  # another response with this address was sent just now
        return session.scalars(query).one()
    return contact


def _tie(session: Session, response_id: int, contact: Contact) -> None:
    """One respondent for one contact, whichever of both was here first.

    An invited response stays with who was invited: typing another's address does not
    make someone that other person.
    """
    response = session.get_one(Response, response_id)
    if contact.respondent_id is None:
        contact.respondent_id = response.respondent_id
    elif response.invitation_id is None and (
        contact.respondent_id != response.respondent_id
    ):
        made_for_this = response.respondent_id
        response.respondent_id = contact.respondent_id
        session.flush()
        session.execute(delete(Respondent).where(Respondent.id == made_for_this))
    session.flush()


def _asked_in(question_set: QuestionSet) -> frozenset[str]:
    return frozenset(
        question.id
        for question in question_set.questions.values()
        if question.type is QuestionType.EMAIL
    )
