"""Runs every benchmark and writes what it printed to docs/benchmarks.md."""

import os
import platform
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

FOLDER = Path(__file__).parent
TARGET = FOLDER.parent / "docs" / "benchmarks.md"
BENCHMARKS = {
    "analyse_throughput": "The analysis: 10,000 short answers on one core",
    "analysis_limits": "The analysis: speed, memory, start, an interview",
    "exports": "Exports of 50,000 responses",
    "respondent_pages": "A respondent's pages beside a Flask hello",
    "commits": "Durable commits on SQLite, eight writers at once",
    "respondent_load": "Eight respondents at once",
    "kill_server": "Killing the server under load, twenty times",
    "large_import": "A file of answers as large as the page lets in",
    "touchpoints_page": "The Touchpoints page with 100,000 mentions",
}
PREFACE = """# Benchmarks

Made by `make bench`; read the ratios within one run, not the seconds: machines and
their neighbours differ. {machine}
"""


def main() -> None:
    parts = [PREFACE.format(machine=_machine())]
    for name, title in BENCHMARKS.items():
        print(title, flush=True)
        parts.append(f"\n## {title}\n\n```\n{_run(name)}\n```\n")
    TARGET.write_text("".join(parts), "utf-8")


def _run(name: str) -> str:
    command = [sys.executable, "-m", f"benchmarks.{name}"]
    done = subprocess.run(  # noqa: S603 - our own script
        command, check=True, stdout=subprocess.PIPE, text=True
    )
    print(done.stdout, flush=True)
    return done.stdout.strip()


def _machine() -> str:
    day = datetime.now(UTC).date()
    python = platform.python_version()
    return (
        f"This run: {day}, Python {python}, {platform.system()} "
        f"{platform.machine()}, {os.cpu_count()} cores."
    )


if __name__ == "__main__":
    main()
