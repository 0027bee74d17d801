"""What is erased leaves nothing behind, in any table or in the file itself."""

from collections.abc import Iterator
from concurrent.futures import Executor, Future
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from survey_app.api.models import (
    ApiKey,
    IdempotencyRecord,
    Webhook,
    WebhookDelivery,
)
from survey_app.clock import now
from survey_app.config import Settings
from survey_app.db import Database
from survey_app.exports.models import ExportJob
from survey_app.imports.models import ImportRun
from survey_app.insights.corrections import Judge, correct_mention
from survey_app.insights.models import Correction, Mention
from survey_app.insights.service import analyse_pending
from survey_app.invitations.models import Invitation
from survey_app.orm import Base
from survey_app.outbox.models import Event
from survey_app.outbox.service import ERASED, SUBMITTED, announce
from survey_app.personas.models import Persona, PersonaDerivation, PersonaMember
from survey_app.personas.service import refresh_personas
from survey_app.questionnaires.service import publish
from survey_app.respondents.models import Contact, Respondent
from survey_app.responses import curation
from survey_app.responses.commands import erase_command
from survey_app.responses.erasure import (
    UnknownReceiptError,
    erase_by_receipt,
    erase_person,
    erase_response,
)
from survey_app.responses.models import (
    ErasedResponse,
    PageEvent,
    Response,
    ResponseMark,
)
from survey_app.vault import open_vault
from tests.factories import (
    A_MOMENT,
    STANDARD,
    make_response,
    make_staff_member,
    make_version,
)

MARKER = "zwaluwstaart"
KEY = "a contact key for tests"


class AtOnce(Executor):
    """Does what it is given in this process, at once."""

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        future: Future[Any] = Future()
        future.set_result(fn(*args, **kwargs))
        return future


@pytest.fixture
def planted(session: Session, database: Database) -> Response:
    """A response with the marker in every place where people write, analysed."""
    staff = make_staff_member(session, "researcher")
    version = publish(session, STANDARD, published_at=A_MOMENT)
    contact = _contact(session, version.questionnaire_id)
    said = f"De bezorging was te laat, zei {MARKER}. Heel vervelend!"
    response = make_response(
        session,
        version,
        {"q4_interactions": said, "q7_simpler": f"{MARKER} sneller bezorgen"},
        codes={"q1_found_us": "other"},
        receipt="ABCD-EFGH",
        prefill={"ref": MARKER},
        invitation=session.scalars(select(Invitation)).one(),
        respondent=contact.respondent,
        submission_id=MARKER,
    )
    response.answers[2].text = f"Op de markt van {MARKER}"
    _plant_beside(session, response)
    _plant_persona(session, response)
    public_id, response_id = response.public_id, response.id
    curation.add_tag(session, [response_id], MARKER, actor_id=staff.id, at=now())
    curation.write_note(
        session, response_id, f"Bellen: {MARKER}", actor_id=staff.id, at=now()
    )
    _plant_copies(session, version.questionnaire_id, public_id)
    session.commit()
    analyse_pending(database, AtOnce())
    mention = session.scalars(select(Mention)).first()
    assert mention is not None
    correct_mention(
        session,
        mention.id,
        touchpoint="delivery",
        polarity="negative",
        judge=Judge(staff.id, now()),
    )
    session.scalars(select(Correction)).one().quote = said
    session.commit()
    refresh_personas(database, force=True)
    return response


def _contact(session: Session, questionnaire_id: int) -> Contact:
    vault = open_vault(KEY)
    contact = Contact(
        respondent=Respondent(external_key=MARKER, created_at=A_MOMENT),
        email_hash=vault.fingerprint(f"{MARKER}@example.org"),
        email_encrypted=vault.encrypt(f"{MARKER}@example.org"),
        name_encrypted=vault.encrypt(MARKER),
        language="nl",
        created_at=A_MOMENT,
    )
    invitation = Invitation(
        questionnaire_id=questionnaire_id,
        contact=contact,
        kind="personal",
        batch="Klanten van mei",
        language="nl",
        nonce="n",
        key_hash="h",
        created_at=A_MOMENT,
    )
    session.add(invitation)
    session.flush()
    return contact


def _plant_beside(session: Session, response: Response) -> None:
    session.add_all(
        [
            ResponseMark(
                response_id=response.id,
                kind="flag",
                name="link_spam",
                marked_at=A_MOMENT,
            ),
            PageEvent(
                version_id=response.version_id,
                response_id=response.id,
                page_id="found_us",
                kind="saved",
                on_day=A_MOMENT.date(),
            ),
        ]
    )


def _plant_persona(session: Session, response: Response) -> None:
    persona = Persona(position=0, name_nl="n", name_en="n", base=5, description={})
    persona.members = [
        PersonaMember(respondent_id=response.respondent_id, posterior=0.9)
    ]
    derivation = PersonaDerivation(
        status="derived", base=5, input_hash="h", seed=1, report={}, derived_at=A_MOMENT
    )
    derivation.personas = [persona]
    session.add(derivation)


def _plant_copies(session: Session, questionnaire_id: int, public_id: str) -> None:
    """Where programs and files were told of it."""
    key = ApiKey(name="k", prefix="p", key_hash="h", created_at=A_MOMENT)
    hook = Webhook(
        public_id="w", url="https://x", secret_encrypted=b"s", created_at=A_MOMENT
    )
    session.add_all([key, hook])
    session.flush()
    told = {"id": public_id, "said": MARKER}
    announce(session, SUBMITTED, subject=public_id, at=A_MOMENT, detail=told)
    session.add_all(
        [
            WebhookDelivery(
                webhook=hook,
                event_id="e",
                topic=SUBMITTED,
                payload=told,
                created_at=A_MOMENT,
            ),
            IdempotencyRecord(
                api_key_id=key.id,
                key="k",
                request_hash="h",
                body=f'{{"id": "{public_id}", "said": "{MARKER}"}}',
                created_at=A_MOMENT,
            ),
            ExportJob(
                public_id="x",
                questionnaire_id=questionnaire_id,
                format="csv",
                state="done",
                created_at=A_MOMENT,
            ),
            ImportRun(
                public_id="i",
                questionnaire_id=questionnaire_id,
                file_name="antwoorden.csv",
                sha256="s",
                size=1,
                report={"rejected": [[2, f"'{MARKER}' is no date"]]},
                state="done",
                created_at=A_MOMENT,
            ),
        ]
    )


def traces(session: Session) -> dict[str, int]:
    """How many rows of which table hold the marker, in whatever column."""
    found = {}
    for table in Base.metadata.sorted_tables:
        columns = " OR ".join(
            f'CAST("{column.name}" AS TEXT) LIKE :marker' for column in table.columns
        )
        statement = f"SELECT count(*) FROM {table.name} WHERE {columns}"  # noqa: S608 - names of our own tables
        count = session.scalar(text(statement), {"marker": f"%{MARKER}%"})
        if count:
            found[table.name] = count
    return found


def test_the_marker_is_found_before_it_is_erased(
    session: Session, planted: Response
) -> None:
    assert planted.receipt
    assert {"answers", "responses", "response_marks", "corrections"} <= set(
        traces(session)
    )


def test_an_erased_response_leaves_no_trace_in_any_table(
    session: Session, planted: Response
) -> None:
    public_id = planted.public_id

    erase_by_receipt(session, "abcd-efgh ", at=A_MOMENT)
    session.commit()

    assert traces(session) == {}
    left = (Response, Mention, Correction, PersonaMember, PageEvent)
    assert [session.scalar(select(func.count()).select_from(one)) for one in left] == (
        [0] * len(left)
    )
    tombstone = session.scalars(select(ErasedResponse)).one()
    event = session.scalars(select(Event).where(Event.subject == public_id)).one()
    assert (tombstone.public_id, tombstone.reason) == (public_id, "asked")
    assert (event.topic, event.subject, event.detail) == (ERASED, public_id, {})
    assert session.scalars(select(ExportJob.stale_at)).one() == A_MOMENT


def test_the_file_itself_forgets(session: Session, planted: Response) -> None:
    """Also what was written over, moved or kept in the write-ahead log."""
    database = Database(session.get_bind().engine.url.render_as_string())
    if database.engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL clears away by itself, when it vacuums")
    file = Path(str(database.engine.url.database))
    planted_id = planted.id
    session.close()
    assert any(MARKER.encode() in part.read_bytes() for part in _parts(file))

    with database.transaction() as writing:
        erase_response(writing, planted_id, reason="staff", at=A_MOMENT)
    database.forget_deleted()

    assert [part.name for part in _parts(file) if _holds_marker(part)] == []
    database.dispose()


def _parts(file: Path) -> Iterator[Path]:
    return (part for part in file.parent.iterdir() if part.name.startswith(file.name))


def _holds_marker(part: Path) -> bool:
    return MARKER.encode() in part.read_bytes()


def test_who_answered_more_often_keeps_the_other_responses(session: Session) -> None:
    version = make_version(session)
    one = make_response(session, version, {"why_us": "Eén"})
    other = make_response(session, version, {"why_us": "Twee"})
    other.respondent = one.respondent
    session.commit()

    erase_response(session, one.id, reason="staff", at=A_MOMENT)
    session.commit()

    assert session.scalars(select(Response.id)).all() == [other.id]
    assert session.get(Respondent, other.respondent_id) is not None


def test_erasing_by_address_takes_the_responses_along(
    session: Session, planted: Response
) -> None:
    assert planted.receipt
    fingerprint = open_vault(KEY).fingerprint(f" {MARKER.upper()}@example.org")

    assert erase_person(session, fingerprint, at=A_MOMENT) == 1
    session.commit()

    assert traces(session) == {}
    for gone in (Contact, Response):
        assert session.scalar(select(func.count()).select_from(gone)) == 0
    assert session.scalars(select(Invitation.contact_id)).all() == [None]


@pytest.fixture
def _environment(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", settings.database_url)
    monkeypatch.setenv("SECRET_KEY", "s")
    monkeypatch.setenv("KLANTREIS_CONTACT_KEY", KEY)


@pytest.mark.usefixtures("_environment")
@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["ABCD-EFGH"], "Erased."),
        (["--contact", f"{MARKER}@example.org"], "Erased: the address"),
        (["NONE-SUCH"], "no response has the receipt"),
        (["--contact", "nobody@example.org"], "nobody with this address"),
        ([], "give a receipt"),
    ],
)
def test_the_command_says_what_it_erased(
    planted: Response, session: Session, options: list[str], words: str
) -> None:
    assert planted.receipt
    session.close()

    result = CliRunner().invoke(erase_command, options)

    assert words in result.output
    assert bool(result.exit_code) is not words.startswith("Erased")


def test_a_public_id_erases_too(session: Session) -> None:
    response = make_response(session, make_version(session))
    session.commit()

    erase_by_receipt(session, response.public_id.upper(), at=A_MOMENT)

    assert session.scalar(select(func.count(Response.id))) == 0


def test_unknown_receipt_is_refused(session: Session) -> None:
    with pytest.raises(UnknownReceiptError):
        erase_by_receipt(session, "NONE-SUCH", at=A_MOMENT)
