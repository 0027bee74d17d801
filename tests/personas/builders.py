"""Customers who answer in two or three ways, with some noise."""

from random import Random

from sqlalchemy.orm import Session

from survey_app.insights.models import FoundFactor, Mention
from survey_app.questionnaires.models import QuestionnaireVersion
from survey_app.responses.models import Response
from tests.factories import make_analysed_text, make_mention, make_response

# channel, time, found, bought, factor, touchpoint, score, words
WAYS = (
    ("search_engine", "over_30", "partly", "not_yet", "price", "price", -0.6,
     "De prijs was bij jullie een paar euro hoger dan bij de rest"),
    ("word_of_mouth", "5_15", "yes", "bought", "service", "customer_service", 0.7,
     "Aan de telefoon kreeg ik heel goed advies over de dikte van de plank"),
)  # fmt: skip
LIKELY = 0.85


def make_crowd(
    session: Session, version: QuestionnaireVersion, size: int, *, ways: int = 2
) -> list[Response]:
    """Responses; with one way the answers are drawn without any structure."""
    random = Random(7)  # noqa: S311 - the same crowd each time
    return [_make_one(session, version, random, ways, n) for n in range(size)]


def _make_one(
    session: Session,
    version: QuestionnaireVersion,
    random: Random,
    ways: int,
    number: int,
) -> Response:
    own, other = WAYS[number % 2], WAYS[(number + 1) % 2]

    def answer(place: int) -> str:
        if ways == 1:
            return str(random.choice((own, other))[place])
        return str((own if random.random() < LIKELY else other)[place])

    response = make_response(
        session,
        version,
        {"interactions": str(own[7])},
        codes={
            "q1_found_us": answer(0),
            "q5_time_on_site": answer(1),
            "q3_found_what": answer(2),
            "q6_bought": answer(3),
        },
    )
    _analyse(session, response, answer(4), own)
    return response


def _analyse(
    session: Session,
    response: Response,
    factor: str,
    own: tuple[str, str, str, str, str, str, float, str],
) -> Mention:
    text = make_analysed_text(session, response.answers[0])
    session.add(
        FoundFactor(
            analysed_text_id=text.id,
            respondent_id=response.respondent_id,
            factor=factor,
            direction="towards",
        )
    )
    return make_mention(session, text, touchpoint=own[5], score=own[6], end=30)
