"""Staff pages: the journey map, for all customers and for each persona."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.metadata import version
from typing import Any, TypeVar

from flask import (
    Response,
    abort,
    flash,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from survey_app.accounts import access
from survey_app.accounts.permissions import Permission
from survey_app.db import get_session
from survey_app.journeys import queries
from survey_app.journeys.document import MapDocument
from survey_app.journeys.document_json import to_json
from survey_app.journeys.drawing import draw_map
from survey_app.journeys.pictures import svg_to_pdf, svg_to_png
from survey_app.journeys.service import MapRequest, make_map
from survey_app.web.locale import current_language

bp = access.staff_blueprint("journeys", __name__, "/staff", Permission.READ_FIGURES)

Row = TypeVar("Row")
COLUMNS_AT_ONCE = 12  # what can be read at a glance; the rest is one click away


@dataclass(frozen=True, slots=True)
class Download:
    """One form in which a map can be taken along."""

    media_type: str
    make: Callable[[MapDocument], str | bytes]


DOWNLOADS = {
    "svg": Download("image/svg+xml", draw_map),
    "png": Download("image/png", lambda document: svg_to_png(draw_map(document))),
    "pdf": Download("application/pdf", lambda document: svg_to_pdf(draw_map(document))),
    "json": Download("application/json", to_json),
}


@bp.get("/journey/")
def show() -> ResponseReturnValue:
    session = get_session()
    wanted = _wanted(session)
    document = make_map(session, wanted, generated=_generated())
    return render_template(
        "journeys/show.html",
        document=document,
        drawing=draw_map(document, link_for=_touchpoint_page(wanted)),
        wanted=wanted,
        choice=_choice(wanted),
        personas=queries.list_personas(session),
        waves=queries.list_waves(session),
        downloads=DOWNLOADS,
    )


@bp.get("/journey/map.<form>")
def download(form: str) -> ResponseReturnValue:
    chosen = DOWNLOADS.get(form) or abort(404)
    session = get_session()
    document = make_map(session, _wanted(session), generated=_generated())
    response = Response(chosen.make(document), mimetype=chosen.media_type)
    response.headers["Content-Disposition"] = f"attachment; filename=journey-map.{form}"
    return response


def _wanted(session: Session) -> MapRequest:
    """The persona and wave of the address; one that is not there is no page."""
    personas = {str(each.id): each for each in queries.list_personas(session)}
    waves = {str(each.id): each for each in queries.list_waves(session)}
    return MapRequest(
        language=current_language(),
        persona=_chosen(personas, "persona"),
        wave=_chosen(waves, "wave"),
        limit=None if request.args.get("all") else COLUMNS_AT_ONCE,
    )


def _chosen(rows: Mapping[str, Row], name: str) -> Row | None:
    key = request.args.get(name)
    if not key:
        return None
    if key in rows:
        return rows[key]
    flash(_("These personas have been made anew; choose one from the list."))
    return abort(redirect(url_for(".show")))


def _choice(wanted: MapRequest) -> dict[str, Any]:
    """The address's own parameters again, for links to the same map."""
    chosen = {"persona": wanted.persona, "wave": wanted.wave}
    choice = {name: row.id for name, row in chosen.items() if row is not None}
    return choice if wanted.limit else choice | {"all": 1}


def _touchpoint_page(wanted: MapRequest) -> Callable[[str], str]:
    choice = _choice(wanted)
    return lambda touchpoint: url_for(
        "dashboard.touchpoints", touchpoint=touchpoint, **choice
    )


def _generated() -> str:
    return f"Klantreis {version('klantreis')}"
