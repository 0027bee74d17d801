"""How much a form may send: little, unless its address says that it takes more."""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, current_app, request, session

SIGNED_IN = "_user_id"  # Flask-Login's; the cookie is signed, and no row is read
MOST_IN_MEMORY = 8 << 20  # of fields; files go to disk as they come in

View = TypeVar("View", bound=Callable[..., Any])


def takes_up_to(size: int, *, signed_in: bool = False) -> Callable[[View], View]:
    """For a view that is sent files or long texts: up to so many bytes.

    ``signed_in`` keeps that room for who carries a session of ours.
    """

    def mark(view: View) -> View:
        view.room = size  # type: ignore[attr-defined] # read again below
        view.signed_in = signed_in  # type: ignore[attr-defined] # likewise
        return view

    return mark


def init_app(app: Flask) -> None:
    """Before anything reads the form, the check of its CSRF token included."""
    app.before_request(_make_room)


def room_here() -> int | None:
    """What the address of this request takes; None where it is as everywhere."""
    view = current_app.view_functions.get(request.endpoint or "")
    room: int | None = getattr(view, "room", None)
    needs_session = getattr(view, "signed_in", False)
    return None if needs_session and SIGNED_IN not in session else room


def _make_room() -> None:
    room = room_here()
    if room is not None:
        request.max_content_length = room
        request.max_form_memory_size = min(room, MOST_IN_MEMORY)
