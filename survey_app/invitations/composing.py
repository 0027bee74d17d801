"""A mail as it goes over the line: plain text, the same as HTML, and its headers.

No name stands in a header, so nothing that was imported can add one. Headers with long
words are written by hand, because Python's folding would take them apart.
"""

from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr

from markupsafe import Markup, escape

from survey_app.clock import now
from survey_app.invitations.mail_texts import MailWords

PAGE = Markup(
    '<!doctype html><html lang="{language}"><head><meta charset="utf-8">'
    '<meta name="viewport" content="width=device-width, initial-scale=1">'
    "<title>{subject}</title></head>"
    '<body style="margin:0;padding:24px 16px;background:#fcfbf8;color:#1b1f24;'
    'font:16px/1.55 system-ui,Segoe UI,Roboto,Helvetica,Arial,sans-serif">'
    '<div style="max-width:560px;margin:0 auto">{paragraphs}{footer}</div>'
    "</body></html>"
)
PARAGRAPH = Markup('<p style="margin:0 0 16px">{}</p>')
BUTTON = Markup(
    '<p style="margin:24px 0"><a href="{link}" style="display:inline-block;'
    "padding:13px 24px;border-radius:10px;background:#17596b;color:#ffffff;"
    'font-weight:600;text-decoration:none">{words}</a></p>'
    '<p style="margin:0 0 16px;font-size:14px;color:#5b6470;word-break:break-all">'
    '<a href="{link}" style="color:#17596b">{link}</a></p>'
)
FOOTER = Markup(
    '<p style="margin:32px 0 0;padding-top:16px;border-top:1px solid #e4e1da;'
    'font-size:14px;color:#5b6470">{words} <a href="{link}" style="color:#17596b">'
    "{link}</a></p>"
)
ANCHOR = Markup('<a href="{link}" style="color:#17596b">{link}</a>')
BUTTON_WORDS = {"nl": "Naar de vragenlijst", "en": "To the questionnaire"}
RESULTS_BUTTON_WORDS = {"nl": "Lees wat er is gedaan", "en": "Read what was done"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """One mail to one person, words filled in except for the link."""

    to: str
    words: MailWords
    link: str
    button: str
    language: str
    footer: str
    opt_out_link: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """From whom mails come, and where what comes back goes."""

    header: str  # "Schroef & Plank <onderzoek@example.org>"
    reply_to: str | None = None
    bounces_to: str | None = None

    @property
    def address(self) -> str:
        return parseaddr(self.header)[1]

    @property
    def domain(self) -> str:
        return self.address.rpartition("@")[2]

    def return_path(self, message_id: str) -> str:
        """Where a bounce goes; with an address for bounces it says which mail."""
        if self.bounces_to is None:
            return self.address
        mailbox, _, domain = self.bounces_to.rpartition("@")
        return f"{mailbox}+{message_id.partition('@')[0]}@{domain}"


def compose(letter: Letter, sender: Sender, *, message_id: str) -> bytes:
    """The bytes of the message, for DATA."""
    message = EmailMessage(policy=SMTP)
    message["Subject"] = letter.words.subject
    message["From"] = sender.header
    message["To"] = letter.to
    message["Date"] = format_datetime(now())
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "OOF, AutoReply"
    if sender.reply_to is not None:
        message["Reply-To"] = sender.reply_to
    message.set_content(_plain(letter), cte="quoted-printable")
    message.add_alternative(
        str(html_body(letter)), subtype="html", cte="quoted-printable"
    )
    by_hand = (
        f"Message-ID: <{message_id}>",
        f"List-Unsubscribe: <{letter.opt_out_link}>",
        "List-Unsubscribe-Post: List-Unsubscribe=One-Click",
    )
    return "".join(f"{line}\r\n" for line in by_hand).encode("ascii") + bytes(message)


def html_body(letter: Letter) -> Markup:
    paragraphs = Markup().join(
        _paragraph(each, letter) for each in letter.words.body.split("\n\n") if each
    )
    return PAGE.format(
        language=letter.language,
        subject=letter.words.subject,
        paragraphs=paragraphs,
        footer=FOOTER.format(words=letter.footer, link=letter.opt_out_link),
    )


def _plain(letter: Letter) -> str:
    body = letter.words.body.replace("{link}", letter.link)
    return f"{body}\n\n-- \n{letter.footer}\n{letter.opt_out_link}\n"


def _paragraph(text: str, letter: Letter) -> Markup:
    if text.strip() == "{link}":
        return BUTTON.format(link=letter.link, words=letter.button)
    anchor = ANCHOR.format(link=letter.link)
    lines = (escape(line).replace("{link}", anchor) for line in text.split("\n"))
    return PARAGRAPH.format(Markup("<br>").join(lines))
