"""Which column is which question, guessed and never forced."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey_app.imports.matching import Guess, guess_columns, targets_of
from survey_app.questionnaires.reading import read_question_set
from tests.factories import STANDARD
from tests.questionnaires.builders import every_type

SET = read_question_set(STANDARD)
NAMES = st.lists(st.text(max_size=30), unique=True, max_size=6)


@pytest.mark.parametrize(
    ("name", "column"),
    [
        ("q1_found_us", "q1_found_us"),
        ("Q1 Found Us", "q1_found_us"),
        ("Hoe heeft u ons gevonden?", "q1_found_us"),
        ("How did you find us", "q1_found_us"),
        ("Hoe heeft u ons gevonden (kies)", "q1_found_us"),
        ("Wat gaf de doorslag om te kopen?", "q6_deciding_factor"),
        ("Response ID", "submission_id"),
        ("datum", "submitted_at"),
        ("Golf", "wave"),
        ("schoenmaat", None),
        ("", None),
    ],
)
def test_columns_are_known_by_name_title_and_likeness(
    name: str, column: str | None
) -> None:
    assert guess_columns([name], SET)[name].column == column


def test_parts_of_a_question_are_known_by_title_and_label() -> None:
    names = ["Hoe was onze service? [Advies]", "How was our service? Speed"]

    found = guess_columns(names, every_type())

    assert [found[name].column for name in names] == [
        "service__advice",
        "service__speed",
    ]


def test_how_sure_a_guess_is() -> None:
    names = ["q8_why_us", "Hoe heeft u ons gevonden?", "Hoe vond u ons gevonden?"]

    guesses = guess_columns(names, SET)

    assert guesses["q8_why_us"] == Guess("q8_why_us", 1.0)
    assert guesses["Hoe heeft u ons gevonden?"].confidence == 0.9
    assert guesses["Hoe vond u ons gevonden?"] == Guess(None, 0.0)  # taken by the surer


@given(NAMES)
def test_no_target_is_guessed_twice(names: list[str]) -> None:
    guesses = guess_columns(names, SET)

    chosen = [guess.column for guess in guesses.values() if guess.column]
    assert len(set(chosen)) == len(chosen)
    assert set(guesses) == set(names)
    assert set(chosen) <= {target.column for target in targets_of(SET)}
