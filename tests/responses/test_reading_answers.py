"""Days and devices as they come in, in whatever form."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey_app.responses.dates import InvalidDateError, read_date
from survey_app.responses.devices import device_of

DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))
FORMS = ("%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y", "%d.%m.%Y", "%d %m %Y", "%d%m%Y", "%Y%m%d")


@given(DAYS, st.sampled_from(FORMS[:-2]))
def test_a_day_is_read_in_every_usual_form(day: date, form: str) -> None:
    assert read_date(f" {day.strftime(form)} ") == day.isoformat()


@pytest.mark.parametrize(
    "text",
    ["14-3-2026", "14 maart 2026", "14 mrt. 2026", "14th March, 2026", "14032026"],
)
def test_a_day_may_be_written_in_words(text: str) -> None:
    assert read_date(text) == "2026-03-14"


@given(st.text(max_size=30))
def test_anything_else_is_refused_or_a_real_day(text: str) -> None:
    try:
        read = read_date(text)
    except InvalidDateError:
        return
    assert date.fromisoformat(read).isoformat() == read


@pytest.mark.parametrize(
    "text", ["31-2-2026", "2026-13-01", "gisteren", "14-3-26", "²"]
)
def test_what_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(InvalidDateError):
        read_date(text)


@pytest.mark.parametrize(
    ("agent", "device"),
    [
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Mobile/15E148",
            "phone",
        ),
        ("Mozilla/5.0 (Linux; Android 14; Pixel 8) Chrome/120 Mobile Safari", "phone"),
        ("Mozilla/5.0 (Linux; Android 14; SM-X900) Chrome/120 Safari", "tablet"),
        ("Mozilla/5.0 (iPad; CPU OS 17_0 like Mac OS X) Mobile/15E148", "tablet"),
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/120", "desktop"),
        ("", "desktop"),
    ],
)
def test_a_browser_tells_the_class_of_its_device(agent: str, device: str) -> None:
    assert device_of(agent) == device
