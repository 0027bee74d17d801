"""Judging in a row: what counts, what comes next, and taking it back."""

from collections import Counter
from datetime import timedelta

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from survey_app.accounts.models import StaffMember
from survey_app.db import Database
from survey_app.insights.corrections import (
    Drawn,
    Judge,
    MentionGoneError,
    add_mention,
    correct_mention,
)
from survey_app.insights.engine import make_executor
from survey_app.insights.judging import (
    NotJudgedYetError,
    count_today,
    judge_complete,
    pass_over,
    undo_last,
)
from survey_app.insights.models import AnalysedText, Correction, Mention
from survey_app.insights.review_queue import Item, find_next
from survey_app.insights.service import analyse_pending
from survey_app.responses.models import Answer
from tests.factories import (
    A_MOMENT,
    make_analysed_text,
    make_mention,
    make_opinion,
    make_response,
    make_staff_member,
    make_version,
)

WORDS = "Te laat en te duur"
Row = tuple[str, str, float, float, str, int, int]


@pytest.fixture
def staff(session: Session) -> StaffMember:
    return make_staff_member(session, "researcher")


@pytest.fixture
def mention(session: Session) -> Mention:
    return make_opinion(
        session,
        make_version(session),
        -0.8,
        words=WORDS,
        end=7,
        confidence=0.4,
        cues=["te laat"],
        emotion="anger",
        stance="thought",
    )


def analyse(database: Database) -> None:
    with make_executor(processes=1, dask_scheduler=None) as executor:
        analyse_pending(database, executor)


def rows(session: Session) -> list[tuple[object, ...]]:
    names = ("touchpoint", "polarity", "score", "confidence", "method", "cues")
    places = ("start", "end", "emotion", "stance")
    return [
        tuple(getattr(row, name) for name in (*names, *places))
        for row in session.scalars(select(Mention).order_by(Mention.start, Mention.id))
    ]


def judge(staff: StaffMember, minutes: int = 0, drawn: Drawn | None = None) -> Judge:
    at = A_MOMENT + timedelta(minutes=minutes)
    return Judge(staff.id, at, drawn or Drawn.UNCERTAIN)


def say(
    session: Session, mention_id: int, said: tuple[str, str] | None, by: Judge
) -> Correction:
    touchpoint, polarity = said or (None, None)
    return correct_mention(
        session, mention_id, touchpoint=touchpoint, polarity=polarity, judge=by
    )


@pytest.mark.parametrize(
    "said", [None, ("price", "negative"), ("delivery", "positive")]
)
def test_undo_brings_back_what_the_machine_said(
    session: Session,
    mention: Mention,
    staff: StaffMember,
    said: tuple[str, str] | None,
) -> None:
    text = mention.analysed_text
    make_mention(session, text, touchpoint="price", start=8, end=18, cues=["duur"])
    before = rows(session)

    say(session, mention.id, said, judge(staff))
    changed = rows(session)
    assert undo_last(session, staff.id, A_MOMENT)

    assert changed != before
    assert rows(session) == before
    assert session.scalars(select(Correction)).all() == []


def test_undo_goes_back_one_by_one_and_no_further_than_today(
    session: Session, mention: Mention, staff: StaffMember
) -> None:
    text_id = mention.analysed_text_id
    say(session, mention.id, ("delivery", "negative"), judge(staff, -60 * 24))
    add_mention(
        session, text_id, (8, 18), said=("price", "negative"), judge=judge(staff, 1)
    )
    judge_complete(session, text_id, judge(staff, 2))

    assert [undo_last(session, staff.id, A_MOMENT) for _ in range(3)] == [
        True,
        True,
        False,
    ]
    assert [row[0] for row in rows(session)] == ["delivery"]
    assert [row[4] for row in rows(session)] == ["human"]


def test_undo_leaves_alone_what_others_judged_and_what_was_met_in_passing(
    session: Session, mention: Mention, staff: StaffMember
) -> None:
    other = make_staff_member(session, "marketer")
    say(session, mention.id, ("price", "negative"), judge(other))
    say(session, mention.id, None, Judge(staff.id, A_MOMENT))

    assert not undo_last(session, staff.id, A_MOMENT)
    assert rows(session) == []


def test_a_missed_mention_is_there_and_stays_after_a_new_analysis(
    session: Session, database: Database, staff: StaffMember
) -> None:
    response = make_response(session, make_version(session), {"why_us": "Tja zeg"})
    text = make_analysed_text(session, response.answers[0])
    add_mention(session, text.id, (0, 7), said=("app", "positive"), judge=judge(staff))
    response.answers[0].analysis_version = None
    session.commit()

    analyse(database)

    [row] = rows(session)
    assert row[:2] == ("app", "positive")


@pytest.mark.parametrize("span", [(0, 0), (3, 99), (-1, 3)])
def test_evidence_lies_within_the_text(
    session: Session, mention: Mention, staff: StaffMember, span: tuple[int, int]
) -> None:
    with pytest.raises(MentionGoneError):
        add_mention(
            session,
            mention.analysed_text_id,
            span,
            said=("app", "positive"),
            judge=judge(staff),
        )


def test_a_text_is_complete_only_when_each_mention_was_judged(
    session: Session, mention: Mention, staff: StaffMember
) -> None:
    with pytest.raises(NotJudgedYetError):
        judge_complete(session, mention.analysed_text_id, judge(staff))


def test_of_a_complete_text_a_new_analysis_adds_nothing(
    session: Session, database: Database, staff: StaffMember
) -> None:
    words = "De levering was veel te laat."
    make_response(session, make_version(session), {"interactions": words})
    session.commit()
    analyse(database)
    found = session.scalars(select(Mention)).one()
    text_id = found.analysed_text_id
    say(session, found.id, None, judge(staff))
    judge_complete(session, text_id, judge(staff))
    session.execute(delete(Correction))  # as if the mention had not been there then
    session.execute(update(Answer).values(analysis_version=None))
    session.commit()

    analyse(database)

    session.expire_all()
    text = session.scalars(select(AnalysedText)).one()
    assert rows(session) == []
    assert [each["touchpoint"] for each in text.machine_said or ()] == ["delivery"]


def test_a_new_analysis_keeps_what_the_machine_says_of_judged_texts_only(
    session: Session, database: Database, staff: StaffMember
) -> None:
    version = make_version(session)
    words = "De levering was veel te laat."
    for _ in range(2):
        make_response(session, version, {"interactions": words})
    session.commit()
    analyse(database)
    first = session.scalars(select(Mention).order_by(Mention.id)).first()
    assert first is not None
    answer_id, text = first.analysed_text.answer_id, first.analysed_text
    say(session, first.id, None, judge(staff))
    said = text.machine_said
    session.execute(update(Answer).values(analysis_version=None))
    session.commit()

    analyse(database)

    session.expire_all()
    kept = {
        text.answer_id: text.machine_said
        for text in session.scalars(select(AnalysedText))
    }
    assert kept.pop(answer_id) == said
    assert list(kept.values()) == [None]


def doubt(
    session: Session, confidence: float, touchpoint: str, language: str = "nl"
) -> Mention:
    version = make_version(session)
    return make_opinion(
        session,
        version,
        -0.5,
        confidence=confidence,
        touchpoint=touchpoint,
        language=language,
    )


def test_the_least_sure_comes_first(session: Session, staff: StaffMember) -> None:
    doubt(session, 0.7, "delivery")
    unsure = doubt(session, 0.3, "delivery")

    item = find_next(session, staff.id, A_MOMENT)

    assert item == Item(unsure.analysed_text_id, unsure.id, Drawn.UNCERTAIN)


def test_no_touchpoint_fills_the_queue(session: Session, staff: StaffMember) -> None:
    for number in range(12):
        doubt(session, 0.30 + number / 1000, "delivery")
    for touchpoint in ("price", "app"):
        for number in range(12):
            doubt(session, 0.33 + number / 1000, touchpoint)

    asked: Counter[str] = Counter()
    for minute in range(20):
        item = find_next(session, staff.id, A_MOMENT)
        assert item is not None
        if item.drawn is Drawn.RANDOM or item.mention_id is None:
            pass_over(session, item.text_id, judge(staff, minute, Drawn.RANDOM))
            continue
        mention = session.get_one(Mention, item.mention_id)
        asked[mention.touchpoint] += 1
        said = (mention.touchpoint, mention.polarity)
        say(session, mention.id, said, judge(staff, minute))

    assert len(asked) == 3
    assert max(asked.values()) <= 7


def test_every_third_time_a_random_text_is_asked_everything_of(
    session: Session, staff: StaffMember
) -> None:
    for number in range(9):
        mention = doubt(session, 0.3 + number / 100, "delivery")
        make_mention(session, mention.analysed_text, touchpoint="price", start=6, end=9)
    drawn = []
    for minute in range(10):
        item = find_next(session, staff.id, A_MOMENT)
        assert item is not None
        drawn.append((item.drawn.value, item.mention_id is not None))
        by = judge(staff, minute, item.drawn)
        if item.mention_id is None:
            judge_complete(session, item.text_id, by)
        else:
            say(session, item.mention_id, None, by)

    kinds = [kind for kind, _ in drawn]
    assert kinds[:3] == ["uncertain", "uncertain", "random"]
    first_end = drawn.index(("random", False))
    assert set(kinds[2 : first_end + 1]) == {"random"}
    assert kinds[first_end + 1 : first_end + 3] == ["uncertain", "uncertain"]


def test_what_was_passed_over_comes_to_somebody_else(
    session: Session, mention: Mention, staff: StaffMember
) -> None:
    other = make_staff_member(session, "marketer")

    pass_over(session, mention.analysed_text_id, judge(staff))
    session.flush()

    assert find_next(session, staff.id, A_MOMENT) is None
    assert find_next(session, other.id, A_MOMENT) is not None
    assert count_today(session, staff.id, A_MOMENT) == 0


def test_today_counts_judgements(
    session: Session, mention: Mention, staff: StaffMember
) -> None:
    say(session, mention.id, None, judge(staff))
    judge_complete(session, mention.analysed_text_id, judge(staff, 1))

    assert count_today(session, staff.id, A_MOMENT) == 2
    assert count_today(session, staff.id, A_MOMENT + timedelta(days=1)) == 0


def test_the_random_order_does_not_follow_the_questions(
    session: Session, staff: StaffMember
) -> None:
    """Each response has four answers; of the first texts drawn each has its share."""
    version = make_version(session)
    roles = ("why_us", "interactions", "findability", "website_experience")
    for _ in range(60):
        response = make_response(session, version, dict.fromkeys(roles, "Tja"))
        for answer in response.answers:
            make_analysed_text(session, answer)
    drawn: Counter[str | None] = Counter()
    for minute in range(80):
        item = find_next(session, staff.id, A_MOMENT)
        assert item is not None
        text = session.get_one(AnalysedText, item.text_id)
        drawn[text.role] += 1
        judge_complete(session, text.id, judge(staff, minute, Drawn.RANDOM))
        session.flush()

    assert all(10 <= drawn[role] <= 32 for role in roles)
