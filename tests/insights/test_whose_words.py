"""Whose words make the figures: those of customers."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from survey_app.clock import now
from survey_app.insights.models import AnalysedText, Mention
from survey_app.insights.queries import count_pending
from survey_app.questionnaires.models import QuestionnaireVersion
from survey_app.questionnaires.reading import shipped_question_set
from survey_app.questionnaires.service import publish
from survey_app.responses.models import Answer
from tests.factories import make_analysed_text, make_mention, make_response


def published(session: Session, name: str) -> QuestionnaireVersion:
    return publish(session, shipped_question_set(name), published_at=now())


def test_what_staff_say_is_kept_out_of_the_figures_of_customers(
    session: Session,
) -> None:
    customers = published(session, "standard_v1.toml")
    staff = published(session, "staff_view_v1.toml")

    make_response(session, customers, {"interactions": "Snel geholpen."})
    make_response(session, staff, {"interactions": "Wij hebben het te druk."})

    assert count_pending(session, generation=1) == 1


def republished(session: Session, number: str, *, in_figures: bool) -> None:
    source = shipped_question_set("standard_v1.toml").replace(
        'version = "1.0.0"', f'version = "{number}"', 1
    )
    settings = f"\n[settings]\nin_figures = {str(in_figures).lower()}\n"
    publish(
        session,
        source.replace("\n[title]", f"{settings}\n[title]", 1),
        published_at=now(),
    )


def test_a_later_version_decides_for_what_came_in_before(session: Session) -> None:
    first = published(session, "standard_v1.toml")
    other = published(session, "after_contact_v1.toml")
    for version in (first, other):
        response = make_response(session, version, {"interactions": "Snel geholpen."})
        make_mention(session, make_analysed_text(session, response.answers[0]))
    mentions = select(func.count(Mention.id))
    assert session.scalar(mentions) == 2

    republished(session, "1.1.0", in_figures=False)
    assert session.scalar(mentions) == 1
    left = session.scalars(select(AnalysedText)).one()
    said_in = session.get_one(Answer, left.answer_id).response.version_id
    assert said_in == other.id
    assert count_pending(session, generation=1) == 0

    republished(session, "1.2.0", in_figures=True)
    assert count_pending(session, generation=1) == 1


def test_publishing_the_same_again_takes_what_was_stored_before_along(
    session: Session,
) -> None:
    """As where it was published by a version of ours that did not know the setting."""
    staff = published(session, "staff_view_v1.toml")
    staff.questionnaire.in_figures = True
    response = make_response(session, staff, {"interactions": "Te druk."})
    make_mention(session, make_analysed_text(session, response.answers[0]))

    published(session, "staff_view_v1.toml")

    assert session.scalar(select(func.count(Mention.id))) == 0
