"""Staff pages: bring in people, first to look at, then to keep; and bounces."""

from collections.abc import Iterable, Mapping
from http import HTTPStatus

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_security import current_user

from survey_app.accounts import access
from survey_app.accounts.permissions import Permission
from survey_app.accounts.service import record
from survey_app.clock import now
from survey_app.db import get_database, get_session
from survey_app.invitations.bounces import (
    Verdict,
    note_reports,
    read_report,
    split_messages,
)
from survey_app.invitations.forms import read_language, read_name
from survey_app.invitations.pages import let_others_write, settings, vault
from survey_app.respondents.address_lists import (
    AddressList,
    Listed,
    read_address_list,
)
from survey_app.respondents.contacts import (
    Sealed,
    Sorted,
    seal,
    sort_out,
    store_list,
)
from survey_app.respondents.models import ContactList
from survey_app.web.room import takes_up_to

bp = access.staff_blueprint(
    "contact_import", __name__, "/staff/contacts", Permission.INVITE
)

MOST_BYTES = 8 * 1024 * 1024
MOST_PEOPLE = 50_000
FIELDS = ("email", "name", "language")


@bp.get("/import")
def start() -> ResponseReturnValue:
    return render_template("invitations/import_contacts.html", errors={}, values={})


@bp.post("/import")
@takes_up_to(MOST_BYTES)
def look() -> ResponseReturnValue:
    """What would happen; nothing is kept before it is confirmed."""
    let_others_write()
    read = _posted()
    trouble = _trouble(read)
    if trouble is not None:
        return _start_again({"people": trouble}, read)
    sealed = _sealed(read.people)
    with get_database().read() as session:
        groups = sort_out(session, sealed)
    return render_template(
        "invitations/preview_contacts.html",
        read=read,
        groups=groups,
        usable=len(groups.new) + len(groups.known) + len(groups.bounced),
        list_name=_list_name(),
        language=read_language(request.form),
        carried=_as_lines(read.people),
    )


def _trouble(read: AddressList) -> str | None:
    if len(read.people) > MOST_PEOPLE:
        words = _(
            "That are more than %(most)s people. Import them in parts.",
            most=MOST_PEOPLE,
        )
        return str(words)
    if read.people:
        return None
    if read.unusable:
        return str(_("None of the addresses in it can exist. Look at the lines."))
    return str(_("There is no address in it. Paste some, or choose a file."))


@bp.post("/import/keep")
@takes_up_to(2 * MOST_BYTES)
def keep() -> ResponseReturnValue:
    """Judged again: what comes back in a form is never trusted."""
    let_others_write()
    read = read_address_list(request.form.get("carried", ""))
    sealed = _sealed(read.people[:MOST_PEOPLE])
    session = get_session()
    kept, groups = store_list(
        session,
        sealed,
        list_name=_list_name(),
        language=read_language(request.form),
        at=now(),
    )
    _record(kept, groups)
    session.commit()
    flash(
        ngettext(
            "%(num)s person is new on “%(name)s”.",
            "%(num)s people are new on “%(name)s”.",
            len(groups.new),
            name=kept.name,
        )
    )
    return redirect(url_for("contacts.show_list", list_id=kept.id))


def _record(kept: ContactList, groups: Sorted) -> None:
    record(
        get_session(),
        actor_id=current_user.id,
        action="import contacts",
        subject=f"list {kept.id}",
        at=now(),
        detail={"new": len(groups.new), "known": len(groups.known)},
    )


@bp.get("/bounces")
def ask_for_bounces() -> ResponseReturnValue:
    return render_template("invitations/bounces.html", counts=None)


@bp.post("/bounces")
@takes_up_to(MOST_BYTES)
def read_bounces() -> ResponseReturnValue:
    contents = [file.read() for file in request.files.getlist("files")]
    contents.append(request.form.get("text", "").encode())
    reports = [
        read_report(message)
        for content in contents
        for message in split_messages(content)
    ]
    counts: Mapping[Verdict, int] = {}
    if reports:
        session = get_session()
        counts = note_reports(session, reports, at=now(), actor_id=current_user.id)
        session.commit()
    return render_template("invitations/bounces.html", counts=counts)


def _posted() -> AddressList:
    file = request.files.get("file")
    content = file.read() if file is not None else b""
    if content.strip():
        return read_address_list(content)
    return read_address_list(request.form.get("people", ""))


def _list_name() -> str:
    day = now().date().isoformat()
    return read_name(request.form, "list_name") or _("List of %(day)s", day=day)


def _sealed(people: Iterable[Listed]) -> list[Sealed]:
    return seal(vault(), people, secret=settings().secret_key)


def _as_lines(people: Iterable[Listed]) -> str:
    """As this module reads it again; cells hold no tab and no line end by then."""
    lines = [
        "\t".join((each.address, _quoted(each.name or ""), each.language or ""))
        for each in people
    ]
    return "\n".join(("\t".join(FIELDS), *lines))


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _start_again(errors: dict[str, str], read: AddressList) -> ResponseReturnValue:
    page = render_template(
        "invitations/import_contacts.html",
        errors=errors,
        values=request.form,
        unusable=read.unusable,
    )
    return page, HTTPStatus.UNPROCESSABLE_ENTITY
