"""Staff page: how well the analysis reads the texts of this organisation."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from survey_app.accounts import access
from survey_app.accounts.permissions import Permission
from survey_app.dashboard.filters import LANGUAGES
from survey_app.dashboard.paging import read_paging
from survey_app.dashboard.quality_page import (
    OUTCOMES,
    changes_at,
    choose,
    draw_cases,
    draw_changes,
    of_language,
)
from survey_app.db import get_session
from survey_app.insights.reading_quality import (
    at_random,
    calibrate,
    measure,
    read_cases,
)
from survey_app.insights.review_limit import LIMITS, find_limit
from survey_app.insights.version_comparison import compare_versions, find_versions

bp = access.staff_blueprint("quality", __name__, "/staff/review", Permission.CORRECT)


@bp.get("/quality")
def show() -> ResponseReturnValue:
    session = get_session()
    language = request.args.get("language")
    language = language if language in LANGUAGES else None
    cases = of_language(read_cases(session), language)
    drawn = at_random(cases)
    return render_template(
        "review/quality.html",
        language=language,
        rows=measure(drawn),
        judged=len({case.key for case in drawn}),
        bins=[each for each in calibrate(cases) if each.base],
        limit=find_limit(session),
        limits=LIMITS,
        may_set=access.may(Permission.MANAGE_RESPONSES),
    )


@bp.get("/quality/sentences")
def show_cases() -> ResponseReturnValue:
    session = get_session()
    chosen = choose(read_cases(session), request.args)
    paging = read_paging(request.args, len(chosen))
    address = {
        name: request.args[name]
        for name in ("touchpoint", "language", "figure", "sure")
        if request.args.get(name)
    }
    return render_template(
        "review/cases.html",
        cases=draw_cases(session, chosen[paging.offset :][: paging.size]),
        paging=paging,
        address=address,
        outcomes=OUTCOMES,
    )


@bp.get("/versions")
def show_versions() -> ResponseReturnValue:
    session = get_session()
    versions = find_versions(session)
    if versions is None:
        return render_template("review/versions.html", versions=None)
    found = compare_versions(session, versions)
    changes = changes_at(found.changes, request.args.get("touchpoint"))
    paging = read_paging(request.args, len(changes))
    return render_template(
        "review/versions.html",
        versions=versions,
        found=found,
        changes=draw_changes(session, changes[paging.offset :][: paging.size]),
        touchpoint=request.args.get("touchpoint"),
        paging=paging,
    )
