"""What came in, gathered for the overview."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from survey_app.dashboard import queries
from survey_app.dashboard.queries import WaveCount
from survey_app.dashboard.steps import Workspace
from survey_app.insights.dips import find_worst
from survey_app.insights.figure_filter import FigureFilter
from survey_app.insights.figures import report_touchpoints

LOCAL_TIME = ZoneInfo("Europe/Amsterdam")
DAYS = 14


@dataclass(frozen=True, slots=True, kw_only=True)
class CameIn:
    workspace: Workspace
    slugs: tuple[str, ...]  # of the questionnaires that are open
    waves: Sequence[WaveCount]
    responses: int
    interviews: int
    days: tuple[tuple[date, int], ...]  # responses of the last fourteen


def gather(session: Session, *, at: datetime) -> CameIn:
    waves = queries.list_waves(session)
    responses = queries.count_submitted(session)
    interviews = queries.count_interviews(session)
    slugs = tuple(each.slug for each in queries.list_open_questionnaires(session))
    return CameIn(
        workspace=_workspace(session, slugs=slugs, waves=waves),
        slugs=slugs,
        waves=waves,
        responses=responses,
        interviews=interviews,
        days=_by_day(session, at),
    )


def _workspace(
    session: Session, *, slugs: Sequence[str], waves: Sequence[WaveCount]
) -> Workspace:
    newest = next((wave.id for wave in waves if wave.submitted), None)
    report = report_touchpoints(session, FigureFilter(wave_id=newest))
    shown = [each for each in report.figures if each.point is not None]
    derivation = queries.find_newest_derivation(session)
    return Workspace(
        questionnaires=len(slugs),
        people=queries.count_people(session),
        waves=sum(wave.submitted > 0 for wave in waves),
        unread=queries.count_unread(session),
        personas=len(queries.list_personas(session)),
        derived=derivation is not None and derivation.status != "too_few",
        touchpoints=len(shown),
        worst=find_worst(report),
    )


def _by_day(session: Session, at: datetime) -> tuple[tuple[date, int], ...]:
    today = at.astimezone(LOCAL_TIME).date()
    days = [today - timedelta(days=back) for back in reversed(range(DAYS))]
    since = datetime.combine(days[0], datetime.min.time(), LOCAL_TIME)
    times = queries.list_submission_times(session, since=since)
    counts = Counter(time.astimezone(LOCAL_TIME).date() for time in times)
    return tuple((day, counts[day]) for day in days)
