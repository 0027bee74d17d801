"""Plain words for variables, their levels, gates and reasons."""

from collections.abc import Mapping

from flask_babel import LazyString, gettext
from flask_babel import lazy_gettext as _

from survey_app.touchpoints.here import catalogue_here
from survey_app.web.locale import current_language

FACTORS = {
    "price": _("price"),
    "shipping_cost": _("shipping cost"),
    "quality": _("quality"),
    "range": _("range"),
    "delivery_time": _("delivery time"),
    "service": _("service"),
    "trust": _("trust"),
    "reviews": _("reviews"),
    "recommendation": _("recommendation"),
    "convenience": _("convenience"),
    "payment_options": _("ways to pay"),
    "habit": _("habit"),
    "sustainability": _("sustainability"),
    "location": _("location"),
    "other": _("something else"),
}
# What a card says of a level, as the start of a line.
LEVELS: Mapping[tuple[str, str], LazyString] = {
    ("channel", "search"): _("Found us by searching or comparing"),
    ("channel", "advertising"): _("Found us through advertising"),
    ("channel", "followed"): _("Found us through mail or social media"),
    ("channel", "people"): _("Found us through people, a shop or an event"),
    ("channel", "marketplace"): _("Found us on a marketplace"),
    ("channel", "other"): _("Found us in another way"),
    ("time", "under_5"): _("Less than 5 minutes on the website"),
    ("time", "5_15"): _("5 to 15 minutes on the website"),
    ("time", "15_30"): _("15 to 30 minutes on the website"),
    ("time", "over_30"): _("More than 30 minutes on the website"),
    ("found", "yes"): _("Found what they looked for"),
    ("found", "partly"): _("Found part of what they looked for"),
    ("found", "no"): _("Did not find what they looked for"),
    ("bought", "bought"): _("Bought"),
    ("bought", "not_yet"): _("Did not buy yet"),
    ("bought", "not_bought"): _("Did not buy"),
    ("time_felt", "too_short"): _("Time on the website felt too short"),
    ("time_felt", "right"): _("Time on the website felt right"),
    ("time_felt", "too_long"): _("Time on the website felt too long"),
    ("language", "nl"): _("Answered in Dutch"),
    ("language", "en"): _("Answered in English"),
}
# The same as part of the sentence that sums a persona up.
CLAUSES: Mapping[tuple[str, str], LazyString] = {
    ("channel", "search"): _("finds us by searching and comparing"),
    ("channel", "advertising"): _("comes in through advertising"),
    ("channel", "followed"): _("comes in through mail and social media"),
    ("channel", "people"): _("comes in through people, a shop or an event"),
    ("channel", "marketplace"): _("comes in through a marketplace"),
    ("time", "under_5"): _("is done on the website within 5 minutes"),
    ("time", "5_15"): _("takes 5 to 15 minutes on the website"),
    ("time", "15_30"): _("takes 15 to 30 minutes on the website"),
    ("time", "over_30"): _("stays on the website for over half an hour"),
    ("found", "partly"): _("finds only part of what they look for"),
    ("found", "no"): _("does not find what they look for"),
}
VARIABLES = {
    "channel": _("How they found us"),
    "time": _("Time on the website"),
    "found": _("Found what they looked for"),
    "bought": _("Bought or not"),
    "time_felt": _("How the time felt"),
    "language": _("Language"),
    "wave": _("Wave"),
}
GATES = {
    "base": _("Enough customers to look for this many groups"),
    "bic": _("Fits the answers better than fewer groups (BIC, must be below zero)"),
    "class_share": _("The smallest group is a fair share of all"),
    "class_base": _("The smallest group has enough customers"),
    "posterior": _("Customers clearly belong to their group"),
    "stability": _("The same groups return in samples drawn anew"),
    "features": _("Each group differs on enough characteristics"),
}
REASONS = {
    "unanswered": _("answered by too few"),
    "one_level": _("everybody said the same"),
    "rare": _("named by too few or by nearly all"),
    "redundant": _("says nearly the same as another characteristic"),
    "limit": _("less common than those used; there is room for only so many"),
}


def touchpoint_name(code: str) -> str:
    return catalogue_here().name(code, current_language())


def in_a_sentence(code: str) -> str:
    name = touchpoint_name(code)
    return f"{name[:1].lower()}{name[1:]}"


def factor_name(code: str) -> str:
    return str(FACTORS.get(code, code.replace("_", " ")))


def say_level(variable: str, level: str) -> str:
    """A level as a line on a card; a code that nobody put in words names itself."""
    kind, _colon, subject = variable.partition(":")
    if kind == "factor":
        name = factor_name(subject)
        if level == "yes":
            return str(gettext("Decided by %(factor)s", factor=name))
        return str(gettext("Not decided by %(factor)s", factor=name))
    if kind in ("touchpoint", "feeling"):
        return _say_of_touchpoint(in_a_sentence(subject), level)
    if (variable, level) in LEVELS:
        return str(LEVELS[variable, level])
    return f"{say_variable(variable)}: {level.replace('_', ' ')}"


def say_clause(variable: str, level: str) -> str | None:
    """A level as part of a sentence about "who"; None where it adds nothing."""
    kind, _colon, subject = variable.partition(":")
    if kind == "factor" and level == "yes":
        return str(gettext("chooses on %(factor)s", factor=factor_name(subject)))
    if kind == "touchpoint" and level == "yes":
        return str(
            gettext("talks about %(touchpoint)s", touchpoint=in_a_sentence(subject))
        )
    clause = CLAUSES.get((variable, level))
    return None if clause is None else str(clause)


def say_variable(variable: str) -> str:
    kind, _colon, subject = variable.partition(":")
    if kind == "factor":
        return str(gettext("Decided by %(factor)s", factor=factor_name(subject)))
    if kind == "touchpoint":
        return str(
            gettext("Speaks of %(touchpoint)s", touchpoint=in_a_sentence(subject))
        )
    if kind == "feeling":
        return str(
            gettext("Feeling at %(touchpoint)s", touchpoint=in_a_sentence(subject))
        )
    return str(VARIABLES.get(variable, variable))


def _say_of_touchpoint(name: str, level: str) -> str:
    sentences = {
        "yes": _("Speaks of %(touchpoint)s", touchpoint=name),
        "no": _("Does not speak of %(touchpoint)s", touchpoint=name),
        "none": _("No strong feeling at %(touchpoint)s", touchpoint=name),
        "negative": _("Negative about %(touchpoint)s", touchpoint=name),
        "positive": _("Positive about %(touchpoint)s", touchpoint=name),
    }
    return str(sentences.get(level, f"{name}: {level}"))
