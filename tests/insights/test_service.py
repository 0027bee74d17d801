"""Analysing what came in: once each, whatever happens in between."""

from collections.abc import Iterator
from concurrent.futures import Executor, ThreadPoolExecutor

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from survey_app.db import Database
from survey_app.insights.engine import current_version
from survey_app.insights.generations import begin_generation
from survey_app.insights.models import AnalysedText, Correction, Mention
from survey_app.insights.queries import list_pending
from survey_app.insights.service import analyse_pending, store_analyses
from survey_app.responses.models import Answer, Response
from tests.factories import (
    A_MOMENT,
    make_interview,
    make_response,
    make_staff_member,
    make_version,
)

COMPLAINT = "De verzendkosten zijn veel te hoog."


@pytest.fixture
def executor() -> Iterator[Executor]:
    with ThreadPoolExecutor(1) as executor:
        yield executor


def found(session: Session) -> list[tuple[str, str]]:
    rows = session.execute(
        select(Mention.touchpoint, Mention.polarity).order_by(Mention.touchpoint)
    )
    return [(touchpoint, polarity) for touchpoint, polarity in rows]


def test_submitted_answer_is_analysed_once(
    session: Session, database: Database, executor: Executor
) -> None:
    make_response(session, make_version(session), {"deciding_factor": COMPLAINT})
    session.commit()

    rounds = [analyse_pending(database, executor) for _ in range(2)]

    assert rounds == [1, 0]
    assert ("delivery", "negative") in found(session)
    assert session.scalars(select(AnalysedText.source)).all() == ["survey"]


@pytest.mark.parametrize("state", ["in_progress", "excluded"])
def test_response_that_is_not_submitted_is_left_alone(
    state: str, session: Session, database: Database, executor: Executor
) -> None:
    make_response(
        session, make_version(session), {"deciding_factor": COMPLAINT}, state=state
    )
    session.commit()

    assert analyse_pending(database, executor) == 0


def test_only_participants_are_analysed(
    session: Session, database: Database, executor: Executor
) -> None:
    make_interview(
        session, "Interviewer: Was de levering te laat?\nAnna: De site is traag."
    )
    session.commit()

    analyse_pending(database, executor)

    assert found(session) == [("website", "negative")]


def test_changed_answer_is_analysed_again(
    session: Session, database: Database, executor: Executor
) -> None:
    make_response(session, make_version(session), {"deciding_factor": COMPLAINT})
    session.commit()
    analyse_pending(database, executor)
    answer = session.scalars(select(Answer)).one()
    answer.text, answer.analysis_version = "De app is geweldig.", None
    session.commit()

    analyse_pending(database, executor)

    assert found(session) == [("app", "positive")]


def test_answer_that_changes_during_the_analysis_is_not_marked_done(
    session: Session, database: Database
) -> None:
    make_response(session, make_version(session), {"deciding_factor": COMPLAINT})
    session.commit()
    version = current_version()
    number = begin_generation(session, version, texts=1, at=A_MOMENT)
    pending = list_pending(session, generation=number, limit=10)
    session.scalars(select(Answer)).one().text = "De app is geweldig."
    session.commit()

    with database.transaction() as other:
        results = [(pending[0], None)]
        store_analyses(other, results, generation=number, version=version)

    assert len(list_pending(session, generation=number, limit=10)) == 1


def test_correction_survives_a_new_analysis(
    session: Session, database: Database, executor: Executor
) -> None:
    make_response(session, make_version(session), {"deciding_factor": COMPLAINT})
    researcher = make_staff_member(session, "researcher")
    answer = session.scalars(select(Answer)).one()
    session.add(
        Correction(
            answer_id=answer.id,
            start=0,
            end=len(COMPLAINT),
            quote=COMPLAINT,
            machine_touchpoint="delivery",
            touchpoint="checkout",
            polarity="negative",
            corrected_by=researcher.id,
            corrected_at=A_MOMENT,
        )
    )
    session.commit()

    analyse_pending(database, executor)

    touchpoints = {touchpoint for touchpoint, _polarity in found(session)}
    assert "checkout" in touchpoints
    assert "delivery" not in touchpoints


def test_erased_response_takes_its_mentions_along(
    session: Session, database: Database, executor: Executor
) -> None:
    make_response(session, make_version(session), {"deciding_factor": COMPLAINT})
    session.commit()
    analyse_pending(database, executor)

    session.delete(session.scalars(select(Response)).one())
    session.commit()

    assert session.scalar(select(func.count(Mention.id))) == 0
