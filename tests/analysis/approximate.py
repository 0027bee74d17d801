"""Approximate numbers that may stand in a record that is compared as a whole."""

from typing import Any

import pytest


def about(value: float, *, within: float = 1e-6) -> Any:
    return pytest.approx(value, abs=within)
