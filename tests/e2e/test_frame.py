"""In a frame on another site, with a real browser: with and without script."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, FrameLocator, expect

from tests.questionnaires.builders import EVERY_KIND
from tests.served import ServedWorkspace

pytestmark = pytest.mark.e2e

LOADED = (
    '<!doctype html><html lang="nl"><body><h1>Winkel</h1><script src="{}"></script>'
)
PLAIN = '<!doctype html><title>x</title><iframe src="{}" height="700"></iframe>'


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_arguments: object) -> None:
        """Tests print what went wrong, nothing else."""


@contextmanager
def shop(folder: Path) -> Iterator[str]:
    """Somebody else's site, under another name than ours."""
    handler = partial(Quiet, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://localhost:{server.server_address[1]}"
        server.shutdown()
        thread.join()


@pytest.fixture(scope="module")
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


def fill_in(frame: FrameLocator) -> None:
    """All the way through, without leaving the frame."""
    frame.get_by_role("textbox", name="Welke winkel?").fill("Zwolle")
    button = frame.locator("form#page .actions button[name=action][value=next]")
    for heading in ("Waar ziet u ons?", "Iets teruggestuurd?"):
        button.click()
        expect(frame.locator("h1", has_text=heading)).to_be_visible()
    frame.locator("input[value=no]").check()
    for _page in range(9):
        button.click()
        frame.locator("h1").first.wait_for()
        if not button.count():
            break
    frame.get_by_role("button", name="Verstuur mijn antwoorden").click()
    expect(frame.locator("h1", has_text="Dank")).to_be_visible()


@pytest.mark.parametrize(
    ("page", "javascript"), [("loaded", True), ("plain", True), ("plain", False)]
)
def test_questionnaire_is_answered_inside_another_site(
    browser: Browser,
    framed: str,
    page: str,
    javascript: bool,  # noqa: FBT001 - a case of a table
) -> None:
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, java_script_enabled=javascript
    )
    shown = context.new_page()
    shown.goto(f"{framed}/{page}.html")

    fill_in(shown.frame_locator("iframe"))

    assert shown.url == f"{framed}/{page}.html"
    assert context.cookies() == []
    context.close()


def test_frame_is_as_high_as_its_page(browser: Browser, framed: str) -> None:
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, locale="nl-NL"
    )
    shown = context.new_page()
    shown.goto(f"{framed}/loaded.html")
    frame = shown.frame_locator("iframe")
    frame.locator("h1").wait_for()
    shown.wait_for_timeout(300)

    inner = frame.locator("body").evaluate("it => it.getBoundingClientRect().height")
    outer = shown.locator("iframe").evaluate("it => it.clientHeight")

    assert 0 <= outer - inner < 2
    assert shown.locator("iframe").get_attribute("title") == "Vragenlijst"
    assert frame.locator("html").get_attribute("lang") == "nl"
    context.close()


def test_browser_refuses_a_site_that_was_not_named(
    browser: Browser, framed: str
) -> None:
    context = browser.new_context()
    shown = context.new_page()
    shown.goto(framed.replace("localhost", "127.0.0.1") + "/plain.html")
    shown.wait_for_timeout(500)

    inside = shown.frames[1]

    assert inside.locator("form").count() == 0
    context.close()
