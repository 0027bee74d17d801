"""The measure itself, and floors that our own labelled answers must not fall below."""

from pathlib import Path

import pytest

from analysis.evaluation import report
from analysis.labelled import LabelledText, read_judgements, read_labelled
from analysis.pipeline import Pipeline, Recipe, build_pipeline
from analysis.quality import measure
from analysis.records import Language, Mention, Polarity, Text, TextAnalysis

DATA = Path(__file__).parent / "data"


@pytest.fixture(scope="module")
def pipeline() -> Pipeline:
    return build_pipeline(Recipe(fast=True))


def analysis(*found: tuple[str, Polarity], confidence: float = 1.0) -> TextAnalysis:
    return TextAnalysis(
        language=Language.DUTCH,
        overall=None,
        mentions=tuple(
            Mention(
                start=0,
                end=1,
                touchpoint=touchpoint,
                polarity=polarity,
                score=0.0,
                confidence=confidence,
            )
            for touchpoint, polarity in found
        ),
    )


def labelled(*labels: tuple[str, Polarity]) -> LabelledText:
    return LabelledText(Text("x"), frozenset(labels))


def test_measure_counts_touchpoints_and_polarity_apart() -> None:
    gold = [labelled(("price", Polarity.POSITIVE), ("delivery", Polarity.NEGATIVE))]
    found = [analysis(("price", Polarity.NEGATIVE), ("delivery", Polarity.NEGATIVE))]

    quality = measure(gold, found)

    assert quality.touchpoint_micro_f1 == 1.0
    assert quality.joint_micro_f1 == 0.5
    assert quality.polarity_accuracy == 0.5
    assert quality.calibration_error == pytest.approx(0.5)


def test_measure_counts_what_is_missed_and_what_is_invented() -> None:
    gold = [labelled(("price", Polarity.POSITIVE)), labelled()]
    found = [analysis(), analysis(("website", Polarity.POSITIVE))]

    quality = measure(gold, found)

    assert quality.touchpoint_micro_f1 == 0.0
    assert quality.by_touchpoint == {"price": (0.0, 0.0, 1), "website": (0.0, 0.0, 0)}


def test_reviews_without_a_touchpoint_keep_their_place(tmp_path: Path) -> None:
    path = tmp_path / "reviews.jsonl"
    path.write_text(
        '{"lang": "nl", "text": "a", "labels": [{"touchpoint": "overall",'
        ' "polarity": "positive"}]}\n'
        '{"lang": "en", "text": "b", "labels": [{"touchpoint": "price",'
        ' "polarity": "negative"}]}\n'
    )

    texts = read_labelled(path)

    assert [one.labels for one in texts] == [
        frozenset(),
        frozenset({("price", Polarity.NEGATIVE)}),
    ]


def test_other_kind_of_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"answers\.csv is neither"):
        read_labelled(tmp_path / "answers.csv")


def test_absent_file_is_skipped_with_a_message(
    tmp_path: Path, pipeline: Pipeline
) -> None:
    line = report(tmp_path / "gone.tsv", pipeline)

    assert line == "gone.tsv: not here, skipped"


@pytest.mark.parametrize(
    ("name", "touchpoints", "joint"),
    [("answers_nl.tsv", 0.95, 0.88), ("answers_en.tsv", 0.95, 0.88)],
)
def test_own_labelled_answers_stay_above_the_floor(
    name: str, touchpoints: float, joint: float, pipeline: Pipeline
) -> None:
    texts = read_labelled(DATA / name)

    quality = measure(texts, pipeline.analyse([one.text for one in texts]))

    assert quality.touchpoint_micro_f1 >= touchpoints
    assert quality.joint_micro_f1 >= joint


def test_judgements_say_what_was_found_and_whether_it_was_right() -> None:
    judgements = read_judgements(DATA / "judged_mentions.tsv")

    assert len(judgements) == 240
    assert sum(one.right for one in judgements) == 182
    assert judgements[0].found == ("search_navigation", Polarity.POSITIVE)
