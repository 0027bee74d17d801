import pytest

from survey_app.interviews.reading import Speaker
from tests.interviews.seen import check, read, said

TALK = "Interviewer: Hoe ging het?\nAnna: Prima.\nAnna: Echt.\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A: Een.\nTwee.\n\nB: Drie.", [("A", "Een.\nTwee."), ("B", "Drie.")]),
        ("Anna:\nEen.\n\nBram:\nTwee.", [("Anna", "Een."), ("Bram", "Twee.")]),
        ("Zoë: \U0001f600!\nZoë : ja", [("Zoë", "\U0001f600!"), ("Zoë", "ja")]),
        ("ANNA: a\nAnna: b", [("ANNA", "a"), ("ANNA", "b")]),
        (
            "Vooraf gezegd.\n\nAnna: a\n\nAnna: b",
            [(None, "Vooraf gezegd."), ("Anna", "a"), ("Anna", "b")],
        ),
        (
            "A: Nou.\nEn toen dacht ik zo: laat maar zitten.\nB: Ja.",
            [("A", "Nou.\nEn toen dacht ik zo: laat maar zitten."), ("B", "Ja.")],
        ),
        (
            "J. de Vries (klant): a\nJ. de Vries (klant): b",
            [("J. de Vries (klant)", "a"), ("J. de Vries (klant)", "b")],
        ),
        (
            "[SPEAKER_00]: a\n[SPEAKER_01]: b",
            [("SPEAKER_00", "a"), ("SPEAKER_01", "b")],
        ),
    ],
    ids=["lines", "alone", "emoji", "case", "before", "sentence", "part", "tool"],
)
def test_turns_are_cut_at_names(
    text: str, expected: list[tuple[str | None, str]]
) -> None:
    document = read(text)

    assert said(document) == expected
    check(document)


@pytest.mark.parametrize(
    "trap",
    [
        "Note: niet vergeten\nNote: ook dit",
        "http://a.nl/x\nhttp://b.nl",
        "10:30 begonnen we\n10:45 klaar",
        "om 10:30 uur\nom 10:45 uur",
        "Let op: heet\nLet op: koud",
        "Ik dacht: nee\nIk dacht: ja",
        "Datum: 1 mei\nDatum: 2 mei",
        "De klant zei: hoe lang nog",
    ],
)
def test_what_looks_like_a_name_is_none(trap: str) -> None:
    document = read(f"{TALK}{trap}\nAnna: Tot ziens.")

    assert [speaker.name for speaker in document.speakers] == ["Interviewer", "Anna"]
    assert said(document)[2] == ("Anna", f"Echt.\n{trap}")


def test_a_name_seen_once_counts_only_where_everything_begins_with_one() -> None:
    loose = read("Anna: a\nAnna: b\nhet was zo\nBram: c")
    strict = read("Anna: a\nBram: c\nAnna: b")

    assert said(loose)[-1] == ("Anna", "b\nhet was zo\nBram: c")
    assert said(strict) == [("Anna", "a"), ("Bram", "c"), ("Anna", "b")]
    assert strict.report.warnings[0].details == {"names": "Bram"}


@pytest.mark.parametrize(
    ("text", "times"),
    [
        ("[00:01:23] Anna: a\n(10:30) Anna: b", [83_000, 630_000]),
        ("00:01 Anna: a\n1:00:02.5 - Anna: b", [1_000, 3_602_500]),
        ("Anna (0:05): a\nAnna [00:06]: b", [5_000, 6_000]),
        ("Anna Bakker   0:03\na\n\nAnna Bakker   0:09\nb", [3_000, 9_000]),
        ("[Anna] 10:02:33\na\n[Anna] 10:02:40\nb", [36_153_000, 36_160_000]),
    ],
    ids=["brackets", "bare", "behind", "word of a meeting", "chat"],
)
def test_times_beside_names(text: str, times: list[int]) -> None:
    document = read(text)

    assert [block.t_start_ms for block in document.blocks] == times
    assert [words for _name, words in said(document)] == ["a", "b"]


def test_parts_are_guessed_from_names_in_both_languages() -> None:
    names = "Interviewer 2|Moderator|Jan (interviewer)|Q|Deelnemer 1|Anna|P2|Notulist"
    document = read("\n".join(f"{name}: x y" for name in names.split("|") * 2))

    assert [speaker.role for speaker in document.speakers] == [
        *["interviewer"] * 4,
        *["participant"] * 3,
        "other",
    ]


def test_a_person_says_who_is_who() -> None:
    document = read(
        "Jan: a\nAnna: b\nanna B.: c\nWeek: d\nJan: e\nWeek: f",
        roles={"jan": "interviewer"},
        renamed={"Anna": "K1", "Anna B.": "K1"},
        speakers=frozenset({"Anna", "Anna B."}),
        not_speakers=frozenset({"Week"}),
    )

    assert document.speakers == (
        Speaker("Jan", "interviewer", turns=2, words=4, is_guessed=False),
        Speaker("K1", "participant", turns=2, words=4, is_guessed=True),
    )
    assert "Week: d" in said(document)[2][1]


def test_one_person_speaks_where_nobody_is_named() -> None:
    document = read("Een.\n\nTwee.", unnamed="Deelnemer")

    assert said(document) == [("Deelnemer", "Een."), ("Deelnemer", "Twee.")]


def test_text_without_names_is_paragraphs_and_says_so() -> None:
    document = read("Een.\nNog een.\n\n\nTwee.")

    assert said(document) == [(None, "Een.\nNog een."), (None, "Twee.")]
    assert [each.code for each in document.report.warnings] == ["no_speakers"]


def test_nobody_asks_is_told() -> None:
    document = read("Anna: a\nBram: b\nAnna: c\nBram: d")

    assert [each.code for each in document.report.warnings] == ["no_interviewer"]


def test_markdown_keeps_its_signs_and_headings_end_a_turn() -> None:
    document = read(
        "# Gesprek\n\n**Anna:** hoi\n\n## Deel\n\nlos\n\n**Anna**: *dag*", "a.md"
    )

    assert [(each.kind, each.speaker) for each in document.blocks] == [
        ("heading", None),
        ("turn", "Anna"),
        ("heading", None),
        ("paragraph", None),
        ("turn", "Anna"),
    ]
    assert said(document)[-1] == ("Anna", "*dag*")
    assert document.text.startswith("# Gesprek\n\n**Anna:** hoi")
