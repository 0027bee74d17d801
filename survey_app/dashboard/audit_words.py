"""Words for what stands in the audit log."""

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _

from survey_app.dashboard.handling_words import EXCLUSIONS

DEEDS = {
    "add_mention": _("Missed mention added"),
    "cancel_import": _("Import cancelled"),
    "change_answers": _("Answers changed by the respondent"),
    "change mail text": _("Words of a mail changed"),
    "correct_mention": _("Mention corrected"),
    "disable webhook": _("Webhook switched off"),
    "draft_discarded": _("Draft thrown away"),
    "erase": _("Response erased"),
    "erase contact": _("Contact erased"),
    "exclude_response": _("Response left out"),
    "expire": _("Kept long enough, forgotten"),
    "export": _("Answers exported"),
    "export gold": _("Judged texts exported"),
    "learn": _("Learned from judged texts"),
    "export links": _("Links exported"),
    "import contacts": _("Contacts imported"),
    "import_answers": _("Answers imported"),
    "import_package": _("Package imported"),
    "include_response": _("Response taken in again"),
    "invite": _("Invitations sent"),
    "make links": _("Links made"),
    "note_response": _("Note changed"),
    "questionnaire_published": _("Questionnaire published"),
    "read bounces": _("Bounced mails read"),
    "remind": _("Reminders sent"),
    "set_review_limit": _("Limit for figures changed"),
    "settle": _("Unfinished responses settled"),
    "tag_response": _("Tag given"),
    "untag_response": _("Tag taken away"),
    "change webhook": _("Webhook changed"),
    "delete webhook": _("Webhook deleted"),
    "improvement_added": _("Improvement added"),
    "improvement_changed": _("Improvement changed"),
    "judge_text": _("Text judged"),
    "make API key": _("API key made"),
    "make webhook": _("Webhook made"),
    "questionnaire_closed": _("Questionnaire closed"),
    "questionnaire_opened": _("Questionnaire opened"),
    "questionnaire_scheduled": _("Period of a questionnaire changed"),
    "revoke API key": _("API key revoked"),
    "touchpoint_added": _("Touchpoint added"),
    "touchpoint_changed": _("Touchpoint changed"),
    "touchpoint_hidden": _("Touchpoint hidden"),
    "touchpoint_removed": _("Touchpoint removed"),
    "touchpoint_shown": _("Touchpoint shown again"),
    "undo_judgement": _("Judgement taken back"),
    "wave_added": _("Wave added"),
    "wave_changed": _("Wave changed"),
    "wave_ended": _("Wave ended"),
    "withdraw": _("Withdrawn by the respondent"),
}
LONGEST = 60
ONE_LEVEL = (str, int, float, bool)


def deed(action: str) -> object:
    """What was done; a word that is not known here says itself."""
    return DEEDS.get(action, action.replace("_", " ").capitalize())


def as_detail(detail: Mapping[str, Any]) -> str:
    """A few plain facts, such as counts: names and values as they were written."""
    facts = (
        (name, value) for name, value in detail.items() if isinstance(value, ONE_LEVEL)
    )
    return " · ".join(f"{_plain(name)}: {_value(value)}" for name, value in facts)


def _plain(name: str) -> str:
    return name.replace("_", " ")


def _value(value: object) -> str:
    if isinstance(value, bool):
        return "✓" if value else "–"
    return str(EXCLUSIONS.get(str(value), str(value)))[:LONGEST]
