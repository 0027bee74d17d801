"""The shipped encoder: it reads, keeps order, and refuses heads of other weights."""

import shutil
from pathlib import Path

import numpy as np
import pytest

import analysis
from analysis.encoder import WrongEncoderError
from analysis.encoder_heads import TOKENIZER
from analysis.records import Language, QuestionRole, Text
from analysis.trained_encoder import TrainedEncoder, load_encoder

WEIGHTS = Path(analysis.__file__).with_name("encoder_weights")
TEXTS = [
    Text("via google", QuestionRole.FOUND_US, Language.DUTCH),
    Text(
        "De bezorger was vriendelijk, maar de verzendkosten zijn veel te hoog.",
        QuestionRole.REVIEW,
        Language.DUTCH,
    ),
    Text("Het menu is een doolhof", QuestionRole.FINDABILITY, Language.DUTCH),
    Text("Lovely staff in the shop", QuestionRole.INTERACTIONS, Language.ENGLISH),
]


@pytest.fixture(scope="module")
def encoder() -> TrainedEncoder:
    shipped = load_encoder()
    if shipped is None:
        pytest.skip("no weights in analysis/encoder_weights")
    return shipped


def test_plain_answers_are_read(encoder: TrainedEncoder) -> None:
    named = [
        {
            (one.touchpoint, np.sign(round(one.score)))
            for one in found
            if one.probability >= 0.5
        }
        for found in encoder.judge(TEXTS)
    ]

    assert named[0] == {("search_engine", 0)}
    assert ("search_navigation", -1) in named[2]
    assert ("physical_store", 1) in named[3]


def test_what_is_read_beside_a_text_changes_nothing(encoder: TrainedEncoder) -> None:
    together = encoder.judge([*TEXTS, *reversed(TEXTS)])
    alone = [encoder.judge([text])[0] for text in TEXTS]

    assert together == [*alone, *reversed(alone)]


def test_empty_text_and_no_texts_are_read(encoder: TrainedEncoder) -> None:
    assert len(encoder.judge([Text("")])) == 1
    assert encoder.judge([]) == []


def test_long_text_is_read(encoder: TrainedEncoder) -> None:
    [judged] = encoder.judge([Text("De levering duurde te lang. " * 500)])

    assert all(0 <= one.probability <= 1 for one in judged)


def test_shares_of_polarity_add_up(encoder: TrainedEncoder) -> None:
    for found in encoder.judge(TEXTS):
        for one in found:
            total = one.negative + one.neutral + one.positive + one.mixed
            assert total == pytest.approx(1, abs=0.001)


def test_alike_texts_lie_closer_than_others(encoder: TrainedEncoder) -> None:
    late, tardy, site = encoder.vectors(
        ["Pakket kwam te laat", "De levering duurde te lang", "Mooie website"]
    )

    assert late @ tardy > late @ site


@pytest.mark.usefixtures("encoder")
def test_heads_of_other_weights_are_refused(tmp_path: Path) -> None:
    folder = shutil.copytree(WEIGHTS, tmp_path / "weights")
    with (folder / TOKENIZER).open("a", encoding="utf-8") as tokenizer:
        tokenizer.write("\n")

    with pytest.raises(WrongEncoderError):
        TrainedEncoder(folder)
