"""Staff posts about responses: leave out, take in, tag, note, erase."""

from collections.abc import Callable, Sequence

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_security import current_user
from wtforms import Form

from survey_app.accounts import access
from survey_app.accounts.permissions import Permission
from survey_app.clock import now
from survey_app.dashboard import response_queries as responses
from survey_app.dashboard.curation_forms import (
    ErasureForm,
    ExclusionForm,
    NoteForm,
    TagForm,
)
from survey_app.dashboard.paging import PAGE_SIZE
from survey_app.db import get_database, get_session
from survey_app.responses import curation
from survey_app.responses.curation import Exclusion, InvalidTagError
from survey_app.responses.erasure import erase_for_staff
from survey_app.responses.models import Response
from survey_app.web.addresses import HIGHEST_ID, local_path

bp = access.staff_blueprint("curation", __name__, "/staff", Permission.MANAGE_RESPONSES)

Deed = Callable[[Sequence[int]], str]


@bp.post("/responses/selection")
def change_selection() -> ResponseReturnValue:
    """Do one thing with all that were ticked in the list."""
    deed = DEEDS.get(request.form.get("action", ""))
    if deed is None:
        abort(400)
    ids = _ticked()
    if not ids:
        flash(_("Tick the responses that you mean first."), "error")
    else:
        _do(deed, ids)
    return redirect(_back(url_for("responses.list_responses")))


@bp.post("/responses/<int:response_id>/<any(exclude, include, tag, untag, note):name>")
def change_response(response_id: int, name: str) -> ResponseReturnValue:
    _get(response_id)
    _do(DEEDS[name], [response_id])
    return redirect(url_for("responses.show_response", response_id=response_id))


@bp.get("/responses/<int:response_id>/erase")
def confirm_erasure(response_id: int) -> ResponseReturnValue:
    response = responses.find_response(get_session(), response_id)
    if response is None:
        abort(404)
    return render_template(
        "responses/erase_response.html", response=response, form=ErasureForm()
    )


@bp.post("/responses/<int:response_id>/erase")
def erase(response_id: int) -> ResponseReturnValue:
    session = get_session()
    _get(response_id)
    form = ErasureForm(request.form)
    if not form.validate():
        abort(400)
    erase_for_staff(
        session,
        response_id,
        reason=str(form.reason.data),
        at=now(),
        actor_id=current_user.id,
    )
    session.commit()
    get_database().forget_deleted()
    flash(_("Erased, with everything that was derived from it."))
    return redirect(url_for("responses.list_responses"))


def _get(response_id: int) -> Response:
    response = get_session().get(Response, response_id)
    if response is None:
        abort(404)
    return response


def _ticked() -> list[int]:
    """No more than a page holds; what is no number was not ticked."""
    given = [value for value in request.form.getlist("response") if value.isascii()]
    numbers = {int(value) for value in given if value.isdigit() and len(value) < 11}  # noqa: PLR2004 - longer is no id
    return sorted(each for each in numbers if each <= HIGHEST_ID)[:PAGE_SIZE]


def _do(deed: Deed, ids: Sequence[int]) -> None:
    """Nothing is half done: what is refused changes nothing and says why."""
    try:
        words = deed(ids)
    except _RefusedError as error:
        flash(str(error), "error")
        return
    get_session().commit()
    flash(words)


class _RefusedError(ValueError):
    """What was filled in cannot be used; the message is for who did."""


def _check(form: Form) -> None:
    if not form.validate():
        raise _RefusedError(*next(iter(form.errors.values())))


def _exclude(ids: Sequence[int]) -> str:
    form = ExclusionForm(request.form)
    if not form.validate():
        raise _RefusedError(_("Choose a reason."))
    count = curation.exclude(
        get_session(), ids, because=Exclusion(form.because.data), **_who()
    )
    return str(
        ngettext(
            "%(num)s response is left out of all figures.",
            "%(num)s responses are left out of all figures.",
            count,
        )
    )


def _include(ids: Sequence[int]) -> str:
    count = curation.include(get_session(), ids, **_who())
    return str(
        ngettext(
            "%(num)s response counts again as soon as it has been read.",
            "%(num)s responses count again as soon as they have been read.",
            count,
        )
    )


def _tag(ids: Sequence[int]) -> str:
    count = curation.add_tag(get_session(), ids, _read_tag(), **_who())
    return str(
        ngettext(
            "%(num)s response has the tag now.",
            "%(num)s responses have the tag now.",
            count,
        )
    )


def _untag(ids: Sequence[int]) -> str:
    count = curation.remove_tag(get_session(), ids, _read_tag(), **_who())
    return str(
        ngettext(
            "%(num)s response lost the tag.", "%(num)s responses lost the tag.", count
        )
    )


def _read_tag() -> str:
    form = TagForm(request.form)
    _check(form)
    try:
        return curation.as_tag(str(form.tag.data))
    except InvalidTagError:
        raise _RefusedError(_("Write a tag first.")) from None


def _note(ids: Sequence[int]) -> str:
    form = NoteForm(request.form)
    _check(form)
    curation.write_note(get_session(), ids[0], str(form.note.data or ""), **_who())
    return str(_("The note is saved."))


def _who() -> curation.Who:
    return {"actor_id": current_user.id, "at": now()}


def _back(otherwise: str) -> str:
    return local_path(request.form.get("next", ""), otherwise=otherwise)


DEEDS: dict[str, Deed] = {
    "exclude": _exclude,
    "include": _include,
    "tag": _tag,
    "untag": _untag,
    "note": _note,
}
