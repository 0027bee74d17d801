"""The generated part of the model card."""

from pathlib import Path

import pytest

from encoder_training.card import BEGIN, CARD, END, renewed, write_card
from encoder_training.figures import Figures, Measured
from encoder_training.needs import CannotTrainError
from encoder_training.options import SHIPPED
from encoder_training.plans import Plan, as_kept
from encoder_training.record import RECORD, Record, load_record, save_record

FOUND = Measured(
    [Figures("answers_nl", 437, 0.75, 0.5, 0.8, 0.7, 0.04, (0.6, 0.4))],
    ["fabsa_en"],
    640.4,
)
ROUND = {
    "plan": as_kept(Plan(opinions=0)),
    "texts": {"answers": 19_000, "mabsa_nl_phone": 100, "mabsa_en_phone": 50},
    "steps": 540,
    "minutes": 33.1,
}
RECORDED = Record([ROUND], (0.997, 0.955), 3_657)


def test_all_but_the_generated_part_stays() -> None:
    card = f"# Card\n\nBy hand.\n\n{BEGIN}\nold\n{END}\n\n## Limits\n"

    new = renewed(card, RECORDED, FOUND, 39.2)

    assert new.startswith(f"# Card\n\nBy hand.\n\n{BEGIN}\n")
    assert new.endswith(f"{END}\n\n## Limits\n")
    assert "\nold\n" not in new


def test_card_tells_sources_rounds_and_figures() -> None:
    new = renewed(f"{BEGIN}{END}", RECORDED, FOUND, 39.2)

    assert "| 19,000 | Apache-2.0, as this project |" in new
    assert "restaurants and food | 150 | Apache-2.0 |" in new  # both languages
    assert "NHS" not in new  # nothing of it was read
    assert "lexicons" not in new
    assert "contrasts.toml" in new
    assert "| 1 | 540 | 33.1 |" in new
    assert "| answers_nl | 437 | 0.750 | 0.500 | 0.800 |" in new
    assert "99.7% of decisions and 95.5% of whole texts" in new
    assert "39 MB; 640 answers" in new
    assert "3,657 texts held out" in new
    assert "not there: fabsa_en" in new


def test_rounds_before_there_was_a_record_are_told() -> None:
    older = Record([{"plan": {"epochs": 9}}, ROUND], (1.0, 1.0))

    new = renewed(f"{BEGIN}{END}", older, FOUND, 39.2)

    assert "What 1 of the rounds below read was not recorded." in new
    assert "| 1 | not recorded | not recorded | 9 |" in new


def test_writing_twice_gives_the_same() -> None:
    once = renewed(f"a{BEGIN}{END}b", RECORDED, FOUND, 39.2)

    assert renewed(once, RECORDED, FOUND, 39.2) == once


def test_shipped_card_is_the_template(tmp_path: Path) -> None:
    write_card(tmp_path, SHIPPED, RECORDED, FOUND, 39.2)

    assert "## What it is not for" in (tmp_path / CARD).read_text("utf-8")


@pytest.mark.parametrize("card", ["", BEGIN, END, f"{END}{BEGIN}"])
def test_card_without_its_marks_is_not_written_over(card: str) -> None:
    with pytest.raises(CannotTrainError, match="marks"):
        renewed(card, RECORDED, FOUND, 39.2)


def test_record_is_read_as_saved(tmp_path: Path) -> None:
    save_record(RECORDED, tmp_path)

    assert load_record(tmp_path) == RECORDED


@pytest.mark.parametrize("kept", ["", "[]", "{}", '{"as_in_full_precision": [1]}'])
def test_record_that_cannot_be_read_is_told(tmp_path: Path, kept: str) -> None:
    (tmp_path / RECORD).write_text(kept, "utf-8")

    with pytest.raises(CannotTrainError, match="cannot be read"):
        load_record(tmp_path)


def test_no_record_says_what_to_run(tmp_path: Path) -> None:
    with pytest.raises(CannotTrainError, match="export first"):
        load_record(tmp_path)
