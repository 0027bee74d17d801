"""The worker: asks the database what is left to do, does it, asks again."""

import logging
import signal
import threading
from concurrent.futures import BrokenExecutor, Executor
from datetime import datetime, timedelta
from typing import Protocol

import click
from sqlalchemy.exc import DBAPIError

from survey_app import retention
from survey_app.api.idempotency import forget_old_records
from survey_app.api.webhooks.courier import deliver_webhooks
from survey_app.api.webhooks.events import forget_old_deliveries, hand_over_events
from survey_app.clock import now
from survey_app.complaints import NOT_READY, explain
from survey_app.config import Settings, load_settings
from survey_app.db import Database, connected
from survey_app.exports.forgetting import forget_exports
from survey_app.exports.making import make_exports
from survey_app.imports.errands import forget_uploads, import_uploads
from survey_app.insights.engine import make_executor
from survey_app.insights.service import analyse_pending, remove_old_generations
from survey_app.insights.vectors import read_meanings
from survey_app.invitations.mail_settings import find_mail_settings
from survey_app.invitations.sending import send_mails
from survey_app.lifeline import is_orphan
from survey_app.migrations import is_migrated
from survey_app.personas.service import refresh_personas
from survey_app.responses.durations import measure_durations
from survey_app.responses.invited import forget_losers

log = logging.getLogger(__name__)

PAUSE = 0.5  # seconds between two looks; a submitted answer is analysed within seconds
PAUSE_AFTER_TROUBLE = 5.0


class Errand(Protocol):
    __name__: str

    def __call__(self, database: Database, settings: Settings, /) -> bool: ...


class StopSign:
    """Set by SIGTERM or SIGINT, or when the server that started us is gone."""

    def __init__(self, *, server: int | None = None) -> None:
        self._event = threading.Event()
        self._server = server

    def listen(self) -> None:
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda _number, _frame: self._event.set())

    def is_set(self) -> bool:
        orphaned = self._server is not None and is_orphan(self._server)
        return orphaned or self._event.is_set()

    def wait(self, seconds: float) -> None:
        self._event.wait(seconds)


def work(settings: Settings, *, stop: StopSign, until_done: bool = False) -> None:
    """Analyse texts as they come in; derive personas when all texts are done."""
    database = Database(settings.database_url)
    executor = _executor(settings)
    errands = Errands(database, settings, stop)
    if not until_done:
        errands.start()
    try:
        while not stop.is_set():
            try:
                found_work = do_what_is_left(database, executor)
            except DBAPIError as error:
                log.warning("trying again: %s", explain(error))
                stop.wait(PAUSE_AFTER_TROUBLE)
                continue
            except BrokenExecutor:
                log.warning("an analysing process died; its texts are taken up again")
                executor = _executor(settings)
                continue
            if found_work:
                continue
            if until_done:
                errands.run()
                break
            stop.wait(PAUSE)
    finally:
        errands.join()
        executor.shutdown(cancel_futures=True)
        database.dispose()


def do_what_is_left(database: Database, executor: Executor) -> bool:
    """One round of work; False when there was none."""
    return bool(analyse_pending(database, executor)) or refresh_personas(database)


class Seldom:
    """An errand that rests for a while when there was nothing for it to do."""

    def __init__(self, errand: Errand, rest: timedelta) -> None:
        self.__name__ = errand.__name__
        self._errand = errand
        self._rest = rest
        self._rests_until: datetime | None = None

    def __call__(self, database: Database, settings: Settings) -> bool:
        if self._rests_until is not None and now() < self._rests_until:
            return False
        found_work = self._errand(database, settings)
        self._rests_until = None if found_work else now() + self._rest
        return found_work


AN_HOUR = timedelta(hours=1)
A_MINUTE = timedelta(minutes=1)

# What is done beside the analysis, so that a slow mail server keeps no answer waiting.
# Each does a little and says whether there may be more; killed anywhere, it can be
# done again.
ERRANDS: tuple[Errand, ...] = (
    Seldom(retention.settle_responses, A_MINUTE),
    Seldom(retention.withdraw_responses, A_MINUTE),
    Seldom(retention.forget_unsent_changes, AN_HOUR),
    Seldom(retention.forget_expired, AN_HOUR),
    Seldom(retention.forget_old_contacts, AN_HOUR),
    Seldom(forget_losers, AN_HOUR),
    import_uploads,
    Seldom(forget_uploads, A_MINUTE),
    Seldom(measure_durations, AN_HOUR),
    Seldom(remove_old_generations, A_MINUTE),
    Seldom(read_meanings, A_MINUTE),
    send_mails,
    make_exports,
    Seldom(forget_exports, A_MINUTE),
    hand_over_events,
    deliver_webhooks,
    Seldom(forget_old_deliveries, AN_HOUR),
    Seldom(forget_old_records, AN_HOUR),
)


class Errands(threading.Thread):
    """Runs the errands in turn until told to stop; one in trouble stops no other."""

    def __init__(self, database: Database, settings: Settings, stop: StopSign) -> None:
        super().__init__(name="errands", daemon=True)
        self._database = database
        self._settings = settings
        self._stop_sign = stop

    def run(self) -> None:
        while not self._stop_sign.is_set():
            found_work = [self._do(errand) for errand in ERRANDS]
            if any(found_work):
                continue
            if not self.is_alive():  # called, not started: once is enough
                return
            self._stop_sign.wait(PAUSE)

    def join(self, timeout: float | None = None) -> None:
        if self.is_alive():
            super().join(timeout)

    def _do(self, errand: Errand) -> bool:
        try:
            return errand(self._database, self._settings)
        except Exception as error:  # the others go on
            known = explain(error)
            log.warning("%s: %s", errand.__name__, known or type(error).__name__)
            log.debug("in full", exc_info=error)
            return False


def _executor(settings: Settings) -> Executor:
    return make_executor(
        processes=settings.worker_processes, dask_scheduler=settings.dask_scheduler
    )


@click.command("work")
@click.option("--until-done", is_flag=True, help="Stop when nothing is left to do.")
@click.option("--beside", type=int, hidden=True, help="The server's process.")
def work_command(*, until_done: bool, beside: int | None) -> None:
    """Analyse what came in; go on until stopped."""
    stop = StopSign(server=beside)
    stop.listen()
    settings = load_settings()
    find_mail_settings(settings)  # a mistake there is told now, not at the first mail
    with connected(settings.database_url) as database:
        if beside is None and not is_migrated(database.engine):
            raise click.ClickException(NOT_READY)
    work(settings, stop=stop, until_done=until_done)
