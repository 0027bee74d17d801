"""The book of contacts: encrypted, found again, and never mailed against their will."""

from datetime import timedelta
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from survey_app.clock import now
from survey_app.config import Settings
from survey_app.invitations.erasing import erase_contact, forget_contacts
from survey_app.invitations.models import Invitation, Mail
from survey_app.invitations.planning import Round, plan_round
from survey_app.questionnaires.models import Questionnaire
from survey_app.respondents.address_lists import read_address_list
from survey_app.respondents.contacts import read_details, seal, sort_out
from survey_app.respondents.models import Contact
from survey_app.vault import open_vault
from tests.invitations.builders import THREE, ask, contact_of, make_list
from tests.invitations.conftest import IN_NOVEMBER

ANNA = "anna@example.org"


def test_database_file_holds_no_address_and_no_name(
    session: Session, settings: Settings
) -> None:
    make_list(session, settings, at=IN_NOVEMBER)
    session.connection().exec_driver_sql("SELECT 1")
    session.commit()

    if settings.database_url.startswith("sqlite"):
        path = Path(settings.database_url.removeprefix("sqlite:///"))
        files = path.parent.glob(f"{path.name}*")
        content = b"".join(file.read_bytes() for file in files)
    else:
        rows = session.execute(select(Contact.__table__)).all()
        content = repr(rows).encode()

    assert b"contacts" in content or b"gAAAA" in content
    assert b"anna@example" not in content
    assert b"Bakker" not in content


def test_import_tells_new_known_double_and_opted_out_apart(
    session: Session, settings: Settings
) -> None:
    make_list(session, settings, at=IN_NOVEMBER)
    contact_of(session, settings, ANNA).opted_out_at = IN_NOVEMBER
    session.commit()
    again = f"{THREE}\nDirk <dirk@example.org>\nDIRK@example.org"

    sealed = seal(
        open_vault(settings.contact_key),
        read_address_list(again).people,
        secret=settings.secret_key,
    )
    groups = sort_out(session, sealed)

    assert [each.listed.address for each in groups.new] == ["dirk@example.org"]
    assert len(groups.known) == 2
    assert [each.listed.address for each in groups.opted_out] == [ANNA]
    assert [each.line for each in groups.doubles] == [5]


def test_importing_again_refreshes_names_and_doubles_nobody(
    session: Session, settings: Settings
) -> None:
    make_list(session, settings, at=IN_NOVEMBER)
    make_list(session, settings, "Anna de Wit <anna@example.org>", at=now())

    anna = contact_of(session, settings, ANNA)
    details = read_details(open_vault(settings.contact_key), anna)
    assert details.name == "Anna de Wit"
    assert len(session.scalars(select(Contact)).all()) == 3
    assert [each.name for each in anna.lists] == ["Klanten"]


def test_erased_contact_is_not_asked_after_the_same_list_comes_again(
    session: Session, settings: Settings, questionnaire: Questionnaire
) -> None:
    [invitation] = ask(session, settings, questionnaire, None, people=ANNA, at=now())
    anna = contact_of(session, settings, ANNA)

    erase_contact(session, anna, never_again=True, at=now(), actor_id=None)
    session.commit()
    session.expire_all()
    again = make_list(session, settings, ANNA, name="Opnieuw", at=now())

    asking = Round(questionnaire=questionnaire, wave=None, contact_list=again)
    assert plan_round(session, asking, at=now()).asked == ()
    assert (anna.email_encrypted, anna.name_encrypted) == (b"", None)
    assert (invitation.contact_id, invitation.revoked_at is not None) == (None, True)
    assert session.scalars(select(Mail)).all() == []


def test_erased_without_a_wish_leaves_no_row(
    session: Session, settings: Settings, questionnaire: Questionnaire
) -> None:
    ask(session, settings, questionnaire, None, people=ANNA, at=now())

    erase_contact(
        session,
        contact_of(session, settings, ANNA),
        never_again=False,
        at=now(),
        actor_id=None,
    )
    session.commit()

    assert session.scalars(select(Contact)).all() == []
    assert session.scalars(select(Invitation.contact_id)).all() == [None]


def test_contacts_are_forgotten_when_their_time_is_over(
    session: Session, settings: Settings, questionnaire: Questionnaire
) -> None:
    ask(session, settings, questionnaire, None, people=ANNA, at=IN_NOVEMBER)
    make_list(session, settings, "bram@example.org", at=IN_NOVEMBER)
    contact_of(session, settings, "bram@example.org").opted_out_at = IN_NOVEMBER
    session.commit()

    early = forget_contacts(session, at=IN_NOVEMBER + timedelta(days=179))
    late = forget_contacts(session, at=IN_NOVEMBER + timedelta(days=181))
    again = forget_contacts(session, at=IN_NOVEMBER + timedelta(days=181))
    session.commit()

    left = session.scalars(select(Contact)).all()
    assert (early, late, again) == (0, 2, 0)
    assert [(each.is_erased, each.opted_out_at) for each in left] == [
        (True, IN_NOVEMBER)
    ]
