"""Words that the templates of the keeper's pages ask for by themselves."""

from collections.abc import Mapping

from flask.blueprints import BlueprintSetupState
from flask_babel import gettext
from flask_babel import lazy_gettext as _

from survey_app.questionnaires import wording
from survey_app.questionnaires.editing.rule_rows import COUNTED, NUMBERED, SEVERAL
from survey_app.questionnaires.part_words import say_part
from survey_app.questionnaires.question_set import NUMERIC_TYPES
from survey_app.questionnaires.reading.conditions import (
    InvalidConditionError,
    read_condition,
)
from survey_app.questionnaires.rules import META
from survey_app.questionnaires.vocabulary import touchpoint_catalogues
from survey_app.questionnaires.wording import Lexicon, QuestionWords
from survey_app.touchpoints.catalogue import load_catalogue
from survey_app.web.locale import LANGUAGES

TESTS = {
    "is": _("is"),
    "isnt": _("is not"),
    "ge": _("is at least"),
    "le": _("is at most"),
    "gt": _("is more than"),
    "lt": _("is less than"),
    "only": _("is nothing but"),
    "count_ge": _("has at least so many ticked"),
    "count_le": _("has at most so many ticked"),
    "answered": _("is answered"),
    "unanswered": _("is not answered"),
}
# What is known of a respondent before the first answer, and what it can be.
KNOWN: Mapping[str, QuestionWords] = {
    f"{META}language": QuestionWords(_("Language of the page"), LANGUAGES),
    f"{META}device": QuestionWords(
        _("Device"),
        {"phone": _("Phone"), "tablet": _("Tablet"), "desktop": _("Computer")},
    ),
    f"{META}source": QuestionWords(
        _("How they came"),
        {
            "link": _("By the address"),
            "mail": _("By an invitation"),
            "qr": _("By a QR code"),
            "embed": _("Inside another page"),
        },
    ),
    f"{META}privacy_mode": QuestionWords(
        _("Privacy"),
        {
            "anonymous": _("Anonymous"),
            "pseudonymous": _("By number"),
            "identified": _("With contact details"),
        },
    ),
}


def tests_for(type_: str | None, chosen: str) -> dict[str, object]:
    """The tests that make sense for a type of question, and the one chosen."""
    fitting = {"is", "isnt"}
    if type_ is not None:
        fitting |= {"answered", "unanswered"}
    if type_ in NUMERIC_TYPES or type_ == "date":
        fitting |= NUMBERED
    if type_ in SEVERAL:
        fitting |= {"only", *COUNTED}
    return {test: TESTS[test] for test in TESTS if test in fitting or test == chosen}


def say_data(condition: object, lexicon: Lexicon) -> str:
    """A condition as it stands in a draft, in words; what is none speaks for itself."""
    try:
        return wording.say_condition(read_condition(condition), lexicon)
    except InvalidConditionError:
        return str(condition)


def touchpoint_choices() -> list[tuple[str, str]]:
    return [
        (code, wording.say_touchpoint(code)) for code in load_catalogue().touchpoints
    ]


def catalogue_choices() -> list[tuple[str, str]]:
    """A catalogue is called by its id, as files do."""
    return [(name, name) for name in touchpoint_catalogues()]


def add_to_templates(state: BlueprintSetupState) -> None:
    state.app.jinja_env.globals.update(
        known_words=KNOWN,
        tests_for=tests_for,
        touchpoint_choices=touchpoint_choices,
        touchpoint_catalogues=catalogue_choices,
        type_names=wording.TYPES,
        role_names=wording.ROLES,
        phase_names=wording.PHASES,
        layout_names=wording.LAYOUTS,
        privacy_mode_names=wording.PRIVACY_MODES,
        on_expiry_names=wording.ON_EXPIRY,
    )
    state.app.jinja_env.filters.update(
        state_words=wording.STATES.__getitem__,
        type_words=lambda name: wording.TYPES.get(name, name),
        role_words=lambda name: wording.ROLES.get(name, name),
        phase_words=lambda name: wording.PHASES.get(name, name),
        same_words=lambda name: wording.SAME.get(name, name),
        layout_words=wording.LAYOUTS.__getitem__,
        privacy_mode_words=wording.PRIVACY_MODES.__getitem__,
        on_expiry_words=wording.ON_EXPIRY.__getitem__,
        days_words=wording.say_days,
        touchpoint_words=wording.say_touchpoint,
        clock=wording.say_clock,
        say_data=say_data,
        part_words=say_part,
        in_words=lambda message: message.translated(gettext),
    )
