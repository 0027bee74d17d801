from analysis.agreement import (
    Code,
    CodedRound,
    Coding,
    Difference,
    Disagreement,
    find_disagreements,
)

Marks = list[tuple[int, int, str]]
KINDS = {"price": "theme", "delivery": "theme", "stock": "theme", "relief": "emotion"}


def found(an: Marks, bo: Marks) -> tuple[Disagreement, ...]:
    return find_disagreements(coded(an, bo, [("d", "An"), ("d", "Bo")]))


def coded(an: Marks, bo: Marks, done: list[tuple[str, str]]) -> CodedRound:
    return CodedRound.of(
        coders=["An", "Bo"],
        codes=[Code(key, kind) for key, kind in KINDS.items()],
        units=[],
        done=done,
        codings=[
            Coding("d", start, end, code, coder)
            for coder, marks in (("An", an), ("Bo", bo))
            for start, end, code in marks
        ],
    )


def shown(one: Disagreement) -> tuple[Difference, Marks, Marks]:
    first, second = (
        [(each.start, each.end, each.code) for each in side]
        for side in (one.first_passages, one.second_passages)
    )
    return one.difference, first, second


def test_the_same_is_no_disagreement() -> None:
    marks = [(0, 10, "price"), (5, 15, "price"), (0, 10, "relief")]

    assert found(marks, marks) == ()


def test_missing() -> None:
    (one,) = found([(0, 10, "price")], [(10, 20, "relief")])[:1]

    assert shown(one) == (Difference.MISSING, [(0, 10, "price")], [])


def test_other_code_of_the_same_kind() -> None:
    (one,) = found([(0, 10, "price")], [(4, 12, "delivery")])

    assert shown(one) == (
        Difference.OTHER_CODE,
        [(0, 10, "price")],
        [(4, 12, "delivery")],
    )
    assert one.codes == ("delivery", "price")
    assert one.place == ("d", 0, 12)


def test_code_of_another_kind_answers_another_question() -> None:
    emotion, theme = found([(0, 10, "price")], [(0, 10, "relief")])[::-1]

    assert (emotion.difference, theme.difference) == (Difference.MISSING,) * 2


def test_code_that_both_have_does_not_stand_for_another() -> None:
    (one,) = found([(0, 9, "price"), (0, 9, "delivery")], [(0, 9, "delivery")])

    assert shown(one) == (Difference.MISSING, [(0, 9, "price")], [])


def test_other_extent() -> None:
    (one,) = found([(0, 10, "price")], [(2, 10, "price")])

    assert shown(one) == (
        Difference.OTHER_EXTENT,
        [(0, 10, "price")],
        [(2, 10, "price")],
    )


def test_one_passage_against_two_is_one_place() -> None:
    (one,) = found([(0, 20, "price")], [(0, 8, "price"), (10, 20, "price")])

    assert one.difference is Difference.OTHER_EXTENT
    assert len(one.second_passages) == 2


def test_touching_passages_are_apart() -> None:
    places = found([(0, 10, "price")], [(10, 20, "price")])

    assert [one.difference for one in places] == [Difference.MISSING] * 2


def test_document_that_one_has_not_done_is_no_disagreement() -> None:
    assert find_disagreements(coded([(0, 9, "price")], [], [("d", "An")])) == ()


def test_sorted_by_code_and_place() -> None:
    places = found(
        [(30, 40, "price"), (0, 10, "price"), (50, 60, "delivery")], [(70, 80, "stock")]
    )

    assert [(one.codes[0], one.place[1]) for one in places] == [
        ("delivery", 50),
        ("price", 0),
        ("price", 30),
        ("stock", 70),
    ]
