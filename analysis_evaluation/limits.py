"""Speed, memory and start, as ``benchmarks.analysis_limits`` measures them."""

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

_ROOT = Path(__file__).parents[1]

Limits = Mapping[str, float]


def measure_limits() -> Limits:
    """Measures in processes of their own, apart from what is loaded here."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.analysis_limits", "--json"],
        check=True,
        stdout=subprocess.PIPE,
        text=True,
        cwd=_ROOT,
    )
    found: dict[str, float] = json.loads(done.stdout)
    return found
