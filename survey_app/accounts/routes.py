"""Staff pages: who has an account, with which role."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from survey_app.accounts import access
from survey_app.accounts.models import StaffMember
from survey_app.accounts.permissions import Permission
from survey_app.db import get_session

bp = Blueprint("accounts", __name__, url_prefix="/staff", template_folder="templates")
bp.before_request(access.requires(Permission.MANAGE_STAFF))


@bp.get("/accounts/")
def list_accounts() -> ResponseReturnValue:
    staff = get_session().scalars(
        select(StaffMember)
        .order_by(StaffMember.email)
        .options(selectinload(StaffMember.roles))
    )
    return render_template("accounts/list_accounts.html", staff=staff.all())
