"""Staff pages: how people reach a questionnaire, and how far invitations have come."""

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue

from survey_app.accounts import access
from survey_app.accounts.permissions import Permission
from survey_app.clock import now
from survey_app.db import get_session
from survey_app.invitations.pages import (
    PREFIX,
    mail_obstacle,
)
from survey_app.invitations.qr import qr_png, qr_svg
from survey_app.invitations.queries import count_waiting, find_trouble, list_progress
from survey_app.invitations.wording import words_in_pages
from survey_app.questionnaires.pages import frame, get_questionnaire
from survey_app.web.addresses import public_url

bp = access.staff_blueprint(
    "distribution", __name__, PREFIX, Permission.READ_QUESTIONNAIRES
)
bp.record_once(words_in_pages)

DRAWINGS = {"svg": ("image/svg+xml", qr_svg), "png": ("image/png", qr_png)}


@bp.get("/")
def show(slug: str) -> ResponseReturnValue:
    questionnaire, session = get_questionnaire(slug), get_session()
    return render_template(
        "invitations/distribution.html",
        address=f"{public_url()}/q/{slug}",
        progress=list_progress(session, questionnaire.id, at=now()),
        waiting=count_waiting(session, questionnaire.id),
        trouble=find_trouble(session, questionnaire.id),
        mail_obstacle=mail_obstacle(),
        **frame(questionnaire, at=now()),
    )


@bp.get("/qr.<any(svg, png):form>")
def qr(slug: str, form: str) -> ResponseReturnValue:
    """Answers that come in by it say so: ``src=qr``."""
    get_questionnaire(slug)
    kind, draw = DRAWINGS[form]
    answer = Response(draw(f"{public_url()}/q/{slug}?src=qr"), mimetype=kind)
    if "download" in request.args:
        answer.headers["Content-Disposition"] = f'attachment; filename="{slug}.{form}"'
    return answer
