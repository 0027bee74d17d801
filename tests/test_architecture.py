"""What holds the house together."""

import re
import tomllib
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from babel.messages.pofile import read_po
from flask import Blueprint, Flask
from flask.testing import FlaskClient

from survey_app import create_app, models
from survey_app.application import BLUEPRINTS
from survey_app.config import Settings
from survey_app.db import Database
from survey_app.orm import Base

ROOT = Path(__file__).parents[1]
CATALOGUES = sorted((ROOT / "survey_app" / "translations").rglob("*.po"))


def test_every_blueprint_says_who_may_enter() -> None:
    open_doors = [bp.name for bp in BLUEPRINTS if None not in bp.before_request_funcs]

    assert open_doors == []


def test_blueprint_without_a_door_is_refused(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "survey_app.application.BLUEPRINTS", [Blueprint("open", __name__)]
    )

    with pytest.raises(RuntimeError, match="who may enter"):
        create_app(settings)


def test_migrations_lead_to_the_models(database: Database) -> None:
    assert models.ALL
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection)

        assert compare_metadata(context, Base.metadata) == []


def test_make_verbs_are_in_the_readme_and_the_reverse() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    readme = (ROOT / "README.md").read_text("utf-8")

    verbs = set(re.findall(r"^([a-z]+):.*##", makefile, re.MULTILINE))

    assert set(re.findall(r"`make ([a-z]+)", readme)) == verbs


def test_dependencies_are_pinned() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    wanted = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    names = {re.split(r"[\[~=><]", line)[0].lower() for line in wanted}
    pinned = {
        line.split("==")[0].lower()
        for line in (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    }

    assert names - pinned - {"klantreis"} == set()


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parts[-3])
def test_catalogue_translates_everything(path: Path) -> None:
    language = path.parts[-3]
    with path.open("rb") as file:
        catalogue = read_po(file, locale=language)

    missing = [str(message.id) for message in catalogue if not _is_done(message.string)]

    assert (missing, bool(CATALOGUES)) == ([], True)


def _is_done(string: object) -> bool:
    return all(string) if isinstance(string, tuple | list) else bool(string)


def test_pages_carry_a_strict_policy(client: FlaskClient) -> None:
    headers = client.get("/staff/sign-in").headers

    assert "unsafe-inline" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"


def test_templates_have_no_inline_script_or_style(app: Flask) -> None:
    templates = Path(app.root_path).rglob("templates/**/*.html")
    inline = re.compile(
        r"<style|\sstyle=|<script(?![^>]*\ssrc=)|\son[a-z]+=", re.IGNORECASE
    )

    offenders = [str(path) for path in templates if inline.search(path.read_text())]

    assert offenders == []
