"""What the pages of a draft have in common: how one is opened, saved, shown."""

from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass
from http import HTTPStatus

from flask import abort, redirect, render_template, request
from flask.typing import ResponseReturnValue

from survey_app.accounts.models import StaffMember
from survey_app.db import get_session
from survey_app.questionnaires.document import Data, rewritten
from survey_app.questionnaires.drafts import (
    ChangedElsewhereError,
    find_draft,
    readable,
    save_draft,
)
from survey_app.questionnaires.editing.differences import differences
from survey_app.questionnaires.editing.parts import (
    NoSuchPartError,
    languages_of,
    title_of,
)
from survey_app.questionnaires.findings import Finding, find_places
from survey_app.questionnaires.models import QuestionnaireDraft
from survey_app.questionnaires.pages import who
from survey_app.questionnaires.reading import Reading, inspect_question_set
from survey_app.web.headers import with_frames
from survey_app.web.locale import current_language

Part = Callable[[Data], object]
Change = Callable[[Data], object]
BUTTONS = frozenset({"csrf_token", "row_version", "action"})


@dataclass(frozen=True, slots=True)
class OpenDraft:
    """A draft as its pages show it: what it says, and what is wrong with it."""

    row: QuestionnaireDraft
    data: Data
    reading: Reading
    findings: list[Finding]

    @property
    def name(self) -> str:
        return title_of(self.data, current_language()) or self.row.name

    @property
    def languages(self) -> tuple[str, ...]:
        return languages_of(self.data)

    @property
    def is_readable(self) -> bool:
        return bool(self.data)


def get_row(draft_id: int) -> QuestionnaireDraft:
    return find_draft(get_session(), draft_id) or abort(404)


def open_draft(draft_id: int) -> OpenDraft:
    row = get_row(draft_id)
    reading = inspect_question_set(row.source)
    findings = find_places(reading.problems, row.id)
    return OpenDraft(row, readable(row.source), reading, findings)


def draw(
    template: str, draft: OpenDraft, status: int = HTTPStatus.OK, **words: object
) -> ResponseReturnValue:
    """A page of the editor, which alone may show the preview in a frame."""
    page = render_template(f"drafts/{template}.html", draft=draft, **words)
    return page, status, with_frames()


def save(
    draft_id: int, change: Change, *, part: Part, then: Callable[[], str]
) -> ResponseReturnValue:
    """Keep a change to the draft, unless somebody else changed it in the meantime."""
    row = get_row(draft_id)
    data = readable(row.source)
    try:
        theirs = deepcopy(part(data))
        change(data)
        mine = part(data)
    except NoSuchPartError:
        theirs, mine = None, None
    if mine is None or _posted_version() != row.row_version:
        return _conflict(row, mine, theirs)
    try:
        keep(row, rewritten(row.source, data))
    except ChangedElsewhereError:
        get_session().rollback()
        return _conflict(get_row(draft_id), mine, theirs)
    return redirect(then())


def keep(row: QuestionnaireDraft, source: str) -> None:
    session = get_session()
    if source != row.source:
        save_draft(
            session, row, source=source, row_version=row.row_version, keeper=who()
        )
    session.commit()


def is_stale(row: QuestionnaireDraft) -> bool:
    return _posted_version() != row.row_version


def _posted_version() -> int:
    """What this keeper saw; a form without it saw nothing."""
    sent = request.form.get("row_version", "")
    is_number = sent.isascii() and sent.isdecimal() and len(sent) < 10  # noqa: PLR2004 - a column holds no more
    return int(sent) if is_number else -1


def _conflict(
    row: QuestionnaireDraft, mine: object, theirs: object
) -> ResponseReturnValue:
    """Both, side by side; what was typed is sent again if it is to be kept."""
    other = get_session().get(StaffMember, row.updated_by) if row.updated_by else None
    posted = [
        (name, value)
        for name, value in request.form.items(multi=True)
        if name not in BUTTONS
    ]
    page = render_template(
        "drafts/conflict.html",
        row=row,
        other=other,
        posted=posted,
        gone=mine is None,
        differences=differences(mine, theirs),
        back=request.path,
    )
    return page, HTTPStatus.CONFLICT
