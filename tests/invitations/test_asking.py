"""Who is asked and who is reminded, and why others are not."""

from collections.abc import Sequence
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from survey_app.config import Settings
from survey_app.invitations.asking import LinkOrder, invite, make_links
from survey_app.invitations.keys import invitation_key
from survey_app.invitations.models import Invitation, Mail
from survey_app.invitations.planning import CannotInviteError, Round, plan_round
from survey_app.invitations.reminding import plan_reminders, remind
from survey_app.keys import key_hash
from survey_app.questionnaires.models import Questionnaire, Wave
from survey_app.questionnaires.service import publish
from tests.factories import STANDARD
from tests.invitations.builders import as_nobody, ask, contact_of, make_list
from tests.invitations.conftest import IN_NOVEMBER

DAY = timedelta(days=1)
ANNA, BRAM, CARLA = "anna@example.org", "bram@example.org", "carla@example.org"


def send(invitations: Sequence[Invitation], session: Session) -> None:
    """As if the mails had gone out."""
    for each in invitations:
        each.sent_at = each.created_at
        if each.contact is not None:
            each.contact.last_mailed_at = each.created_at
    for mail in session.scalars(select(Mail).where(Mail.sent_at.is_(None))):
        mail.sent_at = mail.created_at
    session.commit()


def test_everybody_is_asked_once_in_a_wave_in_their_language(
    session: Session, settings: Settings, questionnaire: Questionnaire, wave: Wave
) -> None:
    made = ask(session, settings, questionnaire, wave, at=IN_NOVEMBER)
    again = ask(session, settings, questionnaire, wave, at=IN_NOVEMBER + 200 * DAY)

    assert (len(made), again) == (3, [])
    assert [each.language for each in made] == ["nl", "en", "nl"]
    key = invitation_key(settings.secret_key, made[0].nonce)
    assert made[0].key_hash == key_hash(key)


def test_skipped_with_the_reason(
    session: Session, settings: Settings, questionnaire: Questionnaire, wave: Wave
) -> None:
    people = "\n".join(f"{name}@example.org" for name in "abcdef")
    contact_list = make_list(session, settings, people, at=IN_NOVEMBER)
    of = {
        name: contact_of(session, settings, f"{name}@example.org") for name in "abcdef"
    }
    of["a"].opted_out_at = of["b"].bounced_at = IN_NOVEMBER
    of["c"].last_mailed_at = IN_NOVEMBER - 89 * DAY
    of["d"].last_mailed_at = IN_NOVEMBER - 91 * DAY
    ask(session, settings, questionnaire, wave, people="e@example.org", at=IN_NOVEMBER)
    asking = Round(questionnaire=questionnaire, wave=wave, contact_list=contact_list)

    plan = plan_round(session, asking, at=IN_NOVEMBER)

    assert plan.asked == (of["d"], of["f"])
    assert plan.skipped_by_reason == {
        "opted_out": [of["a"]],
        "bounced": [of["b"]],
        "invited": [of["e"]],
        "quiet": [of["c"]],
    }


def test_quiet_period_counts_all_questionnaires_and_mail_still_on_its_way(
    session: Session, settings: Settings, questionnaire: Questionnaire
) -> None:
    other = publish(
        session,
        STANDARD.replace('id = "standard"', 'id = "other"'),
        published_at=IN_NOVEMBER,
    ).questionnaire
    ask(session, settings, questionnaire, None, people=ANNA, at=IN_NOVEMBER)

    assert ask(session, settings, other, None, people=ANNA, at=IN_NOVEMBER) == []
    later = IN_NOVEMBER + 91 * DAY
    assert len(ask(session, settings, other, None, people=ANNA, at=later)) == 1


@pytest.mark.parametrize(
    ("privacy_mode", "state", "reason"),
    [
        ("pseudonymous", "open", None),
        ("anonymous", "open", "anonymous"),
        ("pseudonymous", "closed", "not_open"),
    ],
)
def test_personal_links_need_an_open_questionnaire_that_is_not_anonymous(
    session: Session, privacy_mode: str, state: str, reason: str | None
) -> None:
    source = with_setting(STANDARD, f'privacy_mode = "{privacy_mode}"')
    questionnaire = publish(session, source, published_at=IN_NOVEMBER).questionnaire
    questionnaire.state = state
    asking = Round(questionnaire=questionnaire, wave=None, contact_list=None)

    try:
        plan_round(session, asking, at=IN_NOVEMBER)
        raised = None
    except CannotInviteError as error:
        raised = error.reason

    assert raised == reason


def with_setting(source: str, line: str) -> str:
    head, _, tail = source.partition("[[pages]]")
    return f"{head}[settings]\n{line}\n\n[[pages]]{tail}"


def test_loose_links_belong_to_nobody_and_work_in_any_mode(
    session: Session, settings: Settings, questionnaire: Questionnaire, wave: Wave
) -> None:
    asking = Round(questionnaire=questionnaire, wave=wave, contact_list=None)
    order = LinkOrder(count=5, batch="Balie", language="nl")

    links = make_links(session, asking, as_nobody(settings, IN_NOVEMBER), order)
    session.commit()

    assert {(each.kind, each.contact_id, each.batch) for each in links} == {
        ("single_use", None, "Balie")
    }
    assert len({each.key_hash for each in links}) == 5


def test_reminders_go_to_who_has_not_answered_twice_at_most_and_not_too_soon(
    session: Session, settings: Settings, questionnaire: Questionnaire, wave: Wave
) -> None:
    anna, bram, carla = ask(session, settings, questionnaire, wave, at=IN_NOVEMBER)
    send([anna, bram, carla], session)
    anna.used_at = IN_NOVEMBER + DAY
    bram.started_at = IN_NOVEMBER + DAY
    session.commit()

    too_soon = plan_reminders(session, questionnaire, wave, at=IN_NOVEMBER + 3 * DAY)
    in_time = IN_NOVEMBER + 5 * DAY
    plan = remind(session, questionnaire, wave, at=in_time, actor_id=None)
    session.commit()
    queued = plan_reminders(session, questionnaire, wave, at=in_time)

    assert too_soon.reminded == ()
    assert set(too_soon.skipped.values()) == {"answered", "too_soon"}
    assert (plan.reminded, plan.started) == ((bram, carla), 1)
    assert queued.skipped == {
        anna: "answered",
        bram: "on_its_way",
        carla: "on_its_way",
    }
    send([], session)
    for each in (bram, carla):
        each.reminded_count, each.last_reminded_at = 2, in_time
    carla.expires_at = in_time

    later = plan_reminders(session, questionnaire, wave, at=in_time + 5 * DAY)
    assert later.skipped == {anna: "answered", bram: "enough", carla: "expired"}


def test_two_keepers_who_invite_at_once_ask_everybody_once(
    session: Session, settings: Settings, questionnaire: Questionnaire
) -> None:
    contact_list = make_list(session, settings, at=IN_NOVEMBER)
    asking = Round(questionnaire=questionnaire, wave=None, contact_list=contact_list)

    def press() -> int:
        made = invite(session, asking, as_nobody(settings, IN_NOVEMBER))
        session.commit()
        return len(made)

    assert (press(), press()) == (3, 0)
