"""What is trained on and what is held out; the sentences for what is missing."""

import json
import random
from pathlib import Path

import pytest
from tokenizers import Tokenizer

from analysis.labelled import is_held_out
from analysis.training import SHIPPED
from encoder_training.labels import touchpoint_texts
from encoder_training.material import Material, gathered
from encoder_training.mix import batches_of, digest_of, epoch_of
from encoder_training.needs import CannotTrainError
from encoder_training.options import Sources
from encoder_training.plans import Plan
from encoder_training.vocabulary import full_tokenizer
from tests.encoder_training.tiny import published, write_answers

CODES = list(touchpoint_texts())
QUIET = Plan(epochs=2, pieces=300, contrasts=4, opinions=4)


def chance(seed: int) -> random.Random:
    return random.Random(seed)  # noqa: S311  (nothing secret)


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    return full_tokenizer(published())


def test_own_answers_alone_have_no_reviews(material: Material) -> None:
    assert material.answers
    assert not material.reviews
    assert material.asked == set(CODES)


def test_nothing_is_both_trained_on_and_held_out(material: Material) -> None:
    taught = {one.text for one in material.taught().answers}
    held = {one.text for one in material.held_out().answers}

    assert taught
    assert held
    assert taught.isdisjoint(held)
    assert all(map(is_held_out, held))


def test_epoch_reads_no_text_that_is_held_out(material: Material) -> None:
    plan = Plan(epochs=1, joined=0, contrasts=0, opinions=0)

    read = epoch_of(material.taught(), plan, chance(1))

    assert {is_held_out(one.key) for one in read} == {False}


def test_epoch_mixes_what_the_plan_says(material: Material) -> None:
    plan = Plan(answer_rounds=2, joined=0, contrasts=7, opinions=5)
    taught = material.taught()

    read = epoch_of(taught, plan, chance(1))

    groups = [one.group for one in read]
    assert groups.count("answers") == 2 * len(taught.answers)
    assert groups.count("contrasts") == 7
    assert groups.count("opinions") == 5


def test_same_seed_reads_the_same(material: Material, tokenizer: Tokenizer) -> None:
    def read(seed: int) -> str:
        return digest_of(batches_of(material, tokenizer, QUIET, chance(seed)))

    assert read(1) == read(1) != read(2)


def test_nothing_to_read_makes_no_batch(tokenizer: Tokenizer) -> None:
    silent = Plan(contrasts=0, opinions=0)

    assert batches_of(Material([]), tokenizer, silent, chance(1)) == []


def test_no_answers_are_told(tmp_path: Path) -> None:
    with pytest.raises(CannotTrainError, match=r"holds no \.tsv file.*--answers"):
        gathered(Sources(tmp_path, None), CODES, patients=False)


def test_absent_reviews_are_named_with_what_to_do(tmp_path: Path) -> None:
    sources = Sources(write_answers(tmp_path / "answers"), tmp_path / "nowhere")

    with pytest.raises(CannotTrainError, match=r"mabsa_nl_phone.*more.*--own-only"):
        gathered(sources, CODES, patients=True)


def test_absent_patients_can_be_left_out(tmp_path: Path) -> None:
    sources = Sources(write_answers(tmp_path / "answers"), tmp_path)
    item = {
        "id": "1",
        "lang": "nl",
        "text": "Prijs is goed",
        "labels": [{"category": "", "touchpoint": "price", "polarity": "positive"}],
    }
    for name in SHIPPED:
        (tmp_path / f"{name}.jsonl").write_text(json.dumps(item) + "\n", "utf-8")

    with pytest.raises(CannotTrainError, match=r"nhs.*--set patients=0"):
        gathered(sources, CODES, patients=True)

    found = gathered(sources, CODES, patients=False)
    assert len(found.reviews) == len(SHIPPED)
    assert found.counts()["mams_en_restaurants"] == 1


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("nl\treview\tTe duur\tprice-=te goedkoop", "line 2: 'te goedkoop' is not in"),
        ("nl\tpoetry\tTe duur\tprice-=Te duur", "line 2: 'poetry' is not"),
        ("xx\treview\tTe duur\tprice-=Te duur", "line 2: 'xx' is not"),
        ("nl\treview\tTe duur\tprice?=Te duur", "line 2: 'price.' ends in none"),
        ("nl", "line 2: language, question and text must be parted by tabs"),
    ],
)
def test_line_that_cannot_be_read_is_named(
    tmp_path: Path, line: str, sentence: str
) -> None:
    (tmp_path / "odd.tsv").write_text(f"# first\n{line}\n", "utf-8")

    with pytest.raises(CannotTrainError, match=rf"odd\.tsv.*{sentence}"):
        gathered(Sources(tmp_path, None), CODES, patients=False)


def test_label_of_no_touchpoint_is_named(tmp_path: Path) -> None:
    (tmp_path / "odd.tsv").write_text("nl\treview\tTe duur\tprise-=Te duur\n", "utf-8")

    with pytest.raises(CannotTrainError, match="prise"):
        gathered(Sources(tmp_path, None), CODES, patients=False)


def test_file_that_is_no_text_is_told(tmp_path: Path) -> None:
    (tmp_path / "odd.tsv").write_bytes(b"\xff\xfe\x00")

    with pytest.raises(CannotTrainError, match=r"cannot be read"):
        gathered(Sources(tmp_path, None), CODES, patients=False)
