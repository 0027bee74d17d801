"""An organisation's own touchpoints: found at once, by cues and by examples."""

from pathlib import Path

import pytest

from analysis.own_touchpoints import (
    InvalidOwnTouchpointError,
    OwnTouchpoint,
    OwnWords,
    read_own_touchpoints,
)
from analysis.pipeline import Pipeline, Recipe, build_pipeline
from analysis.records import Language, Method, Polarity, QuestionRole, Text

CHARGING = OwnTouchpoint(
    code="own_charging",
    dutch=OwnWords("Laadpaal", cues=("laadpaal",)),
    english=OwnWords("Charging point", cues=("charging point",)),
)
FITTING = OwnTouchpoint(
    code="own_fitting",
    examples=(
        "De paskamers waren vies.",
        "Te weinig pashokjes.",
        "Lange rij voor de kleedkamers.",
        "The fitting rooms were too small.",
        "The changing room had bad lighting.",
    ),
)
NEGATIVE, NEUTRAL, POSITIVE = Polarity


@pytest.fixture(scope="module")
def pipeline() -> Pipeline:
    return build_pipeline(Recipe(fast=True, own=(CHARGING, FITTING)))


def found(
    pipeline: Pipeline, text: str, role: QuestionRole | None, language: Language
) -> dict[str, tuple[Polarity, Method]]:
    [analysis] = pipeline.analyse([Text(text, role, language)])
    return {
        mention.touchpoint: (mention.polarity, mention.method)
        for mention in analysis.mentions
        if mention.touchpoint.startswith("own_")
    }


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Die laadpaal deed het niet.", "nl"),
        ("De laadpalen waren kapot", "nl"),
        ("Dat laadpaaltje werkte niet", "nl"),
        ("Geen snellaadpaal te bekennen, jammer", "nl"),
        ("the charging points were broken", "en"),
        ("Your charging-point was out of order, annoying", "en"),
    ],
)
def test_cues_are_found_in_every_form(
    pipeline: Pipeline, text: str, language: str
) -> None:
    spoken = found(pipeline, text, QuestionRole.INTERACTIONS, Language(language))

    assert spoken == {"own_charging": (NEGATIVE, Method.LEXICON)}


@pytest.mark.parametrize("text", ["De laadtijd van de site", "Een paal in de grond"])
def test_other_words_are_no_cues(pipeline: Pipeline, text: str) -> None:
    assert found(pipeline, text, QuestionRole.INTERACTIONS, Language.DUTCH) == {}


@pytest.mark.parametrize(
    ("role", "text", "polarity"),
    [
        (QuestionRole.FOUND_US, "Bij de laadpaal", NEUTRAL),
        (QuestionRole.SIMPLIFY_PURCHASE, "Graag een laadpaal erbij", NEGATIVE),
        (QuestionRole.SIMPLIFY_PURCHASE, "Meer paskamers", NEGATIVE),
        (QuestionRole.INTERACTIONS, "De laadpalen zijn geweldig", POSITIVE),
        (None, "De laadpaal was waardeloos", NEGATIVE),
        (QuestionRole.REVIEW, "De laadpaal was waardeloos", NEGATIVE),
    ],
)
def test_the_question_says_how_it_is_meant(
    pipeline: Pipeline, role: QuestionRole | None, text: str, polarity: Polarity
) -> None:
    spoken = found(pipeline, text, role, Language.DUTCH)

    assert [each for each, _method in spoken.values()] == [polarity]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Alleen jammer van die vieze paskamers", "nl"),
        ("Waarom zijn de pashokjes zo krap, heel vervelend", "nl"),
        ("Fitting room was dirty", "en"),
    ],
)
def test_examples_are_found_by_likeness(
    pipeline: Pipeline, text: str, language: str
) -> None:
    spoken = found(pipeline, text, QuestionRole.INTERACTIONS, Language(language))

    assert spoken == {"own_fitting": (NEGATIVE, Method.EXAMPLE)}


@pytest.mark.parametrize(
    "text",
    [
        "De levering duurde veel te lang.",
        "Alles ging goed.",
        "De winkel was druk en de rij lang.",
        "weet niet",
    ],
)
def test_what_is_like_ours_is_not_theirs(pipeline: Pipeline, text: str) -> None:
    assert found(pipeline, text, QuestionRole.INTERACTIONS, Language.DUTCH) == {}


def test_ours_are_found_beside_them(pipeline: Pipeline) -> None:
    text = "De laadpaal was kapot maar de levering was snel."
    [analysis] = pipeline.analyse([Text(text, QuestionRole.INTERACTIONS)])

    spoken = {(each.touchpoint, each.polarity) for each in analysis.mentions}
    assert spoken >= {("own_charging", NEGATIVE), ("delivery", POSITIVE)}


def test_another_set_is_another_version() -> None:
    recipes = [
        Recipe(fast=True),
        Recipe(fast=True, own=(CHARGING,)),
        Recipe(fast=True, own=(CHARGING, FITTING)),
    ]

    versions = [build_pipeline(recipe).version for recipe in recipes]

    assert len(set(versions)) == len(recipes)
    assert build_pipeline(recipes[1]).version == versions[1]


FILE = """
[[touchpoints]]
code = "charging"
name_nl = "Laadpaal"
cues_nl = ["laadpaal"]
examples = ["De laadpaal was stuk."]
"""


def test_a_file_of_touchpoints_is_read(tmp_path: Path) -> None:
    file = tmp_path / "own.toml"
    file.write_text(FILE, "utf-8")

    [read] = read_own_touchpoints(file)

    assert read == OwnTouchpoint(
        code="own_charging",
        dutch=OwnWords("Laadpaal", cues=("laadpaal",)),
        examples=("De laadpaal was stuk.",),
    )


@pytest.mark.parametrize(
    "text",
    [
        "[[touchpoints]]\ncode = 'empty'",
        "[[touchpoints]]\nname_nl = 'no code'",
        "[[touchpoints]]\ncode = 'c'\ncues_nl = 'not a list'",
        "touchpoints = [",
        "",
    ],
)
def test_a_bad_file_is_refused_by_name(tmp_path: Path, text: str) -> None:
    file = tmp_path / "own.toml"
    file.write_text(text, "utf-8")

    with pytest.raises(InvalidOwnTouchpointError):
        read_own_touchpoints(file)
