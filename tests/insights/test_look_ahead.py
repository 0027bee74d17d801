"""A look through all answers: how many, what tells so, and what of a sample."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from survey_app.db import Database
from survey_app.insights import look_ahead as looking
from survey_app.insights.look_ahead import Look, Wanted, draw, look_ahead
from tests.factories import make_response, make_version

CHARGING = Wanted(
    code=None,
    cues_nl=("laadpaal",),
    cues_en=("charging point",),
    examples=("Ik kon mijn elektrische auto niet laden.",),
)
SAID = (
    "Bel jan@example.org over de laadpaal.",
    "The charging points were broken.",
    "Mijn elektrische auto kon ik niet laden",
    "De levering was te laat.",
    "Alles ging goed.",
)


def look(database: Database, key: str = "1") -> Look:
    found = look_ahead(database, CHARGING, key=key)
    assert found.over.wait(60)
    return found


def test_all_answers_are_looked_through(session: Session, database: Database) -> None:
    version = make_version(session)
    for text in SAID:
        make_response(session, version, {"interactions": text})
    session.commit()

    found = look(database)

    assert (found.texts, found.done, found.is_sample) == (5, 5, False)
    assert (found.by_phrase, found.by_likeness) == (2, 1)
    assert len(found.sentences) == 3
    assert "jan@example.org" not in "".join(found.sentences)
    assert look(database, found.key) is found
    assert look(database) is not found


def test_of_many_answers_some_are_drawn_and_that_is_told(
    session: Session, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(looking, "MOST", 3)
    version = make_version(session)
    for text in SAID:
        make_response(session, version, {"interactions": text})
    session.commit()

    found = look(database)

    assert (found.answers, found.texts, found.done) == (5, 3, 3)
    assert found.is_sample


def test_an_empty_workspace_has_nothing_to_find(database: Database) -> None:
    found = look(database)

    assert (found.texts, found.found, found.has_failed) == (0, 0, False)


@given(st.sets(st.integers(), max_size=60), st.integers(1, 40))
def test_so_many_are_drawn_of_those_that_are_there(ids: set[int], most: int) -> None:
    drawn = draw(sorted(ids), most)

    assert len(drawn) == len(set(drawn)) == min(len(ids), most)
    assert set(drawn) <= ids
    assert drawn == draw(sorted(ids), most)


def test_a_look_that_another_process_began_keeps_its_key(database: Database) -> None:
    found = look(database, "begun elsewhere")

    assert found.key == "begun elsewhere"
    assert look(database, "begun elsewhere") is found
