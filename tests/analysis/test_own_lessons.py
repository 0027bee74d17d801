"""What corrections teach about own touchpoints: what is, and what is not."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.encoder import Judgement, Vectors
from analysis.likeness import LetterVectors
from analysis.own_lessons import (
    Lessons,
    Passage,
    choose_passages,
    lessons_from,
    text_mark,
)
from analysis.own_places import find_places
from analysis.own_touchpoints import OwnTouchpoint, OwnWords
from analysis.pipeline import Recipe, build_pipeline
from analysis.records import Method, QuestionRole, Text

CHARGING = OwnTouchpoint(code="own_charging", dutch=OwnWords(cues=("laadpaal",)))
FITTING = OwnTouchpoint(
    code="own_fitting",
    examples=("De paskamers waren vies.", "Te weinig pashokjes."),
)


def passages(*words: str) -> tuple[Passage, ...]:
    return tuple(Passage(each, text_mark(each)) for each in words)


def found(own: OwnTouchpoint, text: str) -> list[Method]:
    pipeline = build_pipeline(Recipe(fast=True, own=(own,)))
    [analysis] = pipeline.analyse([Text(text, QuestionRole.INTERACTIONS)])
    return [m.method for m in analysis.mentions if m.touchpoint == own.code]


def taught(own: OwnTouchpoint, **lessons: tuple[Passage, ...]) -> OwnTouchpoint:
    return replace(own, lessons=Lessons(**lessons, given=1))


@pytest.mark.parametrize("own", [CHARGING, FITTING])
def test_an_accepted_passage_finds_what_is_like_it(own: OwnTouchpoint) -> None:
    text = "Alle stekkers voor de auto waren bezet."
    assert found(own, text) == []

    learned = taught(own, spoken=passages("De stekkers voor mijn auto zijn bezet"))

    assert found(learned, text) == [Method.EXAMPLE]
    assert found(learned, "De levering was te laat.") == []


def test_a_rejected_passage_keeps_out_what_an_example_would_find() -> None:
    text = "De paskamers van de buren waren vies."
    assert found(FITTING, text) == [Method.EXAMPLE]

    learned = taught(FITTING, not_spoken=passages("paskamers van de buren waren vies"))

    assert found(learned, text) == []
    assert found(learned, "De paskamers waren heel vies.") == [Method.EXAMPLE]


def test_a_rejected_passage_keeps_out_what_a_phrase_would_find() -> None:
    text = "De laadpaal bij het station van de gemeente was stuk"
    assert found(CHARGING, text) == [Method.LEXICON]

    learned = taught(
        CHARGING, not_spoken=passages("laadpaal bij het station van de gemeente")
    )

    assert found(learned, text) == []
    assert found(learned, "Bij jullie laadpaal moest ik wachten") == [Method.LEXICON]


def test_no_text_is_read_by_what_was_said_of_itself() -> None:
    text = "Alle stekkers voor de auto waren bezet."

    learned = taught(CHARGING, spoken=passages(text))

    assert found(learned, text) == []
    assert found(learned, f"{text} Jammer.") == [Method.EXAMPLE]


def test_few_corrections_more_are_no_other_version() -> None:
    def version(given: int) -> str:
        own = replace(CHARGING, lessons=Lessons(given=given))
        return build_pipeline(Recipe(fast=True, own=(own,))).version

    assert version(0) == version(4)
    assert version(4) != version(5)
    assert version(5) == version(9)


def test_the_newest_is_kept_and_then_what_differs_most() -> None:
    alike = [f"De laadpaal was stuk op dag {number}" for number in range(50)]
    other = "Opladen ging heel snel en makkelijk"

    chosen = choose_passages(passages(*alike, other), 2)

    assert [each.words for each in chosen] == [alike[0], other]


def test_what_is_too_long_or_too_short_teaches_nothing() -> None:
    lessons = lessons_from(passages("op", "x " * 200), passages("Kapot"), given=3)

    assert (lessons.spoken, len(lessons.not_spoken), lessons.given) == ((), 1, 3)


@given(st.lists(st.text(max_size=20)), st.integers(1, 9))
def test_what_is_chosen_was_given_once_and_is_always_the_same(
    words: list[str], most: int
) -> None:
    said = passages(*words)

    chosen = choose_passages(said, most)

    assert chosen == choose_passages(said, most)
    assert len(chosen) <= most
    assert len({each.words for each in chosen}) == len(chosen)
    assert set(chosen) <= set(said)


class BlurredLetters:
    """Stands for an encoder: vectors of letters, mixed into fewer places."""

    fingerprint = "letters"

    def __init__(self) -> None:
        self._letters = LetterVectors(["De laadpaal was stuk."])
        self._mixed = np.random.default_rng(7).normal(size=(4096, 200))

    def judge(self, texts: Sequence[Text]) -> list[list[Judgement]]:
        return [[] for _ in texts]

    def vectors(self, texts: Sequence[str]) -> Vectors:
        found = self._letters.of(texts) @ self._mixed
        norms = np.linalg.norm(found, axis=1, keepdims=True)
        units: Vectors = (found / np.maximum(norms, 1e-9)).astype(np.float32)
        return units


def heights(own: OwnTouchpoint, *texts: str) -> list[bool]:
    encoder = BlurredLetters()
    embed, [place] = find_places((own,), encoder)
    return [
        bool(place.height(embed([text]), text_mark(text))[0] >= 0) for text in texts
    ]


def test_with_an_encoder_passages_are_told_from_ordinary_answers() -> None:
    said = "De stekkers voor de auto zijn bezet"
    learned = taught(CHARGING, spoken=passages(said, "Auto opladen lukte niet"))
    texts = ("Alle stekkers voor de auto bezet", "De levering was te laat")

    assert heights(learned, *texts) == [True, False]

    unlearned = replace(
        learned,
        lessons=replace(learned.lessons, not_spoken=passages("stekkers auto bezet")),
    )
    assert heights(unlearned, *texts) == [False, False]


def test_with_an_encoder_a_text_is_not_read_by_itself() -> None:
    said = "De stekkers voor de auto zijn bezet"
    learned = taught(CHARGING, spoken=passages(said, "Opladen lukte niet"))

    assert heights(learned, said, f"{said}!") == [False, True]
