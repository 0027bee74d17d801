import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.clauses import split_clauses
from analysis.language import make_tokenizer
from analysis.lexicon import load_lexicon
from analysis.records import Language, Polarity
from analysis.sentiment import Cue, Sentiment, SentimentScorer


def score(text: str, language: Language = Language.DUTCH) -> Sentiment:
    return SentimentScorer(language).score(make_tokenizer(language)(text)[:])


POSITIVE_DUTCH = """
Ging goed
Ja, vrij vlot
Netjes, ga zo door.
Suuuuper blij met mn bestelling
Een 9
cijfer 8
4 sterren
5/5
👍👍
:)
Volgende dag in huis
Kon alles meteen vinden
Wijst zich vanzelf
Laagste prijs
De medewerker dacht goed mee
Chat reageerde binnen een minuut
Retourneren ging zonder gedoe
vriendlijk geholpen
klantvriendelijkheid ten top
supersnelle levering
Tof personeel, vlot geholpen
Da's precies wat ik zocht, content mee
Plezant winkelen bij jullie
't Pakje is goed toegekomen
great service
Had niet beter gekund
Het personeel kon niet vriendelijker zijn
Nooit te laat
Ik ben niet ontevreden
goedkoper dan elders
Verzendkosten vielen mee
Eindelijk een winkel die luistert
Snel bezorgd
Geen poespas, gewoon bestellen
"""
NEGATIVE_DUTCH = """
Te duur
Hoge verzendkosten
Veel te lang moeten wachten
Na drie weken nog niks gehoord
App loopt steeds vast
Onvindbaar
Van het kastje naar de muur gestuurd
3x gebeld en nog geen antwoord
ik werd steeds doorverwezen
Mwah
Ik kon de maattabel niet vinden
een 3
1 ster
2/10
👎
:(
Pakket beschadigd aangekomen
45 minuten in de wachtrij
Zou fijn zijn als je achteraf kon betalen
Had ik maar eerder geweten
Mag wel wat duidelijker
Ik mis een chatfunctie
Bij bol goedkoper
Bagger
aan de prijs
kwaliteit viel vies tegen
Waarom moet ik een account aanmaken?
Ambetant dat ge telkens opnieuw moet inloggen
kutsite
betaalproblemen
onvriendlijk geholpen
Zoeken werkt voor geen meter
Bestelling kwam nooit aan
Ze beloofden terug te bellen maar dat gebeurde niet
Valt klein uit
Mag sneller
Op mobiel niet te doen
Telkens uitgelogd
snap er geen hout van
Een simpel formulier zou fijn zijn
"""
NEUTRAL_DUTCH = """
-
weet niet
Geen idee
n.v.t.
Via Google
De kosten
Meestal een kwartier
Ik heb nooit contact gehad
Nee
Ik heb het in de winkel gekocht
De levering was op dinsdag
Kwaliteit
10
Mijn zus werkt bij jullie
Het was een 5 sterren hotel
geen bijzonderheden
Service
"""
POSITIVE_ENGLISH = """
Found it straight away
Arrived the next day
Cheapest I could find
Staff went out of their way
Can't complain
did what it says on the tin
9/10
Five stars
freindly staff
super-fast delivery
gr8 service thx
"""
NEGATIVE_ENGLISH = """
took forever
Couldn't log in
Nobody picked up the phone
Had to call four times
Still waiting for my refund
Cheaper on Amazon
Please add PayPal
I gave up
could be better
Passed from pillar to post
Why do I need an account?
2 stars
dissapointed
unhelpful
"""
NEUTRAL_ENGLISH = """
don't know
n/a
A friend told me
Price
saw an ad on Facebook
I phoned customer service
"""
CASES = [
    (line, language, polarity)
    for block, language, polarity in (
        (POSITIVE_DUTCH, Language.DUTCH, Polarity.POSITIVE),
        (NEGATIVE_DUTCH, Language.DUTCH, Polarity.NEGATIVE),
        (NEUTRAL_DUTCH, Language.DUTCH, Polarity.NEUTRAL),
        (POSITIVE_ENGLISH, Language.ENGLISH, Polarity.POSITIVE),
        (NEGATIVE_ENGLISH, Language.ENGLISH, Polarity.NEGATIVE),
        (NEUTRAL_ENGLISH, Language.ENGLISH, Polarity.NEUTRAL),
    )
    for line in block.strip().splitlines()
]


@pytest.mark.parametrize(("text", "language", "expected"), CASES)
def test_answers_get_their_polarity(
    text: str, language: Language, expected: Polarity
) -> None:
    assert score(text, language).polarity is expected


@pytest.mark.parametrize(
    ("weaker", "stronger"),
    [
        ("een beetje traag", "traag"),
        ("traag", "heel traag"),
        ("iets te duur", "veel te duur"),
        ("redelijk goed", "goed"),
        ("goed", "erg goed"),
        ("goed", "goed!!"),
        ("Het is goed, nou ja 🙄", "Het is goed"),
        ("als je vastloopt", "ik loop vast"),
    ],
)
def test_degrees_and_doubt_change_the_strength(weaker: str, stronger: str) -> None:
    assert abs(score(weaker).score) < abs(score(stronger).score)


def test_cues_are_code_points_of_the_original_text() -> None:
    text = "😡 Écht niet goed hoor"

    found = score(text)

    assert found.cues == (
        Cue(0, 1, "😡", -0.8),
        Cue(12, 16, "goed", -0.45),
    )
    assert [text[cue.start : cue.end] for cue in found.cues] == ["😡", "goed"]


def test_a_bare_mention_is_no_opinion() -> None:
    assert score("De kosten") == Sentiment(
        score=0.0, polarity=Polarity.NEUTRAL, opinion=False, cues=()
    )


def test_a_mixed_text_is_an_opinion_of_its_clauses() -> None:
    doc = make_tokenizer(Language.DUTCH)("Vriendelijk personeel maar te duur")
    scorer = SentimentScorer(Language.DUTCH)

    per_clause = [scorer.score(clause).polarity for clause in split_clauses(doc)]

    assert per_clause == [Polarity.POSITIVE, Polarity.NEGATIVE]
    assert scorer.score(doc[:]).opinion


@pytest.mark.parametrize("code", ["nl", "en"])
def test_no_word_stands_twice_in_a_lexicon(code: str) -> None:
    data = load_lexicon(f"polarity_{code}")
    words = [
        word
        for section in ("words", "exact")
        for group in data[section]
        for word in group["list"].split()
    ]

    assert sorted(words) == sorted(set(words))


@pytest.mark.parametrize(("code", "least"), [("nl", 1_800), ("en", 1_300)])
def test_the_lexicons_are_large_enough_to_serve(code: str, least: int) -> None:
    data = load_lexicon(f"polarity_{code}")
    polar = sum(
        len(group["list"].split())
        for section in ("words", "exact")
        for group in data[section]
        if group["score"]
    )

    assert polar >= least


@settings(deadline=None)  # the first text of a language waits for its lexicons
@given(st.text(max_size=120), st.sampled_from(list(Language)))
def test_any_text_gets_a_score_in_range(text: str, language: Language) -> None:
    found = score(text, language)

    assert -1.0 <= found.score <= 1.0
    assert all(-1.0 <= cue.score <= 1.0 for cue in found.cues)
    assert all(text[cue.start : cue.end] == cue.text for cue in found.cues)
    assert found.opinion == bool(found.cues)
