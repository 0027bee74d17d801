"""Command: analyse a file, without database or server."""

import sys
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import click

from analysis.analyse_file import analyse_file
from analysis.own_touchpoints import (
    InvalidOwnTouchpointError,
    OwnTouchpoint,
    read_own_touchpoints,
)
from analysis.pipeline import Recipe, build_pipeline


@click.command()
@click.argument("source", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--output",
    "target",
    required=True,
    type=click.Path(dir_okay=False, writable=True, path_type=Path),
    help="The file that the results go to.",
)
@click.option("--workers", type=click.IntRange(1), default=1, show_default=True)
@click.option(
    "--touchpoints",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A TOML file with touchpoints of your own.",
)
@click.option(
    "--fast",
    is_flag=True,
    help="Word lists and a linear model only: several times faster, reads less well.",
)
def analyse(
    source: Path, target: Path, workers: int, touchpoints: Path | None, *, fast: bool
) -> None:
    """Find touchpoints and sentiment in a file of JSON lines.

    Each line: {"id": "…", "text": "…", "language": "nl"|"en"|null, "question":
    role|null}. Bad lines are named on stderr, the rest goes on; the exit status is
    then 1.
    """
    recipe = Recipe(fast=fast, own=_own(touchpoints))
    with (
        source.open(encoding="utf-8-sig", errors="surrogateescape") as lines,
        target.open("w", encoding="utf-8", newline="\n") as output,
        _progress(source) as bar,
    ):
        bad = analyse_file(
            lines,
            output,
            pipeline=build_pipeline(recipe),
            workers=workers,
            report=_report,
            progress=bar.update if bar else _keep_quiet,
        )
    if bad:
        click.echo(f"{bad} bad lines were left out", err=True)
        raise SystemExit(1)


def _own(file: Path | None) -> tuple[OwnTouchpoint, ...]:
    if file is None:
        return ()
    try:
        return read_own_touchpoints(file)
    except InvalidOwnTouchpointError as error:
        raise click.ClickException(str(error)) from error


def _report(number: int, reason: str) -> None:
    click.echo(f"line {number}: {reason}", err=True)


def _progress(source: Path) -> Any:  # noqa: ANN401 - click's bar has no public type
    """A bar of lines done, when a person is watching."""
    if not sys.stderr.isatty():
        return nullcontext()
    with source.open("rb") as file:
        lines = sum(1 for _line in file)
    return click.progressbar(length=lines, label="texts", file=sys.stderr)


def _keep_quiet(_done: int) -> None:
    """Nobody is watching."""
