"""A server that is killed under load loses nothing that it acknowledged."""

from pathlib import Path

from survey_app.db import Database
from tests.killing import kill_under_load, missing_and_doubled
from tests.served import ServedWorkspace


def test_killed_server_keeps_what_it_acknowledged(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/klantreis.db"
    environ = {"DATABASE_URL": url, "KLANTREIS_INSTANCE": str(tmp_path)}
    workspace = ServedWorkspace(environ, "--processes", "2", "--no-worker")
    workspace.run("migrate")

    known = kill_under_load(workspace, pauses=(0.7, 1.1), size=4)

    database = Database(url)
    assert missing_and_doubled(database, known) == (set(), set())
    assert known.sent
    database.dispose()
