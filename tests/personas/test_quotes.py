from sqlalchemy.orm import Session

from survey_app.personas.models import Persona, PersonaDerivation, PersonaMember
from survey_app.personas.quotes import Quotes, choose_quotes
from survey_app.questionnaires.models import QuestionnaireVersion
from tests.factories import (
    A_MOMENT,
    make_analysed_text,
    make_mention,
    make_response,
    make_version,
)

LONG_ENOUGH = "Dat duurde mij allemaal een heel stuk te lang"
ALL_BAD = {"delivery": "negative", "price": "negative"}


def make_persona(session: Session) -> Persona:
    derivation = PersonaDerivation(
        status="derived", base=0, input_hash="", seed=1, report={}, derived_at=A_MOMENT
    )
    persona = Persona(
        derivation=derivation,
        position=0,
        name_nl="De klant",
        name_en="The customer",
        base=0,
        description={},
    )
    session.add(persona)
    session.flush()
    return persona


def say(  # noqa: PLR0913 - what makes a quote fit or not
    session: Session,
    persona: Persona,
    version: QuestionnaireVersion,
    score: float,
    *,
    touchpoint: str = "delivery",
    words: str = LONG_ENOUGH,
    language: str = "nl",
    posterior: float = 0.9,
    role: str = "interactions",
) -> int:
    """A member says one thing; whose id."""
    response = make_response(session, version, {role: words})
    text = make_analysed_text(session, response.answers[0], language=language)
    make_mention(session, text, score=score, touchpoint=touchpoint)
    session.add(
        PersonaMember(
            persona_id=persona.id,
            respondent_id=response.respondent_id,
            posterior=posterior,
        )
    )
    session.flush()
    return response.respondent_id


def people(quotes: Quotes) -> list[int]:
    return [sentence.respondent_id for sentence in quotes.typical]


def test_quotes_come_from_each_touchpoint_in_turn(session: Session) -> None:
    persona, version = make_persona(session), make_version(session)
    late = [say(session, persona, version, -0.9) for _ in range(3)]
    dear = say(session, persona, version, -0.5, touchpoint="price")

    quotes = choose_quotes(session, persona, ALL_BAD, "nl")

    assert people(quotes) == [late[0], dear, late[1]]
    assert quotes.dissent is None


def test_quotes_are_short_sure_and_from_who_clearly_belongs(session: Session) -> None:
    persona, version = make_persona(session), make_version(session)
    say(session, persona, version, -0.9, words="Veel te lang, te duur, te laat")
    say(session, persona, version, -0.9, words=LONG_ENOUGH * 5)
    say(session, persona, version, -0.9, posterior=0.6)
    say(session, persona, version, -0.9, role="found_us")
    say(session, persona, version, -0.9, touchpoint="app")
    fits = say(session, persona, version, -0.3)

    assert people(choose_quotes(session, persona, ALL_BAD, "nl")) == [fits]


def test_quotes_in_the_language_of_the_page_come_first(session: Session) -> None:
    persona, version = make_persona(session), make_version(session)
    dutch = say(session, persona, version, -0.9)
    english = say(session, persona, version, -0.3, language="en")

    quotes = choose_quotes(session, persona, ALL_BAD, "en")

    assert people(quotes) == [english, dutch]


def test_dissent_is_heard_from_a_fifth_of_the_members_on(session: Session) -> None:
    persona, version = make_persona(session), make_version(session)
    bad = [say(session, persona, version, -0.9) for _ in range(4)]
    good = say(session, persona, version, 0.9)

    quotes = choose_quotes(session, persona, ALL_BAD, "nl")

    assert quotes.dissent is not None
    assert (quotes.dissent.respondent_id, quotes.dissenting_share) == (good, 0.2)
    assert people(quotes) == bad[:3]


def test_rarer_dissent_is_not_singled_out(session: Session) -> None:
    persona, version = make_persona(session), make_version(session)
    for _ in range(5):
        say(session, persona, version, -0.9)
    say(session, persona, version, 0.9)

    quotes = choose_quotes(session, persona, ALL_BAD, "nl")

    assert (quotes.dissent, quotes.dissenting_share) == (None, 0.0)


def test_what_is_usual_at_a_touchpoint_is_no_dissent(session: Session) -> None:
    persona, version = make_persona(session), make_version(session)
    for _ in range(3):
        say(session, persona, version, -0.9)
    say(session, persona, version, 0.9, touchpoint="price")

    quotes = choose_quotes(
        session, persona, {"delivery": "negative", "price": "positive"}, "nl"
    )

    assert quotes.dissent is None


def test_persona_that_says_nothing_has_no_quotes(session: Session) -> None:
    assert choose_quotes(session, make_persona(session), {}, "nl") == Quotes()
