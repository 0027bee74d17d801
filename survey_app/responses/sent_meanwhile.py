"""A page that comes after its response was sent: what it says is not lost unseen."""

from collections.abc import Mapping

from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from survey_app.clock import now
from survey_app.responses import notices
from survey_app.responses.changing import may_change
from survey_app.responses.said import NOTHING, Said
from survey_app.responses.visits import Visit


def tell_of_unsent(
    visit: Visit, said: Mapping[str, Said], onward: str
) -> ResponseReturnValue | None:
    """For a page that comes after the response was sent, as from another window.

    None when it says nothing that was not sent, or nothing can be done about it.
    """
    sent = visit.as_sent.said
    unsent = [it for name, it in said.items() if it != sent.get(name, NOTHING)]
    if not unsent or not may_change(visit, at=now()):
        return None
    advice = _("What you sent counts. What you filled in here was not sent with it.")
    page = notices.notice(
        _("Your answers were sent already, perhaps in another window"),
        [advice, _("You can change what you sent; begin at the last page.")],
        question_set=visit.question_set,
        typed=[answer.text for answer in unsent if answer.text],
        onward=onward,
    )
    return page, 409
