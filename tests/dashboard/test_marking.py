import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey_app.dashboard.marking import Excerpt, Stretch, excerpt, stretches
from survey_app.insights.sentences import Sentence


def sentence(text: str, start: int, end: int) -> Sentence:
    return Sentence(
        mention_id=1,
        analysed_text_id=1,
        respondent_id=1,
        text=text,
        start=start,
        end=end,
        touchpoint="delivery",
        polarity="negative",
        score=-0.5,
        confidence=0.8,
        emotion="none",
        stance="fact",
        method="model",
        cues=(),
        language="nl",
        source="survey",
        role=None,
        question_id=None,
        response_id=None,
        interview_id=None,
        interview_title=None,
    )


def test_an_excerpt_of_a_short_text_is_all_of_it() -> None:
    assert excerpt(sentence("Fijn, maar te laat.", 11, 18)) == Excerpt(
        "Fijn, maar ", "te laat", "."
    )


def test_an_excerpt_is_cut_between_words() -> None:
    cut = excerpt(sentence("een twee drie VIER vijf zes zeven", 14, 18), room=8)

    assert cut == Excerpt("…drie ", "VIER", " vijf…")


@pytest.mark.parametrize(
    ("spans", "expected"),
    [
        ([], [("abcdef", None)]),
        ([(0, 6, "negative")], [("abcdef", "negative")]),
        (
            [(1, 3, "negative"), (3, 5, "positive")],
            [("a", None), ("bc", "negative"), ("de", "positive"), ("f", None)],
        ),
        (
            [(0, 4, "negative"), (2, 6, "positive")],
            [("ab", "negative"), ("cd", "neutral"), ("ef", "positive")],
        ),
        (
            [(0, 3, "positive"), (1, 3, "positive")],
            [("abc", "positive"), ("def", None)],
        ),
        ([(4, 99, "neutral")], [("abcd", None), ("ef", "neutral")]),
    ],
)
def test_stretches_follow_the_spans(
    spans: list[tuple[int, int, str]], expected: list[tuple[str, str | None]]
) -> None:
    found = stretches("abcdef", spans)

    assert [(each.text, each.polarity) for each in found] == expected


SPANS = st.tuples(st.integers(0, 20), st.integers(1, 20)).map(
    lambda pair: (pair[0], pair[0] + pair[1], "negative")
)


@given(st.text(min_size=1, max_size=30), st.lists(SPANS, max_size=5))
def test_stretches_keep_every_character(
    text: str, spans: list[tuple[int, int, str]]
) -> None:
    found: tuple[Stretch, ...] = stretches(text, spans)

    assert "".join(stretch.text for stretch in found) == text
