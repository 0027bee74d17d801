"""What the command is asked, and the sentences for what does not go together."""

from importlib.util import find_spec
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from encoder_training.__main__ import main
from encoder_training.needs import CannotTrainError, check_packages
from encoder_training.options import SHIPPED, STAGES, parsed
from encoder_training.plans import (
    FROM_PUBLISHED,
    FURTHER,
    Plan,
    as_kept,
    changed,
    from_kept,
)


def test_without_stages_all_are_done_in_order() -> None:
    assert parsed([]).stages == STAGES


def test_stages_are_done_in_their_order() -> None:
    assert parsed(["weigh", "export"]).stages == ("export", "weigh")


def test_weighing_goes_where_the_product_looks(tmp_path: Path) -> None:
    shipped = parsed([])
    elsewhere = parsed(["--into", str(tmp_path)])

    assert shipped.weighing == SHIPPED.parent / "heads" / "weighing.json"
    assert elsewhere.weighing == tmp_path / "weighing.json"


def test_own_only_looks_for_no_reviews() -> None:
    assert parsed(["--own-only"]).sources.reviews is None


def test_figures_of_a_round_are_read() -> None:
    options = parsed(["--epochs", "2", "--seed", "7", "--set", "joined=0.25"])

    [plan] = changed(FURTHER, options.changes or {}, 9)

    assert (plan.epochs, plan.seed, plan.joined, plan.minutes) == (2, 7, 0.25, 9)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["bake"], "bake is no stage"),
        (["export", "--minutes", "3"], "are for the stage train"),
        (["--anew"], "name it"),
        (["weigh", "--average", "a.pt"], "for the stage export"),
        (["--set", "joined"], "NAME=VALUE"),
        (["--threads", "0"], "1 or more"),
        (["--keep", "nan"], "less than nought"),
    ],
)
def test_what_does_not_go_together_is_told(
    arguments: list[str], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 2
    assert sentence in capsys.readouterr().err


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("speed", "1", "no figure of a plan"),
        ("minutes", "1", "no figure of a plan"),
        ("epochs", "1.5", "whole number"),
        ("joined", "much", "a number"),
        ("epochs", "0", "more than nought"),
        ("dropout", "1", "a share"),
        ("rate", "nan", "more than nought"),
        ("contrasts", "-1", "cannot be -1"),
    ],
)
def test_figures_that_make_no_sense_are_refused(
    name: str, value: str, sentence: str
) -> None:
    with pytest.raises(CannotTrainError, match=sentence):
        changed(FURTHER, {name: value}, None)


@given(st.floats(0.01, 10_000))
def test_minutes_are_for_all_rounds_together(minutes: float) -> None:
    rounds = changed(FROM_PUBLISHED, {}, minutes)

    assert sum(plan.minutes for plan in rounds) == pytest.approx(minutes)


@pytest.mark.parametrize("minutes", [0, -1, float("nan"), float("inf")])
def test_no_time_at_all_is_refused(minutes: float) -> None:
    with pytest.raises(CannotTrainError, match="minutes"):
        changed(FURTHER, {}, minutes)


def test_plan_is_read_as_kept() -> None:
    plan = Plan(epochs=5, joined=0.4)

    assert from_kept({**as_kept(plan), "of_a_later_version": 1}) == plan


@pytest.mark.skipif(find_spec("torch") is not None, reason="torch is here")
def test_missing_packages_are_named_before_anything_is_done(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main([]) == 2
    assert "make train" in (told := capsys.readouterr().err)
    assert "torch" in told


def test_stages_without_torch_ask_for_none() -> None:
    check_packages(("calibrate", "weigh", "card"), published=False)
