"""What respondents said and what was done about it, for everybody to read."""

from flask.typing import ResponseReturnValue
from sqlalchemy import select

from survey_app.db import get_session
from survey_app.questionnaires.models import Improvement
from survey_app.questionnaires.queries import get_published
from survey_app.responses import notices
from survey_app.responses.blueprints import respondent_blueprint
from survey_app.responses.notices import in_language
from survey_app.responses.page_views import plain_page

bp = respondent_blueprint("results")


@bp.get("/q/<slug>/<lang>/results")
def show(slug: str, lang: str) -> ResponseReturnValue:
    session = get_session()
    fielding = get_published(session, slug)
    question_set = in_language(notices.question_set_for(fielding), lang)
    improvements = session.scalars(
        select(Improvement)
        .where(
            Improvement.questionnaire_id == fielding.questionnaire_id,
            Improvement.published_at.is_not(None),
        )
        .order_by(Improvement.position, Improvement.id)
    )
    told = [
        (each.said[lang], each.done[lang])
        for each in improvements
        if each.said.get(lang) and each.done.get(lang)
    ]
    return plain_page("results", question_set, lang, improvements=told)
