"""The words of the analysis that a question set may use: roles, phases, touchpoints."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

# What a question asks about; the same names as the roles of the analysis.
ROLES = frozenset(
    {
        "found_us",
        "website_experience",
        "findability",
        "interactions",
        "time_on_site",
        "deciding_factor",
        "simplify_purchase",
        "why_us",
    }
)
# Roles of texts that come from elsewhere, without a question of ours.
FREE_ROLES = frozenset({"interview", "review"})
PHASES = frozenset({"consider", "evaluate", "buy", "experience"})

# Pages that every questionnaire has at the same addresses.
RESERVED_PAGE_IDS = frozenset(
    {
        "answers",
        "change-answers",
        "check",
        "continue",
        "keep-answers",
        "news",
        "privacy",
        "results",
        "resume-mail",
        "saved",
        "submit",
        "thanks",
        "withdraw",
        "withdrawn",
    }
)


USUAL_CATALOGUE = "standard"


@cache
def touchpoint_catalogues() -> Mapping[str, frozenset[str]]:
    """The touchpoints of each catalogue that there is, by the catalogue's id."""
    text = (files("question_sets") / "touchpoints.toml").read_text("utf-8")
    data = tomllib.loads(text)
    return {data["id"]: frozenset(item["code"] for item in data["touchpoints"])}
