"""The names and descriptions by which the network is asked about touchpoints."""

import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path

from analysis.encoder import OVERALL
from analysis.records import QuestionRole

_CATALOGUE = Path(__file__).parents[1] / "question_sets" / "touchpoints.toml"
_OVERALL_TEXTS = (
    "Algemeen oordeel: tevredenheid over het geheel",
    "Overall opinion: satisfaction as a whole",
    "algemeen oordeel",
    "overall",
)


def touchpoint_texts() -> dict[str, list[str]]:
    """By code: the two full descriptions first, then shorter ways to say it."""
    catalogue = tomllib.loads(_CATALOGUE.read_text("utf-8"))
    return {
        entry["code"]: [
            f"{entry['nl']}: {entry['description_nl']}",
            f"{entry['en']}: {entry['description_en']}",
            entry["nl"],
            entry["en"],
            entry["description_nl"],
            entry["description_en"],
        ]
        for entry in sorted(catalogue["touchpoints"], key=lambda entry: entry["code"])
        if "description_nl" in entry
    }


def all_texts(asked: Iterable[str]) -> Mapping[str, list[str]]:
    """Touchpoints first, in the order of their codes, then whatever else is asked."""
    texts = touchpoint_texts()
    texts[OVERALL] = list(_OVERALL_TEXTS)
    for name in sorted(set(asked) - texts.keys()):
        texts[name] = [name.removeprefix("about: ")]
    return texts


QUESTIONS = {
    QuestionRole.FOUND_US: "Hoe heeft u ons gevonden? How did you find us?",
    QuestionRole.WEBSITE_EXPERIENCE: "Wat was uw eerste indruk van onze website?"
    " What was your first impression of our website?",
    QuestionRole.FINDABILITY: "Heeft u gevonden wat u zocht?"
    " Did you find what you were looking for?",
    QuestionRole.INTERACTIONS: "Hoe verliep het contact met ons?"
    " How was your contact with us?",
    QuestionRole.TIME_ON_SITE: "Uw tijd op onze website. Your time on our website",
    QuestionRole.DECIDING_FACTOR: "Wat gaf de doorslag om wel of niet te kopen?"
    " What decided you to buy or not?",
    QuestionRole.SIMPLIFY_PURCHASE: "Hoe kunnen wij kopen makkelijker maken?"
    " How can we make buying easier?",
    QuestionRole.WHY_US: "Waarom heeft u voor ons gekozen? Why did you choose us?",
    QuestionRole.INTERVIEW: "gesprek interview",
    QuestionRole.REVIEW: "beoordeling review",
}
