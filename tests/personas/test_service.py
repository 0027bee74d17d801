from datetime import timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from survey_app.db import Database
from survey_app.insights.generations import begin_generation, finish_generation
from survey_app.personas.models import Persona, PersonaDerivation, PersonaMember
from survey_app.personas.queries import find_newest
from survey_app.personas.service import KEPT, PAUSE, refresh_personas
from survey_app.responses.models import Response
from tests.factories import A_MOMENT, make_response, make_version
from tests.personas.builders import make_crowd

LATER = A_MOMENT + PAUSE


def fill(database: Database, size: int, *, ways: int = 2) -> None:
    with database.transaction() as session:
        make_crowd(session, make_version(session), size, ways=ways)


def newest(database: Database) -> PersonaDerivation:
    with database.read() as session:
        derivation = find_newest(session)
        assert derivation is not None
        return derivation


def test_refresh_of_an_empty_workspace_derives_nothing(database: Database) -> None:
    assert not refresh_personas(database)


def test_refresh_finds_the_two_ways_people_answer(database: Database) -> None:
    fill(database, 120)

    assert refresh_personas(database, at=A_MOMENT)

    derivation = newest(database)
    assert (derivation.status, derivation.base) == ("derived", 120)
    assert {persona.name_nl for persona in derivation.personas} == {
        "De prijsbewuste uitzoeker",
        "De rustige adviesvrager",
    }
    with database.read() as session:
        members = session.execute(
            select(Persona.base, func.count(PersonaMember.respondent_id))
            .join(Persona.members)
            .group_by(Persona.id, Persona.base)
        ).all()
    assert [base for base, _ in members] == [count for _, count in members]
    assert sum(count for _, count in members) == 120


def test_refresh_of_answers_without_structure_keeps_one_group(
    database: Database,
) -> None:
    fill(database, 90, ways=1)

    refresh_personas(database)

    derivation = newest(database)
    assert derivation.status == "one_group"
    assert [persona.name_en for persona in derivation.personas] == ["All customers"]


def test_refresh_of_few_answers_says_so(database: Database) -> None:
    fill(database, 12)

    refresh_personas(database)

    assert newest(database).status == "too_few"


def test_bought_never_builds_but_is_compared_afterwards(database: Database) -> None:
    fill(database, 120)
    refresh_personas(database)

    derivation = newest(database)

    used = {variable["key"] for variable in derivation.report["used"]}
    assert "bought" not in used
    checks = derivation.personas[0].description["checks"]
    assert "bought" in {check["variable"] for check in checks}


def test_refresh_again_does_nothing_while_nothing_changed(database: Database) -> None:
    fill(database, 12)

    assert refresh_personas(database, at=A_MOMENT)
    assert not refresh_personas(database, at=LATER)


def test_refresh_waits_a_minute_while_answers_stream_in(database: Database) -> None:
    fill(database, 12)
    refresh_personas(database, at=A_MOMENT)
    fill(database, 1)

    assert not refresh_personas(database, at=LATER - timedelta(seconds=1))
    assert refresh_personas(database, at=LATER)


def test_refresh_by_force_derives_whatever_there_was(database: Database) -> None:
    fill(database, 12)

    assert refresh_personas(database, at=A_MOMENT, force=True)
    assert refresh_personas(database, at=A_MOMENT, force=True)


def test_refresh_derives_anew_when_a_response_is_withdrawn(database: Database) -> None:
    fill(database, 12)
    refresh_personas(database, at=A_MOMENT)
    with database.transaction() as session:
        first = session.scalars(select(Response)).first()
        assert first is not None
        first.state = "excluded"

    assert refresh_personas(database, at=LATER)
    assert newest(database).base == 11


def test_refresh_derives_anew_when_texts_are_analysed_anew(database: Database) -> None:
    fill(database, 12)
    with database.transaction() as session:
        begin_generation(session, "1", texts=12, at=A_MOMENT)
    refresh_personas(database, at=A_MOMENT)
    with database.transaction() as session:
        begin_generation(session, "2", texts=12, at=A_MOMENT)
        assert finish_generation(session, 2, at=A_MOMENT)

    assert refresh_personas(database, at=LATER)


def test_refresh_keeps_only_the_newest_derivations(database: Database) -> None:
    fill(database, 12)

    for _ in range(KEPT + 2):
        refresh_personas(database, force=True)

    with database.read() as session:
        assert _count(session, PersonaDerivation) == KEPT
        assert _count(session, Persona) == KEPT


def test_refresh_forgets_everything_when_nobody_is_left(database: Database) -> None:
    fill(database, 12)
    refresh_personas(database, at=A_MOMENT)
    with database.transaction() as session:
        session.execute(delete(PersonaMember))
        for response in session.scalars(select(Response)):
            response.state = "excluded"

    assert refresh_personas(database, at=LATER)
    with database.read() as session:
        assert find_newest(session) is None
        assert _count(session, Persona) == 0
    assert not refresh_personas(database, at=LATER)


def test_people_who_said_nothing_usable_stay_without_a_persona(
    database: Database,
) -> None:
    fill(database, 60)
    with database.transaction() as session:
        make_response(session, make_version(session))

    refresh_personas(database)

    derivation = newest(database)
    assert (derivation.report["customers"], derivation.report["unplaced"]) == (61, 1)


def _count(session: Session, table: type[PersonaDerivation] | type[Persona]) -> int:
    return session.scalar(select(func.count()).select_from(table)) or 0
