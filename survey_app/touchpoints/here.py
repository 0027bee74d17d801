"""The touchpoints of the workspace that a page is drawn for."""

from flask import has_app_context

from survey_app.db import get_session
from survey_app.touchpoints.catalogue import Catalogue, load_catalogue
from survey_app.touchpoints.queries import read_catalogue


def catalogue_here() -> Catalogue:
    """The shipped one where there is no workspace, as in a command on files."""
    return read_catalogue(get_session()) if has_app_context() else load_catalogue()
