"""The measure itself, and floors that our own labelled answers must not fall below."""

from pathlib import Path

import pytest

from analysis.evaluation import (
    Measured,
    confusions,
    experiments,
    measure_file,
    page,
    report,
)
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


def test_confusions_are_counted_and_the_commonest_comes_first() -> None:
    texts = [labelled(("price", Polarity.NEGATIVE)) for _ in range(2)]
    texts.append(labelled(("app", Polarity.NEGATIVE)))
    analyses = [analysis(), analysis(), analysis(("website", Polarity.NEGATIVE))]
    measured = Measured("own", measure(texts, analyses), 1.0, texts, analyses)

    found = confusions([measured])

    assert found == [
        ("price missed", 2, ["x", "x"]),
        ("app read as website", 1, ["x"]),
    ]


def test_polarity_that_is_wrong_is_named_as_such() -> None:
    texts = [labelled(("price", Polarity.NEGATIVE))]
    analyses = [analysis(("price", Polarity.NEUTRAL))]
    measured = Measured("own", measure(texts, analyses), 1.0, texts, analyses)

    assert confusions([measured]) == [("price: negative read as neutral", 1, ["x"])]


def test_page_says_what_was_seen_before_and_what_is_absent(pipeline: Pipeline) -> None:
    measured = measure_file(DATA / "answers_en.tsv", pipeline)

    text = page([measured], ["the review files"])

    assert "| answers_en | 104 |" in text
    assert "rules written against it" in text
    assert "Not there when this page was written: the review files." in text


def test_judgements_say_what_was_found_and_whether_it_was_right() -> None:
    judgements = read_judgements(DATA / "judged_mentions.tsv")

    assert len(judgements) == 240
    assert sum(one.right for one in judgements) == 182
    assert judgements[0].found == ("search_navigation", Polarity.POSITIVE)


def test_what_was_tried_stays_when_the_page_is_written_anew(tmp_path: Path) -> None:
    written = tmp_path / "evaluation.md"
    written.write_text("# Old\n\n## The encoder: what was tried\n\nA table.\n", "utf-8")

    assert experiments(written) == "\n## The encoder: what was tried\n\nA table.\n"
    assert experiments(tmp_path / "none.md") == ""
