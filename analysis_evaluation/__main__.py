"""``python -m analysis_evaluation [REVIEWS]`` measures all and writes the page.

Reviews of others are looked for in ``../shared/data/dev`` unless told. A line is
printed for each part and system as soon as it is measured.
"""

import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from analysis.redaction_quality import FILES as MASKING_FILES
from analysis.redaction_quality import measure_masking, read_labelled_people
from analysis_evaluation.bars import Results, bars
from analysis_evaluation.figures import Figures, Measured, measure_on
from analysis_evaluation.lexicons import pattern_for_dutch, vader
from analysis_evaluation.limits import measure_limits
from analysis_evaluation.material import REVIEWS, Source, sources, taught_and_held_out
from analysis_evaluation.page import (
    HEADS,
    Evaluation,
    experiments,
    figure_cells,
    written_page,
)
from analysis_evaluation.systems import PRODUCT, System, own_systems
from analysis_evaluation.tfidf import LinearBaseline

_PAGE = Path(__file__).parents[1] / "docs" / "evaluation.md"
_UNSEEN_PEOPLE = MASKING_FILES[-1]

Say = Callable[[str], object]


def main(reviews: Path) -> None:
    if not reviews.is_dir():
        say(f"{reviews} is not here: what others wrote is left out")
    systems = all_systems(reviews)
    say(f"{'part':<36} {'system':<17} {'texts':>6} {_columns(HEADS)}")
    measured, absent = measure_all(sources(reviews), systems, say)
    figures = {(f.part, f.system): f for one in measured for f in one.figures}
    masking = measure_masking(read_labelled_people(_UNSEEN_PEOPLE))
    say("speed, memory and start, in processes of their own …")
    results = Results(figures, masking, measure_limits())
    for bar in bars():
        say("  ".join(bar.row(results)))
    page = written_page(Evaluation(measured, absent, results), experiments(_PAGE))
    _PAGE.write_text(page, "utf-8")


def all_systems(reviews: Path) -> list[System]:
    """Ours, and what a user would pick instead."""
    ours = own_systems()
    if ours[0].name != PRODUCT:
        say("the encoder's weights are not here: only --fast is measured")
    baseline = LinearBaseline(*taught_and_held_out(reviews))
    return [*ours, pattern_for_dutch(), vader(), baseline]


def measure_all(
    chosen: Sequence[Source], systems: Sequence[System], tell: Say
) -> tuple[list[Measured], list[str]]:
    """What each system made of each source that is there, and what was not there."""
    measured, absent = [], []
    for source in chosen:
        if not source.path.exists():
            absent.append(source.name)
            tell(f"{source.name}: not here, skipped")
            continue
        material = source.read()
        for system in systems:
            one = measure_on(material, system)
            if one is None:
                continue
            measured.append(one)
            for line in _lines(one):
                tell(line)
    return measured, absent


def _lines(one: Measured) -> Iterator[str]:
    for figures in one.figures:
        yield f"{_line(figures)} {one.texts_per_second:>7,.0f} texts a CPU second"


def _line(figures: Figures) -> str:
    cells = _columns(figure_cells(figures))
    return f"{figures.part:<36} {figures.system:<17} {figures.texts:>6} {cells}"


def _columns(cells: Sequence[str]) -> str:
    return " ".join(f"{cell:>8}" for cell in cells)


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]) if sys.argv[1:] else REVIEWS)
