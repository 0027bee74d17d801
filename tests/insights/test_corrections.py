from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from analysis.records import Mention as FoundMention
from analysis.records import Polarity
from survey_app.accounts.models import AuditEntry, StaffMember
from survey_app.insights.corrections import (
    InvalidCorrectionError,
    Judge,
    MentionGoneError,
    correct_mention,
)
from survey_app.insights.figure_filter import FigureFilter
from survey_app.insights.figures import touchpoint_figures
from survey_app.insights.models import Correction, Mention
from survey_app.insights.overrides import heed_corrections
from tests.factories import (
    A_MOMENT,
    make_mention,
    make_opinion,
    make_staff_member,
    make_version,
)


@pytest.fixture
def researcher(session: Session) -> StaffMember:
    return make_staff_member(session, "researcher")


@pytest.fixture
def mention(session: Session) -> Mention:
    words = "Te laat en te duur"
    return make_opinion(session, make_version(session), -0.8, words=words, end=7)


def spoken(session: Session) -> list[tuple[str, str, float, float, str]]:
    rows = session.scalars(select(Mention).order_by(Mention.id))
    return [
        (row.touchpoint, row.polarity, row.score, row.confidence, row.method)
        for row in rows
    ]


def correct(
    session: Session,
    mention: Mention,
    staff: StaffMember,
    said: tuple[str, str] | tuple[None, None],
) -> Correction:
    touchpoint, polarity = said
    made = correct_mention(
        session,
        mention.id,
        touchpoint=touchpoint,
        polarity=polarity,
        judge=Judge(staff.id, A_MOMENT),
    )
    session.flush()
    return made


def test_a_correction_is_kept_with_what_the_machine_had_said(
    session: Session, mention: Mention, researcher: StaffMember
) -> None:
    made = correct(session, mention, researcher, ("price", "negative"))

    assert (made.answer_id, made.turn_id) == (mention.analysed_text.answer_id, None)
    assert (made.start, made.end, made.quote) == (0, 7, "Te laat")
    assert (made.machine_touchpoint, made.machine_polarity, made.machine_version) == (
        "delivery",
        "negative",
        "1",
    )
    assert (made.touchpoint, made.polarity) == ("price", "negative")
    assert (made.corrected_by, made.corrected_at) == (researcher.id, A_MOMENT)
    assert session.scalars(select(AuditEntry.subject)).all() == [
        f"mention {mention.id}"
    ]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (("price", "negative"), [("price", "negative", -0.6, 1.0, "human")]),
        (("delivery", "positive"), [("delivery", "positive", 0.6, 1.0, "human")]),
        (("delivery", "negative"), [("delivery", "negative", -0.6, 1.0, "human")]),
        ((None, None), []),
    ],
    ids=["other touchpoint", "other polarity", "the machine was right", "nothing"],
)
def test_a_correction_works_at_once(
    session: Session,
    mention: Mention,
    researcher: StaffMember,
    said: tuple[str, str] | tuple[None, None],
    expected: list[tuple[str, str, float, float, str]],
) -> None:
    correct(session, mention, researcher, said)

    assert spoken(session) == expected


def test_a_correction_works_as_it_will_after_a_new_analysis(
    session: Session, mention: Mention, researcher: StaffMember
) -> None:
    make_mention(session, mention.analysed_text, touchpoint="price", start=3, end=18)
    make_mention(session, mention.analysed_text, touchpoint="price", start=8, end=18)
    found = [
        FoundMention(
            start=row.start,
            end=row.end,
            touchpoint=row.touchpoint,
            polarity=Polarity(row.polarity),
            score=row.score,
            confidence=row.confidence,
        )
        for row in session.scalars(select(Mention))
    ]

    made = correct(session, mention, researcher, ("price", "positive"))

    replayed = heed_corrections(found, [made])
    now = session.scalars(select(Mention).order_by(Mention.start)).all()
    assert [(m.start, m.end, m.touchpoint, m.polarity, m.score) for m in now] == [
        (m.start, m.end, m.touchpoint, m.polarity.value, m.score) for m in replayed
    ]


def test_a_second_correction_speaks_of_the_first(
    session: Session, mention: Mention, researcher: StaffMember
) -> None:
    correct(session, mention, researcher, ("price", "negative"))

    second = correct(session, mention, researcher, ("returns", "neutral"))

    assert (second.machine_touchpoint, second.machine_version) == ("price", None)
    assert [row[0] for row in spoken(session)] == ["returns"]


def test_figures_notice_a_correction(
    session: Session, mention: Mention, researcher: StaffMember
) -> None:
    before = touchpoint_figures(session, FigureFilter())

    correct(session, mention, researcher, ("price", "negative"))

    after = touchpoint_figures(session, FigureFilter())
    assert [each.touchpoint for each in (*before, *after)] == ["delivery", "price"]


def test_a_mention_that_is_gone_cannot_be_corrected(
    session: Session, mention: Mention, researcher: StaffMember
) -> None:
    session.delete(mention)
    session.flush()

    with pytest.raises(MentionGoneError):
        correct_mention(
            session,
            mention.id,
            touchpoint=None,
            polarity=None,
            judge=Judge(researcher.id, A_MOMENT + timedelta(days=1)),
        )


@pytest.mark.parametrize("said", [("price", None), (None, "neutral"), ("price", "meh")])
def test_a_touchpoint_comes_with_a_polarity(
    session: Session,
    mention: Mention,
    researcher: StaffMember,
    said: tuple[str | None, str | None],
) -> None:
    touchpoint, polarity = said

    with pytest.raises(InvalidCorrectionError):
        correct_mention(
            session,
            mention.id,
            touchpoint=touchpoint,
            polarity=polarity,
            judge=Judge(researcher.id, A_MOMENT),
        )
