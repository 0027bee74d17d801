"""Staff posts: what the machine got wrong, or right."""

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_security import current_user

from survey_app.accounts import access
from survey_app.accounts.permissions import Permission
from survey_app.clock import now
from survey_app.dashboard.forms import CorrectionForm
from survey_app.db import get_session
from survey_app.insights.corrections import Judge, MentionGoneError, correct_mention
from survey_app.insights.models import Mention
from survey_app.web.addresses import local_path

bp = access.staff_blueprint("corrections", __name__, "/staff", Permission.CORRECT)


@bp.post("/corrections/<int:mention_id>")
def correct(mention_id: int) -> ResponseReturnValue:
    session = get_session()
    form = CorrectionForm(request.form)
    mention = session.get(Mention, mention_id)
    if mention is None:
        raise MentionGoneError(mention_id)
    form.offer(mention.touchpoint)
    if not form.validate():
        abort(400)
    about = form.touchpoint.data or None
    correct_mention(
        session,
        mention_id,
        touchpoint=about,
        polarity=form.polarity.data if about else None,
        judge=Judge(current_user.id, now()),
    )
    session.commit()
    flash(_("Saved. Your word counts from now on, also after a new analysis."))
    return redirect(_back(form))


@bp.errorhandler(MentionGoneError)
def mention_gone(_error: MentionGoneError) -> ResponseReturnValue:
    words = _(
        "This text has been analysed again in the meantime. Please look once more."
    )
    flash(words, "error")
    return redirect(_back(CorrectionForm(request.form)))


def _back(form: CorrectionForm) -> str:
    return local_path(form.next.data or "", otherwise=url_for("dashboard.touchpoints"))
