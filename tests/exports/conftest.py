"""Where exports lie: in a folder of each test."""

from pathlib import Path

import pytest

from survey_app.config import Settings


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    return Settings(
        database_url=database_url,
        secret_key="a key for tests only",
        instance=tmp_path / "instance",
    )
