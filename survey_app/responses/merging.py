"""Two windows, one response: whose answer is kept."""

from collections.abc import Mapping
from dataclasses import dataclass

from survey_app.responses.said import NOTHING, Said


@dataclass(frozen=True, slots=True)
class Merge:
    """``kept`` may be saved; ``conflicts`` holds what stands stored in their place."""

    kept: Mapping[str, Said]
    conflicts: Mapping[str, Said]


def merge(
    shown: Mapping[str, str], stored: Mapping[str, Said], posted: Mapping[str, Said]
) -> Merge:
    """Compare what was posted with what is stored and what the page had shown.

    Where only one side changed an answer, that side wins. Where both did, and
    differently, the respondent has to choose.
    """
    kept: dict[str, Said] = {}
    conflicts: dict[str, Said] = {}
    for question_id, answer in posted.items():
        there = stored.get(question_id, NOTHING)
        before = shown.get(question_id, "")
        if answer == there or answer.fingerprint == before:
            continue
        if there.fingerprint == before:
            kept[question_id] = answer
        else:
            conflicts[question_id] = there
    return Merge(kept, conflicts)
