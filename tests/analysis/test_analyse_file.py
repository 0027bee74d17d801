"""The file contract: JSON lines in, JSON lines out, bad lines reported."""

import io
import json
from typing import Any

import pytest

from analysis.analyse_file import analyse_file
from analysis.pipeline import Pipeline, build_pipeline


@pytest.fixture(scope="module")
def pipeline() -> Pipeline:
    return build_pipeline()


class Run:
    """One run over the given lines, with all that it said."""

    def __init__(self, text: str, pipeline: Pipeline, workers: int = 1) -> None:
        self.problems: list[tuple[int, str]] = []
        self.steps: list[int] = []
        target = io.StringIO()
        self.bad = analyse_file(
            io.StringIO(text),
            target,
            pipeline=pipeline,
            workers=workers,
            report=lambda number, reason: self.problems.append((number, reason)),
            progress=self.steps.append,
        )
        self.output = target.getvalue()

    @property
    def findings(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.output.splitlines()]


def line(**values: object) -> str:
    return json.dumps(values) + "\n"


def test_output_has_exactly_the_named_keys(pipeline: Pipeline) -> None:
    source = line(id="a", text="De kosten", language="nl", question="deciding_factor")

    [found] = Run(source, pipeline).findings

    assert list(found) == [
        "id",
        "language",
        "overall",
        "mentions",
        "factors",
        "version",
    ]
    assert list(found["mentions"][0]) == [
        "start",
        "end",
        "touchpoint",
        "polarity",
        "score",
        "confidence",
        "emotion",
        "stance",
        "cues",
        "method",
    ]
    assert (found["id"], found["language"], found["overall"]) == ("a", "nl", "none")
    assert found["factors"] == [{"factor": "price", "direction": "unclear"}]
    assert found["version"] == pipeline.version


@pytest.mark.parametrize(
    ("bad_line", "reason"),
    [
        ("{\n", "not JSON"),
        ('["a"]\n', "not a JSON object"),
        ('{"text": "a"}\n', "the id is missing"),
        ('{"id": true, "text": "a"}\n', "the id is missing"),
        ('{"id": "a"}\n', "the text is missing"),
        ('{"id": "a", "text": 3}\n', "the text is missing"),
        ('{"id": "a", "text": "a", "language": "fr"}\n', "the language is not"),
        ('{"id": "a", "text": "a", "language": ["nl"]}\n', "the language is not"),
        ('{"id": "a", "text": "a", "x": NaN}\n', "not JSON: NaN"),
        ('{"id": "a", "text": "\\ud800"}\n', "the line is not valid UTF-8"),
        ('{"id": "a", "text": "\udcff"}\n', "the line is not valid UTF-8"),
        ("[" * 100_000 + "\n", "not JSON"),
    ],
)
def test_bad_line_is_reported_and_the_rest_goes_on(
    bad_line: str, reason: str, pipeline: Pipeline
) -> None:
    source = line(id="1", text="Prima") + bad_line + line(id="3", text="Prima")

    run = Run(source, pipeline)

    [(number, said)] = run.problems
    assert (number, run.bad) == (2, 1)
    assert said.startswith(reason)
    assert [found["id"] for found in run.findings] == ["1", "3"]


def test_unknown_role_counts_as_none(pipeline: Pipeline) -> None:
    known = Run(line(id="1", text="te duur", question=None), pipeline)

    for role in ("no_such_role", 7, ["review"]):
        assert Run(line(id="1", text="te duur", question=role), pipeline).output == (
            known.output
        )


def test_byte_order_mark_line_ends_and_blank_lines_are_tolerated(
    pipeline: Pipeline,
) -> None:
    source = "\ufeff" + line(id="1", text="Prima").replace("\n", "\r\n") + "\r\n  \n"

    run = Run(source, pipeline)

    assert (run.bad, [found["id"] for found in run.findings]) == (0, ["1"])


def test_offsets_are_code_points(pipeline: Pipeline) -> None:
    text = "👨‍👩‍👧 é De levering was traag"

    [found] = Run(line(id="1", text=text, question="review"), pipeline).findings

    [mention] = [m for m in found["mentions"] if m["touchpoint"] == "delivery"]
    assert "levering" in text[mention["start"] : mention["end"]]


def test_progress_counts_every_line(pipeline: Pipeline) -> None:
    run = Run(line(id="1", text="Prima") * 1_201, pipeline)

    assert (sum(run.steps), len(run.steps) > 1) == (1_201, True)


def test_workers_give_the_same_bytes_in_the_same_order(pipeline: Pipeline) -> None:
    source = "".join(
        line(id=str(number), text=f"Levering {number} dagen te laat", question="review")
        for number in range(1_100)
    )

    assert Run(source, pipeline, workers=2).output == Run(source, pipeline).output


def test_empty_file_gives_an_empty_file(pipeline: Pipeline) -> None:
    run = Run("", pipeline)

    assert (run.bad, run.output, run.steps) == (0, "", [])
