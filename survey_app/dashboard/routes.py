"""Staff pages: the overview, and the figures of touchpoints with their sentences."""

from collections.abc import Sequence

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext

from survey_app.accounts import access
from survey_app.accounts.permissions import Permission
from survey_app.clock import now
from survey_app.dashboard import charts, labels, new_analysis, queries, steps
from survey_app.dashboard.filters import ChosenFilters, read_filters
from survey_app.dashboard.marking import excerpt
from survey_app.dashboard.theme_rows import (
    choose_sentences,
    find_report,
    make_theme_rows,
)
from survey_app.dashboard.touchpoint_rows import (
    draw_trend,
    make_rows,
    may_tell_bases,
    say_change,
)
from survey_app.dashboard.wave_words import say_break, say_comparison
from survey_app.dashboard.workspace import gather
from survey_app.db import get_session
from survey_app.insights.evidence import read_evidence
from survey_app.insights.figures import (
    TouchpointFigure,
    TouchpointReport,
    report_touchpoints,
)
from survey_app.insights.masking import mask_all
from survey_app.insights.sentences import Sentence
from survey_app.touchpoints.here import catalogue_here

bp = access.staff_blueprint("dashboard", __name__, "/staff", Permission.READ_FIGURES)
bp.record_once(labels.add_to_templates)
bp.record_once(new_analysis.add_to_templates)

MIN_PEOPLE_FOR_A_WORD = 5


@bp.get("/")
def overview() -> ResponseReturnValue:
    came_in = gather(get_session(), at=now())
    return render_template(
        "dashboard/overview.html",
        came_in=came_in,
        unread_words=say_unread(came_in.workspace.unread),
        steps=steps.list_steps(came_in.workspace),
        action=steps.next_action(came_in.workspace),
        columns=charts.columns([n for _, n in came_in.days], step=16, height=40),
    )


@bp.get("/unread")
def unread() -> ResponseReturnValue:
    """How much is still to be analysed, for the page that follows along."""
    count = queries.count_unread(get_session())
    return {"unread": count, "words": say_unread(count)}


@bp.get("/new-analysis")
def follow_new_analysis() -> ResponseReturnValue:
    """How far it is, for the line that follows along on every page."""
    words = new_analysis.new_analysis()
    if words is not None:
        return {"busy": True, "words": words}
    return {"busy": False, "words": str(gettext("The new figures are there."))}


def say_unread(count: int) -> str:
    if count == 0:
        return str(gettext("Everything is analysed"))
    return str(ngettext("%(num)d text to go", "%(num)d texts to go", count))


@bp.get("/touchpoints/")
def touchpoints() -> ResponseReturnValue:
    session = get_session()
    chosen = read_filters(session, request.args)
    report = report_touchpoints(session, chosen.figures)
    figure = report.find(request.args.get("touchpoint", ""))
    rows = make_rows(report.figures)
    if figure is None and rows and rows[0].figure.point:
        figure = rows[0].figure
    return render_template(
        "dashboard/touchpoints.html",
        chosen=chosen,
        report=report,
        rows=rows,
        unspoken=_unspoken(report.figures),
        figure=figure,
        comparison_words=_comparison_words(report),
        **_trend(figure),
        **_themes(chosen, figure),
        **_evidence(chosen, figure),
    )


def _comparison_words(report: TouchpointReport) -> list[str]:
    """Nothing needs saying where both waves were asked the same version."""
    comparison = report.comparison
    if comparison is None or (comparison.is_possible and not comparison.spans_versions):
        return []
    return list(say_comparison(comparison))


def _trend(figure: TouchpointFigure | None) -> dict[str, object]:
    if figure is None or figure.point is None:
        return {"trend": None}
    return {
        "trend": draw_trend(figure),
        "tells_bases": may_tell_bases(figure),
        "breaks": [(each, say_break(each)) for each in figure.breaks],
    }


def _themes(
    chosen: ChosenFilters, figure: TouchpointFigure | None
) -> dict[str, object]:
    found = find_report(chosen, figure)
    return {"themes": found, "theme_rows": make_theme_rows(found)}


def _evidence(
    chosen: ChosenFilters, figure: TouchpointFigure | None
) -> dict[str, object]:
    """Quotes and words behind a figure, which small bases do not get."""
    if figure is None or figure.point is None:
        return {"quotes": (), "cues": (), "change": None}
    found = read_evidence(
        get_session(),
        chosen.figures,
        figure.touchpoint,
        at_least=MIN_PEOPLE_FOR_A_WORD,
    )
    quotes = _readable(found.quotes)
    return {
        "quotes": [(each, excerpt(each)) for each in quotes],
        "personas": _personas_of(quotes),
        "cues": found.cues,
        "change": say_change(figure),
    }


def _unspoken(figures: Sequence[TouchpointFigure]) -> list[str]:
    spoken = {figure.touchpoint for figure in figures}
    return [code for code in catalogue_here().touchpoints if code not in spoken]


def _readable(sentences: Sequence[Sentence]) -> Sequence[Sentence]:
    """Masked, but for those who may read whole responses anyway."""
    whole = access.may(Permission.READ_RESPONSES)
    return sentences if whole else mask_all(sentences)


def _personas_of(sentences: Sequence[Sentence]) -> dict[int, object]:
    people = {each.respondent_id for each in sentences}
    return {**queries.list_personas_of(get_session(), sorted(people))}


@bp.get("/touchpoints/<touchpoint>/sentences")
def sentences(touchpoint: str) -> ResponseReturnValue:
    session = get_session()
    chosen = read_filters(session, request.args)
    report = report_touchpoints(session, chosen.figures)
    figure = report.find(touchpoint)
    if figure is None and touchpoint not in catalogue_here().touchpoints:
        abort(404)
    shown = figure is not None and figure.point is not None
    found = choose_sentences(chosen, touchpoint, figure, request.args)
    readable = _readable(found.sentences)
    return render_template(
        "dashboard/sentences.html",
        chosen=chosen,
        touchpoint=touchpoint,
        report=report,
        figure=figure if shown else None,
        found=found,
        quotes=[(each, excerpt(each, room=400)) for each in readable],
        personas=_personas_of(readable),
    )
