"""Approximate numbers that may stand in a record that is compared as a whole."""

from typing import Any

import pytest


def about(value: float, *, within: float = 1e-6) -> Any:  # noqa: ANN401 - stands in for a float in a typed record
    return pytest.approx(value, abs=within)
