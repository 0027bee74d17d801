"""Staff page: the audit log."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from survey_app.accounts import access
from survey_app.accounts.permissions import Permission
from survey_app.dashboard import audit_queries as audit
from survey_app.dashboard.audit_words import as_detail, deed
from survey_app.dashboard.paging import read_paging
from survey_app.db import get_session

bp = access.staff_blueprint("audit", __name__, "/staff", Permission.READ_AUDIT)


@bp.get("/audit/")
def list_entries() -> ResponseReturnValue:
    session = get_session()
    actions, people = audit.list_actions(session), audit.list_people(session)
    chosen = audit.read_audit_filter(request.args, actions=actions, people=people)
    paging = read_paging(request.args, audit.count_entries(session, chosen))
    rows = audit.list_entries(session, chosen, limit=paging.size, offset=paging.offset)
    return render_template(
        "audit/list_entries.html",
        rows=rows,
        paging=paging,
        chosen=chosen,
        actions=sorted((str(deed(each)), each) for each in actions),
        people=people,
        nobody=audit.NOBODY,
        deed=deed,
        as_detail=as_detail,
        address={name: value for name, value in request.args.items() if name != "page"},
    )
