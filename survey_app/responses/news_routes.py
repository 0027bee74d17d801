"""One mail about what was done with the answers: yes please, or rather not."""

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from survey_app.clock import now
from survey_app.db import get_session
from survey_app.invitations.telling import wish_to_hear
from survey_app.responses.blueprints import respondent_blueprint
from survey_app.responses.news import find_reachable
from survey_app.responses.notices import in_language
from survey_app.responses.visits import get_visit

bp = respondent_blueprint("news")


@bp.post("/r/<key>/<lang>/news")
def choose(key: str, lang: str) -> ResponseReturnValue:
    session = get_session()
    visit = get_visit(session, key)
    in_language(visit.question_set, lang)
    contact = find_reachable(session, visit)
    if contact is not None and visit.is_sent:
        wish_to_hear(contact, wished=request.form.get("news") == "yes", at=now())
        session.commit()
    return redirect(url_for("respondent.thanks", key=key, lang=lang), 303)
