"""How much a form may send: little, unless its address says that it takes more."""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, current_app, request

View = TypeVar("View", bound=Callable[..., Any])


def takes_up_to(size: int) -> Callable[[View], View]:
    """For a view that is sent files or long texts: up to so many bytes."""

    def mark(view: View) -> View:
        view.room = size  # type: ignore[attr-defined] # read again below
        return view

    return mark


def init_app(app: Flask) -> None:
    """Before anything reads the form, the check of its CSRF token included."""
    app.before_request(_make_room)


def _make_room() -> None:
    view = current_app.view_functions.get(request.endpoint or "")
    room = getattr(view, "room", None)
    if room is not None:
        request.max_content_length = room
        request.max_form_memory_size = room
