"""Leaving out and taking in, tags and notes: at once, and in the log."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from survey_app.accounts.models import AuditEntry, StaffMember
from survey_app.insights.figure_filter import FigureFilter
from survey_app.insights.figures import report_touchpoints
from survey_app.insights.people import read_customers
from survey_app.insights.queries import list_pending, list_still_pending
from survey_app.outbox.models import Event
from survey_app.personas.queries import describe_input
from survey_app.responses import curation
from survey_app.responses.curation import Exclusion, InvalidTagError
from survey_app.responses.models import Response, ResponseMark
from tests.factories import (
    A_MOMENT,
    make_opinion,
    make_response,
    make_staff_member,
    make_version,
)


@pytest.fixture
def staff(session: Session) -> StaffMember:
    return make_staff_member(session, "researcher")


def leave_out(session: Session, ids: list[int], actor_id: int | None = None) -> int:
    return curation.exclude(
        session, ids, because=Exclusion.TEST, actor_id=actor_id, at=A_MOMENT
    )


def figures(session: Session) -> tuple[int, int]:
    """Touchpoints spoken of and by how many; customers for personas."""
    report = report_touchpoints(session, FigureFilter())
    return report.base, len(read_customers(session))


def test_left_out_is_out_of_the_figures_at_once_and_comes_back(
    session: Session,
) -> None:
    version = make_version(session)
    ids = []
    for score in (-0.5, 0.5, 0.7):
        text = make_opinion(session, version, score).analysed_text
        found = select(Response).where(Response.respondent_id == text.respondent_id)
        ids.append(session.scalars(found).one().id)
    session.commit()
    rests_on = describe_input(session)
    assert figures(session) == (3, 3)

    assert leave_out(session, ids[:1]) == 1
    session.commit()
    assert figures(session) == (2, 2)
    assert describe_input(session) != rests_on
    assert list_pending(session, generation=1, limit=9) == []

    curation.include(session, ids[:1], actor_id=None, at=A_MOMENT)
    session.commit()
    waiting = list_pending(session, generation=1, limit=9)
    assert [each.text for each in waiting] == ["Het duurde lang"]
    assert figures(session)[1] == 3


def test_left_out_while_it_is_being_analysed_stays_out(session: Session) -> None:
    response = make_response(session, make_version(session), {"why_us": "Duur"})
    session.commit()
    pending = list_pending(session, generation=1, limit=9)

    leave_out(session, [response.id])
    session.commit()

    assert list_still_pending(session, pending, generation=1) == []


def test_leaving_out_and_taking_in_are_told_and_written_down(
    session: Session, staff: StaffMember
) -> None:
    response = make_response(session, make_version(session))
    session.commit()

    for _twice in range(2):
        leave_out(session, [response.id], staff.id)
    for _twice in range(2):
        curation.include(session, [response.id], actor_id=staff.id, at=A_MOMENT)
    session.commit()

    entries = session.scalars(select(AuditEntry).order_by(AuditEntry.id)).all()
    assert [(each.action, each.actor_id, each.detail) for each in entries] == [
        ("exclude_response", staff.id, {"reason": "test"}),
        ("include_response", staff.id, {}),
    ]
    assert {each.subject for each in entries} == {f"response {response.public_id}"}
    topics = session.scalars(select(Event.topic).order_by(Event.id)).all()
    assert topics == ["response.excluded", "response.submitted"]
    assert (response.state, response.excluded_because) == ("submitted", None)


@pytest.mark.parametrize(
    ("state", "sent", "excluded", "afterwards"),
    [
        ("in_progress", False, 0, "in_progress"),
        ("abandoned", False, 1, "abandoned"),
        ("closed_partial", False, 1, "abandoned"),
        ("submitted", True, 1, "submitted"),
    ],
)
def test_who_is_busy_cannot_be_left_out(
    session: Session, state: str, excluded: int, afterwards: str, *, sent: bool
) -> None:
    response = make_response(
        session,
        make_version(session),
        state=state,
        submitted_at=A_MOMENT if sent else None,
    )
    session.commit()

    assert leave_out(session, [response.id]) == excluded
    curation.include(session, [response.id], actor_id=None, at=A_MOMENT)

    assert response.state == afterwards


def test_tags_are_one_word_each_however_they_are_written(session: Session) -> None:
    version = make_version(session)
    ids = [make_response(session, version).id for _ in range(2)]
    session.commit()

    who = {"actor_id": None, "at": A_MOMENT}
    assert curation.add_tag(session, ids[:1], " Terug  Bellen", **who) == 1  # type: ignore[arg-type] # as named
    assert curation.add_tag(session, ids, "terug bellen", **who) == 1  # type: ignore[arg-type] # as named
    names = session.scalars(select(ResponseMark.name)).all()
    assert names == ["terug bellen"] * 2
    assert curation.remove_tag(session, ids, "Terug bellen", **who) == 2  # type: ignore[arg-type] # as named
    assert session.scalars(select(ResponseMark.name)).all() == []
    assert all(entry.detail == {} for entry in session.scalars(select(AuditEntry)))


@pytest.mark.parametrize("tag", ["", " \u200b ", "x" * 51])
def test_a_tag_without_sense_is_refused(tag: str) -> None:
    with pytest.raises(InvalidTagError):
        curation.as_tag(tag)


def test_a_note_is_kept_and_taken_away(session: Session) -> None:
    response = make_response(session, make_version(session))
    session.commit()

    def write(note: str) -> bool:
        return curation.write_note(
            session, response.id, note, actor_id=None, at=A_MOMENT
        )

    assert (write("Bellen\x00\r\n"), write("Bellen"), response.note) == (
        True,
        False,
        "Bellen",
    )
    assert (write(" "), response.note) == (True, None)
    with pytest.raises(curation.NoteTooLongError):
        write("x" * 4_001)
