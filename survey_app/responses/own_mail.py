"""A respondent's own link, mailed at once: the address is not kept and not logged."""

from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from flask_babel import gettext as _

from survey_app.clock import now
from survey_app.invitations.composing import Sender
from survey_app.invitations.mail_settings import MailSettings
from survey_app.invitations.post_office import Outcome, ServerTroubleError, connected_to
from survey_app.keys import new_public_id


class NotSentError(Exception):
    """The mail did not go out; trying again may help, or another address."""


def mail_link(mail: MailSettings, *, to: str, link: str, title: str) -> None:
    message_id = f"{new_public_id()}@{mail.sender.domain}"
    content = _compose(mail.sender, to=to, link=link, title=title)
    heading = f"Message-ID: <{message_id}>\r\n".encode("ascii")
    try:
        with connected_to(mail.server) as office:
            delivery = office.deliver(
                heading + content, return_path=mail.sender.address, to=to
            )
    except ServerTroubleError:
        raise NotSentError from None
    if delivery.outcome is not Outcome.SENT:
        raise NotSentError


def _compose(sender: Sender, *, to: str, link: str, title: str) -> bytes:
    message = EmailMessage(policy=SMTP)
    message["Subject"] = _("Your link to go on with the questionnaire")
    message["From"] = sender.header
    message["To"] = to
    message["Date"] = format_datetime(now())
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "OOF, AutoReply"
    words = [
        _("You asked us for the link to “%(title)s”.", title=title),
        _("With it you go on where you stopped, on any device:"),
        link,
        _("Keep it to yourself: whoever has it can read your answers."),
        _("Did you not ask for this? Then you can throw this message away."),
    ]
    message.set_content("\n\n".join(words) + "\n", cte="quoted-printable")
    return bytes(message)
