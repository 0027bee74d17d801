"""What the analysis loads before it reads its first text."""

import json
import subprocess
import sys

import pytest

LOADED = """
import json, sys
from analysis.pipeline import build_pipeline
build_pipeline()
print(json.dumps(sorted({name.partition(".")[0] for name in sys.modules})))
"""


@pytest.fixture(scope="module")
def loaded() -> set[str]:
    done = subprocess.run(  # noqa: S603 - this very interpreter
        [sys.executable, "-c", LOADED], check=True, capture_output=True, text=True
    )
    return set(json.loads(done.stdout))


def test_stems_bring_no_statistics_along(loaded: set[str]) -> None:
    assert "nltk" in loaded
    assert loaded.isdisjoint({"matplotlib", "pandas", "scipy", "sklearn"})


def test_statistics_are_there_for_who_asks_after_the_stems() -> None:
    asked = "import analysis.language.stems, scipy.stats, nltk.metrics.association"

    subprocess.run([sys.executable, "-c", asked], check=True)  # noqa: S603 - as above
