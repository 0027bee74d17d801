"""Words for what happens to responses: states, flags, reasons, deeds."""

from flask.blueprints import BlueprintSetupState
from flask_babel import gettext
from flask_babel import lazy_gettext as _

from survey_app.accounts import access
from survey_app.accounts.permissions import Permission

SOURCES = {
    "link": _("Open link"),
    "mail": _("Invitation"),
    "qr": _("QR code"),
    "embed": _("Within a page"),
    "import": _("Imported"),
    "api": _("Another program"),
    "interview": _("Interview"),
}
DEVICES = {"phone": _("Phone"), "tablet": _("Tablet"), "desktop": _("Computer")}
PRIVACY_MODES = {
    "anonymous": _("Anonymous"),
    "pseudonymous": _("Under a number"),
    "identified": _("With contact details"),
}
FLAGS = {
    "honeypot": _("Filled in a hidden field"),
    "too_fast": _("Very fast"),
    "duplicate_text": _("Repeated text"),
    "link_spam": _("Advertising links"),
    "gibberish": _("No words"),
}
FLAG_MEANINGS = {
    "honeypot": _("A field that people do not see was filled in: mostly a program."),
    "too_fast": _("Sent faster than somebody can read the questions."),
    "duplicate_text": _("The same longer text stands here twice, or elsewhere too."),
    "link_spam": _("More addresses of websites than an answer needs."),
    "gibberish": _("Mostly letters without words, as from a hand on the keyboard."),
}
EXCLUSIONS = {
    "test": _("A test"),
    "duplicate": _("Sent twice"),
    "spam": _("Spam"),
    "not_serious": _("Not meant seriously"),
    "not_a_customer": _("Not from our customers"),
    "other": _("Another reason"),
}
ORDERS = {"newest": _("Newest first"), "oldest": _("Oldest first")}
DEEDS = {
    "exclude_response": _("Left out"),
    "include_response": _("Taken in again"),
    "tag_response": _("Tag given"),
    "untag_response": _("Tag taken away"),
    "note_response": _("Note changed"),
    "erase": _("Erased"),
}


def add_to_templates(state: BlueprintSetupState) -> None:
    state.app.jinja_env.globals.update(
        came_by=SOURCES,
        device_names=DEVICES,
        privacy_mode_names=PRIVACY_MODES,
        flag_names=FLAGS,
        flag_meanings=FLAG_MEANINGS,
        exclusion_names=EXCLUSIONS,
        order_names=ORDERS,
        deed_names=DEEDS,
        duration=duration,
        may_handle=lambda: access.may(Permission.MANAGE_RESPONSES),
    )


def duration(seconds: float) -> str:
    """Seconds as people say them: 45 s, 4 min 10 s, 2 h 5 min."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return str(gettext("%(h)s h %(min)s min", h=hours, min=minutes))
    if minutes:
        return str(gettext("%(min)s min %(s)s s", min=minutes, s=rest))
    return str(gettext("%(s)s s", s=rest))
