"""Where the analysis runs: in this process, in others, or on other machines."""

import logging
from collections.abc import Callable, Sequence
from concurrent.futures import (
    Executor,
    Future,
    ProcessPoolExecutor,
    ThreadPoolExecutor,
)
from functools import lru_cache
from traceback import extract_tb
from typing import ParamSpec, TypeVar

from analysis.pipeline import Pipeline, Recipe, build_pipeline
from analysis.records import Language, QuestionRole, Text, TextAnalysis
from survey_app.lifeline import end_with_parent

P = ParamSpec("P")
Result = TypeVar("Result")

log = logging.getLogger(__name__)

ROLES = frozenset(QuestionRole)


USUAL = Recipe()
KEPT = 2  # pipelines: that of now, and that of a chunk still on its way


@lru_cache(maxsize=KEPT)
def pipeline(recipe: Recipe = USUAL) -> Pipeline:
    """The pipeline of this process; building it takes a second or two."""
    return build_pipeline(recipe)


def current_version(recipe: Recipe = USUAL) -> str:
    return pipeline(recipe).version


def as_text(text: str, *, role: str | None, language: str | None) -> Text:
    return Text(
        text,
        QuestionRole(role) if role in ROLES else None,
        Language(language) if language in {"nl", "en"} else None,
    )


def analyse_chunk(
    texts: Sequence[Text], recipe: Recipe = USUAL
) -> list[TextAnalysis | None]:
    """The analyses of a chunk, in order; None for a text that made it fail.

    The recipe travels with the texts: what an organisation changes reaches every
    process and machine with its next chunk.

    One bad text must not stop the queue: it is tried alone, named in the log by its
    length (never by its words), and passed over.
    """
    try:
        return list(pipeline(recipe).analyse(texts))
    except Exception as error:  # noqa: BLE001 - whatever it is, the queue goes on
        if len(texts) == 1:
            _report_failure(texts[0], error)
            return [None]
        alone = [analyse_chunk([text], recipe) for text in texts]
        return [analysis for [analysis] in alone]


def _report_failure(text: Text, error: Exception) -> None:
    """Say where it went wrong; the error's own message may quote the respondent."""
    place = extract_tb(error.__traceback__)[-1]
    log.error(
        "a text of %d characters cannot be analysed: %s in %s, line %s",
        len(text.text),
        type(error).__name__,
        place.filename,
        place.lineno,
    )


class ClusterExecutor(Executor):
    """A Dask cluster as an executor; the work of a lost machine is done again."""

    def __init__(self, scheduler: str) -> None:
        from distributed import Client  # noqa: PLC0415 - an extra that few install

        self._client = Client(scheduler)  # type: ignore[no-untyped-call]
        self._executor: Executor = self._client.get_executor(  # type: ignore[no-untyped-call]
            retries=3, pure=False
        )

    def submit(
        self, fn: Callable[P, Result], /, *args: P.args, **kwargs: P.kwargs
    ) -> Future[Result]:
        return self._executor.submit(fn, *args, **kwargs)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: FBT001, FBT002 - the standard library's signature
        self._executor.shutdown(wait=wait and not cancel_futures)  # else it cancels
        self._client.close()  # type: ignore[no-untyped-call]


def make_executor(*, processes: int, dask_scheduler: str | None) -> Executor:
    """One interface for a thread, more processes, or a Dask cluster."""
    if dask_scheduler is not None:
        return ClusterExecutor(dask_scheduler)
    if processes > 1:
        return ProcessPoolExecutor(processes, initializer=end_with_parent)
    return ThreadPoolExecutor(1)
