from collections.abc import Callable
from datetime import date, timedelta

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from analysis.histograms import Histogram
from analysis.journey import histograms_by_touchpoint, summarise
from survey_app.insights.figure_filter import Audience, FigureFilter
from survey_app.insights.figures import (
    SEED,
    TouchpointReport,
    report_touchpoints,
    touchpoint_figures,
)
from survey_app.insights.generations import begin_generation, count_done
from survey_app.insights.models import Mention
from survey_app.questionnaires.models import Wave
from survey_app.respondents.models import Respondent
from tests.factories import (
    A_MOMENT,
    A_MONDAY,
    make_analysed_text,
    make_mention,
    make_opinion,
    make_respondent,
    make_response,
    make_version,
    make_wave,
)

EVERYTHING = FigureFilter()


def test_touchpoint_figures_of_an_empty_workspace_are_none(session: Session) -> None:
    assert report_touchpoints(session, EVERYTHING) == TouchpointReport(
        figures=(), base=0, mentions=0, comparison=None
    )


def test_touchpoint_figures_count_people_and_agree_with_the_analysis(
    session: Session,
) -> None:
    version = make_version(session)
    rows: list[tuple[str, str, float]] = []
    scores = [-1.0, -0.55, -0.2, 0.0, 0.1, 0.35, 0.8]
    for number, score in enumerate(scores):
        mention = make_opinion(session, version, score)
        make_mention(session, mention.analysed_text, score=score - 0.1)
        person = str(number)
        rows += [(person, "delivery", score), (person, "delivery", score - 0.1)]

    [figure] = touchpoint_figures(session, EVERYTHING)

    [expected] = summarise(histograms_by_touchpoint(rows), seed=SEED)
    assert (figure.base, figure.mentions) == (7, 14)
    assert figure.point is not None
    assert figure.point.share_negative == expected.share_negative
    assert figure.point.share_positive == expected.share_positive
    assert figure.point.mean == pytest.approx(expected.mean, abs=0.03)


@pytest.mark.parametrize(
    ("mean", "expected"),
    [
        (0.1, "neutral"),
        (0.101, "positive"),
        (0.12, "positive"),
        (-0.1, "neutral"),
        (-0.101, "negative"),
        (0.0, "neutral"),
    ],
)
def test_counting_in_steps_never_crosses_the_edge_of_neutral(
    session: Session, mean: float, expected: str
) -> None:
    version = make_version(session)
    for _ in range(5):
        make_opinion(session, version, mean)

    [figure] = touchpoint_figures(session, EVERYTHING)

    assert figure.point is not None
    shares = {
        "negative": figure.point.share_negative.value,
        "neutral": figure.point.share_neutral.value,
        "positive": figure.point.share_positive.value,
    }
    assert shares == {"negative": 0, "neutral": 0, "positive": 0, expected: 1}


def test_under_five_people_there_is_a_base_and_no_point(session: Session) -> None:
    version = make_version(session)
    for _ in range(4):
        make_opinion(session, version, -0.6)

    [figure] = touchpoint_figures(session, EVERYTHING)

    assert (figure.base, figure.point, figure.change) == (4, None, None)
    assert [(week.base, week.mean) for week in figure.weeks] == [(4, None)]


def test_the_most_negative_comes_first_and_what_may_not_be_shown_last(
    session: Session,
) -> None:
    version = make_version(session)
    for touchpoint, score, people in [
        ("product", 0.8, 5),
        ("website", -1.0, 4),
        ("delivery", -0.5, 5),
    ]:
        for _ in range(people):
            make_opinion(session, version, score, touchpoint=touchpoint)

    figures = touchpoint_figures(session, EVERYTHING)

    assert [each.touchpoint for each in figures] == ["delivery", "product", "website"]


@pytest.mark.parametrize(
    ("filters", "base"),
    [
        (FigureFilter(language="en"), 1),
        (FigureFilter(role="why_us"), 2),
        (FigureFilter(source="interview"), 3),
        (FigureFilter(language="en", role="why_us"), 0),
    ],
)
def test_filters_say_whose_words_count(
    session: Session, filters: FigureFilter, base: int
) -> None:
    version = make_version(session)
    make_opinion(session, version, 0.5, language="en")
    for _ in range(2):
        make_opinion(session, version, 0.5, role="why_us")
    for _ in range(3):
        make_opinion(session, version, 0.5, source="interview")

    assert report_touchpoints(session, filters).base == base


def test_an_audience_is_some_of_the_respondents(session: Session) -> None:
    version = make_version(session)
    wanted = [make_opinion(session, version, 0.5).respondent_id for _ in range(2)]
    make_opinion(session, version, 0.5)
    audience = Audience("two", select(Respondent.id).where(Respondent.id.in_(wanted)))

    report = report_touchpoints(session, FigureFilter(audience=audience))

    assert (report.base, report.mentions) == (2, 2)


def test_weeks_are_whole_and_those_under_five_people_say_nothing(
    session: Session,
) -> None:
    version = make_version(session)
    later = A_MONDAY + timedelta(weeks=2)
    for _ in range(5):
        make_opinion(session, version, 0.5)
        make_opinion(session, version, -0.25, week=later.toordinal())
    make_opinion(session, version, -1, week=(A_MONDAY + timedelta(weeks=1)).toordinal())

    [figure] = touchpoint_figures(session, EVERYTHING)

    assert [(week.week, week.base, week.mean) for week in figure.weeks] == [
        (A_MONDAY, 5, 1.0),
        (A_MONDAY + timedelta(weeks=1), 1, None),
        (later, 5, -0.5),
    ]


Waves = tuple[Wave, Wave]


@pytest.fixture
def fill_waves(session: Session) -> Callable[..., Waves]:
    """Thirty customers in each of two waves, asked the same or not."""

    def fill(*, reworded: bool = False) -> Waves:
        version = make_version(session)
        newer = make_version(session, content_hash="1" * 64) if reworded else version
        first = make_wave(session, version, name="Een", starts_on=date(2026, 3, 1))
        second = make_wave(session, version, name="Twee", starts_on=date(2026, 9, 1))
        for number in range(30):
            make_opinion(session, version, 0.5 + number / 100, wave=first)
            make_opinion(session, newer, -0.7 + number / 100, wave=second)
        return first, second

    return fill


def test_a_wave_is_compared_with_the_one_before(
    session: Session, fill_waves: Callable[..., Waves]
) -> None:
    first, second = fill_waves()

    report = report_touchpoints(session, FigureFilter(wave_id=second.id))

    figure = report.find("delivery")
    assert figure is not None
    assert figure.change is not None
    assert figure.negative_before is not None
    assert (report.compared_with, figure.change.verdict.value) == ("Een", "down")
    assert figure.negative_before.value == 0
    earliest = report_touchpoints(session, FigureFilter(wave_id=first.id))
    assert (earliest.compared_with, earliest.comparison) == (None, None)


def test_waves_that_asked_other_questions_are_not_compared(
    session: Session, fill_waves: Callable[..., Waves]
) -> None:
    _, second = fill_waves(reworded=True)

    report = report_touchpoints(session, FigureFilter(wave_id=second.id))

    assert report.comparison is not None
    assert (report.compared_with, report.comparison.is_possible) == (None, False)
    assert [figure.change for figure in report.figures] == [None]


def test_a_report_is_remembered_until_the_data_change(session: Session) -> None:
    version = make_version(session)
    mention = make_opinion(session, version, -0.6)
    first = report_touchpoints(session, EVERYTHING)

    again = report_touchpoints(session, EVERYTHING)
    make_opinion(session, version, -0.6)
    after = report_touchpoints(session, EVERYTHING)

    assert again is first
    assert (first.base, after.base) == (1, 2)
    session.delete(mention)
    session.flush()
    assert report_touchpoints(session, EVERYTHING).base == 1


def test_a_new_analysis_is_noticed(session: Session) -> None:
    number = begin_generation(session, "1", texts=1, at=A_MOMENT)
    make_opinion(session, make_version(session), -0.6)
    before = report_touchpoints(session, EVERYTHING)

    session.execute(update(Mention).values(touchpoint="price"))
    count_done(session, number, done=1, new=0)
    after = report_touchpoints(session, EVERYTHING)

    assert [each.touchpoint for each in before.figures] == ["delivery"]
    assert [each.touchpoint for each in after.figures] == ["price"]


def test_somebody_in_two_waves_counts_once_over_both(session: Session) -> None:
    version = make_version(session)
    person = make_respondent(session)
    for _ in range(2):
        response = make_response(
            session, version, {"why_us": "Snel"}, respondent=person
        )
        make_mention(session, make_analysed_text(session, response.answers[0]), score=1)

    [figure] = touchpoint_figures(session, EVERYTHING)

    assert (figure.base, figure.mentions) == (1, 2)
    assert figure.histogram == Histogram(values=(1.0,), counts=(1,))
