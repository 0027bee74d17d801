"""Who does not finish: partial when something was said, gone when nothing was."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from survey_app.insights.models import Mention
from survey_app.insights.queries import list_pending
from survey_app.questionnaires.models import Questionnaire, QuestionnaireVersion
from survey_app.questionnaires.service import publish
from survey_app.responses.models import Answer, Response
from survey_app.responses.settling import (
    has_uncounted,
    has_unsettled,
    settle_unfinished,
    withdraw_uncounted,
)
from tests.factories import (
    A_MOMENT,
    make_analysed_text,
    make_mention,
    make_response,
    make_version,
)
from tests.questionnaires.builders import EVERY_KIND

LATER = A_MOMENT + timedelta(days=30, minutes=1)


@pytest.fixture
def version(session: Session) -> QuestionnaireVersion:
    return publish(session, EVERY_KIND, published_at=A_MOMENT)


def leave(session: Session, version: QuestionnaireVersion, **said: str) -> Response:
    response = make_response(
        session, version, state="in_progress", submitted_at=None, codes=said
    )
    session.commit()
    return response


@pytest.mark.parametrize(
    ("said", "states"),
    [
        ({"ease": "4"}, ["abandoned"]),
        ({"channels": "nowhere"}, []),
        ({"no_such_question": "x"}, []),
        ({}, []),
    ],
)
def test_after_thirty_idle_days_only_what_says_something_is_kept(
    session: Session,
    version: QuestionnaireVersion,
    said: dict[str, str],
    states: list[str],
) -> None:
    leave(session, version, **said)

    assert not has_unsettled(session, at=A_MOMENT + timedelta(days=30))
    assert settle_unfinished(session, at=LATER) == 1
    session.commit()

    assert session.scalars(select(Response.state)).all() == states
    assert settle_unfinished(session, at=LATER) == 0


def test_answers_off_the_path_say_nothing(
    session: Session, version: QuestionnaireVersion
) -> None:
    response = leave(session, version, ease="4")
    response.answers[0].on_path = False
    session.commit()

    settle_unfinished(session, at=LATER)

    assert session.scalars(select(Response.state)).all() == []


@pytest.mark.parametrize(
    ("hours", "state"), [(47, "in_progress"), (49, "closed_partial")]
)
def test_two_days_after_closing_the_rest_is_partial(
    session: Session, version: QuestionnaireVersion, hours: int, state: str
) -> None:
    leave(session, version, ease="4")
    version.questionnaire.closes_at = A_MOMENT
    session.commit()

    settle_unfinished(session, at=A_MOMENT + timedelta(hours=hours))
    session.commit()

    assert session.scalars(select(Response.state)).one() == state


@pytest.mark.parametrize("included", [True, False])
def test_partial_ones_are_analysed_when_the_keeper_wants_that(
    session: Session, *, included: bool
) -> None:
    version = make_version(session)
    version.questionnaire.include_partial = included
    for state in ("abandoned", "closed_partial", "in_progress", "excluded"):
        make_response(session, version, {"why_us": state}, state=state)
    session.commit()

    texts = {each.text for each in list_pending(session, generation=1, limit=9)}

    assert texts == ({"abandoned", "closed_partial"} if included else set())


def test_what_no_longer_counts_leaves_the_figures(session: Session) -> None:
    version = make_version(session)
    version.questionnaire.include_partial = True
    response = make_response(session, version, {"why_us": "Duur"}, state="abandoned")
    make_mention(session, make_analysed_text(session, response.answers[0]))
    session.commit()
    assert not has_uncounted(session)

    session.execute(update(Questionnaire).values(include_partial=False))
    assert (has_uncounted(session), withdraw_uncounted(session)) == (True, 1)
    session.commit()

    assert session.scalars(select(Mention.id)).all() == []
    assert session.scalars(select(Answer.analysis_version)).all() == [None]
    assert withdraw_uncounted(session) == 0
