"""Words for the codes that staff meet on pages."""

from flask.blueprints import BlueprintSetupState
from flask_babel import lazy_gettext as _

from survey_app.accounts import access
from survey_app.accounts.permissions import Permission
from survey_app.personas.wording import FACTORS
from survey_app.touchpoints.here import catalogue_here
from survey_app.web.locale import current_language

PEOPLE_SHOWN_FROM = 5  # how few there are could point at someone
POLARITIES = {
    "negative": _("Negative"),
    "neutral": _("Neutral"),
    "positive": _("Positive"),
}
LANGUAGES = {"nl": _("Dutch"), "en": _("English"), "und": _("Language unknown")}
SOURCES = {"survey": _("Questionnaire"), "interview": _("Interview")}
ROLES = {
    "found_us": _("How they found us"),
    "website_experience": _("First impression of the website"),
    "findability": _("Finding what they looked for"),
    "interactions": _("Contact, online and offline"),
    "time_on_site": _("Time on the website"),
    "deciding_factor": _("What decided"),
    "simplify_purchase": _("Making buying simpler"),
    "why_us": _("Why us"),
    "interview": _("Interview"),
    "review": _("Review"),
}
EMOTIONS = {
    "joy": _("joy"),
    "trust": _("trust"),
    "surprise": _("surprise"),
    "frustration": _("frustration"),
    "anger": _("anger"),
    "disappointment": _("disappointment"),
    "worry": _("worry"),
    "relief": _("relief"),
    "none": "",
}
DIRECTIONS = {
    "towards": _("for buying"),
    "away": _("against buying"),
    "unclear": _("direction unclear"),
}
STATES = {
    "submitted": _("Sent"),
    "in_progress": _("Busy"),
    "closed_partial": _("Not finished"),
    "abandoned": _("Given up"),
    "excluded": _("Left out"),
}
SPEAKERS = {
    "interviewer": _("interviewer"),
    "participant": _("participant"),
    "other": _("someone else"),
}


def add_to_templates(state: BlueprintSetupState) -> None:
    app = state.app
    app.jinja_env.filters["touchpoint_name"] = touchpoint_name
    app.jinja_env.globals.update(
        people_shown_from=PEOPLE_SHOWN_FROM,
        polarity_names=POLARITIES,
        language_names=LANGUAGES,
        source_names=SOURCES,
        role_names=ROLES,
        emotion_names=EMOTIONS,
        factor_names=FACTORS,
        direction_names=DIRECTIONS,
        state_names=STATES,
        speaker_names=SPEAKERS,
        touchpoint_choices=touchpoint_choices,
        may_read_whole=lambda: access.may(Permission.READ_RESPONSES),
    )


def touchpoint_name(code: str) -> str:
    return catalogue_here().name(code, current_language())


def touchpoint_choices() -> list[tuple[str, str]]:
    """Codes and names, by name: what a mention may be about."""
    codes = catalogue_here().touchpoints
    return sorted(
        ((code, touchpoint_name(code)) for code in codes), key=lambda pair: pair[1]
    )
