import pytest

from survey_app.interviews.reading import Mark
from tests.interviews.seen import check, read, refusal, said

MEETING = """\ufeffWEBVTT - opname
Kind: captions

NOTE
door een programma
gemaakt

STYLE
::cue { color: red }

7f1b-44/12-0
00:00:01.000 --> 00:00:02.500 align:start position:0%
<v Anna de Vries>Ik vond het <i>heel</i></v>
<v Anna de Vries>goed &amp; snel.</v>

7f1b-44/12-1
00:00:03.000 --> 00:00:04.000
<v Anna de Vries>Echt.</v>

7f1b-44/12-2
00:00:04.100 --> 00:00:05.000
<v.luid Interviewer>Waarom?
<v Anna de Vries>Daarom.

7f1b-44/12-3
00:00:09.000 --> 00:00:09.000
<v anna de vries>Later <00:00:09.000><c>nog</c> iets.
"""


def test_voices_of_a_meeting() -> None:
    document = read(MEETING, "a.vtt")

    assert said(document) == [
        ("Anna de Vries", "Ik vond het heel goed & snel. Echt."),
        ("Interviewer", "Waarom?"),
        ("Anna de Vries", "Daarom."),
        ("Anna de Vries", "Later nog iets."),
    ]
    assert [(each.t_start_ms, each.t_end_ms) for each in document.blocks] == [
        (1_000, 4_000),
        (4_100, 5_000),
        (4_100, 5_000),
        (9_000, 9_000),
    ]
    assert Mark(document.text.index("Echt."), 3_000) in document.marks
    assert document.report.dropped == {"subtitle_notes": 2}
    assert document.report.kept == {"cues": 4}
    check(document)


def test_how_long_a_pause_may_be_is_a_choice() -> None:
    assert len(read(MEETING, "a.vtt", longest_pause_ms=0).blocks) == 5
    assert len(read(MEETING, "a.vtt", longest_pause_ms=9_000).blocks) == 3


SUBRIP = (
    "1\n00:00:01,000 --> 00:00:02,000\nAnna: Hoi\n<b>daar</b>\n\n"
    "2\n00:00:05,000 --> 00:00:06,000\nBram: Dag\n\n"
    "3\n00:00:09,000 --> 00:00:10,000\nAnna: ja\n\n"
    "4\n00:00:15,000 --> 00:00:16,000\nBram: nee\n"
)
CARELESS = (
    "00:01.000 --> 00:02.000\r\nAnna: Hoi\r\n\r\ndaar\r\n"
    "00:05.000 --> 00:06.000\r\nBram: {\\an8}Dag\r\n\r\n"
    "00:00:09.5-->00:00:10\r\nAnna: ja\r\n"
    "4\r\n00:00:15.000 --> 00:00:16.000 X1:1\r\nBram:\r\nnee"
)
OUT_OF_ORDER = (
    "WEBVTT\n\n00:15.000 --> 00:16.000\nBram: nee\n\n"
    "00:09.000 --> 00:10.000\nAnna: ja\n\n00:05.000 --> 00:06.000\nBram: Dag\n\n"
    "00:01.000 --> 00:02.000\nAnna: Hoi\ndaar"
)


@pytest.mark.parametrize(
    "content",
    [SUBRIP, CARELESS, OUT_OF_ORDER],
    ids=["subrip", "careless", "out of order"],
)
def test_names_before_the_words(content: str) -> None:
    document = read(content, "a.srt")

    assert said(document) == [
        ("Anna", "Hoi daar"),
        ("Bram", "Dag"),
        ("Anna", "ja"),
        ("Bram", "nee"),
    ]
    check(document)


def test_a_subtitle_without_name_goes_on_with_who_spoke() -> None:
    content = (
        "00:01.000 --> 00:02.000\nAnna: Ik zei: ja.\n\n00:09.000 --> 00:10.000\nEcht."
        "\n\n00:19.000 --> 00:20.000\nAnna: Dag. Om 10:30.\n\n"
        "00:29.000 --> 00:30.000\nNote: niets"
    )

    assert said(read(content, "a.srt")) == [
        ("Anna", "Ik zei: ja."),
        ("Anna", "Echt."),
        ("Anna", "Dag. Om 10:30."),
        ("Anna", "Note: niets"),
    ]


def test_subtitles_without_names_have_no_turns_but_times() -> None:
    document = read("1\n00:00:03,000 --> 00:00:01,000\nHallo.", "a.srt")

    [block] = document.blocks
    assert (block.kind, block.t_start_ms, block.t_end_ms) == ("paragraph", 3_000, 3_000)
    assert document.report.dropped == {"ends_before_start": 1}


def test_a_name_of_a_text_file_does_not_hide_subtitles() -> None:
    assert read(MEETING, "a.txt").source_format == "vtt"


@pytest.mark.parametrize("content", ["WEBVTT\n\nNOTE niets\n", "1\n2\n3\n"])
def test_subtitles_without_words(content: str) -> None:
    assert refusal(content, "a.vtt") == "no_text"
