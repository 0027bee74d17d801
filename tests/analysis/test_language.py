from itertools import pairwise

import pytest

from analysis.language import detect_language, make_tokenizer, words_of
from analysis.records import Language


@pytest.mark.parametrize(
    "text",
    [
        "Prima",
        "duur",
        "Via een vriendin",
        "ging vlot",
        "nvt, nooit nodig gehad",
        "Goeie website, alles staat waar je het verwacht",
        "Super nice site, ging echt heel easy",
        "great service, kom zeker terug!",
        "ge kunt er alles vinden",
        "kheb 3x gemaild en nog niks gehoord",
        "Monteur kwam niet opdagen",
        "te weinig keuze",
    ],
)
def test_dutch_is_recognised_whatever_the_prior(text: str) -> None:
    assert detect_language(text, prior=Language.ENGLISH) is Language.DUTCH


@pytest.mark.parametrize(
    "text",
    [
        "Googled it",
        "cheap",
        "free returns",
        "Filters are brilliant",
        "stop emailing me every day please",
        "walked past the shop",
        "I could not find the size guide",
        "too expensive",
    ],
)
def test_english_is_recognised_whatever_the_prior(text: str) -> None:
    assert detect_language(text, prior=Language.DUTCH) is Language.ENGLISH


@pytest.mark.parametrize("text", ["", "-", "10/10", "👍👍", "...", "8", ":)", "#1"])
def test_a_text_without_words_takes_the_prior_or_stays_undetermined(text: str) -> None:
    with_prior = detect_language(text, prior=Language.ENGLISH)

    assert with_prior is Language.ENGLISH
    assert detect_language(text) is Language.UNDETERMINED


def test_a_word_of_both_languages_goes_with_the_prior() -> None:
    detected = [
        detect_language("app", prior=prior)
        for prior in (Language.DUTCH, Language.ENGLISH)
    ]

    assert detected == [Language.DUTCH, Language.ENGLISH]


@pytest.mark.parametrize("language", list(Language))
def test_tokens_cover_the_text_in_order(language: Language) -> None:
    text = "Goed/snel!!maar 10,- te duur…  (echt)👍🏽 d.w.z. bol.com"

    doc = make_tokenizer(language)(text)

    assert doc.text == text
    assert all(one.idx + len(one) <= two.idx for one, two in pairwise(doc))


def test_each_token_has_a_normal_form() -> None:
    doc = make_tokenizer(Language.DUTCH)("Zóóó goéd, nix mis mee 👍🏽")

    words = words_of(doc)

    assert words == ["zo", "goed", ",", "niks", "mis", "mee", "👍", ""]


def test_english_contractions_become_words() -> None:
    doc = make_tokenizer(Language.ENGLISH)("I couldn’t, won't")

    words = words_of(doc)

    assert words == ["i", "could", "not", ",", "will", "not"]
