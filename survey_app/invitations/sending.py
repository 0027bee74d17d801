"""Sending what is due: one mail at a time, at most once each.

A mail is claimed in a transaction of its own before it goes out. Whoever dies between
that and the server's answer leaves it claimed: it may or may not have gone, so it is
shown as uncertain and never sent again by itself.
"""

import logging
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import Select, func, select, update
from sqlalchemy.orm import Session, joinedload

from survey_app.clock import now
from survey_app.config import Settings
from survey_app.db import Database
from survey_app.invitations.composing import Letter, compose
from survey_app.invitations.letters import NotToBeSent, write_letter
from survey_app.invitations.mail_settings import MailSettings, find_mail_settings
from survey_app.invitations.models import IS_WAITING, Invitation, Mail
from survey_app.invitations.post_office import (
    Delivery,
    Outcome,
    PostOffice,
    ServerTroubleError,
    connected_to,
)
from survey_app.keys import new_public_id

log = logging.getLogger(__name__)

# After each failure that may pass; then the mail is given up.
PAUSES = tuple(timedelta(minutes=each) for each in (5, 20, 60, 240, 720, 1440))
PAUSE_OF_SERVER = timedelta(minutes=1)
LONGEST_PAUSE_OF_SERVER = timedelta(hours=1)
A_MINUTE = timedelta(minutes=1)
BATCH = 50
AT_A_TIME = 5.0  # seconds, so that other errands get their turn


def send_mails(database: Database, settings: Settings) -> bool:
    """Send some of the mails that are due; True when there may be more."""
    mail_settings = find_mail_settings(settings)
    if mail_settings is None:
        return False
    room = _room(database, mail_settings)
    if room <= 0:
        return False
    try:
        with connected_to(mail_settings.server) as office:
            return _send_some(database, settings, mail_settings, office, room)
    except ServerTroubleError as trouble:
        log.warning("the mail server cannot be used: %s", trouble)
        with database.transaction() as session:
            _postpone_all(session, str(trouble), at=now())
        return False


def _send_some(
    database: Database,
    settings: Settings,
    mail_settings: MailSettings,
    office: PostOffice,
    room: int,
) -> bool:
    began = time.monotonic()
    for _number in range(min(room, BATCH)):
        if time.monotonic() - began > AT_A_TIME or office.is_closed:
            return True
        if not _send_next(database, settings, mail_settings, office):
            return False
    return room > BATCH


def _room(database: Database, mail_settings: MailSettings) -> int:
    """How many may go now: none when none is due, and so many in a minute."""
    at = now()
    with database.read() as session:
        if session.scalar(_due(at).with_only_columns(Mail.id)) is None:
            return 0
        sent = session.scalar(
            select(func.count(Mail.id)).where(Mail.sent_at > at - A_MINUTE)
        )
    return mail_settings.mails_per_minute - (sent or 0)


def _due(at: datetime) -> Select[Mail]:
    return (
        select(Mail)
        .where(IS_WAITING, Mail.due_at <= at)
        .order_by(Mail.due_at, Mail.id)
        .limit(1)
    )


def _send_next(
    database: Database,
    settings: Settings,
    mail_settings: MailSettings,
    office: PostOffice,
) -> bool:
    """Send one mail; False when none is due. Nothing slow happens in a transaction."""
    mail, letter = _write_next(database, settings)
    if mail is None or letter is None:
        return False
    if isinstance(letter, NotToBeSent):
        _settle(database, mail.id, Delivery(Outcome.FAILED, letter))
        return True
    sender = mail_settings.sender
    message_id = mail.message_id or f"{new_public_id()}@{sender.domain}"
    content = compose(letter, sender, message_id=message_id)
    path = sender.return_path(message_id)
    deliver = partial(office.deliver, content, return_path=path, to=letter.to)
    if _claim(database, mail.id, message_id):
        _hand_over(database, mail.id, deliver)
    return True


def _hand_over(
    database: Database, mail_id: int, deliver: Callable[[], Delivery]
) -> None:
    try:
        delivery = deliver()
    except ServerTroubleError as trouble:
        # Counted, so that a mail which breaks the line does not hold up the others.
        _settle(database, mail_id, Delivery(Outcome.LATER, str(trouble)))
        raise
    _settle(database, mail_id, delivery)


def _write_next(
    database: Database, settings: Settings
) -> tuple[Mail | None, Letter | NotToBeSent | None]:
    at = now()
    questionnaire = joinedload(Mail.invitation).joinedload(Invitation.questionnaire)
    with database.read() as session:
        mail = session.scalar(_due(at).options(joinedload(Mail.contact), questionnaire))
        if mail is None:
            return None, None
        return mail, write_letter(session, mail, settings, at=at)


def _claim(database: Database, mail_id: int, message_id: str) -> bool:
    with database.transaction() as session:
        claimed = session.execute(
            update(Mail)
            .where(Mail.id == mail_id, IS_WAITING)
            .values(claimed_at=now(), message_id=message_id)
            .returning(Mail.id)
        )
        return claimed.first() is not None


def _settle(database: Database, mail_id: int, delivery: Delivery) -> None:
    with database.transaction() as session:
        mail = session.get(Mail, mail_id)
        if mail is not None:
            note_delivery(mail, delivery, at=now())


def note_delivery(mail: Mail, delivery: Delivery, *, at: datetime) -> None:
    """What the server's answer means for the mail, the invitation and the contact."""
    mail.trouble = delivery.trouble
    if delivery.outcome is Outcome.UNCERTAIN:
        return
    if delivery.outcome is Outcome.SENT:
        note_sent(mail, at=at)
    elif delivery.outcome is Outcome.LATER:
        _try_later(mail, at=at)
    else:
        mail.failed_at = at
        if delivery.outcome is Outcome.BOUNCED and mail.contact is not None:
            mail.contact.bounced_at = at


def note_sent(mail: Mail, *, at: datetime) -> None:
    mail.sent_at, mail.failed_at, mail.trouble = at, None, None
    if mail.contact is not None:
        mail.contact.last_mailed_at = at
    if mail.invitation is None:
        return
    if mail.kind == "invitation":
        mail.invitation.sent_at = at
    elif mail.kind == "reminder":
        mail.invitation.reminded_count += 1
        mail.invitation.last_reminded_at = at


def send_again(mail: Mail, *, at: datetime) -> None:
    """Once more, because a person decided so; it may arrive twice."""
    mail.claimed_at = mail.failed_at = mail.sent_at = None
    mail.message_id = mail.trouble = None
    mail.attempts, mail.due_at = 0, at


def _try_later(mail: Mail, *, at: datetime) -> None:
    mail.claimed_at = None
    mail.attempts += 1
    if mail.attempts > len(PAUSES):
        mail.failed_at = at
    else:
        mail.due_at = at + PAUSES[mail.attempts - 1]


def _postpone_all(session: Session, trouble: str, *, at: datetime) -> None:
    """The server cannot be used: all wait, longer each time, and none is to blame."""
    first = session.scalar(_due(at))
    if first is None:
        return
    waited = at - first.created_at
    pause = min(max(PAUSE_OF_SERVER, waited / 4), LONGEST_PAUSE_OF_SERVER)
    session.execute(
        update(Mail)
        .where(IS_WAITING, Mail.due_at <= at)
        .values(due_at=at + pause, trouble=trouble)
    )
