"""Exports through the API: ordered, made by the worker, downloaded."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask

from survey_app.config import Settings
from survey_app.db import Database
from survey_app.worker import ERRANDS
from tests.api.program import Program
from tests.api.test_responses import new_response

Programs = Callable[..., Program]
pytestmark = pytest.mark.usefixtures("published")


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    usual = Settings(database_url=database_url, secret_key="a key for tests only")
    return replace(usual, instance=tmp_path)


def test_export_is_ordered_made_and_downloaded(
    app: Flask, program: Programs, database: Database, settings: Settings
) -> None:
    del app
    asker = program()
    sent = asker.post("/responses", new_response()).json["id"]

    ordered = asker.post("/exports", {"questionnaire": "standard", "format": "csv"})
    path = f"/exports/{ordered.json['id']}"
    too_soon = asker.get(f"{path}/file")
    for errand in ERRANDS:
        if "export" in errand.__name__:
            errand(database, settings)
    state = asker.get(path).json
    file = asker.get(f"{path}/file")
    asker.delete(f"/responses/{sent}")
    stale = asker.get(f"{path}/file")

    assert (ordered.status_code, ordered.json["total"]) == (202, 1)
    assert (too_soon.status_code, too_soon.json["type"]) == (
        409,
        "urn:klantreis:problem:no-file",
    )
    assert (state["state"], file.status_code) == ("done", 200)
    assert sent.encode() in file.data
    assert (stale.status_code, stale.json["type"]) == (
        409,
        "urn:klantreis:problem:stale",
    )


def test_export_of_nothing_known_is_refused(program: Programs) -> None:
    asker = program()

    unknown = asker.post("/exports", {"questionnaire": "nope", "format": "csv"})
    package = asker.post("/exports", {"questionnaire": "standard", "format": "package"})

    assert [unknown.status_code, package.status_code] == [422, 422]
    assert asker.get(f"/exports/{'0' * 26}").status_code == 404
