"""Two coders and one code: coefficients of the four cells.

All functions take cells (…, 4) of counts, in the order *both, only the first, only the
second, neither*, and give (…,); NaN where the coefficient is not defined.
"""

import numpy as np
from numpy.typing import NDArray

from analysis.agreement.table import Bools

Floats = NDArray[np.float64]


def cells_of(first: Bools, second: Bools) -> Floats:
    """The cells (…, 4) that each pair of values (…,) falls in.

    >>> cells_of(np.array([True, True]), np.array([True, False])).tolist()
    [[1.0, 0.0, 0.0, 0.0], [0.0, 1.0, 0.0, 0.0]]
    """
    cells = (first & second, first & ~second, ~first & second, ~first & ~second)
    return np.stack(cells, axis=-1).astype(np.float64)


def ratio(numerator: Floats, denominator: Floats) -> Floats:
    """One by the other; NaN where that is not defined.

    >>> ratio(np.array([1.0, 0.0]), np.array([2.0, 0.0])).tolist()
    [0.5, nan]
    """
    nothing = np.full(np.broadcast(numerator, denominator).shape, np.nan)
    share = np.divide(numerator, denominator, out=nothing, where=denominator != 0)
    return np.asarray(share)


def percent_agreement(cells: Floats) -> Floats:
    """The share of units on which both say the same, 0 to 1; NaN without units.

    >>> float(percent_agreement(np.array([20.0, 5, 10, 15])))
    0.7
    """
    return ratio(cells[..., 0] + cells[..., 3], cells.sum(axis=-1))


def positive_agreement(cells: Floats) -> Floats:
    """Of all uses of the code, the share that the other shares, 0 to 1.

    ``2·both / (2·both + first + second)``; NaN where nobody used it (Cicchetti and
    Feinstein 1990, J Clin Epidemiol 43:551).

    >>> round(float(positive_agreement(np.array([20.0, 5, 10, 15]))), 4)
    0.7273
    """
    both = 2 * cells[..., 0]
    return ratio(both, both + cells[..., 1] + cells[..., 2])


def cohens_kappa(cells: Floats) -> Floats:
    """Agreement beyond chance, −1 to 1 (Cohen 1960, Educ Psychol Meas 20:37).

    ``(p_o − p_e) / (1 − p_e)``, written in counts so that nothing is rounded before
    the last division; NaN where both used the same single value throughout.

    >>> float(cohens_kappa(np.array([20.0, 5, 10, 15])))
    0.4
    >>> float(cohens_kappa(np.array([0.0, 0, 0, 50])))
    nan
    """
    both, first, second, neither = np.moveaxis(cells, -1, 0)
    by_chance = (both + first) * (first + neither)
    by_chance = by_chance + (both + second) * (second + neither)
    return ratio(2 * (both * neither - first * second), by_chance)


def pabak(cells: Floats) -> Floats:
    """Kappa if both values were equally frequent and both coders used them alike.

    ``2·p_o − 1``, −1 to 1 (Byrt, Bishop and Carlin 1993, J Clin Epidemiol 46:423);
    NaN without units.

    >>> round(float(pabak(np.array([20.0, 5, 10, 15]))), 4)
    0.4
    """
    return 2 * percent_agreement(cells) - 1


def prevalence_index(cells: Floats) -> Floats:
    """How lopsided the code is: ``(both − neither) / n``, −1 to 1 (Byrt et al. 1993).

    >>> float(prevalence_index(np.array([20.0, 5, 10, 15])))
    0.1
    """
    return ratio(cells[..., 0] - cells[..., 3], cells.sum(axis=-1))


def bias_index(cells: Floats) -> Floats:
    """How much more often the first used it: ``(first − second) / n`` (Byrt et al.).

    >>> float(bias_index(np.array([20.0, 5, 10, 15])))
    -0.1
    """
    return ratio(cells[..., 1] - cells[..., 2], cells.sum(axis=-1))
