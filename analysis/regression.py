"""Logistic regressions drawn towards what was known before.

Ridge-penalised maximum likelihood, found by L-BFGS. What was fitted before comes in
as centre and precision of a normal prior (Laplace's approximation, with the diagonal
of the curvature), so that a few new observations move it as far as they deserve.
"""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]


def fit_logistic(
    x: Floats, y: Floats, weights: Floats, precision: Floats, centre: Floats
) -> Floats:
    """Coefficients, one for each column of ``x``; ``y`` holds zeros and ones.

    >>> import numpy as np
    >>> x, y, ones = np.array([[1.0], [1.0]]), np.array([1.0, 0.0]), np.ones(2)
    >>> fit_logistic(x, y, ones, np.zeros(1), np.zeros(1)).round(3).tolist()
    [0.0]
    """

    def loss(w: Floats) -> tuple[float, Floats]:
        z, moved = x @ w, w - centre
        value = weights @ (np.logaddexp(0, z) - y * z) + 0.5 * precision @ moved**2
        slope = x.T @ (weights * (1 / (1 + np.exp(-z)) - y)) + precision * moved
        return float(value), slope

    return _least(loss, centre)


def logistic_curvature(x: Floats, weights: Floats, fitted: Floats) -> Floats:
    """How much the observations pin down each coefficient."""
    chances = 1 / (1 + np.exp(-(x @ fitted)))
    curvature: Floats = (weights * chances * (1 - chances)) @ x**2
    return curvature


def fit_multinomial(
    x: Floats,
    y: npt.NDArray[np.int64],
    weights: Floats,
    precision: Floats,
    centre: Floats,
) -> Floats:
    """Coefficients by column of ``x`` and class, in the shape of ``centre``."""
    right = np.eye(centre.shape[1])[y]

    def loss(flat: Floats) -> tuple[float, Floats]:
        w = flat.reshape(centre.shape)
        shares, moved = softmax(x @ w), w - centre
        value = -weights @ np.log((shares * right).sum(1) + 1e-12)
        slope = x.T @ (weights[:, None] * (shares - right)) + precision * moved
        return float(value + 0.5 * (precision * moved**2).sum()), slope.ravel()

    return _least(loss, centre.ravel()).reshape(centre.shape)


def multinomial_curvature(x: Floats, weights: Floats, fitted: Floats) -> Floats:
    """How much the observations pin down each coefficient."""
    shares = softmax(x @ fitted)
    curvature: Floats = (x**2).T @ (weights[:, None] * shares * (1 - shares))
    return curvature


def softmax(logits: Floats) -> Floats:
    """Shares that add up to one, by row."""
    raised = np.exp(logits - logits.max(1, keepdims=True))
    shares: Floats = raised / raised.sum(1, keepdims=True)
    return shares


def _least(loss: Callable[[Floats], tuple[float, Floats]], start: Floats) -> Floats:
    from scipy.optimize import minimize  # noqa: PLC0415 - slow, and only for fitting

    found: Floats = minimize(loss, start, jac=True, method="L-BFGS-B").x
    return found
