import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey_app.interviews.transcript import (
    UnreadableTranscriptError,
    is_interviewer,
    read_transcript,
)


def spoken(data: bytes) -> list[tuple[str, str]]:
    transcript = read_transcript(data)
    return [
        (turn.speaker, transcript.text[turn.start : turn.end])
        for turn in transcript.turns
    ]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"A: Hallo.\nB: Dag.", [("A", "Hallo."), ("B", "Dag.")]),
        (b"\xef\xbb\xbfA: Hallo.\r\n\r\nB: Dag.\r\n", [("A", "Hallo."), ("B", "Dag.")]),
        ("Zoë: Café \U0001f600!".encode(), [("Zoë", "Café \U0001f600!")]),
        ("Zoë: Café".encode("cp1252"), [("Zoë", "Café")]),
        ("Zoë: Café".encode("utf-16"), [("Zoë", "Café")]),
        (b"A: Een.\nTwee.\n\nB: Drie.", [("A", "Een.\nTwee."), ("B", "Drie.")]),
        (
            b"A: Nou.\nEn toen dacht ik zo: laat maar zitten.\nB: Ja.",
            [("A", "Nou.\nEn toen dacht ik zo: laat maar zitten."), ("B", "Ja.")],
        ),
        (b"Wie: ik\nom 10:30 uur", [("Wie", "ik\nom 10:30 uur")]),
    ],
    ids=[
        "plain",
        "bom and crlf",
        "emoji",
        "windows",
        "utf-16",
        "lines",
        "no name",
        "time",
    ],
)
def test_turns_are_cut_at_speakers(
    data: bytes, expected: list[tuple[str, str]]
) -> None:
    assert spoken(data) == expected


@pytest.mark.parametrize("data", [b"", b" \n\t", b"Just a story without names."])
def test_text_without_turns_is_refused_with_advice(data: bytes) -> None:
    with pytest.raises(UnreadableTranscriptError):
        read_transcript(data)


@pytest.mark.parametrize(
    "data", [b"%PDF-1.4\nNote: words", b"PK\x03\x04Note: words", b"A: \x00B: words"]
)
def test_file_of_another_kind_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableTranscriptError, match="no text file"):
        read_transcript(data)


@given(st.binary(max_size=200))
def test_any_file_gives_turns_inside_the_text_or_a_refusal(data: bytes) -> None:
    try:
        transcript = read_transcript(data)
    except UnreadableTranscriptError:
        return

    ends = [0]
    for turn in transcript.turns:
        assert ends[-1] <= turn.start < turn.end <= len(transcript.text)
        ends.append(turn.end)


@pytest.mark.parametrize(
    ("label", "asks"),
    [("Interviewer", True), ("interviewer 2", True), ("I", True), ("Anna", False)],
)
def test_interviewers_are_known_by_their_label(label: str, asks: bool) -> None:  # noqa: FBT001 - a table
    assert is_interviewer(label) is asks
