"""Files of other tools, where a copy of them lies beside the checkout."""

from pathlib import Path

import pytest

PLACE = Path("shared", "data", "refi-qda")


@pytest.fixture(scope="session")
def foreign() -> Path:
    """The folder of files that other tools made; they are not ours to copy."""
    found = [each / PLACE for each in Path(__file__).parents if (each / PLACE).is_dir()]
    if not found:
        pytest.skip(f"no {PLACE} beside the checkout: files of other tools")
    return found[0]
