import numpy as np

from analysis.personas.latent_classes import Patterns, fit_best
from analysis.personas.stability import bootstrap_jaccard, matched_jaccard
from tests.analysis.personas.planting import plant, plant_nothing


def test_matched_jaccard_follows_people_whatever_the_classes_are_called() -> None:
    first = np.array([0, 0, 0, 1, 1, 2])

    similar = matched_jaccard(first, (first + 1) % 3, np.ones(6), 3)

    assert similar.tolist() == [1.0, 1.0, 1.0]


def test_bootstrap_jaccard_is_high_for_true_classes_and_low_for_none() -> None:
    found = {}
    for name, answers in (("true", plant(1, 300)[0]), ("none", plant_nothing(1, 300))):
        patterns = Patterns.of(answers, (3,) * answers.shape[1])
        solution = fit_best(patterns, np.ones(300), k=3, starts=10, seed=1)
        found[name] = bootstrap_jaccard(
            patterns, np.ones(300), solution, draws=20, seed=1
        )

    assert found["true"].min() > 0.9
    assert found["none"].min() < 0.6
