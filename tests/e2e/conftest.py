"""A real server with its worker, and a real browser."""

import csv
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from survey_app.accounts.permissions import ROLES
from tests.e2e.browsing import NewContext
from tests.e2e.other_site import LOADED, PLAIN, shop
from tests.factories import PASSWORD
from tests.questionnaires.builders import EVERY_KIND
from tests.served import ServedWorkspace

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]
# Five others have spoken of delivery: a base under five shows nothing.
EARLIER_ANSWERS = [
    "De bezorging was veel te laat.",
    "Levering duurde een week, belachelijk.",
    "Pakket kwam beschadigd aan.",
    "Snel geleverd, top!",
    "De bezorger was onvriendelijk en de levering te laat.",
]


ALL_TYPES = Path(__file__).parents[1] / "responses" / "data" / "all_types.toml"
OTHER_ENDS = """
[consent]
label = { nl = "Ik doe mee aan dit onderzoek", en = "I take part in this research" }
required = true

[settings]
intro_page = true
check_answers = false
"""


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a served workspace with one wave of answers and three staff."""
    folder = tmp_path_factory.mktemp("served")
    workspace = ServedWorkspace(
        {
            "DATABASE_URL": f"sqlite:///{folder}/klantreis.db",
            "KLANTREIS_INSTANCE": str(folder),
            "KLANTREIS_PASSWORD": PASSWORD,
            "KLANTREIS_LIMITS": "off",
            "KLANTREIS_SECONDS_PER_PAGE": "0",  # tests are quicker than people
        }
    )
    workspace.run("migrate")
    workspace.run("import", "answers", str(_earlier_answers(folder)))
    workspace.run("import", "interview", str(_interview(folder)))
    for role in ROLES:
        workspace.run("staff", "add", f"{role}@example.org", "--role", role)
    for file in _questionnaires(folder):
        workspace.run("questionnaire", "publish", str(file))
    workspace.start()
    yield workspace.address
    workspace.stop()


@pytest.fixture(scope="session")
def framed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a site that shows our questionnaire, which allows it."""
    folder, site = tmp_path_factory.mktemp("ours"), tmp_path_factory.mktemp("shop")
    workspace = ServedWorkspace(
        {
            "DATABASE_URL": f"sqlite:///{folder}/klantreis.db",
            "KLANTREIS_INSTANCE": str(folder),
        },
        "--no-worker",
    )
    with shop(site) as address:
        source = EVERY_KIND.replace('id = "every_kind"', 'id = "framed"', 1)
        file = folder / "framed.toml"
        allowed = f'[settings]\nembed_origins = ["{address}"]\n'
        file.write_text(f"{source}\n{allowed}", "utf-8")
        workspace.run("migrate")
        workspace.run("questionnaire", "publish", str(file))
        base = f"{workspace.address}/q/framed"
        site.joinpath("loaded.html").write_text(LOADED.format(f"{base}/embed.js"))
        plain = PLAIN.format(f"{base}/nl/?embed=1")
        site.joinpath("plain.html").write_text(plain)
        site.joinpath("refused.html").write_text(
            plain.replace("/framed/", "/standard/")
        )
        workspace.start()
        yield address
        workspace.stop()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine (Debian: apt-get install chromium)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


def _questionnaires(folder: Path) -> Iterator[Path]:
    """One with every type of question, and one that begins and ends otherwise."""
    yield ALL_TYPES
    other = folder / "other_ends.toml"
    text = ALL_TYPES.read_text("utf-8").replace('"all_types"', '"other_ends"', 1)
    other.write_text(text.replace("[settings]", OTHER_ENDS, 1), "utf-8")
    yield other


def _earlier_answers(folder: Path) -> Path:
    path = folder / "earlier.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(
            ["submission_id", "language", "submitted_at", "q4_interactions"]
        )
        for number, answer in enumerate(EARLIER_ANSWERS):
            writer.writerow([f"e{number}", "nl", "2026-10-01T12:00:00+02:00", answer])
    return path


def _interview(folder: Path) -> Path:
    path = folder / "gesprek.txt"
    path.write_text("Interviewer: Hoe ging het?\nAnna: De site is traag.\n", "utf-8")
    return path


@pytest.fixture
def strangers() -> list[str]:
    """Addresses of other hosts that a page asked for; there should be none."""
    return []


@pytest.fixture
def new_context(
    browser: Browser, server: str, strangers: list[str]
) -> Iterator[NewContext]:
    opened: list[BrowserContext] = []

    def open_context(**options: Any) -> BrowserContext:
        context = browser.new_context(base_url=server, **options)
        context.on(
            "request",
            lambda asked: (
                None
                if asked.url.startswith((server, "data:"))
                else strangers.append(asked.url)
            ),
        )
        opened.append(context)
        return context

    yield open_context
    for context in opened:
        context.close()
