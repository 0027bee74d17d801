"""What the customer did, and what others did, or nobody."""

import pytest

from analysis.deeds import load_deed_finder
from analysis.language import make_tokenizer, words_of
from analysis.records import Language


def tells_deed(text: str, language: Language, touchpoint: str = "") -> bool:
    words = words_of(make_tokenizer(language)(text))
    return load_deed_finder(language.value, touchpoint).tells_deed(words)


@pytest.mark.parametrize(
    "text",
    [
        "Afgehaald bij een pick-up punt",
        "gebeld over de doos",
        "Toen heb ik drie keer gemaild",
        "Ik belde de volgende dag",
        "Ben eens binnengelopen",
        "We gingen naar de winkel",
        "een week later heb ik gebeld",
    ],
)
def test_dutch_deeds_are_found(text: str) -> None:
    assert tells_deed(text, Language.DUTCH)


@pytest.mark.parametrize(
    "text",
    [
        "Ze hebben mij gebeld",
        "Ik werd gebeld",
        "Ik heb nooit gebeld",
        "Als ik bestel gaat het mis",
        "De levering ging goed",
        "Ik ging ervan uit dat het klopte",
        "De schroeven waren op toen ik klikte",
        "Het pakket is afgehaald",
    ],
)
def test_other_sentences_are_no_deeds(text: str) -> None:
    assert not tells_deed(text, Language.DUTCH)


@pytest.mark.parametrize(
    "text",
    ["Phoned twice", "I then rang them", "We've ordered before", "I went to Leeds"],
)
def test_english_deeds_are_found(text: str) -> None:
    assert tells_deed(text, Language.ENGLISH)


@pytest.mark.parametrize(
    "text",
    [
        "They called me",
        "I was called back",
        "I never ordered",
        "It crashed when I tried",
    ],
)
def test_other_english_sentences_are_no_deeds(text: str) -> None:
    assert not tells_deed(text, Language.ENGLISH)


@pytest.mark.parametrize(
    ("touchpoint", "done_there"),
    [("customer_service", True), ("price", False), ("workshop_of_our_own", True)],
)
def test_deed_belongs_to_its_touchpoint(touchpoint: str, done_there: bool) -> None:  # noqa: FBT001  (a parameter of the table above)
    found = tells_deed("gebeld over de prijs", Language.DUTCH, touchpoint)

    assert found is done_there
