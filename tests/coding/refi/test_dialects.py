"""In which units positions are counted is decided by what fits."""

from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from survey_app.coding.refi.dialects import Mark, decide
from survey_app.coding.refi.positions import STANDARD, Dialect, RawText
from survey_app.coding.refi.reading import read_qdpx
from tests.coding.refi.archives import SOURCE, project, selection, source

LINES = [
    "Interviewer: hoe ging het zoeken?",
    "Anna: 😀 eerst online, en de prijs viel mee.",
    "",
    "Bram: de winkel was vol, de kassa traag 👩‍👧.",
    "Interviewer: en daarna?",
    "Anna: ik ben later teruggekomen voor de jas.",
]
WORDS = ["zoeken", "online", "prijs", "winkel", "kassa traag", "daarna", "later", "jas"]
EVERY = [
    Dialect(mark, cr, utf16, inclusive)
    for mark in (False, True)
    for cr in (True, False)
    for utf16 in (False, True)
    for inclusive in (False, True)
]


def raw_text(*, mark: bool = True, cr: bool = True) -> str:
    return ("\ufeff" if mark else "") + ("\r\n" if cr else "\n").join(LINES)


def as_counted(raw: str, word: str, dialect: Dialect) -> tuple[int, int]:
    """What a tool of this dialect would write; worked out character by character."""

    def length(part: str) -> int:
        if not dialect.counts_mark:
            part = part.removeprefix("\ufeff")
        if not dialect.counts_cr:
            part = part.replace("\r\n", "\n")
        return len(part.encode("utf-16-le")) // 2 if dialect.counts_utf16 else len(part)

    start = raw.index(word)
    end = start + len(word)
    return length(raw[:start]), length(raw[:end]) - dialect.ends_inclusive


def quotes(raw: str, dialect: Dialect, *, named: bool) -> list[str] | None:
    marks = [
        Mark(*as_counted(raw, word, dialect), word if named else "") for word in WORDS
    ]
    text = RawText(raw)
    reading = decide(text, marks).reading
    if reading is None:
        return None
    return [text.text[place[0] : place[1]] for place in reading.ranges if place]


@pytest.mark.parametrize("dialect", EVERY, ids=lambda each: each.key or "none")
@pytest.mark.parametrize("named", [True, False])
def test_every_dialect_is_found_by_names_or_by_words_alone(
    dialect: Dialect, *, named: bool
) -> None:
    assert quotes(raw_text(), dialect, named=named) == WORDS


def test_only_readings_that_differ_are_candidates() -> None:
    assert len(list(RawText("plain\ntext").dialects())) == 2
    assert len(list(RawText(raw_text()).dialects())) == 16
    assert next(RawText(raw_text()).dialects()) == STANDARD


def test_standard_wins_where_both_fit() -> None:
    decision = decide(RawText("😀 a b c d e f g"), [Mark(2, 3)])

    assert decision.best.dialect == STANDARD
    assert decision.reading == decision.best
    assert decision.next is not None  # it can still be shown beside it


def test_marks_that_fit_nothing_are_left_to_a_person() -> None:
    text = "abcdefgh ijklmnop qrstuvwx"
    decision = decide(RawText(text), [Mark(2, 5), Mark(11, 14), Mark(20, 23)])

    assert decision.reading is None
    assert decision.next is not None
    assert decision.best.ranges != decision.next.ranges


def test_scripts_without_spaces_tell_nothing() -> None:
    decision = decide(RawText("我在网上搜索然后比较价格"), [Mark(2, 4), Mark(6, 8)])

    assert (decision.reading, decision.best.score) == (None, 0.0)


def test_names_decide_for_scripts_without_spaces() -> None:
    text = "我😀在网上搜索然后比较价格"
    decision = decide(RawText(text), [Mark(4, 6, "网上"), Mark(6, 8, "搜索")])

    assert decision.reading is not None
    assert [
        text[start:end] for start, end in filter(None, decision.reading.ranges)
    ] == [
        "网上",
        "搜索",
    ]


def test_a_few_emoji_in_a_long_text_still_decide() -> None:
    """Most marks fit either way; those after the emoji fit one way only."""
    words = [f"woord{number}" for number in range(200)]
    raw = " ".join([*words[:190], "😀", *words[190:]])
    utf16 = Dialect(counts_utf16=True)
    marks = [Mark(*as_counted(raw, f"{word} ", utf16)) for word in words[:199]]
    marks = [Mark(mark.start, mark.end - 1) for mark in marks]

    reading = decide(RawText(raw), marks).reading

    assert reading is not None
    assert reading.dialect == utf16


@settings(
    max_examples=100,
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
@given(
    raw=st.text(st.sampled_from("ab \r\n😀é\u0301\ufeff\x01"), max_size=30),
    dialect=st.sampled_from(EVERY),
    data=st.data(),
)
def test_positions_lead_to_the_same_characters(
    raw: str, dialect: Dialect, data: st.DataObject
) -> None:
    text = RawText(raw)
    start = data.draw(st.integers(0, len(raw)))
    end = data.draw(st.integers(start, len(raw)))
    units = text.ranges([(0, 0)], STANDARD)
    assert units == ((0, 0),)
    counted = [len(raw[:place]) for place in (start, end)]

    [found] = text.ranges([(counted[0], counted[1])], Dialect(counts_mark=True))

    assert found is not None
    assert text.text[found[0] : found[1]] == _ours(raw, start, end)
    assert dialect == Dialect.of(dialect.key)


def _ours(raw: str, start: int, end: int) -> str:
    """Kept characters of a part, a line break once and where its \\n stands."""
    kept = []
    for place in range(start, end):
        sign, after = raw[place], raw[place + 1 : place + 2]
        if (sign == "\r" and after == "\n") or sign == "\x01":
            continue
        if sign == "\ufeff" and place == 0:
            continue
        kept.append("\n" if sign == "\r" else sign)
    return "".join(kept)


def test_undecided_source_has_no_selections_until_a_person_chose() -> None:
    text = "abcdefgh ijklmnop qrstuvwx"
    inside = source(selection(1, 2, 5) + selection(2, 11, 14))

    asked = read_qdpx(project(inside, text.encode()))
    [open_decision] = asked.undecided
    answered = read_qdpx(
        project(inside, text.encode()), {UUID(SOURCE): Dialect(ends_inclusive=True)}
    )

    assert asked.project.sources[0].selections == ()
    assert [notice.code for notice in asked.notices] == ["undecided_positions"]
    assert (open_decision.source, open_decision.text) == (UUID(SOURCE), text)
    assert answered.undecided == ()
    assert [each.quote for each in answered.project.sources[0].selections] == [
        "cdef",
        "klmn",
    ]
