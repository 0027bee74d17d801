"""Texts per second of the whole analysis beside those of the bare tokenizer.

Run it with ``python benchmarks/analyse_throughput.py``. Seconds are CPU seconds of one
process; compare the two figures of one run, not runs with each other.
"""

import random
import time
from collections.abc import Callable, Iterable
from itertools import product

from analysis.language import make_tokenizer
from analysis.pipeline import build_pipeline
from analysis.records import Language, QuestionRole, Text

TEXTS = 10_000
SEED = 20261122
TARGET = 500  # texts per CPU second

OPENINGS = (
    "De levering was {}",
    "Ik vond de site {}",
    "Klantenservice {}, twee keer gebeld",
    "{} geholpen in de winkel",
    "Prijs {} maar kwaliteit goed",
    "Betalen met iDEAL ging {}",
    "Retourneren: {}",
    "Via google gevonden, {}",
    "Het zoeken in het menu ging {}",
    "de app werkt {}",
)
JUDGEMENTS = (
    "prima",
    "traag",
    "niet slecht",
    "echt waardeloos",
    "heel vlot",
    "zoals verwacht",
    "matig",
    "top",
)
ENDINGS = (
    "",
    ", helaas.",
    ", alleen de verzendkosten zijn hoog",
    " en het pakketje kwam netjes op tijd aan",
    ". Volgende keer weer!",
    ", al kon ik de maattabel nergens vinden",
    " :)",
    ", maar daarna nooit meer iets gehoord",
)


def answers() -> list[Text]:
    """Ten thousand short answers, each with a number so that none repeats."""
    chosen = random.Random(SEED)  # noqa: S311  (a repeatable choice, no secret)
    pieces = list(product(OPENINGS, JUDGEMENTS, ENDINGS))
    roles = [*QuestionRole, None]
    texts = []
    for number in range(TEXTS):
        opening, judgement, ending = chosen.choice(pieces)
        text = f"{opening.format(judgement)}{ending} ({number} dagen)"
        texts.append(Text(text, chosen.choice(roles), Language.DUTCH))
    return texts


def texts_per_second(
    work: Callable[[Iterable[Text]], object], texts: list[Text]
) -> float:
    started = time.process_time()
    work(texts)
    return len(texts) / (time.process_time() - started)


def main() -> None:
    texts = answers()
    pipeline = build_pipeline()
    tokenizer = make_tokenizer(Language.DUTCH).tokenizer
    pipeline.analyse(texts[:200])  # the lexicons are read once, before the clock starts
    tokens = texts_per_second(
        lambda batch: [tokenizer(one.text) for one in batch], texts
    )
    analysed = texts_per_second(lambda batch: pipeline.analyse(list(batch)), texts)
    print(f"Texts per CPU second of one process, over {TEXTS:,} short Dutch answers.")
    print(f"Target: the analysis at least {TARGET} texts per CPU second.\n")
    print(f"analysis        {analysed:>10,.0f} texts per CPU second")
    print(f"tokenizer alone {tokens:>10,.0f} texts per CPU second")
    print(f"the analysis takes {tokens / analysed:.1f} times the tokenizer's time")
    print(f"\nTarget {'met' if analysed >= TARGET else 'NOT met'}.")


if __name__ == "__main__":
    main()
