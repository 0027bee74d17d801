"""The package of SurveyJS, for tests that ask it."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.exchange.survey_core import SURVEY_CORE


@pytest.fixture(scope="session")
def survey_core() -> Path:
    """The folder with the package from npm, fetched once for all runs."""
    if shutil.which("node") is None or shutil.which("npm") is None:
        pytest.skip("no Node.js with npm on this machine")
    cache = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache"))
    folder = cache / "klantreis-tests" / SURVEY_CORE
    if not (folder / "node_modules" / "survey-core").is_dir():
        folder.mkdir(parents=True, exist_ok=True)
        command = ["npm", "install", "--no-audit", "--no-fund", SURVEY_CORE]
        try:
            subprocess.run(  # noqa: S603 - npm, with arguments of our own
                command, cwd=folder, check=True, capture_output=True, timeout=120
            )
        except (subprocess.SubprocessError, OSError):
            pytest.skip(f"npm could not install {SURVEY_CORE}")
    return folder
