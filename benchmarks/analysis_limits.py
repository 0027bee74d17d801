"""Speed, memory and start of the analysis, each in a process of its own.

.venv/bin/python -m benchmarks.analysis_limits [--json]

Seconds are CPU seconds, one thread; compare ratios, machines differ. The answers are
our own of up to fourteen words: thirteen pieces on average, as the encoder counts.
"""

import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from analysis.labelled import LabelledText, read_labelled
from analysis.language import make_tokenizer
from analysis.pipeline import Recipe, build_pipeline
from analysis.records import Language, QuestionRole, Text
from analysis.trained_encoder import load_encoder

ROOT = Path(__file__).parents[1]
ANSWERS = sorted((ROOT / "labelled_answers").glob("t*/[aen]*.tsv"))
SHORT = 14  # words
ROUNDS = 3
SEED = 20261128
INTERVIEW_WORDS = 25_000
TURN_WORDS = 60
WORKER_TEXTS = 1_000
MOST = 3_000  # answers, so that a run stays short however many there are
ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
Measures = dict[str, float]


def main() -> None:
    measures: Measures = {"encoder": float(load_encoder() is not None)}
    for part in CHILDREN:
        if part != "encoder_speed" or measures["encoder"]:
            measures |= _in_child(part)
    print(json.dumps(measures) if "--json" in sys.argv else _table(measures))


def _in_child(part: str) -> Measures:
    command = [sys.executable, "-m", "benchmarks.analysis_limits", "--part", part]
    done = subprocess.run(  # noqa: S603 - this script
        command,
        check=True,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env=os.environ | ONE_THREAD,
    )
    found: Measures = json.loads(done.stdout)
    return found


def encoder_speed() -> Measures:
    pipeline = build_pipeline()
    texts = _short_answers()
    tokens = _tokenizer_speed(texts)
    speed = _speed(pipeline.analyse, texts[:600])
    return {
        "encoder_texts_per_second": speed,
        "encoder_ratio": tokens / speed,
        "encoder_pieces": _pieces(texts[:600]),
    }


def fast_speed() -> Measures:
    texts = _short_answers()
    speed = _speed(build_pipeline(Recipe(fast=True)).analyse, texts)
    return {
        "fast_texts_per_second": speed,
        "fast_ratio": _tokenizer_speed(texts) / speed,
    }


def worker_memory() -> Measures:
    """What a process of the worker holds at most, as the product runs it."""
    from survey_app import worker  # noqa: F401, PLC0415 - what its process loads
    from survey_app.insights.engine import analyse_chunk  # noqa: PLC0415

    texts = (_short_answers() + _interview())[:WORKER_TEXTS]
    for start in range(0, len(texts), 100):
        analyse_chunk(texts[start : start + 100])
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return {"worker_megabytes": peak / 1024}


def start() -> Measures:
    """A whole run of the command for one answer."""
    runs = [_one_run() for _ in range(ROUNDS)]
    seconds, wall = min(runs)
    return {"start_seconds": seconds, "start_wall_seconds": wall}


def _one_run() -> tuple[float, float]:
    with tempfile.TemporaryDirectory() as folder:
        texts = Path(folder) / "texts.jsonl"
        texts.write_text('{"id": "1", "text": "Snelle levering", "language": "nl"}\n')
        command = ["-m", "survey_app", "analyse", str(texts), "--output"]
        began, before = time.monotonic(), _children_seconds()
        subprocess.run(  # noqa: S603 - our own command
            [sys.executable, *command, f"{folder}/found.jsonl"],
            check=True,
            capture_output=True,
        )
        return _children_seconds() - before, time.monotonic() - began


def _children_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def interview() -> Measures:
    pipeline = build_pipeline()
    turns = _interview()
    began, started = time.monotonic(), time.process_time()
    pipeline.analyse(turns)
    return {
        "interview_seconds": time.process_time() - started,
        "interview_wall_seconds": time.monotonic() - began,
        "interview_words": float(sum(len(turn.text.split()) for turn in turns)),
    }


CHILDREN: dict[str, Callable[[], Measures]] = {
    "encoder_speed": encoder_speed,
    "fast_speed": fast_speed,
    "worker_memory": worker_memory,
    "start": start,
    "interview": interview,
}


def _speed(work: Callable[[list[Text]], object], texts: list[Text]) -> float:
    """Texts in one CPU second, at best; lexicons are read before the clock starts."""
    work(texts[:50])
    best = 0.0
    for _ in range(ROUNDS):
        started = time.process_time()
        work(texts)
        best = max(best, len(texts) / (time.process_time() - started))
    return best


def _tokenizer_speed(texts: list[Text]) -> float:
    tokenizer = make_tokenizer(Language.DUTCH).tokenizer
    return _speed(lambda some: [tokenizer(one.text) for one in some], texts)


def _pieces(texts: list[Text]) -> float:
    from tokenizers import Tokenizer  # noqa: PLC0415 - only beside an encoder

    tokenizer = Tokenizer.from_file(
        str(ROOT / "analysis" / "encoder_weights" / "tokenizer.json")
    )
    read = tokenizer.encode_batch([one.text for one in texts])
    return sum(len(one.ids) for one in read) / len(read)


def _answers() -> list[LabelledText]:
    found = [one for path in ANSWERS for one in read_labelled(path)]
    random.Random(SEED).shuffle(found)  # noqa: S311 - a repeatable order, no secret
    return found[:MOST]


def _short_answers() -> list[Text]:
    texts = [one.text for one in _answers()]
    return [one for one in texts if len(one.text.split()) <= SHORT]


def _interview() -> list[Text]:
    """Turns of a long conversation, put together from answers."""
    said = [f"{one.text.text}." for one in _answers()]
    words = " ".join(said).split()
    words = (words * (1 + INTERVIEW_WORDS // len(words)))[:INTERVIEW_WORDS]
    return [
        Text(" ".join(words[start : start + TURN_WORDS]), QuestionRole.INTERVIEW)
        for start in range(0, len(words), TURN_WORDS)
    ]


def _table(measures: Measures) -> str:
    lines = [
        f"{text:<44} {measures[name]:>10,.1f}"
        for name, text in TEXTS.items()
        if name in measures
    ]
    if not measures["encoder"]:
        lines.append("The encoder's weights are not here.")
    return "\n".join(lines)


TEXTS = {
    "encoder_texts_per_second": "short answers a CPU second",
    "encoder_pieces": "  pieces in each, on average",
    "encoder_ratio": "  times the time of the tokenizer",
    "fast_texts_per_second": "the same with --fast",
    "fast_ratio": "  times the time of the tokenizer",
    "worker_megabytes": "memory of a worker at most, MB",
    "start_seconds": "the command for one answer, CPU seconds",
    "start_wall_seconds": "  on the clock",
    "interview_words": "words of an interview",
    "interview_seconds": "  CPU seconds",
    "interview_wall_seconds": "  seconds on the clock",
}


if __name__ == "__main__":
    if "--part" in sys.argv:
        print(json.dumps(CHILDREN[sys.argv[-1]]()))
    else:
        main()
