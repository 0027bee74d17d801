"""From figures to the page, on a few texts of our own."""

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from analysis.labelled import LabelledText, read_labelled
from analysis.pipeline import Recipe, build_pipeline
from analysis.records import Language, Mention, Polarity, Text, TextAnalysis
from analysis.redaction_quality import MaskingQuality
from analysis_evaluation.__main__ import measure_all
from analysis_evaluation.bars import Bar, Results, bars
from analysis_evaluation.confusions import confusions
from analysis_evaluation.figures import Figures, measure_on
from analysis_evaluation.lexicons import pattern_for_dutch, vader
from analysis_evaluation.material import Material, Source
from analysis_evaluation.page import Evaluation, experiments, written_page
from analysis_evaluation.systems import FAST, PRODUCT, OwnAnalysis, System

ROOT = Path(__file__).parents[2]
ANSWERS = ROOT / "tests" / "analysis" / "data" / "answers_nl.tsv"
NOTHING = Results({}, MaskingQuality(), {})


@pytest.fixture(scope="module")
def fast() -> System:
    return OwnAnalysis(FAST, build_pipeline(Recipe(fast=True)))


def labelled(*labels: tuple[str, Polarity], text: str = "x") -> LabelledText:
    return LabelledText(Text(text, language=Language.DUTCH), frozenset(labels))


def analysis(*found: tuple[str, Polarity]) -> TextAnalysis:
    mentions = (
        Mention(
            start=0, end=1, touchpoint=name, polarity=polarity, score=0, confidence=1
        )
        for name, polarity in found
    )
    return TextAnalysis(language=Language.DUTCH, overall=None, mentions=tuple(mentions))


def material(*, shows_examples: bool = False) -> Material:
    texts = read_labelled(ANSWERS)[:40]
    groups = ["even" if at % 2 == 0 else "odd" for at in range(40)]
    return Material(
        "some answers", texts, "known", groups=groups, shows_examples=shows_examples
    )


def evaluation(chosen: Material, *systems: System) -> Evaluation:
    measured = [one for each in systems if (one := measure_on(chosen, each))]
    figures = {(f.part, f.system): f for one in measured for f in one.figures}
    return Evaluation(measured, ["others"], replace(NOTHING, figures=figures))


def test_parts_are_measured_apart(fast: System) -> None:
    measured = measure_on(material(), fast)

    assert measured is not None
    whole, even, odd = measured.figures
    assert (whole.texts, even.part, even.texts, odd.texts) == (40, "even", 20, 20)
    assert whole.quality is not None
    assert whole.quality.touchpoint_micro_f1 > 0.9
    assert whole.touchpoint_error is None  # --fast does not tell


def test_polarity_counts_where_a_touchpoint_is_labelled(fast: System) -> None:
    texts = [
        labelled(("price", Polarity.NEGATIVE), text="Veel te duur"),
        labelled(("price", Polarity.POSITIVE), text="Schandalig duur"),
        labelled(("website", Polarity.NEGATIVE), text="Waardeloos"),
    ]

    measured = measure_on(Material("three", texts, ""), fast)

    assert measured is not None
    assert measured.figures[0].polarity_accuracy == pytest.approx(2 / 3)


def test_overall_sign_is_measured_on_sentences_with_one() -> None:
    texts = [labelled(text=text) for text in ("Prachtig", "Prachtig", "Prachtig")]
    signs = [Polarity.POSITIVE, Polarity.NEGATIVE, None]

    measured = measure_on(
        Material("signs", texts, "", signs=signs), pattern_for_dutch()
    )

    assert measured is not None
    assert (measured.figures[0].sign_accuracy, measured.figures[0].signed) == (0.5, 2)


def test_systems_read_their_own_languages_only() -> None:
    assert measure_on(material(), vader()) is None


def test_absent_files_are_told_and_skipped(tmp_path: Path, fast: System) -> None:
    said: list[str] = []
    chosen = [
        Source("gone", tmp_path / "gone.tsv", material),
        Source("here", ANSWERS, material),
    ]

    measured, absent = measure_all(chosen, [fast, vader()], said.append)

    assert (len(measured), absent) == (1, ["gone"])
    assert said[0] == "gone: not here, skipped"
    assert said[1].startswith("some answers")
    assert len(said) == 4  # the whole and its two parts


@pytest.mark.parametrize(
    ("value", "bound", "is_at_most", "word"),
    [
        (0.88, 0.88, False, "reached"),
        (0.87, 0.88, False, "**not reached**"),
        (0.05, 0.05, True, "reached"),
        (0.06, 0.05, True, "**not reached**"),
        (None, 0.05, True, "not measured"),
    ],
)
def test_bar_says_whether_it_is_reached(
    *, value: float | None, bound: float, is_at_most: bool, word: str
) -> None:
    bar = Bar("x", "y", bound, lambda _: value, is_at_most=is_at_most)

    assert bar.row(NOTHING)[-1] == word


def test_bars_are_of_the_whole_product(fast: System) -> None:
    measured = measure_on(replace(material(), name="survey answers"), fast)
    assert measured is not None
    figures: Figures = measured.figures[0]
    [bar, *_] = bars()

    by_fast = replace(NOTHING, figures={("survey answers", FAST): figures})
    by_product = replace(NOTHING, figures={("survey answers", PRODUCT): figures})

    assert bar.reached(by_fast) is None
    assert bar.reached(by_product)
    assert {one.row(NOTHING)[-1] for one in bars()} == {"not measured"}


def test_speed_without_the_encoder_is_not_the_products() -> None:
    limits = {"encoder": 0.0, "start_seconds": 1.0, "fast_texts_per_second": 6_000.0}

    reached = {
        bar.about: bar.reached(replace(NOTHING, limits=limits)) for bar in bars()
    }

    assert reached["start of the command"] is None
    assert reached["speed, `--fast`"] is True


def test_page_is_the_same_each_time_but_for_speed(fast: System) -> None:
    chosen = material()

    first, second = (
        written_page(evaluation(chosen, fast, pattern_for_dutch()), "\n## Kept\n")
        for _ in range(2)
    )

    assert first.split("## Speed")[0] == second.split("## Speed")[0]
    assert first.endswith("\n## Kept\n")
    assert "| some answers | Pattern | 40 |" in first
    assert "Not there when this page was written: others." in first


def test_page_quotes_only_what_may_be_read(fast: System) -> None:
    unread, read = (
        written_page(evaluation(material(shows_examples=shown), fast), "")
        for shown in (False, True)
    )
    texts = material().texts
    analyses = fast.analyse([one.text for one in texts])
    wrong = confusions(zip(texts, analyses, strict=True))

    assert wrong
    assert f"“{wrong[0].texts[0]}”" in read
    assert "“" not in unread.split("## What goes wrong")[1].split("## By touch")[0]


def test_confusions_are_counted_and_the_commonest_comes_first() -> None:
    texts = [labelled(("price", Polarity.NEGATIVE)) for _ in range(2)]
    texts.append(labelled(("app", Polarity.NEGATIVE)))
    analyses = [analysis(), analysis(), analysis(("website", Polarity.NEGATIVE))]

    found = confusions(zip(texts, analyses, strict=True))

    assert [(one.name, one.count) for one in found] == [
        ("price missed", 2),
        ("app read as website", 1),
    ]


def test_polarity_that_is_wrong_is_named_as_such() -> None:
    pairs = [
        (labelled(("price", Polarity.NEGATIVE)), analysis(("price", Polarity.NEUTRAL)))
    ]

    [confusion] = confusions(pairs)

    assert confusion.name == "price: negative read as neutral"


def test_what_was_tried_stays_when_the_page_is_written_anew(tmp_path: Path) -> None:
    written = tmp_path / "evaluation.md"
    written.write_text("# Old\n\n## The encoder: what was tried\n\nA table.\n", "utf-8")

    assert experiments(written) == "\n## The encoder: what was tried\n\nA table.\n"
    assert experiments(tmp_path / "none.md") == ""


def test_limits_are_measured_in_a_process_of_its_own() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.analysis_limits", "--part", "fast_speed"],
        check=True,
        capture_output=True,
        text=True,
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )

    measures = json.loads(done.stdout)

    assert measures["fast_texts_per_second"] > 100
    assert measures["fast_ratio"] > 1
