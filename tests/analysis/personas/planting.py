"""People made up with a known number of classes behind their answers."""

import numpy as np
from numpy.typing import NDArray

from analysis.personas import Person, PersonaDerivation, Variable

LEVELS = ("low", "middle", "high")
SHARES = (0.45, 0.33, 0.22)


def name_variables(count: int) -> tuple[Variable, ...]:
    return tuple(Variable(f"variable {i:02}", LEVELS) for i in range(count))


def name_people(
    answers: NDArray[np.int64], known: NDArray[np.bool_] | None = None
) -> list[Person]:
    return [
        Person(
            f"person {number:04}",
            {
                f"variable {i:02}": LEVELS[level]
                for i, level in enumerate(row)
                if known is None or known[number, i]
            },
        )
        for number, row in enumerate(answers.tolist())
    ]


def plant(
    seed: int, people: int, *, variables: int = 12, loyalty: float = 0.6
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Answers (people, variables) and true classes (people,).

    Each of three classes has a level of its own in every variable, which its people
    give with chance ``loyalty``; else they answer anything.
    """
    rng = np.random.default_rng([seed, people])
    classes = rng.choice(3, size=people, p=SHARES)
    own_level = rng.permuted(np.tile(np.arange(3), (variables, 1)), axis=1)
    loyal = rng.random((people, variables)) < loyalty
    anything = rng.integers(3, size=(people, variables))
    return np.where(loyal, own_level.T[classes], anything), classes


def plant_nothing(seed: int, people: int, *, variables: int = 6) -> NDArray[np.int64]:
    """Answers (people, variables) of people who differ by chance alone."""
    rng = np.random.default_rng([seed, people])
    chances = rng.dirichlet([4.0, 4.0, 4.0], size=variables)
    draws = [rng.choice(3, size=people, p=chance) for chance in chances]
    return np.stack(draws, axis=1)


def class_numbers(derivation: PersonaDerivation) -> list[int]:
    """The class of each person, in order of their keys."""
    number_of = {
        person: number
        for number, persona in enumerate(derivation.classes)
        for person, _ in persona.members
    }
    return [number_of[person] for person in sorted(number_of)]
