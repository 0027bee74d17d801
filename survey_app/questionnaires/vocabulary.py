"""The words of the analysis that a question set may use: roles, phases, touchpoints."""

import tomllib
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
        "check",
        "continue",
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


@cache
def touchpoint_codes() -> frozenset[str]:
    """The touchpoints of the shipped catalogue."""
    text = (files("question_sets") / "touchpoints.toml").read_text("utf-8")
    return frozenset(item["code"] for item in tomllib.loads(text)["touchpoints"])
