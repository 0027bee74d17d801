"""Klantreis: surveys and interviews in, the customer's journey out."""

from flask import Flask

from survey_app.config import Settings


def create_app(settings: Settings | None = None) -> Flask:
    """The application, as a WSGI server asks for it."""
    # Imported here, so that a command that needs no pages does not wait for them.
    from survey_app.application import build_app  # noqa: PLC0415

    return build_app(settings)
