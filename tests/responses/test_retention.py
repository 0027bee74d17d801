"""Responses are kept as long as their question set promised, and no longer."""

from datetime import datetime, timedelta

import pytest
from click.testing import CliRunner
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from survey_app.accounts.models import AuditEntry
from survey_app.config import Settings
from survey_app.insights.masking import mask_words
from survey_app.insights.models import Mention
from survey_app.outbox.models import Event
from survey_app.questionnaires.models import QuestionnaireVersion
from survey_app.questionnaires.service import publish
from survey_app.respondents.models import Respondent
from survey_app.responses.models import (
    SEALED,
    Answer,
    ErasedResponse,
    PageEvent,
    Response,
    ResponseMark,
)
from survey_app.responses.retention import Due, expire, has_due, list_due
from survey_app.retention import retention_command
from tests.factories import (
    A_MOMENT,
    STANDARD,
    make_analysed_text,
    make_mention,
    make_respondent,
    make_response,
    make_version,
)

ANONYMISING = STANDARD.replace(
    "minutes = 4\n",
    "minutes = 4\n\n[settings.retention]\ncompleted_days = 90\n"
    'on_expiry = "anonymise"\n',
)


def after(days: int) -> datetime:
    return A_MOMENT + timedelta(days=days)


@pytest.mark.parametrize(
    ("state", "source", "days", "deleted"),
    [
        ("in_progress", "link", 29, 0),
        ("in_progress", "link", 31, 1),
        ("abandoned", "mail", 31, 1),
        ("closed_partial", "qr", 31, 1),
        ("submitted", "link", 31, 0),
        ("submitted", "link", 731, 1),
        ("excluded", "api", 731, 1),
        ("submitted", "import", 3000, 0),
    ],
)
def test_responses_are_kept_as_long_as_promised(
    state: str, source: str, days: int, deleted: int, session: Session
) -> None:
    make_response(session, make_version(session), state=state, source=source)
    session.commit()

    assert has_due(session, at=after(days)) is bool(deleted)
    assert expire(session, mask=mask_words, at=after(days)) == deleted
    assert session.scalar(select(func.count(Response.id))) == 1 - deleted


@pytest.mark.parametrize(
    ("state", "source", "on_expiry", "left"),
    [
        ("submitted", "link", "delete", 0),
        ("excluded", "api", "delete", 0),
        ("in_progress", "link", "delete", 0),
        ("abandoned", "qr", "anonymise", 0),
        ("submitted", "mail", "anonymise", 1),
        ("submitted", "import", "delete", 1),
    ],
)
def test_the_upper_bound_counts_from_the_start_whatever_became_of_it(
    state: str, source: str, on_expiry: str, left: int, session: Session
) -> None:
    source_text = STANDARD.replace(
        "minutes = 4\n",
        "minutes = 4\n\n[settings.retention]\ncompleted_days = 90\n"
        f'max_days = 100\non_expiry = "{on_expiry}"\n',
    )
    version = publish(session, source_text, published_at=A_MOMENT)
    made = make_response(session, version, state=state, source=source)
    made.last_activity_at = after(99)  # changed only just, and kept all the same
    session.commit()

    assert not has_due(session, at=after(100))
    due = list_due(session, at=after(101))
    assert [each.count for each in due] == ([] if source == "import" else [1])
    expire(session, mask=mask_words, at=after(101))

    session.expire_all()
    found = session.scalars(select(Response)).all()
    assert len(found) == left
    assert all((each.anonymised_at is None) is (source == "import") for each in found)
    assert expire(session, mask=mask_words, at=after(101)) == 0


def test_looking_ahead_counts_and_changes_nothing(session: Session) -> None:
    version = publish(session, ANONYMISING, published_at=A_MOMENT)
    make_response(session, version)
    for _ in range(2):
        make_response(session, version, state="in_progress")
    session.commit()

    due = list_due(session, at=after(100))

    about = {"slug": "standard", "version": "1.0.0"}
    assert due == [
        Due(**about, finished=False, on_expiry="delete", count=2),  # type: ignore[arg-type] # equal to the member
        Due(**about, finished=True, on_expiry="anonymise", count=1),  # type: ignore[arg-type] # likewise
    ]
    assert session.scalar(select(func.count(Response.id))) == 3


def test_what_expires_is_counted_in_the_audit_log(session: Session) -> None:
    version = publish(session, STANDARD, published_at=A_MOMENT)
    make_response(session, version, {"q7_simpler": "Jan bellen"}, state="in_progress")
    session.commit()

    expire(session, mask=mask_words, at=after(31))
    session.commit()

    entry = session.scalars(select(AuditEntry)).one()
    assert (entry.action, entry.subject) == ("expire", "questionnaire standard")
    assert entry.detail == {"responses": 1, "finished": False, "done": "delete"}
    assert session.scalars(select(ErasedResponse.reason)).all() == ["expired"]


def test_who_left_is_remembered_as_a_number_only(session: Session) -> None:
    version = publish(session, STANDARD, published_at=A_MOMENT)
    response = make_response(
        session, version, state="in_progress", last_page_id="found_us"
    )
    event = {"version_id": version.id, "page_id": "found_us", "kind": "saved"}
    session.add(
        PageEvent(response_id=response.id, on_day=A_MOMENT.date(), seconds=9, **event)
    )
    session.commit()

    expire(session, mask=mask_words, at=after(31))
    session.commit()

    events = session.scalars(select(PageEvent).order_by(PageEvent.id)).all()
    assert [(each.kind, each.page_id, each.response_id) for each in events] == [
        ("saved", "found_us", None),
        ("left", "first_impression", None),
    ]


@pytest.fixture
def anonymised(session: Session) -> Response:
    """A response of somebody known, whose time was over, made anonymous."""
    version = publish(session, ANONYMISING, published_at=A_MOMENT)
    person = make_respondent(session, external_key="k" * 64)
    texts = {"q4_interactions": "Mail mij: jan@example.org", "q8_why_us": "Advies"}
    response = make_response(
        session,
        version,
        texts,
        respondent=person,
        receipt="ABCD-EFGH",
        resume_key_hash="h",
        prefill={"ref": "jan"},
        device="phone",
        note="Jan belde",
    )
    address = Answer(
        question_id="email", text="sealed", role=SEALED, updated_at=A_MOMENT
    )
    response.answers.append(address)
    response.marks = [
        ResponseMark(kind=kind, name="jan", marked_at=A_MOMENT)
        for kind in ("tag", "flag")
    ]
    make_mention(session, make_analysed_text(session, response.answers[0]))
    make_response(session, version, respondent=person, last_activity_at=after(80))
    session.commit()

    assert expire(session, mask=mask_words, at=after(100)) == 1
    session.commit()
    return response


def test_made_anonymous_is_what_was_said_without_whose_it_was(
    session: Session, anonymised: Response
) -> None:
    cut = ("receipt", "resume_key_hash", "device", "note", "invitation_id")
    assert {getattr(anonymised, name) for name in cut} == {None}
    assert anonymised.prefill == {}
    assert anonymised.submitted_at == datetime.fromisoformat("2026-10-04T22:00Z")
    assert session.scalars(select(ResponseMark.kind)).all() == ["flag"]
    person = session.get_one(Respondent, anonymised.respondent_id)
    assert person.external_key is None
    texts = session.scalars(
        select(Answer.text)
        .where(Answer.response_id == anonymised.id)
        .order_by(Answer.id)
    ).all()
    assert texts == ["Mail mij: […]", "Advies"]


def test_made_anonymous_is_analysed_again_and_not_made_so_twice(
    session: Session, anonymised: Response
) -> None:
    assert anonymised.anonymised_at is not None
    assert session.scalar(select(func.count(Mention.id))) == 0
    assert set(session.scalars(select(Answer.analysis_version))) == {None}
    assert expire(session, mask=mask_words, at=after(101)) == 0
    told = select(Event.topic).where(Event.topic.startswith("response"))
    assert session.scalars(told).all() == ["response.erased"]


def test_an_unreadable_version_stops_no_other(
    session: Session, caplog: pytest.LogCaptureFixture
) -> None:
    broken = QuestionnaireVersion(
        version="1", source="?", content_hash="x", published_at=A_MOMENT
    )
    broken.questionnaire = make_version(session).questionnaire
    session.add(broken)
    make_response(session, make_version(session), state="in_progress")
    session.commit()

    assert expire(session, mask=mask_words, at=after(31)) == 1
    assert "was changed after publishing" in caplog.text


@pytest.mark.parametrize(
    ("options", "words", "left"),
    [
        (["--dry-run"], "standard 1.0.0: 1 sent, would be deleted\n", 1),
        ([], "standard 1.0.0: 1 sent, deleted\n", 0),
    ],
)
def test_the_command_says_what_goes(
    session: Session,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    options: list[str],
    words: str,
    left: int,
) -> None:
    monkeypatch.setenv("DATABASE_URL", settings.database_url)
    monkeypatch.setenv("SECRET_KEY", "s")
    monkeypatch.setenv("KLANTREIS_CONTACT_KEY", "c")
    version = publish(session, STANDARD, published_at=A_MOMENT)
    long_ago = A_MOMENT - timedelta(days=3000)
    make_response(session, version, last_activity_at=long_ago)
    session.commit()

    result = CliRunner().invoke(retention_command, options)

    assert result.output == words
    assert session.scalar(select(func.count(Response.id))) == left
