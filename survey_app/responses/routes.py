"""The pages a respondent sees."""

from flask import Blueprint

from survey_app.accounts import access

bp = Blueprint("respondent", __name__, template_folder="templates")
bp.before_request(access.anyone)
