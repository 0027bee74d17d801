"""Staff pages: the list of touchpoints, other names, hiding, and adding your own."""

from http import HTTPStatus
from typing import TypeVar

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

from survey_app.accounts import access
from survey_app.accounts.permissions import Permission
from survey_app.clock import now
from survey_app.dashboard.touchpoint_forms import (
    NamingForm,
    OwnTouchpointForm,
    as_written,
)
from survey_app.dashboard.touchpoint_queries import count_mentions
from survey_app.db import get_session
from survey_app.insights.look_ahead import Look, Wanted, look_ahead
from survey_app.insights.own_lessons import Taught, count_lessons
from survey_app.touchpoints import service
from survey_app.touchpoints.catalogue import Touchpoint
from survey_app.touchpoints.here import catalogue_here
from survey_app.touchpoints.models import TouchpointSetting
from survey_app.touchpoints.queries import find_setting, list_settings
from survey_app.web.locale import current_language

F = TypeVar("F", bound=NamingForm)

bp = access.staff_blueprint(
    "touchpoint_settings",
    __name__,
    "/staff/touchpoints/list",
    Permission.MANAGE_TOUCHPOINTS,
)


@bp.get("/")
def show_list() -> ResponseReturnValue:
    session = get_session()
    catalogue = catalogue_here()
    settings = {each.code: each for each in list_settings(session)}
    hidden = [
        catalogue.left_out[each.code] for each in settings.values() if each.is_hidden
    ]
    return render_template(
        "touchpoints/list.html",
        phases=_phases(),
        by_phase={phase: catalogue.of_phase(phase) for phase in _phases()},
        hidden=hidden,
        own={code for code, each in settings.items() if each.is_own},
        mentions=count_mentions(session),
    )


@bp.get("/new")
def new() -> ResponseReturnValue:
    return _draw(_own_form(OwnTouchpointForm()), None)


@bp.post("/new")
def add() -> ResponseReturnValue:
    form = _own_form(OwnTouchpointForm(request.form))
    if not form.validate():
        return _draw(form, None), HTTPStatus.UNPROCESSABLE_ENTITY
    if "preview" in request.form:
        return _draw(form, None, _look(form, None))
    service.add_touchpoint(get_session(), form.naming, form.finding, _keeper())
    return _saved(anew=True)


@bp.get("/<code>")
def edit(code: str) -> ResponseReturnValue:
    touchpoint, setting = _get(code)
    if setting is not None and setting.is_own:
        return _draw(_own_form(OwnTouchpointForm(data=as_written(setting))), code)
    names = {"name_nl": touchpoint.names["nl"], "name_en": touchpoint.names["en"]}
    return _draw(_own_form(NamingForm(data={**names, "phase": touchpoint.phase})), code)


@bp.post("/<code>")
def change(code: str) -> ResponseReturnValue:
    _touchpoint, setting = _get(code)
    is_own = setting is not None and setting.is_own
    form = _own_form((OwnTouchpointForm if is_own else NamingForm)(request.form))
    if not form.validate():
        return _draw(form, code), HTTPStatus.UNPROCESSABLE_ENTITY
    if isinstance(form, OwnTouchpointForm) and "preview" in request.form:
        return _draw(form, code, _look(form, code))
    finding = form.finding if isinstance(form, OwnTouchpointForm) else None
    before = _found_by(setting)
    changed = service.change_touchpoint(
        get_session(), code, form.naming, finding, _keeper()
    )
    return _saved(anew=is_own and before != _found_by(changed))


@bp.post("/<code>/hide")
def hide(code: str) -> ResponseReturnValue:
    return _hide(code, hidden=True)


@bp.post("/<code>/show")
def show(code: str) -> ResponseReturnValue:
    return _hide(code, hidden=False)


def _hide(code: str, *, hidden: bool) -> ResponseReturnValue:
    _get(code)
    service.hide_touchpoint(get_session(), code, _keeper(), hidden=hidden)
    return _saved(anew=False)


@bp.get("/<code>/remove")
def confirm_removal(code: str) -> ResponseReturnValue:
    touchpoint, setting = _get(code)
    if setting is None or not setting.is_own:
        abort(404)
    return render_template(
        "web/confirm.html",
        title=_(
            "Remove %(name)s?", name=catalogue_here().name(code, current_language())
        ),
        sentences=[
            _(
                "It leaves all figures, and texts are read again without it. "
                "Corrections in which somebody named it are kept, and no longer shown. "
                "To leave it out for a while, hide it instead."
            )
        ],
        button=_("Remove"),
        back=url_for(".edit", code=touchpoint.code),
        danger=True,
    )


@bp.post("/<code>/remove")
def remove(code: str) -> ResponseReturnValue:
    _get(code)
    try:
        service.remove_touchpoint(get_session(), code, _keeper())
    except service.OurTouchpointError:
        abort(404)
    return _saved(anew=True)


def _get(code: str) -> tuple[Touchpoint, TouchpointSetting | None]:
    """A touchpoint that is there, hidden or not, and what was changed of it."""
    catalogue, setting = catalogue_here(), find_setting(get_session(), code)
    touchpoint = catalogue.touchpoints.get(code)
    if touchpoint is None and setting is not None:
        touchpoint = catalogue.left_out.get(code)
    if touchpoint is None:
        abort(404)
    return touchpoint, setting


def _found_by(setting: TouchpointSetting | None) -> tuple[object, ...]:
    if setting is None:
        return ()
    return tuple(setting.cues_nl), tuple(setting.cues_en), tuple(setting.examples)


def _phases() -> dict[str, str]:
    language = current_language()
    return {phase.code: phase.names[language] for phase in catalogue_here().phases}


def _own_form(form: F) -> F:
    form.offer(_phases())
    return form


def _look(form: OwnTouchpointForm, code: str | None) -> Look:
    finding = form.finding
    wanted = Wanted(
        code=code,
        cues_nl=finding.cues_nl,
        cues_en=finding.cues_en,
        examples=finding.examples,
    )
    get_session().rollback()  # nobody waits to write while this page waits
    database = current_app.extensions["database"]
    return look_ahead(database, wanted, key=request.form["preview"])


def _draw(form: NamingForm, code: str | None, preview: Look | None = None) -> str:
    return render_template(
        "touchpoints/edit.html",
        boxes=form,
        errors=form.sentences,
        code=code,
        is_own=isinstance(form, OwnTouchpointForm),
        is_hidden=code is not None and code in catalogue_here().left_out,
        preview=preview,
        taught=_taught(form, code),
    )


def _taught(form: NamingForm, code: str | None) -> Taught | None:
    if code is None or not isinstance(form, OwnTouchpointForm):
        return None
    return count_lessons(get_session(), code)


def _keeper() -> service.Keeper:
    return service.Keeper(staff_id=current_user.id, at=now())


def _saved(*, anew: bool) -> ResponseReturnValue:
    get_session().commit()
    flash(
        _("Saved. All texts are read again; figures change when that is done.")
        if anew
        else _("Saved.")
    )
    return redirect(url_for(".show_list"))
