"""Which phrases belong to one body of text more than to another, and hold together."""

from collections.abc import Mapping

import numpy as np
from nltk.metrics.association import BigramAssocMeasures
from numpy.typing import ArrayLike, NDArray

from analysis.themes.phrases import Phrase

PRIOR = 500.0  # words: how much the prior weighs beside what was said, at most
PRIOR_SHARE = 0.1  # of what was said: where little was, the prior must not drown it
HOLDS_TOGETHER = 10.83  # chi-squared with one degree of freedom, p = 0.001


def log_odds(
    here: ArrayLike, there: ArrayLike, *, words_here: int, words_there: int
) -> NDArray[np.float64]:
    """How much more each phrase is used here than there, in standard errors (phrases,).

    The log-odds ratio with an informative Dirichlet prior, divided by its standard
    deviation (Monroe, Colaresi and Quinn 2008, "Fightin' Words", equations 16, 20 and
    22). The prior is what both say together, so rare words have to earn their score.
    ``words_here`` and ``words_there`` are how much was said in all; zero there makes
    nothing special.

    >>> z = log_odds([40, 40], [5, 40], words_here=1000, words_there=1000)
    >>> [round(float(each), 1) for each in z]
    [4.4, 0.0]
    """
    first, second = np.asarray(here, np.float64), np.asarray(there, np.float64)
    if not words_there or not words_here:
        return np.zeros_like(first)
    words = words_here + words_there
    weight = min(PRIOR, PRIOR_SHARE * words)
    prior = weight * (first + second) / words
    rest_here = np.maximum(words_here + weight - first - prior, 1.0)
    rest_there = np.maximum(words_there + weight - second - prior, 1.0)
    ratio = np.log((first + prior) / rest_here) - np.log((second + prior) / rest_there)
    spread = np.sqrt(1 / (first + prior) + 1 / (second + prior))
    result: NDArray[np.float64] = ratio / spread
    return result


def holds_together(phrase: Phrase, counts: Mapping[Phrase, int], *, words: int) -> bool:
    """Whether its words meet more than chance would have them meet.

    NLTK's likelihood ratio (Dunning 1993) of the last word and all before it. Parts
    that cannot stand alone, such as "te", have no count: they are no reason to refuse.

    >>> counts = {("op",): 9, ("tijd",): 9, ("op", "tijd"): 8}
    >>> holds_together(("op", "tijd"), counts, words=1000)
    True
    """
    together, rest = counts[phrase], counts.get(phrase[:-1])
    if len(phrase) == 1 or rest is None:
        return True
    last = max(counts.get(phrase[-1:], together), together)
    rest = max(rest, together)
    expected = rest * last / words
    ratio = BigramAssocMeasures.likelihood_ratio(together, (rest, last), words)
    return together > expected and ratio >= HOLDS_TOGETHER
