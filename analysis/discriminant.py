"""Fisher's linear discriminant: what sets a few texts apart from ordinary ones.

Fisher, R. A. (1936). The use of multiple measurements in taxonomic problems. Annals of
Eugenics 7. The covariance is kept from being singular by a little of the identity
(Friedman 1989), because there are more dimensions than texts.
"""

from dataclasses import dataclass

import numpy as np

from analysis.encoder import Vectors

_RIDGE = 0.003  # of vectors of length one


@dataclass(frozen=True, slots=True)
class Discriminant:
    """A direction with two marks on it: 0 for the ordinary, 1 for what is sought."""

    direction: Vectors
    zero: float

    def share(self, vectors: Vectors) -> Vectors:
        """How far each lies on the way from the one to the other; also beyond."""
        share: Vectors = vectors @ self.direction - self.zero
        return share


def fit_discriminant(sought: Vectors, ordinary: Vectors) -> Discriminant:
    """Both need at least one row.

    >>> found = fit_discriminant(np.array([[0.0, 1.0]]), np.array([[1.0, 0.0]]))
    >>> found.share(np.array([[0.0, 1.0], [1.0, 0.0]])).round(2).tolist()
    [1.0, 0.0]
    """
    start, goal = ordinary.mean(axis=0), sought.mean(axis=0)
    spread = np.vstack([ordinary - start, sought - goal])
    covariance = spread.T @ spread / len(spread)
    covariance += _RIDGE * np.eye(len(start))
    way = goal - start
    direction = np.linalg.solve(covariance, way)
    direction /= max(float(way @ direction), 1e-9)
    return Discriminant(direction, float(start @ direction))
