"""What a keeper does in a browser without JavaScript: fill in a form and send it."""

from typing import Any

from flask.testing import FlaskClient
from lxml import html
from sqlalchemy import Row, select
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

from survey_app.questionnaires.drafts import Keeper, start_draft
from survey_app.questionnaires.models import QuestionnaireDraft
from tests.factories import A_MOMENT, STANDARD

STAFF = "/staff/questionnaires/"
KEEPER = Keeper(None, A_MOMENT)


def make_draft(session: Session, source: str = STANDARD) -> int:
    draft = start_draft(session, source, keeper=KEEPER, name="draft")
    session.commit()
    return draft.id


def stored(session: Session, *columns: Any) -> Row[Any]:
    """The one row there is, as it is now; nothing stays open that others wait for."""
    row = session.execute(select(*columns)).one()
    session.commit()
    return row


def source_of(session: Session, draft_id: int) -> str:
    source = session.scalar(
        select(QuestionnaireDraft.source).where(QuestionnaireDraft.id == draft_id)
    )
    session.commit()
    return str(source)


def form_on(page: TestResponse, at: int = -1, /, **changes: str) -> MultiDict[str, str]:
    """The boxes of a form on a page (the last one) as a browser would send them.

    ``title__nl`` changes the box title.nl.
    """
    assert page.status_code == 200, page.text
    form = html.fromstring(page.text).xpath("//main//form")[at]
    # Browsers leave out the line end after <textarea>, as the HTML standard says.
    boxes = (
        (name, str(value).removeprefix("\n")) for name, value in form.form_values()
    )
    posted = MultiDict(boxes)
    for name, value in changes.items():
        posted[name if name.startswith("answer_") else name.replace("__", ".")] = value
    return posted


def action_of(page: TestResponse) -> str:
    """Where the last form of a page is sent to."""
    return str(html.fromstring(page.text).xpath("//main//form")[-1].get("action"))


def send(
    client: FlaskClient, address: str, action: str = "save", **changes: str
) -> TestResponse:
    """Open a page, change some boxes, press a button."""
    form = form_on(client.get(address), **changes, action=action)
    return client.post(address, data=form)
