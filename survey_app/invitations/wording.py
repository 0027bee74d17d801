"""Words for who is asked, who is not, and how far a mail has come."""

import re

from flask.blueprints import BlueprintSetupState
from flask_babel import gettext
from flask_babel import lazy_gettext as _

from survey_app.invitations.bounces import Verdict
from survey_app.invitations.mail_texts import Complaint, TextKind
from survey_app.invitations.planning import QUIET_PERIOD, Skip
from survey_app.invitations.post_office import Obstacle
from survey_app.invitations.progress import InvitationState
from survey_app.invitations.reminding import DAYS_BETWEEN, NoReminder
from survey_app.invitations.telling import NotTold

SKIPS = {
    Skip.OPTED_OUT: _("wants no mail"),
    Skip.BOUNCED: _("address does not work"),
    Skip.ANSWERED: _("has answered in this wave"),
    Skip.INVITED: _("was invited in this wave"),
    Skip.QUIET: _(
        "was mailed less than %(days)s days ago, for this or another questionnaire",
        days=QUIET_PERIOD.days,
    ),
}
NO_REMINDERS = {
    NoReminder.ANSWERED: _("has answered"),
    NoReminder.OPTED_OUT: _("wants no mail"),
    NoReminder.BOUNCED: _("address does not work"),
    NoReminder.ERASED: _("was erased"),
    NoReminder.WITHDRAWN: _("link was withdrawn"),
    NoReminder.EXPIRED: _("link no longer works"),
    NoReminder.NOT_SENT: _("invitation was not sent"),
    NoReminder.ENOUGH: _("was reminded twice"),
    NoReminder.TOO_SOON: _(
        "last mail is less than %(days)s days ago", days=DAYS_BETWEEN
    ),
    NoReminder.ON_ITS_WAY: _("a mail is on its way"),
}
NOT_TOLD = {
    NotTold.OPTED_OUT: _("wants no mail"),
    NotTold.BOUNCED: _("address does not work"),
    NotTold.TOLD: _("has been told"),
}
STATES = {
    InvitationState.ANSWERED: _("answered"),
    InvitationState.STARTED: _("started"),
    InvitationState.WITHDRAWN: _("withdrawn"),
    InvitationState.OPTED_OUT: _("wants no mail"),
    InvitationState.BOUNCED: _("address does not work"),
    InvitationState.FAILED: _("not sent"),
    InvitationState.UNCERTAIN: _("not sure whether it was sent"),
    InvitationState.WAITING: _("on its way"),
    InvitationState.EXPIRED: _("expired"),
    InvitationState.SENT: _("sent"),
    InvitationState.MADE: _("made, not given out"),
}
UNUSABLE = {
    "no_address": _("there is no e-mail address on this line"),
    "invalid_address": _("this address cannot exist"),
    "unreadable": _("this line cannot be read: is a quotation mark missing?"),
}
CANNOT_INVITE = {
    "not_published": _("Publish the questionnaire first: there is nothing to answer."),
    "not_open": _("The questionnaire is not open. Open it first, then invite."),
    "nothing_to_tell": _(
        "Nothing is published under “You said, we did” yet. Write down what changed,"
        " then tell who asked to hear."
    ),
    "anonymous": _(
        "This questionnaire is anonymous, so nobody gets a link of their own."
        " Share the open link, or make links that work once and hand them out."
    ),
}
TEXT_KINDS = {
    TextKind.INVITATION: _("Invitation"),
    TextKind.REMINDER: _("Reminder"),
    TextKind.UNFINISHED: _("Reminder to who began"),
    TextKind.RESULTS: _("You said, we did"),
}
VERDICTS = {
    Verdict.BOUNCED: _("address does not work: mailed no more"),
    Verdict.FAILED: _("did not arrive; the address may be right"),
    Verdict.COMPLAINED: _("called it spam: mailed no more"),
    Verdict.DELAYED: _("only delayed; nothing to do"),
    Verdict.UNREADABLE: _("is no report of a mail server"),
    Verdict.UNKNOWN: _("is about a mail that we did not send"),
}
TROUBLES = {
    "erased": _("the person was erased"),
    "opted_out": _("wants no mail"),
    "bounced": _("address does not work"),
    "answered": _("had answered already"),
    "withdrawn": _("link was withdrawn"),
    "expired": _("link no longer worked"),
    "closed": _("the questionnaire was closed"),
    "SMTPUTF8": _("the mail server cannot write letters such as é in an address"),
    Obstacle.CERTIFICATE: _(
        "its certificate cannot be trusted, or is made for another name;"
        " have the certificate or KLANTREIS_SMTP put right"
    ),
    Obstacle.PASSWORD: _(
        "it refuses the user name or the password; have KLANTREIS_SMTP put right"
    ),
    Obstacle.NO_TLS: _(
        "it offers no encryption, and our password is not sent without;"
        " have TLS turned on there, or KLANTREIS_SMTP put right"
    ),
}
ANSWERED = re.compile(r"\b[245](\d\d\b|\.\d)")  # 550, 5.1.1


def say_complaint(complaint: Complaint) -> str:
    """What to put right in the text of a mail."""
    words = {
        "empty": gettext("Write something here."),
        "too_long": gettext(
            "Shorten it to %(limit)s characters.", limit=complaint.detail
        ),
        "unknown_gap": gettext(
            "{%(name)s} is not known. Use {name}, {link}, {organisation} or {days}.",
            name=complaint.detail,
        ),
        "loose_brace": gettext("A { or } stands alone. Write {name} with both."),
        "no_link": gettext("Put {link} where the link must come."),
        "link": gettext("A link in the subject does not work. Leave {link} out here."),
    }
    return str(words[complaint.problem])


def say_trouble(trouble: str) -> str:
    """Why a mail did not go; what a server said stays as it is."""
    known = TROUBLES.get(trouble)
    if known is not None:
        return str(known)
    if ANSWERED.search(trouble):
        return str(gettext("the mail server said: %(code)s", code=trouble))
    return str(gettext("the connection failed: %(reason)s", reason=trouble))


def words_in_pages(state: BlueprintSetupState) -> None:
    state.app.jinja_env.filters.update(
        skip_words=SKIPS.__getitem__,
        no_reminder_words=NO_REMINDERS.__getitem__,
        not_told_words=NOT_TOLD.__getitem__,
        invitation_words=STATES.__getitem__,
        unusable_words=UNUSABLE.__getitem__,
        text_kind_words=TEXT_KINDS.__getitem__,
        verdict_words=VERDICTS.__getitem__,
        trouble_words=say_trouble,
    )
