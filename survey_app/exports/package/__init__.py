"""A package: a questionnaire with all its responses, without loss, in one zip file.

``manifest.json`` says what is in it and carries the checksum of every other file:
``versions/<version>.toml`` as published, ``versions/<version>.json`` as compiled, and
``responses.jsonl``, one response a line with its answers, marks and corrections.
"""

FORMAT = "klantreis-package"
FORMAT_VERSION = 1
MANIFEST = "manifest.json"
RESPONSES = "responses.jsonl"


def version_file(version: str, extension: str) -> str:
    return f"versions/{version}.{extension}"
