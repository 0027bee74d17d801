"""Cues to touchpoints: wildcards, gaps, strength, negation, typing errors."""

import tomllib
from importlib.resources import files

import pytest

from analysis.cues import CueBook, words_in
from analysis.lexicon import load_lexicon
from analysis.records import Language, QuestionRole
from analysis.touchpoints import Hit, Strength, TouchpointTagger

TOUCHPOINTS = {
    "advertising",
    "social_media",
    "search_engine",
    "email_marketing",
    "third_party_site",
    "event",
    "marketplace",
    "word_of_mouth",
    "website",
    "search_navigation",
    "product_information",
    "account",
    "app",
    "physical_store",
    "price",
    "checkout",
    "delivery",
    "returns",
    "product",
    "customer_service",
    "loyalty",
}


def find(
    text: str, role: QuestionRole | None = None, language: Language = Language.DUTCH
) -> list[Hit]:
    return TouchpointTagger(language).find(words_in(text), role)


def named(
    text: str, role: QuestionRole | None = None, language: Language = Language.DUTCH
) -> set[str]:
    hits = find(text, role, language)
    return {hit.touchpoint for hit in hits if hit.strength is Strength.PLAIN}


def test_catalogue_and_lexicon_speak_of_the_same_touchpoints() -> None:
    text = (files("question_sets") / "touchpoints.toml").read_text("utf-8")

    catalogue = tomllib.loads(text)

    assert {item["code"] for item in catalogue["touchpoints"]} == TOUCHPOINTS
    assert {kind["touchpoint"] for kind in catalogue["kinds"]} == TOUCHPOINTS
    assert {item["group"] for item in catalogue["touchpoints"]} <= {
        group["code"] for group in catalogue["groups"]
    }


def test_phases_map_to_the_four_of_the_default_template() -> None:
    text = (files("question_sets") / "phases.toml").read_text("utf-8")

    templates = tomllib.loads(text)["templates"]

    four = ["consider", "evaluate", "buy", "experience"]
    assert [phase["code"] for phase in templates[0]["phases"]] == four
    assert all(
        phase["maps_to"] in four
        for template in templates
        for phase in template["phases"]
    )


@pytest.mark.parametrize("code", ["nl", "en"])
def test_lexicon_has_cues_for_every_touchpoint(code: str) -> None:
    lexicon = load_lexicon(f"touchpoints_{code}")

    assert set(lexicon) == TOUCHPOINTS | {"ignore"}
    assert all(lexicon[touchpoint]["cues"] for touchpoint in TOUCHPOINTS)


def test_compound_names_every_touchpoint_that_it_speaks_of() -> None:
    assert named("de verzendkosten") == {"delivery", "price"}


def test_prefix_cue_finds_an_unlisted_compound() -> None:
    assert named("klantenservicemedewerker") == {"customer_service"}


def test_typing_error_in_a_long_word_is_forgiven() -> None:
    assert named("klantenservce") == {"customer_service"}


def test_longer_cue_hides_the_shorter_one_inside_it() -> None:
    assert named("de webwinkel") == {"website"}
    assert named("de winkel") == {"physical_store"}


def test_cue_with_a_gap_does_not_need_the_words_between() -> None:
    [hit] = [
        hit
        for hit in find("kon het nergens goed vinden", QuestionRole.FINDABILITY)
        if hit.sign
    ]

    assert (hit.touchpoint, hit.sign) == ("search_navigation", -1)


def test_negation_turns_what_a_cue_says_around() -> None:
    [plain] = find("duur")
    [negated] = find("helemaal niet duur")

    assert (plain.sign, negated.sign) == (-1, 1)


def test_negation_does_not_reach_past_a_comma() -> None:
    hits = find("nee niet, uitverkocht")

    assert [hit.sign for hit in hits] == [-1]


def test_ignored_phrase_names_nothing() -> None:
    assert named("bekeken op mijn telefoon") == set()


def test_role_decides_what_a_bare_mail_is() -> None:
    assert named("een mail", QuestionRole.FOUND_US) == {"email_marketing"}
    assert named("een mail gestuurd", QuestionRole.INTERACTIONS) == {"customer_service"}


def test_weak_cue_is_marked_as_such() -> None:
    [hit] = find("vriendelijk")

    assert (hit.touchpoint, hit.strength) == ("customer_service", Strength.WEAK)


def test_english_reads_its_own_lexicon() -> None:
    assert named("the courier", language=Language.ENGLISH) == {"delivery"}


def test_repeated_phrase_is_found_each_time() -> None:
    book = CueBook([("prijs", 1)])

    matches = book.find(words_in("prijs en nog eens prijs"))

    assert [match.positions for match in matches] == [(0,), (4,)]
