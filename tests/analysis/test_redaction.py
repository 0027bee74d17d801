import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.redaction import PLACEHOLDER, Redacted, find_personal_data, redact


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "mail me op jan.p+thuis@post.voorbeeld.nl.",
            ["jan.p+thuis@post.voorbeeld.nl"],
        ),
        ("bel 06 12 34 56 78 na zessen", ["06 12 34 56 78"]),
        ("(038) is Zwolle: 038-1234567", ["038-1234567"]),
        ("gsm 0470/12.34.56", ["0470/12.34.56"]),
        (
            "call +31 (0)6 12345678 or 0032 470 123456",
            ["+31 (0)6 12345678", "0032 470 123456"],
        ),
        ("rekening nl91 abna 0417 1643 00 en klaar", ["nl91 abna 0417 1643 00"]),
        ("NL91ABNA0417164300", ["NL91ABNA0417164300"]),
        ("BE68 5390 0754 7034, danku", ["BE68 5390 0754 7034"]),
    ],
)
def test_find_personal_data_finds_its_whole_form(
    text: str, expected: list[str]
) -> None:
    found = find_personal_data(text)

    assert [text[each.start : each.end] for each in found] == expected


@pytest.mark.parametrize(
    "text",
    [
        "op 01-02-2026 besteld, 12/03/2026 geleverd",
        "bestelling 20261122001 kost 1.249,95 euro",
        "plank van 1200x300x18 mm, 0,5 mm te dik",
        "NL91ABNA0417164301 klopt niet",
        "@winkel had 24 uur de tijd, 8000 Gent",
        "geen 0800-nummer",
    ],
)
def test_find_personal_data_leaves_other_figures_alone(text: str) -> None:
    assert find_personal_data(text) == ()


def test_redact_moves_spans_along() -> None:
    text = "Ik mailde a@b.nl, daarna belde ik 0612345678 tevergeefs"
    evidence = (text.index("daarna"), len(text))

    redacted = redact(text, [evidence])

    assert redacted == Redacted(
        "Ik mailde […], daarna belde ik […] tevergeefs", ((15, 45),)
    )


def test_redact_takes_in_a_placeholder_that_a_span_cuts() -> None:
    assert redact("bel 0612345678", [(0, 8), (8, 14)]).spans == ((0, 7), (4, 7))


@given(st.text(alphabet="a1 0@.n+", max_size=60), st.data())
def test_redacted_spans_stay_inside_and_keep_what_is_no_personal_data(
    text: str, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))

    redacted = redact(text, [(start, end)])

    [(low, high)] = redacted.spans
    assert 0 <= low <= high <= len(redacted.text)
    if PLACEHOLDER not in redacted.text[low:high]:
        assert redacted.text[low:high] == text[start:end]
