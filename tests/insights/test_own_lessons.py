"""Corrections of own touchpoints reach the analysis: at once, and without names."""

from collections.abc import Iterator
from concurrent.futures import Executor, ThreadPoolExecutor

import pytest
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from survey_app.clock import now
from survey_app.db import Database
from survey_app.insights.corrections import Judge, add_mention, correct_mention
from survey_app.insights.generations import in_current
from survey_app.insights.models import AnalysedText, Correction, Mention
from survey_app.insights.own_lessons import count_lessons, read_lessons
from survey_app.insights.recipes import read_recipe
from survey_app.insights.service import analyse_pending
from survey_app.responses.models import Answer
from survey_app.touchpoints.models import TouchpointSetting
from tests.factories import make_response, make_staff_member, make_version

CODE = "own_laadpaal"
PLUGS = "Alle stekkers voor de auto van Jan de Vries waren bezet."


@pytest.fixture
def executor() -> Iterator[Executor]:
    with ThreadPoolExecutor(1) as executor:
        yield executor


def charging_point() -> TouchpointSetting:
    return TouchpointSetting(
        code=CODE,
        is_own=True,
        name_nl="Laadpaal",
        phase="experience",
        cues_nl=["laadpaal"],
        created_at=now(),
        changed_at=now(),
    )


def read_all(database: Database, executor: Executor) -> None:
    while analyse_pending(database, executor):
        pass


def spoken(database: Database) -> list[str]:
    """The texts in which the machine found it by itself."""
    with database.read() as session:
        return list(
            session.scalars(
                select(Answer.text)
                .join(AnalysedText, AnalysedText.answer_id == Answer.id)
                .join(Mention, Mention.analysed_text_id == AnalysedText.id)
                .where(in_current(Mention), Mention.touchpoint == CODE)
                .where(Mention.method != "human")
            )
        )


def text_id(session: Session, words: str) -> int:
    found = select(AnalysedText.id).join(Answer, Answer.id == AnalysedText.answer_id)
    return session.scalars(found.where(Answer.text == words)).one()


def test_what_was_added_is_found_in_the_next_answer(
    session: Session, database: Database, executor: Executor
) -> None:
    version = make_version(session)
    session.add(charging_point())
    make_response(session, version, {"interactions": PLUGS})
    judge = Judge(make_staff_member(session, "researcher").id, now())
    session.commit()
    read_all(database, executor)
    with database.transaction() as judging:
        add_mention(
            judging,
            text_id(judging, PLUGS),
            (0, len(PLUGS)),
            said=(CODE, "negative"),
            judge=judge,
        )
    make_response(
        session, version, {"interactions": "De stekkers voor de auto's zijn bezet"}
    )
    make_response(session, version, {"interactions": "De levering was te laat"})
    session.commit()

    read_all(database, executor)

    assert spoken(database) == ["De stekkers voor de auto's zijn bezet"]
    with database.read() as reading:
        [own] = read_recipe(reading).own
        [passage] = own.lessons.spoken
        assert ("stekkers" in passage.words, "Vries" in passage.words) == (True, False)
        assert count_lessons(reading, CODE).speak == 1


def test_the_last_word_counts_and_an_erased_answer_teaches_no_more(
    session: Session, database: Database, executor: Executor
) -> None:
    version = make_version(session)
    session.add(charging_point())
    response = make_response(session, version, {"interactions": "De laadpaal was vol"})
    judge = Judge(make_staff_member(session, "researcher").id, now())
    session.commit()
    read_all(database, executor)

    def correct(touchpoint: str | None, polarity: str | None) -> None:
        with database.transaction() as judging:
            mention = judging.scalars(
                select(Mention.id).where(in_current(Mention))
            ).one()
            correct_mention(
                judging, mention, touchpoint=touchpoint, polarity=polarity, judge=judge
            )

    def counted() -> tuple[int, int]:
        with database.read() as reading:
            taught = count_lessons(reading, CODE)
            return taught.speak, taught.speak_not

    correct(CODE, "negative")
    assert counted() == (1, 0)
    correct("delivery", "negative")
    assert counted() == (0, 1)
    with database.read() as reading:
        assert read_lessons(reading)[CODE].not_spoken[0].words == "De laadpaal was vol"
    with database.transaction() as erasing:
        erasing.execute(delete(Answer).where(Answer.id == response.answers[0].id))
    assert counted() == (0, 0)
    with database.read() as reading:
        assert reading.scalars(select(Correction)).all() == []


def test_with_the_fifth_correction_all_texts_are_read_again(
    session: Session, database: Database, executor: Executor
) -> None:
    version = make_version(session)
    session.add(charging_point())
    said = [f"Alle stekkers {n} voor de auto waren bezet" for n in range(6)]
    for words in said:
        make_response(session, version, {"interactions": words})
    judge = Judge(make_staff_member(session, "researcher").id, now())
    session.commit()
    read_all(database, executor)

    def add(words: str) -> None:
        with database.transaction() as judging:
            add_mention(
                judging,
                text_id(judging, words),
                (0, len(words)),
                said=(CODE, "negative"),
                judge=judge,
            )
        read_all(database, executor)

    for words in said[:4]:
        add(words)
    assert spoken(database) == []
    add(said[4])
    assert spoken(database) == [said[5]]
