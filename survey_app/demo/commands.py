"""Command: the demo."""

import os
from pathlib import Path

import click

from survey_app.config import load_settings
from survey_app.db import Database
from survey_app.demo.shop import SignIn, open_shop
from survey_app.migrations import migrate
from survey_app.serving import refuse_taken_port, run_server


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True)
@click.option("--serve/--no-serve", default=True, help="Serve it afterwards.")
def demo(host: str, port: int, *, serve: bool) -> None:
    """Run a fictional shop through the real pipeline, and serve it.

    It has a database of its own beside yours, made anew each time.
    """
    if serve:  # before a demo that runs there already loses its database
        refuse_taken_port(host, port)
    url = _fresh_database()
    os.environ["DATABASE_URL"] = url  # for the server and the worker
    database = Database(url)
    migrate(database.engine)
    sign_ins = open_shop(database, say=click.echo)
    database.dispose()
    _introduce(sign_ins, f"http://{host}:{port}")
    if serve:
        run_server(host=host, port=port, processes=1, with_worker=True)


def _fresh_database() -> str:
    load_settings()  # makes the instance folder and its secret
    folder = Path(os.environ.get("KLANTREIS_INSTANCE", "instance")) / "demo"
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("klantreis.db*"):
        old.unlink()
    return f"sqlite:///{(folder / 'klantreis.db').resolve()}"


def _introduce(sign_ins: list[SignIn], address: str) -> None:
    click.echo("")
    click.echo(f"  Staff pages    {address}/staff/")
    click.echo(f"  Questionnaire  {address}/q/standard/nl/  and  /q/standard/en/")
    click.echo("")
    for sign_in in sign_ins:
        click.echo(f"  {sign_in.role:<11} {sign_in.email:<24} {sign_in.password}")
    click.echo("\nStop with Ctrl+C.")
