import time

import numpy as np
import pytest
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from analysis.trained_encoder import load_encoder
from survey_app.db import Database
from survey_app.insights import themes
from survey_app.insights.figure_filter import FigureFilter
from survey_app.insights.models import AnalysedText, Mention, MentionVector
from survey_app.insights.themes import ThemeReport, report_themes
from survey_app.insights.vectors import pack, read_meanings, unpack
from tests.analysis.themes.sentences import DUTCH
from tests.factories import make_opinion, make_version

EVERYTHING = FigureFilter()
TOLD = [(theme, text) for theme, texts in DUTCH.items() for text in texts]


def tell(session: Session) -> list[Mention]:
    version = make_version(session)
    mentions = [
        make_opinion(session, version, -0.5, words=text, end=len(text))
        for _theme, text in TOLD
    ]
    session.commit()
    return mentions


def give_vectors(session: Session, mentions: list[Mention], *, but_last: int) -> None:
    """Sentences of one theme point one way, except that "box" goes with "late"."""
    directions = np.eye(len(DUTCH), dtype=np.float32)
    place = {theme: number for number, theme in enumerate(DUTCH)} | {"box": 0}
    packed = pack(directions[[place[theme] for theme, _text in TOLD]])
    for mention, vector in list(zip(mentions, packed, strict=True))[
        : len(mentions) - but_last
    ]:
        session.add(MentionVector(mention_id=mention.id, made_by="test", vector=vector))
    session.commit()


def report(database: Database) -> ThemeReport:
    with database.read() as session:
        found = report_themes(
            database, session, EVERYTHING, "delivery", mentions=len(TOLD)
        )
    assert found is not None
    return found


def test_stored_vectors_gather_the_sentences(
    session: Session, database: Database
) -> None:
    mentions = tell(session)
    by_words = report(database)
    give_vectors(session, mentions, but_last=0)
    by_vectors = report(database)

    late_or_box = {theme.base for theme in by_vectors.languages[0].themes}
    assert len(DUTCH["late"]) + len(DUTCH["box"]) in late_or_box
    assert by_words != by_vectors


def test_what_the_encoder_has_still_to_read_is_told_and_left_out(
    session: Session, database: Database
) -> None:
    give_vectors(session, tell(session), but_last=3)

    found = report(database)

    assert found.waiting == 3
    assert found.languages[0].base == len(TOLD) - 3


def test_before_half_is_read_words_decide(session: Session, database: Database) -> None:
    give_vectors(session, tell(session), but_last=20)

    found = report(database)

    assert (found.waiting, found.languages[0].base) == (0, len(TOLD))


def test_many_mentions_are_grouped_beside_the_page(
    session: Session, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(themes, "AT_ONCE", 10)
    tell(session)
    with database.read() as reading:
        first = report_themes(
            database, reading, EVERYTHING, "delivery", mentions=len(TOLD)
        )
    assert first is None

    found = None
    for _try in range(200):
        with database.read() as reading:
            found = report_themes(
                database, reading, EVERYTHING, "delivery", mentions=len(TOLD)
            )
        if found is not None:
            break
        time.sleep(0.05)

    assert found is not None
    assert found.find("nl:verzendkosten te hoog") is not None


def test_vectors_go_with_their_mention(session: Session) -> None:
    mentions = tell(session)
    give_vectors(session, mentions, but_last=0)

    session.execute(
        delete(AnalysedText).where(AnalysedText.id == mentions[0].analysed_text_id)
    )
    session.commit()

    assert session.scalar(select(func.count(MentionVector.mention_id))) == len(TOLD) - 1


@pytest.mark.skipif(load_encoder() is None, reason="the encoder has no weights here")
def test_the_worker_reads_each_mention_once(
    session: Session, database: Database
) -> None:
    tell(session)

    rounds = 0
    while read_meanings(database):
        rounds += 1

    assert rounds == 1
    session.rollback()
    stored = session.scalars(select(MentionVector)).all()
    assert len(stored) == len(TOLD)
    assert len({row.made_by for row in stored}) == 1


def test_packed_vectors_keep_their_angles() -> None:
    rng = np.random.default_rng(7)
    vectors = rng.normal(size=(50, 384)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)

    again = unpack(pack(vectors))

    assert np.abs(again @ again.T - vectors @ vectors.T).max() < 0.01
