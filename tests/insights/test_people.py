from datetime import timedelta

from sqlalchemy.orm import Session

from survey_app.insights.models import FoundFactor
from survey_app.insights.people import (
    Customer,
    LevelShare,
    Person,
    Said,
    Share,
    Variable,
    derive,
    read_customers,
    share_levels,
)
from tests.factories import (
    A_MOMENT,
    make_analysed_text,
    make_mention,
    make_respondent,
    make_response,
    make_version,
    make_wave,
)

PRICE = Variable("price", ("high", "low"))


def test_read_customers_of_an_empty_workspace_finds_nobody(session: Session) -> None:
    assert read_customers(session) == []


def test_read_customers_gathers_what_was_ticked_and_found(session: Session) -> None:
    version = make_version(session)
    wave = make_wave(session, version, name="Voorjaar")
    response = make_response(
        session,
        version,
        {"interactions": "Duur en traag, levering traag", "why_us": "Prijs"},
        codes={"q1_found_us": "event"},
        wave_id=wave.id,
    )
    contact, why = (
        make_analysed_text(session, answer) for answer in response.answers[:2]
    )
    make_mention(session, contact, score=-0.5)
    make_mention(session, contact, score=-0.25, start=10, end=20)
    make_mention(session, why, touchpoint="price", score=0.0)
    for text, factor in ((contact, "service"), (why, "price")):
        session.add(
            FoundFactor(
                analysed_text_id=text.id,
                respondent_id=response.respondent_id,
                factor=factor,
                direction="towards",
            )
        )
    session.flush()

    assert read_customers(session) == [
        Customer(
            respondent_id=response.respondent_id,
            language="nl",
            wave="Voorjaar",
            codes={"q1_found_us": "event"},
            wrote={"interactions", "why_us"},
            factors=["service", "price"],
            said=[
                Said(
                    role="interactions", touchpoint="delivery", total=-0.75, mentions=2
                ),
                Said(role="why_us", touchpoint="price", total=0.0, mentions=1),
            ],
        )
    ]


def test_read_customers_takes_the_latest_response_that_was_sent(
    session: Session,
) -> None:
    version, person = make_version(session), make_respondent(session)
    for days, code, state in (
        (1, "event", "submitted"),
        (2, "marketplace", "submitted"),
        (3, "other", "in_progress"),
    ):
        make_response(
            session,
            version,
            codes={"q1_found_us": code},
            respondent=person,
            state=state,
            submitted_at=A_MOMENT + timedelta(days=days),
        )

    assert [customer.codes for customer in read_customers(session)] == [
        {"q1_found_us": "marketplace"}
    ]


def test_read_customers_leaves_out_answers_off_the_path(session: Session) -> None:
    response = make_response(
        session, make_version(session), codes={"q1_found_us": "event"}
    )
    response.answers[0].on_path = False
    session.flush()

    assert [customer.codes for customer in read_customers(session)] == [{}]


def test_derive_gives_the_same_for_the_same_people() -> None:
    people = [Person(str(n), {"price": "high" if n % 3 else "low"}) for n in range(70)]

    derivation = derive(people, [PRICE])

    assert derivation == derive(people[::-1], [PRICE])
    assert (derivation.status.value, derivation.base) == ("one_group", 70)


def test_share_levels_counts_those_who_said_something() -> None:
    levels = ["high"] * 4 + ["low"] + [None] * 3
    people = [Person(str(n), {"price": level}) for n, level in enumerate(levels)]
    groups = {person.key: "all" for person in people}

    [first, second] = share_levels(people, [PRICE], groups)["all"]

    assert (first.level, first.share.value, first.share.base) == ("high", 0.8, 5)
    assert second == LevelShare(
        "price", "low", Share(0.2, second.share.interval, base=5)
    )


def test_share_levels_of_fewer_than_five_people_are_hidden() -> None:
    people = [Person(str(n), {"price": "high"}) for n in range(4)]

    assert share_levels(people, [PRICE], dict.fromkeys("0123", "all")) == {"all": []}
