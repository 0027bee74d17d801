"""What a questionnaire offers to choose from when its answers are exported."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from survey_app.exports.catalogue import build_catalogue
from survey_app.exports.columns import in_language
from survey_app.exports.extracts import list_editions
from survey_app.exports.forms import Choices
from survey_app.questionnaires.models import Questionnaire, Wave
from survey_app.web.locale import current_language


def offer_choices(
    session: Session, questionnaire: Questionnaire, formats: Sequence[str]
) -> Choices:
    editions = list_editions(session, questionnaire)
    catalogue = build_catalogue([edition.question_set for edition in editions])
    waves = session.execute(
        select(Wave.id, Wave.name)
        .where(Wave.questionnaire_id == questionnaire.id)
        .order_by(Wave.starts_on.desc(), Wave.id.desc())
    )
    language = current_language()
    title = editions[0].question_set.title if editions else {}
    return Choices(
        title=in_language(title, language),
        formats=formats,
        waves=[(str(wave_id), name) for wave_id, name in waves],
        versions=[(str(edition.id), edition.version) for edition in editions],
        questions=[
            (question.id, in_language(question.title, language))
            for question in catalogue.questions
        ],
    )
