"""The whole server killed under load, twenty times: what is lost, what is doubled.

.venv/bin/python -m benchmarks.kill_server
"""

import random
import tempfile
from pathlib import Path

from survey_app.db import connected
from tests.killing import kill_under_load, missing_and_doubled
from tests.served import ServedWorkspace

KILLS = 20
RESPONDENTS = 8


def main() -> None:
    chance = random.Random(20)  # noqa: S311 - the moments of the kills
    pauses = [chance.uniform(0.3, 1.5) for _ in range(KILLS)]
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder:
        url = f"sqlite:///{folder}/klantreis.db"
        environ = {
            "DATABASE_URL": url,
            "KLANTREIS_INSTANCE": folder,
            "KLANTREIS_LIMITS": "off",
        }
        workspace = ServedWorkspace(environ, "--processes", "2", "--no-worker")
        workspace.run("migrate")
        known = kill_under_load(workspace, pauses=pauses, size=RESPONDENTS)
        with connected(url) as database:
            missing, doubled = missing_and_doubled(database, known)
    print(f"{KILLS} kills of two serving processes, {RESPONDENTS} respondents at once")
    print(f"pages acknowledged with a text: {len(known.texts):,}")
    print(f"responses acknowledged as sent: {len(known.sent):,}")
    print(f"of these lost: {len(missing)}, stored twice: {len(doubled)}")


if __name__ == "__main__":
    main()
