"""Whether a respondent wants to hear what was done with the answers."""

from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from survey_app.invitations.models import Invitation
from survey_app.respondents.models import Contact
from survey_app.responses.models import Response
from survey_app.responses.visits import Visit


class News(StrEnum):
    OFFERED = "offered"
    PROMISED = "promised"


def find_reachable(session: Session, visit: Visit) -> Contact | None:
    """The contact behind a response, while there is one who may be mailed.

    Sending an anonymous response cut it loose, so there is nobody to find.
    """
    return session.scalar(
        select(Contact)
        .join(Invitation, Invitation.contact_id == Contact.id)
        .join(Response, Response.invitation_id == Invitation.id)
        .where(Response.id == visit.response_id, Contact.opted_out_at.is_(None))
    )


def news_for(session: Session, visit: Visit) -> News | None:
    """What the last page says of it; nothing to who came by the open link."""
    contact = find_reachable(session, visit)
    if contact is None:
        return None
    return News.OFFERED if contact.consent_at is None else News.PROMISED
