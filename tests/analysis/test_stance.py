import pytest

from analysis.language import make_tokenizer
from analysis.records import Language, Polarity, QuestionRole, Stance
from analysis.stance import StanceTagger


def stance(text: str, language: Language) -> Stance:
    return StanceTagger(language).tag(make_tokenizer(language)(text)[:])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ik heb drie keer gebeld", Stance.ACTION),
        ("Gegoogeld op wasmachine", Stance.ACTION),
        ("We gingen naar de winkel", Stance.ACTION),
        ("Ik vond het een logische keuze", Stance.THOUGHT),
        ("Volgens mij is het elders beter", Stance.THOUGHT),
        ("Ik werd er gek van", Stance.EMOTION),
        ("Wat een teleurstelling", Stance.EMOTION),
        ("Graag betalen met een tikkie", Stance.WISH),
        ("Zou fijn zijn als je kon chatten", Stance.WISH),
        ("Meer betaalmogelijkheden", Stance.WISH),
        ("Onthoud mijn adres", Stance.WISH),
        ("Had ik maar eerder gebeld", Stance.WISH),
        ("De levering was op dinsdag", Stance.FACT),
        ("Via een advertentie", Stance.FACT),
        ("De app was traag", Stance.FACT),
    ],
)
def test_dutch_clauses_find_their_lane(text: str, expected: Stance) -> None:
    assert stance(text, Language.DUTCH) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I called twice", Stance.ACTION),
        ("Googled it", Stance.ACTION),
        ("I thought it was a fair price", Stance.THOUGHT),
        ("So frustrating", Stance.EMOTION),
        ("Please add PayPal", Stance.WISH),
        ("Let me check out as a guest", Stance.WISH),
        ("It would be nice to have a chat", Stance.WISH),
        ("The parcel was in the shed", Stance.FACT),
    ],
)
def test_english_clauses_find_their_lane(text: str, expected: Stance) -> None:
    assert stance(text, Language.ENGLISH) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Snellere levering", Stance.WISH),
        ("Apple Pay in de app", Stance.WISH),
        ("dat je kan inloggen met je vingerafdruk", Stance.WISH),
        ("en laat me ingelogd blijven", Stance.WISH),
        ("hij valt soms uit bij het betalen", Stance.FACT),
    ],
)
def test_what_is_named_where_wishes_were_asked_is_a_wish(
    text: str, expected: Stance
) -> None:
    span = make_tokenizer(Language.DUTCH)(text)[:]

    found = StanceTagger(Language.DUTCH).tag(
        span, QuestionRole.SIMPLIFY_PURCHASE, Polarity.NEGATIVE
    )

    assert found is expected


@pytest.mark.parametrize("text", ["Meer keuze dan elders", "Betere prijs dan bij bol"])
def test_reason_for_buying_is_no_wish(text: str) -> None:
    span = make_tokenizer(Language.DUTCH)(text)[:]

    assert StanceTagger(Language.DUTCH).tag(span, QuestionRole.WHY_US) is Stance.FACT
