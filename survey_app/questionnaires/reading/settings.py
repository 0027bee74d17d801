"""How a questionnaire behaves: the settings of its file, and the consent it asks."""

import re

from survey_app.questionnaires.problems import message as _
from survey_app.questionnaires.question_set import (
    Consent,
    LayoutKind,
    OnExpiry,
    PrivacyMode,
    QuestionSetSettings,
    Retention,
)
from survey_app.questionnaires.reading.table import Table
from survey_app.questionnaires.settings import USUAL_SETTINGS

MAX_DAYS = 3_650
MAX_GROUP = 100
MIN_GROUP = 2  # with one, everybody is a group
PREFILL_NAME = re.compile(r"[a-z][a-z0-9_]{0,29}")
ORIGIN = re.compile(
    r"https://[a-z0-9-]+(\.[a-z0-9-]+)*(:\d{1,5})?|http://localhost(:\d{1,5})?"
)


def read_settings(table: Table | None) -> QuestionSetSettings:
    if table is None:
        return USUAL_SETTINGS
    settings = QuestionSetSettings(
        layout=table.one_of("layout", LayoutKind, USUAL_SETTINGS.layout),
        intro_page=table.flag("intro_page", default=USUAL_SETTINGS.intro_page),
        check_answers=table.flag("check_answers", default=USUAL_SETTINGS.check_answers),
        allow_back=table.flag("allow_back", default=USUAL_SETTINGS.allow_back),
        view_after_submit=table.flag(
            "view_after_submit", default=USUAL_SETTINGS.view_after_submit
        ),
        edit_after_submit=table.flag(
            "edit_after_submit", default=USUAL_SETTINGS.edit_after_submit
        ),
        privacy_mode=table.one_of(
            "privacy_mode", PrivacyMode, USUAL_SETTINGS.privacy_mode
        ),
        retention=_retention(table.table("retention")),
        min_group=table.whole(
            "min_group", MIN_GROUP, MAX_GROUP, USUAL_SETTINGS.min_group
        )
        or USUAL_SETTINGS.min_group,
        prefill=_matching(table, "prefill", PREFILL_NAME),
        embed_origins=_matching(table, "embed_origins", ORIGIN),
        ask_back=table.flag("ask_back", default=USUAL_SETTINGS.ask_back),
        show_results_link=table.flag(
            "show_results_link", default=USUAL_SETTINGS.show_results_link
        ),
        in_figures=table.flag("in_figures", default=USUAL_SETTINGS.in_figures),
    )
    table.refuse_unknown()
    return settings


def read_consent(table: Table | None) -> Consent | None:
    if table is None:
        return None
    consent = Consent(label=table.texts("label"), required=table.flag("required"))
    table.refuse_unknown()
    return consent


def _retention(table: Table | None) -> Retention:
    if table is None:
        return Retention()
    retention = Retention(
        completed_days=_days(table, "completed_days", Retention().completed_days),
        incomplete_days=_days(table, "incomplete_days", Retention().incomplete_days),
        contacts_days=_days(table, "contacts_days", Retention().contacts_days),
        max_days=table.whole("max_days", 1, MAX_DAYS),
        on_expiry=table.one_of("on_expiry", OnExpiry, Retention().on_expiry),
    )
    table.refuse_unknown()
    return retention


def _days(table: Table, key: str, default: int) -> int:
    return table.whole(key, 1, MAX_DAYS, default) or default


EXAMPLES = {"prefill": "channel", "embed_origins": "https://www.example.org"}


def _matching(table: Table, key: str, pattern: re.Pattern[str]) -> tuple[str, ...]:
    values = table.strings(key)
    for value in values:
        if not pattern.fullmatch(value):
            table.complain(
                "E_SCHEMA",
                key,
                _("“%(value)s” will not do here.", value=value[:60]),
                _("Write it like %(example)s.", example=EXAMPLES[key]),
            )
    return values
