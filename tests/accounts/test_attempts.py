from datetime import UTC, datetime, timedelta

import pytest

from survey_app.accounts.attempts import ATTEMPTS, WINDOW, SignInAttempts

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


class Clock:
    def __init__(self) -> None:
        self.time = NOON

    def __call__(self) -> datetime:
        return self.time


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def attempts(clock: Clock) -> SignInAttempts:
    return SignInAttempts(clock)


def try_often(attempts: SignInAttempts, times: int = ATTEMPTS) -> None:
    for _time in range(times):
        assert attempts.note("an@example.org", "192.0.2.1") is None


def test_ten_attempts_are_let_through_and_the_eleventh_waits(
    attempts: SignInAttempts, clock: Clock
) -> None:
    try_often(attempts)
    clock.time += timedelta(minutes=4)

    assert attempts.note("an@example.org", "192.0.2.1") == timedelta(minutes=6)


@pytest.mark.parametrize(
    ("account", "address"),
    [("bo@example.org", "192.0.2.1"), ("an@example.org", "192.0.2.2")],
)
def test_others_do_not_wait(
    account: str, address: str, attempts: SignInAttempts
) -> None:
    try_often(attempts)

    assert attempts.note(account, address) is None


def test_another_spelling_is_the_same_account(attempts: SignInAttempts) -> None:
    try_often(attempts)

    assert attempts.note(" AN@Example.org", "192.0.2.1") is not None


def test_waiting_ends(attempts: SignInAttempts, clock: Clock) -> None:
    try_often(attempts)
    clock.time += WINDOW

    try_often(attempts)


def test_asking_while_waiting_does_not_make_it_longer(
    attempts: SignInAttempts, clock: Clock
) -> None:
    try_often(attempts)
    waits = []
    for _time in range(3):
        clock.time += timedelta(minutes=1)
        waits.append(attempts.note("an@example.org", "192.0.2.1"))

    assert waits == [timedelta(minutes=minutes) for minutes in (9, 8, 7)]


def test_right_password_wipes_the_slate(attempts: SignInAttempts) -> None:
    try_often(attempts)
    attempts.forget("an@example.org", "192.0.2.1")

    try_often(attempts)
