"""Reads short texts while a respondent waits: whether one names a touchpoint."""

import logging
import threading
from typing import TYPE_CHECKING

from survey_app.db import Database
from survey_app.touchpoints.queries import read_changed

if TYPE_CHECKING:
    from analysis.pipeline import Pipeline

log = logging.getLogger(__name__)

# Reading these makes the pipeline load what it loads only when needed.
FIRST_TEXTS = ("Duurde te lang, maar wel goed.", "It took too long, but it was fine.")


class TouchpointReader:
    """Loads the analysis beside the pages, at the first need; until then it is mute.

    Nobody waits for it, and whatever goes wrong in it costs one question back. When
    the organisation changes its touchpoints it loads anew, and goes on as before
    until that is done.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._pipeline: Pipeline | None = None
        self._made_for: str | None = None  # the state of the touchpoints
        self._loading: threading.Thread | None = None
        self._lock = threading.Lock()

    def prepare(self) -> None:
        """Start loading, unless that was done already."""
        if self._made_for is None:
            self._begin()

    def wait(self) -> None:
        """Until it can read: for commands and tests, never for a page."""
        self._begin()
        if self._loading is not None:
            self._loading.join()

    def __call__(self, text: str, *, role: str, language: str) -> bool:
        """Whether a touchpoint is named; also when that cannot be said now."""
        if self._pipeline is None:
            self.prepare()
            return True
        try:
            if self._made_for != self._state():
                self._begin()
            return self._names_touchpoint(self._pipeline, text, role, language)
        except Exception as error:  # noqa: BLE001 - a page goes on whatever it is
            log.warning("a text cannot be read now: %s", type(error).__name__)
            return True

    def _state(self) -> str:
        with self._database.read() as session:
            return read_changed(session)

    def _begin(self) -> None:
        with self._lock:
            if self._loading is None or not self._loading.is_alive():
                self._loading = threading.Thread(target=self._load, daemon=True)
                self._loading.start()

    @staticmethod
    def _names_touchpoint(
        pipeline: "Pipeline", text: str, role: str, language: str
    ) -> bool:
        from analysis.records import Method  # noqa: PLC0415 - loaded by now
        from survey_app.insights import engine  # noqa: PLC0415 - likewise

        [analysis] = pipeline.analyse(
            [engine.as_text(text, role=role, language=language)]
        )
        return any(m.method is not Method.QUESTION for m in analysis.mentions)

    def _load(self) -> None:
        # Some seconds and 200 MB that only questionnaires that ask back need.
        from survey_app.insights import engine  # noqa: PLC0415
        from survey_app.insights.recipes import read_recipe  # noqa: PLC0415

        try:
            with self._database.read() as session:
                state = read_changed(session)  # first: never newer than the recipe
                recipe = read_recipe(session)
            self._made_for = state  # also if it fails: the next change tries again
            pipeline = engine.pipeline(recipe)
            texts = [engine.as_text(it, role=None, language=None) for it in FIRST_TEXTS]
            list(pipeline.analyse(texts))
        except Exception:
            log.exception("questions back are not asked: the analysis does not load")
            return
        self._pipeline = pipeline
