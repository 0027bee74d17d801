"""What holds for every round."""

import math
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.agreement import (
    CodedRound,
    Coding,
    Figure,
    NotDefined,
    Reason,
    Resampling,
    compare_all,
    compare_boundaries,
    compare_characters,
    compare_pairs,
    find_disagreements,
    unit_table,
)
from tests.analysis.agreement.builders import rounds

FEW = Resampling(draws=20)
LENGTHS = {f"d{at}": 100 for at in range(6)}


def everything(coded: CodedRound) -> tuple[object, ...]:
    table = unit_table(coded)
    return (
        compare_pairs(table, FEW),
        compare_all(table, FEW),
        compare_boundaries(coded),
        compare_characters(coded, LENGTHS),
        find_disagreements(coded),
        table.unplaced,
    )


@given(rounds(), st.randoms(use_true_random=False))
@settings(max_examples=25)
def test_order_changes_nothing(coded: CodedRound, random: Random) -> None:
    again = CodedRound.of(
        coders=random.sample(coded.coders, len(coded.coders)),
        codes=random.sample(coded.codes, len(coded.codes)),
        units=random.sample(coded.units, len(coded.units)),
        done=random.sample(sorted(coded.done), len(coded.done)),
        codings=random.sample(coded.codings * 2, 2 * len(coded.codings)),
    )

    assert everything(again) == everything(coded)


@given(rounds())
@settings(max_examples=25)
def test_figures_are_numbers_in_their_bounds(coded: CodedRound) -> None:
    for figure in _figures(everything(coded)):
        assert -math.inf < figure.value <= 1
        assert figure.base > 0
        if figure.spread is not None:
            low, high = figure.spread.interval.low, figure.spread.interval.high
            assert low <= high <= 1
            assert 0 < figure.spread.usable <= figure.spread.draws == 20
    for pair in compare_pairs(unit_table(coded), FEW):
        for one in (*pair.by_code.values(), pair.pooled):
            for share in (one.percent, one.positive):
                assert not isinstance(share, Figure) or 0 <= share.value <= 1
            for figure in _figures(one):
                assert figure.value >= -1


@given(rounds())
@settings(max_examples=25)
def test_exchanged_coders_exchange_only_their_sides(coded: CodedRound) -> None:
    names = dict(zip(coded.coders, reversed(coded.coders), strict=True))
    turned = _renamed(coded, names)
    pairs = {(p.first, p.second): p for p in compare_pairs(unit_table(coded), FEW)}

    for pair in compare_pairs(unit_table(turned), FEW):
        original = pairs[names[pair.second], names[pair.first]]
        for key, figures in pair.by_code.items():
            before = original.by_code[key]
            assert figures.cells.both == before.cells.both
            assert figures.cells.only_first == before.cells.only_second
            assert _value(figures.kappa) == _value(before.kappa)
            assert _value(figures.positive) == _value(before.positive)
            if isinstance(figures.bias_index, Figure):
                assert figures.bias_index.value == -(_value(before.bias_index) or 0)


@given(rounds())
@settings(max_examples=25)
def test_coder_against_himself(coded: CodedRound) -> None:
    me = coded.coders[0]
    mine = [coding for coding in coded.codings if coding.coder == me]
    twin = CodedRound.of(
        coders=[me, "twin"],
        codes=coded.codes,
        units=coded.units,
        done=[
            (name, who)
            for name, coder in coded.done
            if coder == me
            for who in (me, "twin")
        ],
        codings=mine + [_by(coding, "twin") for coding in mine],
    )
    table = unit_table(twin)

    figures = list(_figures((compare_pairs(table, FEW), compare_all(table, FEW))))
    reasons = {one.reason for one in _not_defined(everything(twin))}

    for pair in compare_pairs(table, FEW):
        for one in (*pair.by_code.values(), pair.pooled):
            for measure in (one.percent, one.positive, one.kappa, one.pabak):
                assert _value(measure) in {None, 1.0}
        for measure in (pair.mean.percent, pair.mean.positive, pair.mean.kappa):
            assert _value(measure) in {None, 1.0}
    for figure in _figures((compare_all(table, FEW), compare_boundaries(twin))):
        assert math.isclose(figure.value, 1.0)
    assert find_disagreements(twin) == ()
    if coded.units and figures:
        assert reasons <= {Reason.CONSTANT}


@given(rounds())
@settings(max_examples=25)
def test_every_passage_is_agreed_or_in_one_disagreement(coded: CodedRound) -> None:
    found = find_disagreements(coded)

    for first in coded.coders:
        for second in coded.coders[coded.coders.index(first) + 1 :]:
            listed = [
                passage
                for one in found
                if (one.first, one.second) == (first, second)
                for passage in one.passages
            ]
            assert len(listed) == len(set(listed))
            for coding in set(coded.shared_codings(first, second)) - set(listed):
                other = second if coding.coder == first else first
                assert _by(coding, other) in coded.codings


def _by(coding: Coding, coder: str) -> Coding:
    return Coding(coding.document, coding.start, coding.end, coding.code, coder)


def _renamed(coded: CodedRound, names: dict[str, str]) -> CodedRound:
    return CodedRound.of(
        coders=coded.coders,
        codes=coded.codes,
        units=coded.units,
        done=[(document, names[coder]) for document, coder in coded.done],
        codings=[_by(coding, names[coding.coder]) for coding in coded.codings],
    )


def _value(measure: object) -> float | None:
    return measure.value if isinstance(measure, Figure) else None


def _figures(record: object) -> Iterator[Figure]:
    return (one for one in _parts(record) if isinstance(one, Figure))


def _not_defined(record: object) -> Iterator[NotDefined]:
    return (one for one in _parts(record) if isinstance(one, NotDefined))


def _parts(record: object) -> Iterator[object]:
    yield record
    inside: list[object] = []
    if is_dataclass(record):
        inside = [getattr(record, field.name) for field in fields(record)]
    elif isinstance(record, dict):
        inside = list(record.values())
    elif isinstance(record, tuple):
        inside = list(record)
    for part in inside:
        yield from _parts(part)
