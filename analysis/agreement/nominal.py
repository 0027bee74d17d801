"""Any number of coders and values: Krippendorff's alpha and Gwet's AC1.

Counts are (units, …, values): how many coders gave the unit each value; a coder who
gave none is missing. Both coefficients are functions of sums over units, so that what
is computed once for each unit serves all resamples.
"""

import numpy as np

from analysis.agreement.coefficients import Floats, ratio

_TWO = 2  # coders that a unit needs before it can show agreement


def krippendorff_alpha(counts: Floats) -> Floats:
    """Nominal alpha (…,) of counts (units, …, values), at most 1.

    Units with fewer than two values are left out; NaN where all that is left has a
    single value, or nothing is left (Krippendorff 2011, *Computing Krippendorff's
    alpha-reliability*, section D).

    The strings ``a b a`` and ``a b b``, one unit a letter:

    >>> round(float(krippendorff_alpha(np.array([[2.0, 0], [0, 2], [1, 1]]))), 4)
    0.4444
    """
    return alpha_of_sums(alpha_statistics(counts).sum(axis=0))


def alpha_statistics(counts: Floats) -> Floats:
    """What alpha adds up: (units, …, values + 1), values and then disagreement.

    >>> alpha_statistics(np.array([[1.0, 1], [1, 0]])).tolist()
    [[1.0, 1.0, 2.0], [0.0, 0.0, 0.0]]
    """
    coders = counts.sum(axis=-1, keepdims=True)
    paired = counts * (coders >= _TWO)
    apart = coders**2 - (counts**2).sum(axis=-1, keepdims=True)
    apart = apart / np.maximum(coders - 1, 1) * (coders >= _TWO)
    return np.concatenate([paired, apart], axis=-1)


def alpha_of_sums(sums: Floats) -> Floats:
    """Alpha (…,) of summed :func:`alpha_statistics` (…, values + 1); NaN as there.

    >>> float(alpha_of_sums(np.array([2.0, 2.0, 0.0])))
    1.0
    """
    values, apart = sums[..., :-1], sums[..., -1]
    total = values.sum(axis=-1)
    expected = total**2 - (values**2).sum(axis=-1)
    return 1 - ratio((total - 1) * apart, expected)


def gwet_ac1(counts: Floats) -> Floats:
    """AC1 (…,) of counts (units, …, values), at most 1.

    Agreement is taken over units with two values or more, prevalence over all units
    with any (Gwet 2008, Br J Math Stat Psychol 61:29; with missing values Gwet 2014,
    *Handbook of Inter-Rater Reliability*). NaN where no unit has two. Raises ValueError
    for fewer than two values.

    >>> counts = np.array([[2.0, 0]] * 20 + [[1, 1]] * 15 + [[0, 2]] * 15)
    >>> round(float(gwet_ac1(counts)), 5)
    0.40594
    """
    if counts.shape[-1] < 2:  # noqa: PLR2004 - chance needs a second value
        raise ValueError("AC1 needs two values to choose from")
    return ac1_of_sums(ac1_statistics(counts).sum(axis=0))


def ac1_statistics(counts: Floats) -> Floats:
    """What AC1 adds up: (units, …, values + 3).

    The share of each value, then agreement, units with two values, units with any.

    >>> ac1_statistics(np.array([[1.0, 1], [1, 0]])).tolist()
    [[0.5, 0.5, 0.0, 1.0, 1.0], [1.0, 0.0, 0.0, 0.0, 1.0]]
    """
    coders = counts.sum(axis=-1, keepdims=True)
    shares = counts / np.maximum(coders, 1)
    alike = (counts * (counts - 1)).sum(axis=-1, keepdims=True)
    alike = alike / np.maximum(coders * (coders - 1), 1)
    return np.concatenate([shares, alike, coders >= _TWO, coders >= 1], axis=-1)


def observed_agreement(sums: Floats) -> Floats:
    """The share of pairs of coders that agree, averaged over units, 0 to 1.

    From summed :func:`ac1_statistics` (…, values + 3); NaN where no unit has two.

    >>> float(observed_agreement(np.array([0.5, 1.5, 1.0, 2.0, 2.0])))
    0.5
    """
    return ratio(sums[..., -3], sums[..., -2])


def ac1_of_sums(sums: Floats) -> Floats:
    """AC1 (…,) of summed :func:`ac1_statistics` (…, values + 3); NaN as there.

    >>> float(ac1_of_sums(np.array([1.0, 1.0, 2.0, 2.0, 2.0])))
    1.0
    """
    prevalence = ratio(sums[..., :-3], sums[..., -1:])
    by_chance = (prevalence * (1 - prevalence)).sum(axis=-1)
    by_chance = by_chance / (prevalence.shape[-1] - 1)
    return ratio(observed_agreement(sums) - by_chance, 1 - by_chance)
