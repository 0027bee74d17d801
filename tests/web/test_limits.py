"""Limits: counted by address, forgotten in time, and only in memory."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey_app.config import LIMITS, InvalidSettingError, Limit, load_settings
from survey_app.web import limits
from survey_app.web.limits import Limiter

MORNING = datetime(2026, 11, 27, 9, 0, tzinfo=UTC)


class Clock:
    """A clock that is moved by hand."""

    def __init__(self) -> None:
        self.at = MORNING

    def __call__(self) -> datetime:
        return self.at

    def forward(self, **time: float) -> None:
        self.at += timedelta(**time)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def limiter(clock: Clock) -> Limiter:
    return Limiter({"start": Limit(3, 600), "page": Limit(1, 60)}, clock)


def test_one_too_many_waits_until_the_time_is_over(
    limiter: Limiter, clock: Clock
) -> None:
    taken = [limiter.take("start", "192.0.2.1") for _ in range(3)]
    clock.forward(seconds=100)

    assert taken == [None, None, None]
    assert limiter.take("start", "192.0.2.1") == 500
    assert limiter.wait("start", "192.0.2.1") == 500
    clock.forward(seconds=500)
    assert limiter.take("start", "192.0.2.1") is None


def test_addresses_and_actions_are_counted_apart(limiter: Limiter) -> None:
    limiter.take("page", "192.0.2.1")

    assert limiter.take("page", "192.0.2.1") is not None
    assert limiter.take("page", "192.0.2.2") is None
    assert limiter.take("start", "192.0.2.1") is None
    assert limiter.take("unlimited", "192.0.2.1") is None


def test_looking_does_not_count(limiter: Limiter) -> None:
    waits = [limiter.wait("page", "192.0.2.1") for _ in range(9)]

    assert waits == [None] * 9
    assert limiter.take("page", "192.0.2.1") is None


def test_one_ipv6_network_is_one_visitor(limiter: Limiter) -> None:
    limiter.take("page", "2001:db8:1:2::1")

    assert limiter.take("page", "2001:db8:1:2:ffff::9") is not None
    assert limiter.take("page", "2001:db8:1:3::1") is None
    assert limiter.take("page", "::ffff:192.0.2.1") is None
    assert limiter.take("page", "::ffff:192.0.2.2") is None


def test_a_new_day_knows_nobody(limiter: Limiter, clock: Clock) -> None:
    clock.at = MORNING.replace(hour=23, minute=59, second=50)
    limiter.take("page", "192.0.2.1")

    clock.forward(seconds=11)

    assert limiter.take("page", "192.0.2.1") is None


def test_memory_is_bounded_and_holds_no_address(
    clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "MOST_REMEMBERED", 10)
    limiter = Limiter({"page": Limit(1, 60)}, clock)

    for number in range(200):
        limiter.take("page", f"192.0.2.{number}")

    remembered = vars(limiter)["_counts"]
    assert len(remembered) == 10
    assert "192.0.2" not in repr(remembered)


@given(st.one_of(st.none(), st.text()))
def test_any_address_can_be_counted(address: str | None) -> None:
    assert Limiter({"page": Limit(1, 60)}).take("page", address) is None


def test_limits_are_set_in_the_environment(tmp_path: object) -> None:
    environ = {"KLANTREIS_INSTANCE": str(tmp_path)}

    usual = load_settings(environ)
    changed = load_settings(
        {**environ, "KLANTREIS_LIMITS": "start=200/600, guess=5/60"}
    )
    off = load_settings({**environ, "KLANTREIS_LIMITS": "off"})

    assert usual.limits == LIMITS
    assert changed.limits == {
        **LIMITS,
        "start": Limit(200, 600),
        "guess": Limit(5, 60),
    }
    assert off.limits == {}


@pytest.mark.parametrize("written", ["start", "start=1/0", "posts=1/2", "start=-1/5"])
def test_limit_that_cannot_be_read_is_refused(tmp_path: object, written: str) -> None:
    environ = {"KLANTREIS_INSTANCE": str(tmp_path), "KLANTREIS_LIMITS": written}

    with pytest.raises(InvalidSettingError, match="KLANTREIS_LIMITS"):
        load_settings(environ)
