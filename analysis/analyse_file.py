"""Analyses a file of texts line by line: JSON lines in, JSON lines out."""

import json
import multiprocessing
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from itertools import islice
from typing import Any, Never, TextIO

from analysis.pipeline import Pipeline, Recipe, build_pipeline
from analysis.records import Language, Mention, QuestionRole, Text, TextAnalysis

_CHUNK = 500
_CHUNKS_AHEAD = 3  # a worker, so that none waits and memory stays small
_BYTE_ORDER_MARK = "\ufeff"
_LANGUAGES = {"nl": Language.DUTCH, "en": Language.ENGLISH, None: None}
_ROLES = {role.value: role for role in QuestionRole}


class BadLineError(ValueError):
    """A line that is no text to analyse; the message says why."""


@dataclass(frozen=True, slots=True)
class _Row:
    """One line: its number, and either what to write or why it is bad."""

    number: int
    output: str = ""
    problem: str = ""


_Lines = list[tuple[int, str]]


def analyse_file(
    source: TextIO,
    target: TextIO,
    *,
    pipeline: Pipeline,
    workers: int = 1,
    report: Callable[[int, str], None],
    progress: Callable[[int], None],
) -> int:
    """Writes one line of findings for each line of text; returns how many were bad.

    Lines are read and written in order, a few thousand at a time. ``report`` gets
    number and reason of each bad line, ``progress`` how many lines were just done.
    Open ``source`` with ``errors="surrogateescape"`` so that a line that is not UTF-8
    is a bad line and not the end of the run.

    >>> import io
    >>> target = io.StringIO()
    >>> analyse_file(
    ...     io.StringIO('{"id": "1"}'),
    ...     target,
    ...     pipeline=build_pipeline(),
    ...     report=print,
    ...     progress=lambda lines: None,
    ... )
    1 the text is missing or not a string
    1
    """
    bad = 0
    for rows in _rows(_chunks(source), pipeline, workers):
        for row in rows:
            if row.problem:
                bad += 1
                report(row.number, row.problem)
            elif row.output:
                target.write(row.output)
        progress(len(rows))
    return bad


def _chunks(source: TextIO) -> Iterator[_Lines]:
    numbered = enumerate(source, start=1)
    while chunk := list(islice(numbered, _CHUNK)):
        yield chunk


def _rows(
    chunks: Iterable[_Lines], pipeline: Pipeline, workers: int
) -> Iterator[list[_Row]]:
    if workers > 1:
        yield from _rows_from_workers(chunks, pipeline.recipe, workers)
    else:
        for chunk in chunks:
            yield _analyse_chunk(chunk, pipeline)


def _rows_from_workers(
    chunks: Iterable[_Lines], recipe: Recipe, workers: int
) -> Iterator[list[_Row]]:
    context = multiprocessing.get_context("spawn")  # a fork may copy a held lock
    with ProcessPoolExecutor(workers, context, _start_worker, (recipe,)) as pool:
        waiting: deque[Future[list[_Row]]] = deque()
        for chunk in chunks:
            waiting.append(pool.submit(_work, chunk))
            if len(waiting) >= workers * _CHUNKS_AHEAD:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


class _Worker:
    """What a worker process keeps between chunks."""

    pipeline: Pipeline | None = None


def _start_worker(recipe: Recipe) -> None:
    _Worker.pipeline = build_pipeline(recipe)


def _work(chunk: _Lines) -> list[_Row]:
    if _Worker.pipeline is None:
        raise RuntimeError("the worker was not started by analyse_file")
    return _analyse_chunk(chunk, _Worker.pipeline)


def _analyse_chunk(chunk: _Lines, pipeline: Pipeline) -> list[_Row]:
    rows: dict[int, _Row] = {}
    good: list[tuple[int, str | int, Text]] = []
    for number, line in chunk:
        rows[number] = _Row(number)
        if not line.strip(f"{_BYTE_ORDER_MARK} \t\r\n"):
            continue
        try:
            good.append((number, *_parse(line)))
        except BadLineError as error:
            rows[number] = _Row(number, problem=str(error))
    analyses = pipeline.analyse([text for _, _, text in good])
    for (number, identity, _), analysis in zip(good, analyses, strict=True):
        rows[number] = _Row(number, _render(identity, analysis, pipeline.version))
    return list(rows.values())


def _parse(line: str) -> tuple[str | int, Text]:
    item = _load(line)
    identity, text, language = item.get("id"), item.get("text"), item.get("language")
    if isinstance(identity, bool) or not isinstance(identity, str | int):
        raise BadLineError("the id is missing or not a string or whole number")
    if not isinstance(text, str):
        raise BadLineError("the text is missing or not a string")
    if not _is_unicode(text) or not _is_unicode(str(identity)):
        raise BadLineError("the line is not valid UTF-8")
    if not isinstance(language, str | None) or language not in _LANGUAGES:
        raise BadLineError("the language is not nl, en or null")
    role = item.get("question")
    known = _ROLES.get(role) if isinstance(role, str) else None
    return identity, Text(text, known, _LANGUAGES[language])


def _load(line: str) -> dict[str, Any]:
    try:
        item = json.loads(line.lstrip(_BYTE_ORDER_MARK), parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        raise BadLineError(f"not JSON: {error}") from error
    if not isinstance(item, dict):
        raise BadLineError("not a JSON object")
    return item


def _refuse(constant: str) -> Never:
    raise ValueError(f"{constant} is no JSON number")


def _is_unicode(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _render(identity: str | int, analysis: TextAnalysis, version: str) -> str:
    findings = {
        "id": identity,
        "language": analysis.language.value,
        "overall": analysis.overall.value if analysis.overall else "none",
        "mentions": [_mention(mention) for mention in analysis.mentions],
        "factors": [
            {"factor": factor.factor, "direction": factor.direction}
            for factor in analysis.factors
        ],
        "version": version,
    }
    return json.dumps(findings, ensure_ascii=False) + "\n"


def _mention(mention: Mention) -> dict[str, Any]:
    return {
        "start": mention.start,
        "end": mention.end,
        "touchpoint": mention.touchpoint,
        "polarity": mention.polarity.value,
        "score": mention.score,
        "confidence": mention.confidence,
        "emotion": mention.emotion.value,
        "stance": mention.stance.value,
        "cues": list(mention.cues),
        "method": mention.method.value,
    }
