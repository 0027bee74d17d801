"""Numbers and dates in the words of a language."""

from datetime import date

import pytest

from survey_app.journeys.document import Ownership, Wave
from survey_app.journeys.drawing import DUTCH, ENGLISH


@pytest.mark.parametrize(
    ("value", "text"),
    [(1.14, "+1,1"), (-0.4, "−0,4"), (-0.04, "0,0"), (0.0, "0,0"), (2, "+2,0")],
)
def test_score_has_a_sign_and_a_decimal_comma(value: float, text: str) -> None:
    assert DUTCH.score(value) == text


@pytest.mark.parametrize(
    ("wave", "text"),
    [
        (Wave("g", date(2026, 9, 1), date(2026, 9, 30)), "1–30 sep 2026"),
        (Wave("g", date(2026, 9, 1), date(2026, 10, 31)), "1 sep – 31 okt 2026"),
        (Wave("g", date(2025, 12, 1), date(2026, 1, 5)), "1 dec 2025 – 5 jan 2026"),
        (Wave("g", date(2026, 9, 1)), "1 sep 2026"),
        (Wave("g"), ""),
    ],
)
def test_dates_of_a_wave_repeat_nothing(wave: Wave, text: str) -> None:
    assert DUTCH.dates(wave) == text


def test_both_languages_name_every_lane_and_ownership() -> None:
    assert ENGLISH.lanes.keys() == DUTCH.lanes.keys()
    assert ENGLISH.ownership.keys() == DUTCH.ownership.keys() == set(Ownership)
