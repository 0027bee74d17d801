"""Links as a CSV file, for who sends them by other means."""

import csv
import io
from collections.abc import Iterable, Iterator
from datetime import datetime

from sqlalchemy.orm import Session

from survey_app.accounts.service import record
from survey_app.cells import guard
from survey_app.invitations.letters import personal_link
from survey_app.invitations.models import Invitation
from survey_app.respondents.contacts import read_details
from survey_app.vault import Vault

HEADER = ("name", "email", "language", "link", "valid_until")
BOM = "\N{ZERO WIDTH NO-BREAK SPACE}"  # tells Excel that this is UTF-8


def links_csv(
    invitations: Iterable[Invitation], vault: Vault, *, secret: str, base: str
) -> str:
    """Semicolons between, as a Dutch Excel opens it; no cell of it is a formula."""
    file = io.StringIO()
    writer = csv.writer(file, delimiter=";")
    writer.writerow(HEADER)
    for invitation in invitations:
        link = personal_link(invitation, secret, base)
        until = invitation.expires_at
        writer.writerow(
            [
                *(guard(cell) for cell in _person(invitation, vault)),
                invitation.language,
                link,
                "" if until is None else until.date().isoformat(),
            ]
        )
    return BOM + file.getvalue()


def hand_over(
    session: Session,
    invitations: Iterable[Invitation],
    *,
    at: datetime,
    actor_id: int | None,
) -> None:
    """Note that the links left the house: from now on these people were asked."""
    count = 0
    for count, invitation in enumerate(invitations, start=1):  # noqa: B007 - counted
        if invitation.sent_at is not None:
            continue
        invitation.sent_at = at
        if invitation.contact is not None:
            invitation.contact.last_mailed_at = at
    record(
        session,
        actor_id=actor_id,
        action="export links",
        subject=f"{count} invitations",
        at=at,
    )


def _person(invitation: Invitation, vault: Vault) -> Iterator[str]:
    contact = invitation.contact
    if contact is None or contact.is_erased:
        yield from ("", "")
        return
    details = read_details(vault, contact)
    yield details.name or ""
    yield details.address
