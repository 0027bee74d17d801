"""Serving: a production WSGI server, with a worker beside it that it looks after."""

import os
import socket
import subprocess
import sys
import threading

import click
from flask import Flask
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from survey_app import create_app
from survey_app.complaints import NOT_READY
from survey_app.config import load_settings
from survey_app.db import connected
from survey_app.invitations.mail_settings import find_mail_settings
from survey_app.lifeline import end_with_parent
from survey_app.migrations import is_migrated
from survey_app.questionnaires.published import altered_versions

RESTART_PAUSE = 2.0  # seconds between a worker's death and its successor
LAST_REQUESTS = 10  # seconds that a stopping server gives the requests it is answering


class EmbeddedWorker:
    """A worker process beside the server, started again when it dies."""

    def __init__(self) -> None:
        self._stopping = threading.Event()
        self._process: subprocess.Popen[bytes] | None = None
        self._watcher = threading.Thread(target=self._watch, daemon=True)

    def start(self) -> None:
        self._watcher.start()

    def stop(self) -> None:
        self._stopping.set()
        if self._process is not None:
            self._process.terminate()
        self._watcher.join(timeout=10)

    def _watch(self) -> None:
        command = [
            sys.executable,
            "-m",
            "survey_app",
            "work",
            "--beside",
            str(os.getpid()),
        ]
        while not self._stopping.is_set():
            self._process = subprocess.Popen(command)  # noqa: S603 - our own command
            self._process.wait()
            self._stopping.wait(RESTART_PAUSE)


def run_server(*, host: str, port: int, processes: int, with_worker: bool) -> None:
    """Serve until told to stop."""
    worker = EmbeddedWorker() if with_worker else None
    if worker:
        worker.start()
    server = Granian(
        "survey_app.serving:create_served_app",
        factory=True,
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=processes,
        blocking_threads=4,
        log_access=False,  # addresses of respondents hold their keys
        log_level=LogLevels.warning,
        respawn_failed_workers=True,
        workers_kill_timeout=LAST_REQUESTS,
    )
    try:
        server.serve()
    finally:
        if worker:
            worker.stop()
    if not server.interrupt_signal:  # so that a supervisor starts us again
        raise click.ClickException("the serving process died again and again")


def create_served_app() -> Flask:
    """The application in a process of granian's, which must not outlive its server.

    It shares its port with whoever listens there: one left behind would go on answering
    some of the requests.
    """
    end_with_parent()
    return create_app()


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True)
@click.option("--processes", type=click.IntRange(1), default=1, show_default=True)
@click.option("--worker/--no-worker", default=True, help="Analyse beside serving.")
def serve(host: str, port: int, processes: int, *, worker: bool) -> None:
    """Serve the pages, and analyse what comes in."""
    refuse_unmigrated()
    tell_altered_versions()
    find_mail_settings(load_settings())  # a mistake there is told now
    refuse_taken_port(host, port)
    click.echo(f"Serving on http://{host}:{port}/ (stop with Ctrl+C)")
    run_server(host=host, port=port, processes=processes, with_worker=worker)


def refuse_unmigrated() -> None:
    with connected(load_settings().database_url) as database:
        migrated = is_migrated(database.engine)
    if not migrated:
        raise click.ClickException(NOT_READY)


def tell_altered_versions() -> None:
    """Those are not shown to anybody; the rest is served."""
    with (
        connected(load_settings().database_url) as database,
        database.read() as session,
    ):
        for trouble in altered_versions(session):
            click.echo(f"Warning: {trouble}", err=True)


def refuse_taken_port(host: str, port: int) -> None:
    """Granian itself would share a port with whoever listens there already."""
    try:
        family, kind, *_, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        with socket.socket(family, kind) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        raise click.ClickException(
            f"cannot listen on {host} port {port}: {error.strerror or error};"
            " choose another with --port"
        ) from None
