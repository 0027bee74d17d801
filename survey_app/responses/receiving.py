"""Taking in a posted page: keep it first, then judge it, then say where to go."""

from collections.abc import Mapping
from dataclasses import replace

from flask import current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from survey_app.clock import now
from survey_app.questionnaires.path import next_page, previous_page
from survey_app.questionnaires.question_set import Page
from survey_app.responses import asking_back, service
from survey_app.responses.drawing import Trouble
from survey_app.responses.flagging import TRAP, note_trap
from survey_app.responses.form_tokens import FormToken
from survey_app.responses.judging import errors_on, kept_addresses
from survey_app.responses.keeping import PageNote, keep_note, note_sent
from survey_app.responses.legibility import address_book, as_seen, as_stored
from survey_app.responses.merging import Merge, merge
from survey_app.responses.page_views import ResponsePage, least_seconds
from survey_app.responses.posted import as_posted, said_in
from survey_app.responses.resending import send_again
from survey_app.responses.said import NOTHING, Said
from survey_app.responses.steps import INTRO
from survey_app.responses.submitting import HowSent, submit_response
from survey_app.responses.visits import Visit

GOING_ON = frozenset({"next", "skip", "stored"})


def answer_page(
    session: Session, view: ResponsePage, token: FormToken
) -> ResponseReturnValue:
    action = request.form.get("action", "next")
    merged = merge(token.shown, view.visit.said, _posted(view, action))
    judged = action == "next"
    errors = errors_on(view.visit, view.page, request.form) if judged else {}
    trouble = _trouble(merged, errors)
    goes_on = trouble is None and action in GOING_ON
    view = _keep(session, view, token, merged.kept, goes_on=goes_on, trouble=trouble)
    if goes_on and view.sends and first_invalid_page(view.visit) is None:
        return send_response(session, view.visit, view.key, view.language)
    session.commit()
    if trouble is not None:
        return view.draw_posted(trouble), 409 if trouble.conflicts else 422
    vague = _vague_text(view, merged.kept) if action == "next" else None
    if vague is not None:
        return _ask_back(session, view, vague)
    return redirect(_destination(view, action), 303)


def _keep(
    session: Session,
    view: ResponsePage,
    token: FormToken,
    said: Mapping[str, Said],
    *,
    goes_on: bool,
    trouble: Trouble | None,
) -> ResponsePage:
    """Save before judging, and note that the page was sent, and how."""
    visit, place = view.visit, view.place
    visit = service.save_page(
        session,
        visit,
        as_stored(visit, {**said, **asking_back.forgotten_with(visit.said, said)}),
        at=now(),
        passed=place.id if goes_on else None,
        note=_note(view, token, said, goes_on=goes_on, trouble=trouble),
    )
    if request.form.get(TRAP):
        note_trap(session, visit.response_id, at=now())
    return replace(view, visit=as_seen(visit, view.language))


def _note(
    view: ResponsePage,
    token: FormToken,
    said: Mapping[str, Said],
    *,
    goes_on: bool,
    trouble: Trouble | None,
) -> PageNote | None:
    kind = "saved" if trouble is None else "error"
    if view.place is not view.page:  # asked back: only an answer is worth noting
        kind = "told"
        if not (goes_on and {**view.visit.said, **said}.get(view.page.id)):
            return None
    return note_sent(view.place.id, kind, shown_at=token.issued_at, at=now())


def _vague_text(view: ResponsePage, said: Mapping[str, Said]) -> Page | None:
    """The page that asks what a text was about, when that is worth asking."""
    if not view.visit.question_set.settings.ask_back or view.is_correction:
        return None
    if view.visit.change is not None:
        return None
    read = current_app.extensions["touchpoint_reader"]
    return asking_back.find_vague(view.visit, view.page, said, read, view.language)


def _ask_back(session: Session, view: ResponsePage, page: Page) -> ResponseReturnValue:
    """Decided after the answer is safe: reading a text may take its time."""
    visit = view.visit
    note = note_sent(view.page.id, "asked_back", shown_at=None, at=now())
    keep_note(session, visit.response_id, visit.fielding.version_id, note)
    session.commit()
    return redirect(view.url_of(page), 303)


def send_response(
    session: Session, visit: Visit, key: str, language: str
) -> ResponseReturnValue:
    """For the first time, or once more after changing what was sent."""
    how: HowSent = {
        "language": language,
        "at": now(),
        "least_seconds": least_seconds(),
        "addresses": address_book(),
    }
    if visit.change is None:
        submit_response(session, visit, **how)
    else:
        send_again(session, visit, **how)
    session.commit()
    return redirect(url_for("respondent.thanks", key=key, lang=language), 303)


def first_invalid_page(visit: Visit) -> Page | None:
    """The first page that holds something that may not be sent as it is."""
    for page in visit.pages:
        if errors_on(visit, page, as_posted(page, visit.said)):
            return page
    return None


def _posted(view: ResponsePage, action: str) -> Mapping[str, Said]:
    """What this button keeps of what stands on the page."""
    if action == "stored":
        return {}
    kept = kept_addresses(view.visit, view.page)
    posted = {
        name: said
        for name, said in said_in(request.form, view.page).items()
        if said or name not in kept
    }
    return dict.fromkeys(posted, NOTHING) if action == "skip" else posted


def _trouble(merged: Merge, errors: Mapping[str, str]) -> Trouble | None:
    """Which of two answers to keep is asked first, then what is wrong with it."""
    if merged.conflicts:
        return Trouble(conflicts=merged.conflicts)
    return Trouble(errors=errors) if errors else None


def _destination(view: ResponsePage, action: str) -> str:
    language = action.removeprefix("lang:")
    pages, page = view.visit.pages, view.place
    if action == "save_later":
        return view.url_for(".saved")
    if page is INTRO:
        return view.url_of(pages[0])
    if language in view.visit.question_set.languages:
        return view.url_of(view.page, language)
    if action == "back":
        before = previous_page(pages, page) if page is view.page else page
        return view.url_of(before or page)
    following = None if view.is_correction else next_page(pages, page)
    return view.url_for(".check") if following is None else view.url_of(following)
