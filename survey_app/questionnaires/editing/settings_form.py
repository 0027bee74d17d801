"""The texts and settings of a draft, changed by their forms."""

from collections.abc import Sequence

from survey_app.questionnaires.document import Data
from survey_app.questionnaires.editing.parts import (
    Values,
    cleaned,
    languages_of,
    put,
    put_number,
    put_texts,
)
from survey_app.questionnaires.question_set import QuestionSetSettings
from survey_app.questionnaires.vocabulary import USUAL_CATALOGUE
from survey_app.web.locale import LANGUAGES

DEFAULTS = QuestionSetSettings()
FLAGS = (
    *("intro_page", "check_answers", "allow_back", "view_after_submit"),
    *("edit_after_submit", "ask_back", "show_results_link", "in_figures"),
)
WORDS = {
    "layout": str(DEFAULTS.layout),
    "privacy_mode": str(DEFAULTS.privacy_mode),
}
DAYS = ("completed_days", "incomplete_days", "contacts_days", "max_days")
LISTS = ("prefill", "embed_origins")


def apply_texts_form(data: Data, form: Values) -> None:
    languages = languages_of(data)
    for key in ("id", "version"):
        if form.get(key) is not None:
            put(data, key, cleaned(form.get(key)))
    for key in ("title", "notice", "privacy"):
        put_texts(data, key, form, key, languages)
    for key in ("organisation", "contact"):
        _put_name(data, key, form, languages)
    put_number(data, "minutes", form, "minutes")
    thanks = _table(data, "thanks")
    for key in ("title", "text"):
        put_texts(thanks, key, form, f"thanks.{key}", languages)
    put(data, "thanks", thanks)
    _put_consent(data, form, languages)
    _put_languages(data, form)


def apply_settings_form(data: Data, form: Values) -> None:
    """Only what differs from what goes without saying is written down."""
    settings = _table(data, "settings")
    for key in FLAGS:
        usual = bool(getattr(DEFAULTS, key))
        _put_choice(settings, key, bool(form.get(f"settings.{key}")), usual)
    for key, usual_word in WORDS.items():
        word = cleaned(form.get(f"settings.{key}"))
        if word:
            _put_choice(settings, key, word, usual_word)
    if form.get("settings.min_group") is not None:
        put_number(settings, "min_group", form, "settings.min_group")
    for key in LISTS:
        if form.get(f"settings.{key}") is not None:
            put(settings, key, cleaned(form.get(f"settings.{key}")).split())
    _put_retention(settings, form)
    put(data, "settings", settings)
    catalogue = cleaned(form.get("touchpoints"))
    if catalogue:
        _put_choice(data, "touchpoints", catalogue, USUAL_CATALOGUE)


def _put_retention(settings: Data, form: Values) -> None:
    retention = _table(settings, "retention")
    for key in DAYS:
        put_number(retention, key, form, f"settings.retention.{key}")
    word = cleaned(form.get("settings.retention.on_expiry"))
    if word:
        usual = str(DEFAULTS.retention.on_expiry)
        _put_choice(retention, "on_expiry", word, usual)
    put(settings, "retention", retention)


def _put_choice(table: Data, key: str, chosen: object, usual: object) -> None:
    if key in table or chosen != usual:
        table[key] = chosen


def _put_name(data: Data, key: str, form: Values, languages: Sequence[str]) -> None:
    """One name for all languages may stand as a plain text, and stays so."""
    old = data.get(key)
    posted = {cleaned(form.get(f"{key}.{each}")) for each in languages}
    if isinstance(old, str) and posted == {old.strip()}:
        return
    put_texts(data, key, form, key, languages)


def _put_consent(data: Data, form: Values, languages: Sequence[str]) -> None:
    if form.get("consent.asked") is None:
        return
    if form.get("consent.asked") == "no":
        data.pop("consent", None)
        return
    consent = _table(data, "consent")
    put_texts(consent, "label", form, "consent.label", languages)
    put(consent, "required", form.get("consent.asked") == "required")
    data["consent"] = consent


def _put_languages(data: Data, form: Values) -> None:
    """The default first; without any the old ones stay."""
    chosen = [each for each in form.getlist("languages") if each in LANGUAGES]
    default = cleaned(form.get("default_language"))
    chosen.sort(key=lambda each: each != default)
    if chosen and chosen != data.get("languages"):
        data["languages"] = list(dict.fromkeys(chosen))


def _table(data: Data, key: str) -> Data:
    old = data.get(key)
    return dict(old) if isinstance(old, dict) else {}
