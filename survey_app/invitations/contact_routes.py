"""Staff pages: the book of contacts, its lists, one person, and forgetting them."""

from datetime import datetime
from typing import Protocol, TypedDict, Unpack, cast

from flask import (
    abort,
    current_app,
    flash,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_security import current_user
from sqlalchemy.orm import Session

from survey_app.accounts import access
from survey_app.accounts.permissions import Permission
from survey_app.accounts.service import record
from survey_app.clock import now
from survey_app.db import get_database, get_session
from survey_app.invitations import contact_queries
from survey_app.invitations.erasing import erase_contact
from survey_app.invitations.forms import read_number
from survey_app.invitations.pages import named, vault
from survey_app.invitations.progress import follow, of_contact
from survey_app.invitations.queries import list_contact_lists
from survey_app.invitations.wording import words_in_pages
from survey_app.respondents.contacts import find_contact, read_details
from survey_app.respondents.models import Contact, ContactList

bp = access.staff_blueprint("contacts", __name__, "/staff/contacts", Permission.INVITE)
bp.record_once(words_in_pages)

ERASE_PERSON = "erase_person"  # put there by the application: answers lie above us
ON_A_PAGE = 100
MOST_PAGES = 10_000


class Erasing(TypedDict):
    never_again: bool
    at: datetime
    actor_id: int | None


class ErasePerson(Protocol):
    """Erases somebody with all they answered."""

    def __call__(
        self, session: Session, email_hash: str, **how: Unpack[Erasing]
    ) -> int: ...


@bp.get("/")
def show_book() -> ResponseReturnValue:
    session = get_session()
    return render_template(
        "invitations/contacts.html",
        lists=list_contact_lists(session),
        counts=contact_queries.count_book(session),
    )


@bp.post("/find")
def find() -> ResponseReturnValue:
    """By the whole address: it is encrypted, so no part of it can be looked for."""
    address = request.form.get("address", "")
    contact = find_contact(get_session(), vault(), address)
    if contact is None:
        flash(_("Nobody here has this address."), "error")
        return redirect(url_for(".show_book"))
    return redirect(url_for(".show", contact_id=contact.id))


@bp.get("/lists/<int:list_id>")
def show_list(list_id: int) -> ResponseReturnValue:
    session = get_session()
    total = contact_queries.count_members(session, list_id)
    page = read_number(request.args.get("page"), 1, MOST_PAGES).value
    people = contact_queries.list_members(
        session, list_id, first=(page - 1) * ON_A_PAGE, most=ON_A_PAGE
    )
    return render_template(
        "invitations/contact_list.html",
        contact_list=_list(list_id),
        rows=list(zip(people, named(people), strict=True)),
        total=total,
        page=page,
        pages=max(1, -(-total // ON_A_PAGE)),
    )


@bp.post("/lists/<int:list_id>/delete")
def delete_list(list_id: int) -> ResponseReturnValue:
    """The list goes, the people stay."""
    session, found = get_session(), _list(list_id)
    name = found.name
    session.delete(found)
    return _done("delete list", f"list {list_id}", _("“%(name)s” is gone.", name=name))


@bp.get("/<int:contact_id>")
def show(contact_id: int) -> ResponseReturnValue:
    contact = _contact(contact_id)
    return render_template(
        "invitations/contact.html",
        contact=contact,
        details=read_details(vault(), contact),
        followed=follow(get_session(), of_contact(contact_id), at=now()),
    )


@bp.post("/<int:contact_id>/opt-out")
def opt_out(contact_id: int) -> ResponseReturnValue:
    """For who asks by telephone."""
    contact = _contact(contact_id)
    contact.opted_out_at = contact.opted_out_at or now()
    words = _("This person receives no more mail.")
    return _done("opt out", f"contact {contact_id}", words, contact_id)


@bp.post("/<int:contact_id>/reachable")
def reachable(contact_id: int) -> ResponseReturnValue:
    """The address works again, or bounced by mistake."""
    _contact(contact_id).bounced_at = None
    words = _("This address is mailed again from now on.")
    return _done("reachable again", f"contact {contact_id}", words, contact_id)


@bp.get("/<int:contact_id>/erase")
def ask_to_erase(contact_id: int) -> ResponseReturnValue:
    contact = _contact(contact_id)
    return render_template(
        "invitations/erase_contact.html",
        contact=contact,
        details=read_details(vault(), contact),
    )


@bp.post("/<int:contact_id>/erase")
def erase(contact_id: int) -> ResponseReturnValue:
    """Who the person was; with a tick, what they answered as well."""
    session, contact = get_session(), _contact(contact_id)
    how: Erasing = {
        "never_again": "never_again" in request.form,
        "at": now(),
        "actor_id": current_user.id,
    }
    if "answers" in request.form:
        erase_person = cast("ErasePerson", current_app.extensions[ERASE_PERSON])
        erase_person(session, contact.email_hash, **how)
    else:
        erase_contact(session, contact, **how)
    session.commit()
    get_database().forget_deleted()
    flash(_("Erased. Old backups still hold this person for as long as you keep them."))
    return redirect(url_for(".show_book"))


def _contact(contact_id: int) -> Contact:
    contact = get_session().get(Contact, contact_id)
    if contact is None or contact.is_erased:
        abort(404)
    return contact


def _list(list_id: int) -> ContactList:
    return get_session().get(ContactList, list_id) or abort(404)


def _done(
    action: str, subject: str, words: str, contact_id: int | None = None
) -> ResponseReturnValue:
    session = get_session()
    record(session, actor_id=current_user.id, action=action, subject=subject, at=now())
    session.commit()
    flash(words)
    if contact_id is None:
        return redirect(url_for(".show_book"))
    return redirect(url_for(".show", contact_id=contact_id))
