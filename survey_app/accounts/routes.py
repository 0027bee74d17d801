"""Staff pages: who has an account, with which role."""

from flask import render_template
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from survey_app.accounts import access
from survey_app.accounts.models import StaffMember
from survey_app.accounts.permissions import Permission
from survey_app.db import get_session

bp = access.staff_blueprint("accounts", __name__, "/staff", Permission.MANAGE_STAFF)


@bp.get("/accounts/")
def list_accounts() -> ResponseReturnValue:
    staff = get_session().scalars(
        select(StaffMember)
        .order_by(StaffMember.email)
        .options(selectinload(StaffMember.roles))
    )
    return render_template("accounts/list_accounts.html", staff=staff.all())
