"""The same work through a thread, processes and a Dask cluster."""

from collections.abc import Iterator
from concurrent.futures import Executor, as_completed

import pytest
from distributed import LocalCluster

from analysis.pipeline import Pipeline, build_pipeline
from analysis.records import Language, QuestionRole, Text, TextAnalysis
from survey_app.insights import engine
from survey_app.insights.engine import analyse_chunk, as_text, make_executor

CHUNK = [
    as_text("De levering was te laat.", role="interactions", language="nl"),
    as_text("Great products!", role="no such role", language="en"),
]


@pytest.fixture(params=["thread", "processes", "dask"])
def executor(request: pytest.FixtureRequest) -> Iterator[Executor]:
    if request.param != "dask":
        processes = 2 if request.param == "processes" else 1
        with make_executor(processes=processes, dask_scheduler=None) as executor:
            yield executor
        return
    with LocalCluster(  # type: ignore[no-untyped-call]
        n_workers=1, threads_per_worker=1, dashboard_address=None, host="127.0.0.1"
    ) as cluster:
        executor = make_executor(processes=1, dask_scheduler=cluster.scheduler_address)
        yield executor
        executor.shutdown()


def test_every_executor_gives_the_same_analyses(executor: Executor) -> None:
    [future] = as_completed([executor.submit(analyse_chunk, CHUNK)])

    assert future.result() == analyse_chunk(CHUNK)


def test_roles_and_languages_that_are_not_known_count_as_none() -> None:
    assert as_text("x", role="review", language="fr") == Text("x", QuestionRole.REVIEW)
    assert as_text("x", role="gossip", language="en") == Text(
        "x", None, Language.ENGLISH
    )


def test_text_that_cannot_be_analysed_does_not_stop_the_others(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    class Fragile(Pipeline):
        """The real pipeline, but for one text that it chokes on."""

        def analyse(self, texts: list[Text]) -> list[TextAnalysis]:  # type: ignore[override]
            if any("choke" in text.text for text in texts):
                raise RecursionError
            return build_pipeline().analyse(texts)

    monkeypatch.setattr(engine, "pipeline", lambda _recipe: Fragile.__new__(Fragile))

    first, second = analyse_chunk([Text("choke on this"), Text("De site is traag.")])

    assert first is None
    assert second is not None
    assert "choke" not in caplog.text
