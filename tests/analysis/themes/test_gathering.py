"""What is in no theme joins the one it clearly belongs to, by words and by meaning."""

import numpy as np
import pytest

from analysis.records import Language
from analysis.themes.gathering import Sight, gather
from analysis.themes.phrases import read_words
from analysis.themes.spaces import Space

TEXTS = [
    "de verzendkosten zijn te hoog",
    "hoge verzendkosten",
    "verzendkosten van zeven euro",
    "het pakket kwam te laat",
    "pakket te laat bezorgd",
    "laat pakket",
    "verzendkosten onder de vijftig euro",  # as the first theme
    "verzendkosten en een laat pakket",  # between two
    "aardige mensen",  # as neither
]
THEMES = ((0, 1, 2), (3, 4, 5))
JOINS, BETWEEN, NEITHER = 6, 7, 8
COST, LATE, ELSEWHERE = np.eye(3, dtype=np.float32)


def sight(*meanings: np.ndarray) -> Sight:
    words = Space.of_words(read_words(TEXTS, Language.DUTCH))
    if not meanings:
        return Sight(words, None)
    rows = np.array([COST, COST, COST, LATE, LATE, LATE, *meanings])
    return Sight(words, Space(rows, near=0.4, same=0.55, bonus=0.3))


@pytest.mark.parametrize(
    "seen", [sight(), sight(COST, (COST + LATE) / np.sqrt(2), ELSEWHERE)]
)
def test_what_clearly_belongs_to_one_theme_joins_it(seen: Sight) -> None:
    first, second = gather(seen, THEMES)

    assert first == (*THEMES[0], JOINS)
    assert second == THEMES[1]


def test_the_encoder_alone_is_not_believed() -> None:
    [first, _second] = gather(sight(COST, ELSEWHERE, COST), THEMES)

    assert NEITHER not in first


def test_words_alone_are_not_believed_where_the_encoder_says_otherwise() -> None:
    [first, second] = gather(sight(-COST, ELSEWHERE, ELSEWHERE), THEMES)

    assert JOINS not in first + second


def test_without_themes_nothing_is_gathered() -> None:
    assert gather(sight(), ()) == []
