"""Staff post: how sure a mention must be to count before somebody judged it."""

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_security import current_user

from survey_app.accounts import access
from survey_app.accounts.permissions import Permission
from survey_app.clock import now
from survey_app.dashboard.review_forms import LimitForm
from survey_app.db import get_session
from survey_app.insights.review_limit import set_limit

bp = access.staff_blueprint(
    "review_limit", __name__, "/staff/review", Permission.MANAGE_RESPONSES
)


@bp.post("/limit")
def change() -> ResponseReturnValue:
    form = LimitForm(request.form)
    if not form.validate():
        abort(400)
    session = get_session()
    least = float(form.least.data) if form.least.data else None
    set_limit(session, least, staff_id=current_user.id, at=now())
    session.commit()
    flash(_("Saved. All figures follow at once."))
    return redirect(url_for("quality.show"))
