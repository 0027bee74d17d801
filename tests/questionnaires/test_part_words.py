"""A page that names a part of a draft says it in words, not in keys."""

import pytest
from flask import Flask
from flask_babel import force_locale

from survey_app.questionnaires.part_words import say_part


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("title.nl", "Vraag of kop · Nederlands"),
        ("options.0.label.en", "Optie 1 · Tekst van de optie · English"),
        ("max_length", "max_length"),
        ("", ""),
    ],
)
def test_parts_are_said_in_words(app: Flask, path: str, said: str) -> None:
    with app.app_context(), force_locale("nl"):
        assert say_part(path) == said
