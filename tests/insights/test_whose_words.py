"""Whose words make the figures: those of customers."""

from sqlalchemy.orm import Session

from survey_app.clock import now
from survey_app.insights.queries import count_pending
from survey_app.questionnaires.models import QuestionnaireVersion
from survey_app.questionnaires.reading import shipped_question_set
from survey_app.questionnaires.service import publish
from tests.factories import make_response


def published(session: Session, name: str) -> QuestionnaireVersion:
    return publish(session, shipped_question_set(name), published_at=now())


def test_what_staff_say_is_kept_out_of_the_figures_of_customers(
    session: Session,
) -> None:
    customers = published(session, "standard_v1.toml")
    staff = published(session, "staff_view_v1.toml")

    make_response(session, customers, {"interactions": "Snel geholpen."})
    make_response(session, staff, {"interactions": "Wij hebben het te druk."})

    assert count_pending(session, version="1") == 1
