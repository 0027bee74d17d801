import numpy as np

from analysis.personas import Settings, derive_personas
from analysis.personas.records import Gate, GateName
from tests.analysis.personas.planting import (
    name_people,
    name_variables,
    plant,
    plant_nothing,
)


def test_gates_after_a_refusal_are_reported_as_not_examined() -> None:
    people = name_people(plant_nothing(1, 80))

    derivation = derive_personas(people, name_variables(6), seed=1)

    bic = derivation.gates[8].figure
    assert bic is not None
    assert bic > 0
    assert derivation.gates == (
        Gate(3, GateName.BASE, passed=False, figure=80.0, threshold=150),
        Gate(3, GateName.BIC, None, None, 0.0),
        Gate(3, GateName.CLASS_SHARE, None, None, 0.1),
        Gate(3, GateName.CLASS_BASE, None, None, 20),
        Gate(3, GateName.POSTERIOR, None, None, 0.75),
        Gate(3, GateName.STABILITY, None, None, 0.6),
        Gate(3, GateName.FEATURES, None, None, 3),
        Gate(2, GateName.BASE, passed=True, figure=80.0, threshold=60),
        Gate(2, GateName.BIC, passed=False, figure=bic, threshold=0.0),
        Gate(2, GateName.CLASS_SHARE, None, None, 0.1),
        Gate(2, GateName.CLASS_BASE, None, None, 20),
        Gate(2, GateName.POSTERIOR, None, None, 0.75),
        Gate(2, GateName.STABILITY, None, None, 0.6),
        Gate(2, GateName.FEATURES, None, None, 3),
    )


def test_gates_refuse_a_class_of_too_few_people() -> None:
    answers, classes = plant(1, 300, loyalty=0.9)
    few = np.flatnonzero(classes == 2)[15:]
    people = name_people(np.delete(answers, few, axis=0))

    derivation = derive_personas(people, name_variables(12), seed=1)

    refused = [gate for gate in derivation.gates if gate.passed is False]
    assert [(gate.k, gate.name) for gate in refused] == [(3, GateName.CLASS_SHARE)]
    assert derivation.k == 2


def test_gates_let_more_than_three_through_only_on_a_hundred_people_each() -> None:
    people = name_people(plant(1, 300)[0])

    derivation = derive_personas(
        people, name_variables(12), seed=1, settings=Settings(k_max=4)
    )

    assert derivation.gates[0] == Gate(4, GateName.BASE, False, 300.0, 400)  # noqa: FBT003 - a record, not a call with a switch
    assert derivation.k == 3
