"""Commands: keys for programs."""

from datetime import timedelta

import click

from survey_app.api.queries import list_keys
from survey_app.api.scopes import Scope
from survey_app.api.service import (
    InvalidKeyError,
    UnknownKeyError,
    make_key,
    revoke_key,
)
from survey_app.clock import now
from survey_app.config import load_settings
from survey_app.db import connected


@click.group("api-key")
def api_key() -> None:
    """Keys that programs come in with, at /api/v1/."""


@api_key.command()
@click.argument("name")
@click.option(
    "--scope",
    "scopes",
    multiple=True,
    required=True,
    type=click.Choice([scope.value for scope in Scope]),
    help="What it may do; may be given more than once.",
)
@click.option("--days", type=click.IntRange(1, 3650), help="How long it is valid.")
def add(name: str, scopes: tuple[str, ...], days: int | None) -> None:
    """Make a key called NAME; it is shown once."""
    chosen = {Scope(scope) for scope in scopes}
    until = None if days is None else now() + timedelta(days=days)
    with connected(load_settings().database_url) as database:
        try:
            with database.transaction() as session:
                _, text = make_key(
                    session, name=name, scopes=chosen, at=now(), expires_at=until
                )
        except InvalidKeyError as error:
            raise click.ClickException(str(error)) from None
    click.echo(f"Key: {text}")
    click.echo("Shown once. Send it as Authorization: Bearer <key>.", err=True)


@api_key.command("list")
def list_all() -> None:
    """All keys by their first letters, with what they may do."""
    with (
        connected(load_settings().database_url) as database,
        database.read() as session,
    ):
        keys = list_keys(session)
    if not keys:
        click.echo("There are no keys. Make one: klantreis api-key add NAME --scope …")
    for key in keys:
        state = "valid" if key.is_valid(now()) else "no longer valid"
        used = key.last_used_on.isoformat() if key.last_used_on else "never used"
        scopes = ", ".join(key.scopes)
        click.echo(f"kr_{key.prefix}_…  {state}  {used}  {key.name}: {scopes}")


@api_key.command()
@click.argument("prefix")
def revoke(prefix: str) -> None:
    """Take back the key that begins with kr_PREFIX, at once."""
    bare = prefix.removeprefix("kr_").split("_")[0]
    with connected(load_settings().database_url) as database:
        try:
            with database.transaction() as session:
                key = revoke_key(session, bare, at=now())
        except UnknownKeyError:
            raise click.ClickException(f"no key begins with kr_{bare}_") from None
    click.echo(f"{key.name} (kr_{key.prefix}_…) opens nothing any more.")
