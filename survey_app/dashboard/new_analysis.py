"""The line on staff pages that tells how far a new analysis is."""

from flask.blueprints import BlueprintSetupState
from flask_babel import gettext
from sqlalchemy.exc import DBAPIError

from survey_app.db import get_session
from survey_app.insights.generations import Progress, find_progress
from survey_app.web.filters import count


def add_to_templates(state: BlueprintSetupState) -> None:
    state.app.jinja_env.globals["new_analysis"] = new_analysis


def new_analysis() -> str | None:
    """What to say on any page; None: figures speak of the newest analysis.

    A page that cannot know it is drawn without.
    """
    try:
        progress = find_progress(get_session())
    except DBAPIError:
        return None
    return None if progress is None else say_progress(progress)


def say_progress(progress: Progress) -> str:
    return str(
        gettext(
            "New analysis: %(done)s of %(texts)s texts;"
            " figures change when all of it is ready",
            done=count(progress.done),
            texts=count(progress.texts),
        )
    )
