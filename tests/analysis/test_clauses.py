import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.clauses import split_clauses
from analysis.language import make_tokenizer
from analysis.records import Language, Polarity
from analysis.sentiment import SentimentScorer

POSITIVE, NEGATIVE = Polarity.POSITIVE, Polarity.NEGATIVE


def clauses(text: str, language: Language = Language.DUTCH) -> list[str]:
    return [span.text for span in split_clauses(make_tokenizer(language)(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Snel geleverd. Goed verpakt!", ["Snel geleverd.", "Goed verpakt!"]),
        ("Eerste regel\ntweede regel", ["Eerste regel", "tweede regel"]),
        ("mooi; wel duur", ["mooi;", "wel duur"]),
        ("Leuk maar duur", ["Leuk", "maar duur"]),
        (
            "Alles prima alleen de levering was traag",
            ["Alles prima", "alleen de levering was traag"],
        ),
        (
            "Mooi spul, behalve de verpakking",
            ["Mooi spul,", "behalve de verpakking"],
        ),
        ("Goede site, echter te duur", ["Goede site,", "echter te duur"]),
        (
            "Vriendelijk geholpen terwijl het druk was",
            ["Vriendelijk geholpen", "terwijl het druk was"],
        ),
        (
            "De site is niet snel, wel overzichtelijk",
            ["De site is niet snel,", "wel overzichtelijk"],
        ),
        ("Goed geholpen helaas te laat", ["Goed geholpen", "helaas te laat"]),
        (
            "Vriendelijk personeel, snelle levering",
            ["Vriendelijk personeel,", "snelle levering"],
        ),
        (
            "Snelle levering en goede service",
            ["Snelle levering", "en goede service"],
        ),
        ("Top 👍 Snel geleverd", ["Top 👍", "Snel geleverd"]),
        ("Waarom?! Geen idee...", ["Waarom?!", "Geen idee..."]),
    ],
)
def test_dutch_is_cut_where_a_new_clause_begins(text: str, expected: list[str]) -> None:
    assert clauses(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Niet alleen snel maar ook vriendelijk",
        "Ik heb alleen maar lof",
        "Het duurde maar twee dagen",
        "Had ik dat maar geweten",
        "Mooie, snelle site",
        "Ik betaalde 10,50 om 14.30 uur bij bol.com",
        "Het kost 10,- per stuk",
        "Meer dan tevreden",
        "Goede prijs en kwaliteit",
        "Mevr. Jansen hielp me d.w.z. telefonisch",
        "Prima",
        "-",
    ],
)
def test_dutch_is_not_cut_inside_a_clause(text: str) -> None:
    assert clauses(text) == [text]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Great range but slow", ["Great range", "but slow"]),
        ("Slow, though friendly", ["Slow,", "though friendly"]),
        ("All good except the price", ["All good", "except the price"]),
        (
            "Easy to order, delivery was slow",
            ["Easy to order,", "delivery was slow"],
        ),
        ("Not only fast but also friendly", ["Not only fast but also friendly"]),
        ("Nothing but praise", ["Nothing but praise"]),
        ("It took a while to load", ["It took a while to load"]),
        ("Paid £10.50 at 2.30 p.m.", ["Paid £10.50 at 2.30 p.m."]),
    ],
)
def test_english_is_cut_where_a_new_clause_begins(
    text: str, expected: list[str]
) -> None:
    assert clauses(text, Language.ENGLISH) == expected


@given(st.text(max_size=80), st.sampled_from(list(Language)))
def test_clauses_hold_every_visible_character_once(
    text: str, language: Language
) -> None:
    doc = make_tokenizer(language)(text)

    spans = split_clauses(doc)

    covered = [token.i for span in spans for token in span]
    visible = [token.i for token in doc if not token.is_space]
    assert [i for i in covered if not doc[i].is_space] == visible
    assert covered == sorted(set(covered))


@pytest.mark.parametrize(
    ("text", "language", "before", "after"),
    [
        (
            "Mooie site, maar traag",
            Language.DUTCH,
            POSITIVE,
            NEGATIVE,
        ),
        (
            "Duur maar wel goede kwaliteit",
            Language.DUTCH,
            NEGATIVE,
            POSITIVE,
        ),
        (
            "Niet dat de monteur lomp was, maar hij kwam te laat",
            Language.DUTCH,
            POSITIVE,
            NEGATIVE,
        ),
        (
            "Snel geleverd, alleen was de doos kapot",
            Language.DUTCH,
            POSITIVE,
            NEGATIVE,
        ),
        (
            "Vriendelijk geholpen hoewel het lang duurde",
            Language.DUTCH,
            POSITIVE,
            NEGATIVE,
        ),
        (
            "De app is top, de website niet handig",
            Language.DUTCH,
            POSITIVE,
            NEGATIVE,
        ),
        (
            "Great range but slow delivery",
            Language.ENGLISH,
            POSITIVE,
            NEGATIVE,
        ),
        (
            "Slow, though very friendly staff",
            Language.ENGLISH,
            NEGATIVE,
            POSITIVE,
        ),
        (
            "Everything was perfect except the broken box",
            Language.ENGLISH,
            POSITIVE,
            NEGATIVE,
        ),
    ],
)
def test_a_contrast_keeps_praise_and_blame_apart(
    text: str, language: Language, before: Polarity, after: Polarity
) -> None:
    clauses = split_clauses(make_tokenizer(language)(text))
    scorer = SentimentScorer(language)

    polarities = [scorer.score(clause).polarity for clause in clauses]

    assert polarities == [before, after]
