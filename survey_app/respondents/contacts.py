"""The book of contacts: who can be reached, and who must not be. Encrypted.

Encrypting and taking fingerprints happens before the first statement, so that nobody
waits for it. The caller owns the transaction.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from survey_app.keys import derived_key, key_hash
from survey_app.respondents.address_lists import Listed
from survey_app.respondents.models import Contact, ContactList, contact_list_members
from survey_app.vault import Vault

IN_ONE_STATEMENT = 500


@dataclass(frozen=True, slots=True)
class Sealed:
    """A listed person as stored: nothing here can be read without the key."""

    listed: Listed
    email_hash: str
    email_encrypted: bytes
    name_encrypted: bytes | None
    opt_out_hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sorted:
    """What a list holds, set against who is known already."""

    new: tuple[Sealed, ...]
    known: tuple[Sealed, ...]
    opted_out: tuple[Sealed, ...]
    bounced: tuple[Sealed, ...]
    doubles: tuple[Listed, ...]  # an address that stood higher up in the list


@dataclass(frozen=True, slots=True)
class ContactDetails:
    """What somebody with the permission to invite may read."""

    address: str
    name: str | None


def opt_out_key(secret: str, email_hash: str) -> str:
    """The key of the link that ends all mail; the same in every mail to somebody."""
    return derived_key(secret, "opt-out", email_hash)


def seal(vault: Vault, people: Iterable[Listed], *, secret: str) -> list[Sealed]:
    return [_sealed(vault, listed, secret) for listed in people]


def _sealed(vault: Vault, listed: Listed, secret: str) -> Sealed:
    fingerprint = vault.fingerprint(listed.address)
    return Sealed(
        listed=listed,
        email_hash=fingerprint,
        email_encrypted=vault.encrypt(listed.address),
        name_encrypted=None if listed.name is None else vault.encrypt(listed.name),
        opt_out_hash=key_hash(opt_out_key(secret, fingerprint)),
    )


def sort_out(session: Session, sealed: Sequence[Sealed]) -> Sorted:
    """Who is new, who is known, and who must be left in peace."""
    first: dict[str, Sealed] = {}
    doubles = []
    for each in sealed:
        if each.email_hash in first:
            doubles.append(each.listed)
        else:
            first[each.email_hash] = each
    known = _find_known(session, list(first))
    groups: dict[str, list[Sealed]] = {
        "new": [],
        "known": [],
        "opted_out": [],
        "bounced": [],
    }
    for fingerprint, each in first.items():
        groups[_group(known.get(fingerprint))].append(each)
    return Sorted(
        doubles=tuple(doubles), **{name: tuple(each) for name, each in groups.items()}
    )


def _group(contact: Contact | None) -> str:
    if contact is None:
        return "new"
    if contact.opted_out_at is not None:
        return "opted_out"
    return "known" if contact.bounced_at is None else "bounced"


def store_list(
    session: Session,
    sealed: Sequence[Sealed],
    *,
    list_name: str,
    language: str,
    at: datetime,
) -> tuple[ContactList, Sorted]:
    """Keep who is new, refresh who is known, and put both on the list.

    ``language`` is for who is listed without one. Who opted out stays as they are.
    """
    contact_list = ensure_list(session, list_name, at=at)
    groups = sort_out(session, sealed)
    for each in groups.new:
        session.add(_new_contact(each, language, at))
    known = _find_known(
        session, [each.email_hash for each in (*groups.known, *groups.bounced)]
    )
    for each in (*groups.known, *groups.bounced):
        _refresh(known[each.email_hash], each, at)
    session.flush()
    usable = (*groups.new, *groups.known, *groups.bounced)
    _put_on_list(session, contact_list, [each.email_hash for each in usable])
    return contact_list, groups


def ensure_list(session: Session, name: str, *, at: datetime) -> ContactList:
    found = session.scalar(select(ContactList).where(ContactList.name == name))
    if found is None:
        found = ContactList(name=name, created_at=at)
        session.add(found)
        session.flush()
    return found


def find_contact(session: Session, vault: Vault, address: str) -> Contact | None:
    fingerprint = vault.fingerprint(address)
    return session.scalar(select(Contact).where(Contact.email_hash == fingerprint))


def find_by_opt_out_key(session: Session, key: str) -> Contact | None:
    hashed = key_hash(key)
    return session.scalar(select(Contact).where(Contact.opt_out_hash == hashed))


def read_details(vault: Vault, contact: Contact) -> ContactDetails:
    name = contact.name_encrypted
    return ContactDetails(
        address=vault.decrypt(contact.email_encrypted)
        if contact.email_encrypted
        else "",
        name=None if name is None else vault.decrypt(name),
    )


def empty_contact(session: Session, contact: Contact, *, at: datetime) -> None:
    """Forget who this was; the fingerprint stays, so that no mail goes there again."""
    contact.email_encrypted = b""
    contact.name_encrypted = None
    contact.respondent_id = None
    contact.consent_at = None
    contact.opted_out_at = contact.opted_out_at or at
    session.execute(
        delete(contact_list_members).where(
            contact_list_members.c.contact_id == contact.id
        )
    )


def _new_contact(each: Sealed, language: str, at: datetime) -> Contact:
    return Contact(
        email_hash=each.email_hash,
        email_encrypted=each.email_encrypted,
        name_encrypted=each.name_encrypted,
        language=each.listed.language or language,
        created_at=at,
        last_imported_at=at,
        opt_out_hash=each.opt_out_hash,
    )


def _refresh(contact: Contact, each: Sealed, at: datetime) -> None:
    """A later list knows better, where it says something."""
    contact.last_imported_at = at
    contact.opt_out_hash = each.opt_out_hash
    contact.email_encrypted = each.email_encrypted
    if each.name_encrypted is not None:
        contact.name_encrypted = each.name_encrypted
    if each.listed.language is not None:
        contact.language = each.listed.language


def _find_known(session: Session, fingerprints: Sequence[str]) -> dict[str, Contact]:
    found: dict[str, Contact] = {}
    for some in _batches(fingerprints):
        rows = session.scalars(select(Contact).where(Contact.email_hash.in_(some)))
        found.update((contact.email_hash, contact) for contact in rows)
    return found


def _put_on_list(
    session: Session, contact_list: ContactList, fingerprints: Sequence[str]
) -> None:
    members = contact_list_members
    there = set(
        session.scalars(
            select(members.c.contact_id).where(members.c.list_id == contact_list.id)
        )
    )
    for some in _batches(fingerprints):
        ids = session.scalars(select(Contact.id).where(Contact.email_hash.in_(some)))
        rows = [
            {"list_id": contact_list.id, "contact_id": contact_id}
            for contact_id in ids
            if contact_id not in there
        ]
        if rows:
            session.execute(members.insert(), rows)


def _batches(items: Sequence[str]) -> Iterator[list[str]]:
    rest = iter(items)
    while batch := list(islice(rest, IN_ONE_STATEMENT)):
        yield batch
