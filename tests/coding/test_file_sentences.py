"""Every code has its sentence, and every sentence its code."""

import re
from pathlib import Path

import pytest

import survey_app.coding
from survey_app.coding.file_notices import Notices
from survey_app.coding.file_sentences import FAULTS, REFUSALS, SENTENCES

CODE = "".join(
    path.read_text("utf-8")
    for path in Path(survey_app.coding.__path__[0]).rglob("*.py")
)
CHOSEN = {"wrong_namespace", "no_refi"}  # one or the other
BUILT = {"uncarried_links", "uncarried_graphs"}  # by the name of what is not carried


@pytest.mark.parametrize(
    ("call", "sentences"),
    [
        (r"\.note\(\s*\"(\w+)\"", SENTENCES.keys() - BUILT),
        (r"(?:RefusedFileError|cls)\(\s*\"(\w+)\"", REFUSALS.keys() - CHOSEN),
        (r"(?:Fault|_fault)\(\s*\"(\w+)\"", FAULTS.keys()),
    ],
)
def test_codes_and_sentences_are_the_same(call: str, sentences: set[str]) -> None:
    assert set(re.findall(call, CODE)) - CHOSEN == set(sentences)


def test_many_places_are_counted_and_some_are_named() -> None:
    notices = Notices()
    for number in range(50):
        notices.note("missing_source", f"i{number}")
    notices.note("missing_source", "i0")

    [notice] = notices.all()
    assert (notice.count, len(notice.places)) == (51, 21)
    assert str(notice).endswith("i19; ….")
