from time import perf_counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import adjusted_rand_score

from analysis.intervals import Share
from analysis.personas import (
    DropReason,
    Person,
    PersonaStatus,
    Settings,
    Variable,
    derive_personas,
)
from tests.analysis.personas.planting import (
    class_numbers,
    name_people,
    name_variables,
    plant,
    plant_nothing,
)


def test_derive_personas_recovers_three_planted_classes() -> None:
    recovered = 0
    for seed in range(10):
        answers, classes = plant(seed, 300)
        derivation = derive_personas(
            name_people(answers), name_variables(12), seed=seed
        )
        likeness = adjusted_rand_score(classes, class_numbers(derivation))
        recovered += derivation.k == 3 and likeness >= 0.7

    assert recovered >= 9


@pytest.mark.parametrize("people", [80, 150, 300])
def test_derive_personas_finds_one_group_where_people_differ_by_chance(
    people: int,
) -> None:
    derivations = [
        derive_personas(
            name_people(plant_nothing(seed, people)), name_variables(6), seed=seed
        )
        for seed in range(20)
    ]

    one_group = [each for each in derivations if each.k == 1]
    assert len(one_group) >= 19
    assert {each.status for each in one_group} == {PersonaStatus.ONE_GROUP}


@pytest.mark.parametrize(
    ("people", "most", "status"),
    [(59, 1, PersonaStatus.TOO_FEW), (60, 2, PersonaStatus.DERIVED)],
)
def test_derive_personas_tries_no_more_than_the_base_allows(
    people: int, most: int, status: PersonaStatus
) -> None:
    answers, _ = plant(1, people, loyalty=0.9)

    derivation = derive_personas(name_people(answers), name_variables(12), seed=1)

    assert (derivation.k, derivation.status) == (most, status)


def test_derive_personas_with_a_tenth_of_the_answers_missing_still_recovers() -> None:
    answers, classes = plant(2, 300)
    known = np.random.default_rng(1).random(answers.shape) > 0.1

    derivation = derive_personas(
        name_people(answers, known), name_variables(12), seed=1
    )

    assert derivation.k == 3
    assert adjusted_rand_score(classes, class_numbers(derivation)) >= 0.7


def test_derive_personas_from_one_variable_finds_one_group() -> None:
    answers, _ = plant(1, 200, variables=1)

    derivation = derive_personas(name_people(answers), name_variables(1), seed=1)

    assert (derivation.k, derivation.status) == (1, PersonaStatus.ONE_GROUP)


def test_derive_personas_of_equal_people_is_one_group_of_everybody() -> None:
    people = name_people(np.zeros((70, 4), dtype=np.int64))

    derivation = derive_personas(people, name_variables(4), seed=1)

    [everybody] = derivation.classes
    assert derivation.status is PersonaStatus.ONE_GROUP
    assert (everybody.base, everybody.share.value, everybody.features) == (70, 1.0, ())
    assert {dropped.reason for dropped in derivation.variables_dropped} == {
        DropReason.ONE_LEVEL
    }


def test_derive_personas_of_nobody_has_no_classes() -> None:
    derivation = derive_personas([], name_variables(2), seed=1)

    assert (derivation.k, derivation.status) == (0, PersonaStatus.TOO_FEW)
    assert (derivation.classes, derivation.base) == ((), 0)


def test_derive_personas_places_nobody_who_answered_nothing() -> None:
    people = [*name_people(plant(1, 80)[0]), Person("silent", {})]

    derivation = derive_personas(people, name_variables(8), seed=1)

    assert (derivation.base, derivation.unplaced) == (80, ("silent",))


def test_derive_personas_describes_classes_by_what_they_have_more_often() -> None:
    answers, _ = plant(4, 300)

    derivation = derive_personas(name_people(answers), name_variables(12), seed=1)

    bases = [persona.base for persona in derivation.classes]
    assert bases == sorted(bases, reverse=True)
    for persona in derivation.classes:
        lifts = [feature.lift for feature in persona.features]
        assert lifts == sorted(lifts, reverse=True)
        assert len({feature.variable for feature in persona.features}) >= 3
        assert min(abs(feature.difference) for feature in persona.features) >= 0.15
        assert max(feature.q for feature in persona.features) < 0.05
        assert persona.stability is not None
        assert persona.provisional is (persona.stability < 0.75)


def test_derive_personas_weighs_people() -> None:
    answers, classes = plant(1, 300)
    people = [
        Person(person.key, person.levels, 3.0 if true_class == 0 else 1.0)
        for person, true_class in zip(
            name_people(answers), classes.tolist(), strict=True
        )
    ]

    derivation = derive_personas(people, name_variables(12), seed=1)

    largest = derivation.classes[0]
    heavy = 3 * largest.base
    assert derivation.k == 3
    assert largest.share.value == pytest.approx(
        heavy / (heavy + 300 - largest.base), abs=0.02
    )


def test_derive_personas_gives_the_same_record_in_whatever_order_people_come() -> None:
    people = name_people(plant(1, 160, loyalty=0.4)[0])
    backwards = people[::-1]

    first = derive_personas(people, name_variables(12), seed=7)

    assert derive_personas(backwards, name_variables(12), seed=7) == first
    assert repr(derive_personas(people, name_variables(12), seed=7)) == repr(first)


LEVEL = st.sampled_from(["no", "yes", None])


@settings(max_examples=30, deadline=None)
@given(
    st.lists(st.tuples(LEVEL, LEVEL, LEVEL, LEVEL), min_size=0, max_size=8),
    st.integers(1, 20),
)
def test_derive_personas_places_everybody_once(
    rows: list[tuple[str | None, ...]], repeats: int
) -> None:
    variables = [Variable(key, ("no", "yes")) for key in "abcd"]
    people = [
        Person(f"{repeat:02}-{number}", dict(zip("abcd", row, strict=True)))
        for repeat in range(repeats)
        for number, row in enumerate(rows)
    ]

    derivation = derive_personas(
        people, variables, seed=1, settings=Settings(starts=5, bootstrap_draws=5)
    )

    members = [key for each in derivation.classes for key, _ in each.members]
    everybody = sorted(person.key for person in people)
    assert sorted([*members, *derivation.unplaced]) == everybody
    assert derivation.base == len(members) == sum(c.base for c in derivation.classes)
    assert derivation.k == len(derivation.classes)
    shares: list[Share] = [each.share for each in derivation.classes]
    assert sum(share.value for share in shares) == pytest.approx(1.0 if shares else 0.0)
    assert all(s.interval.low <= s.value <= s.interval.high for s in shares)


def test_derive_personas_takes_seconds_for_four_hundred_people() -> None:
    answers, _ = plant(1, 400, loyalty=0.4)
    people = name_people(answers)

    started = perf_counter()
    derivation = derive_personas(people, name_variables(12), seed=1)

    assert derivation.k == 3
    assert perf_counter() - started < 10  # about 0.5 on a quiet core
