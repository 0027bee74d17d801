"""Negation, contrast and their scope: minimal pairs, Dutch and English."""

import pytest

from analysis.clauses import split_clauses
from analysis.language import make_tokenizer
from analysis.records import Language, Polarity
from analysis.sentiment import SentimentScorer

POSITIVE, NEUTRAL, NEGATIVE = Polarity.POSITIVE, Polarity.NEUTRAL, Polarity.NEGATIVE


def polarity(text: str, language: Language) -> Polarity:
    doc = make_tokenizer(language)(text)
    return SentimentScorer(language).score(doc[:]).polarity


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("De site is goed", POSITIVE),
        ("De site is niet goed", NEGATIVE),
        ("De site is slecht", NEGATIVE),
        ("De site is niet slecht", POSITIVE),
        ("Zeker niet slecht", POSITIVE),
        ("Niet echt goed", NEGATIVE),
        ("Niet zo handig", NEGATIVE),
        ("Handig is het niet", NEGATIVE),
        ("Duur", NEGATIVE),
        ("Niet duur", POSITIVE),
        ("Niet te duur", POSITIVE),
        ("Te duur", NEGATIVE),
        ("Het werkt", POSITIVE),
        ("Het werkt niet", NEGATIVE),
        ("Het werkte bij mij helaas niet", NEGATIVE),
        ("De app doet het niet", NEGATIVE),
        ("Problemen gehad", NEGATIVE),
        ("Geen problemen gehad", POSITIVE),
        ("Geen gezeur gehad", POSITIVE),
        ("Alles zonder problemen", POSITIVE),
        ("Nooit klachten gehad", POSITIVE),
        ("Nooit meer", NEGATIVE),
        ("Hier koop ik nooit meer iets", NEGATIVE),
        ("Ik wil nooit meer iets anders", POSITIVE),
        ("Nog nooit zo snel geholpen", POSITIVE),
        ("Niks mis mee", POSITIVE),
        ("Niets op aan te merken", POSITIVE),
        ("Niets te klagen", POSITIVE),
        ("Daar kan geen ander tegenop", POSITIVE),
        ("Nergens goedkoper", POSITIVE),
        ("Elders goedkoper", NEGATIVE),
        ("Goedkoper bij de concurrent", NEGATIVE),
        ("Goedkoper dan bij de concurrent", POSITIVE),
        ("Sneller dan verwacht", POSITIVE),
        ("Kon minder", POSITIVE),
        ("Kan beter", NEGATIVE),
        ("Kan niet beter", POSITIVE),
        ("Beter kan niet", POSITIVE),
        ("Niet dat de monteur lomp was", POSITIVE),
        ("Geen antwoord gekregen", NEGATIVE),
        ("Snel antwoord gekregen", POSITIVE),
        ("Op tijd", POSITIVE),
        ("Niet op tijd", NEGATIVE),
        ("Aanrader", POSITIVE),
        ("Geen aanrader", NEGATIVE),
        ("Ik raad deze winkel aan", POSITIVE),
        ("Ik kom hier graag terug", POSITIVE),
        ("Ik kom hier niet meer terug", NEGATIVE),
        ("Niet fijn of duidelijk", NEGATIVE),
        ("Niet alleen snel maar ook vriendelijk", POSITIVE),
        ("Niet alleen traag maar ook onvriendelijk", NEGATIVE),
        ("Weinig problemen", POSITIVE),
        ("Weinig keuze", NEGATIVE),
        ("Minder overzichtelijk dan eerst", NEGATIVE),
        ("Het valt tegen", NEGATIVE),
        ("Het valt niet tegen", POSITIVE),
        ("Er is niemand die helpt", NEGATIVE),
        ("Zonder verzendkosten", POSITIVE),
        ("Niet bereikbaar", NEGATIVE),
        ("Ik had geen wachttijd", POSITIVE),
        ("Alleen maar lof", POSITIVE),
        ("Geen mening", NEUTRAL),
        ("Ik heb er niks op tegen maar ook niks mee", NEUTRAL),
        ("Niet van toepassing", NEUTRAL),
    ],
)
def test_dutch_negators_turn_what_they_reach(text: str, expected: Polarity) -> None:
    assert polarity(text, Language.DUTCH) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The site is good", POSITIVE),
        ("The site isn't good", NEGATIVE),
        ("The site is not very good", NEGATIVE),
        ("Not bad", POSITIVE),
        ("Not bad at all", POSITIVE),
        ("Not the worst I have used", POSITIVE),
        ("The worst I have used", NEGATIVE),
        ("Couldn't be easier", POSITIVE),
        ("Could be easier", NEGATIVE),
        ("Could have been clearer", NEGATIVE),
        ("No complaints", POSITIVE),
        ("Lots of complaints", NEGATIVE),
        ("No problems at all", POSITIVE),
        ("Never had a problem", POSITIVE),
        ("Never again", NEGATIVE),
        ("It works", POSITIVE),
        ("It doesn't work", NEGATIVE),
        ("It never works", NEGATIVE),
        ("Nothing to complain about", POSITIVE),
        ("Nobody answered my email", NEGATIVE),
        ("No reply", NEGATIVE),
        ("Quick reply, friendly too", POSITIVE),
        ("Without any hassle", POSITIVE),
        ("Too expensive", NEGATIVE),
        ("Not too expensive", POSITIVE),
        ("Cheaper elsewhere", NEGATIVE),
        ("Cheaper than elsewhere", POSITIVE),
        ("Nowhere cheaper", POSITIVE),
        ("Faster than expected", POSITIVE),
        ("I would not recommend this shop", NEGATIVE),
        ("I would recommend this shop", POSITIVE),
        ("Not only fast but also friendly", POSITIVE),
        ("Neither clear nor helpful", NEGATIVE),
        ("Less confusing than before", POSITIVE),
        ("Hardly any problems", POSITIVE),
        ("Don't know", NEUTRAL),
        ("Never had to contact anyone", NEUTRAL),
        ("Can't fault it", POSITIVE),
        ("You can't go wrong", POSITIVE),
        ("I couldn't find the button", NEGATIVE),
    ],
)
def test_english_negators_turn_what_they_reach(text: str, expected: Polarity) -> None:
    assert polarity(text, Language.ENGLISH) is expected


@pytest.mark.parametrize(
    ("text", "language", "before", "after"),
    [
        ("Mooie site, maar traag", Language.DUTCH, POSITIVE, NEGATIVE),
        ("Duur maar wel goede kwaliteit", Language.DUTCH, NEGATIVE, POSITIVE),
        (
            "Niet dat de monteur lomp was, maar hij kwam te laat",
            Language.DUTCH,
            POSITIVE,
            NEGATIVE,
        ),
        ("Snel geleverd, alleen was de doos kapot", Language.DUTCH, POSITIVE, NEGATIVE),
        (
            "Vriendelijk geholpen hoewel het lang duurde",
            Language.DUTCH,
            POSITIVE,
            NEGATIVE,
        ),
        ("De app is top, de website niet handig", Language.DUTCH, POSITIVE, NEGATIVE),
        ("Great range but slow delivery", Language.ENGLISH, POSITIVE, NEGATIVE),
        ("Slow, though very friendly staff", Language.ENGLISH, NEGATIVE, POSITIVE),
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
