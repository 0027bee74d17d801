"""Changing what was sent: begun and given up by a button, never by looking.

Filling in and sending again are done on the pages that were there before.
"""

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from survey_app.clock import now
from survey_app.db import get_session
from survey_app.responses import changing
from survey_app.responses.blueprints import respondent_blueprint
from survey_app.responses.notices import in_language
from survey_app.responses.visits import get_visit

bp = respondent_blueprint("changes")


@bp.post("/r/<key>/<lang>/change-answers")
def begin(key: str, lang: str) -> ResponseReturnValue:
    session = get_session()
    visit = get_visit(session, key, lock=True)
    in_language(visit.question_set, lang)
    if not changing.may_change(visit, at=now()):
        return redirect(url_for("respondent.resume", key=key, lang=lang), 303)
    changing.begin(session, visit, at=now())
    session.commit()
    return redirect(url_for("respondent.check", key=key, lang=lang), 303)


@bp.post("/r/<key>/<lang>/keep-answers")
def keep_as_sent(key: str, lang: str) -> ResponseReturnValue:
    session = get_session()
    visit = get_visit(session, key, lock=True)
    in_language(visit.question_set, lang)
    changing.forget(session, visit.response_id)
    session.commit()
    return redirect(url_for("respondent.resume", key=key, lang=lang), 303)
