"""Reads the word lists in ``analysis/lexicons/``."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def load_lexicon(name: str) -> dict[str, Any]:
    """The word list ``analysis/lexicons/<name>.toml`` as plain data.

    >>> load_lexicon("no such list")
    Traceback (most recent call last):
    ...
    FileNotFoundError: no lexicon named 'no such list'
    """
    source = files("analysis") / "lexicons" / f"{name}.toml"
    if not source.is_file():
        raise FileNotFoundError(f"no lexicon named {name!r}")
    return tomllib.loads(source.read_text("utf-8"))
