"""The usual baseline: TF-IDF over words and letters, and logistic regressions.

One regression a touchpoint says whether a text speaks of it; one for all says how,
over the words of the text alone and beside the touchpoint (Daumé 2007). Taught what
the encoder was taught, and its threshold chosen where the encoder's was.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import SGDClassifier

from analysis.encoder import kind_of
from analysis.labelled import LabelledText
from analysis.records import (
    Language,
    Mention,
    Polarity,
    QuestionRole,
    Text,
    TextAnalysis,
)
from analysis_evaluation.systems import BOTH_LANGUAGES, Opinion

_SEED = 20261128
_PENALTY = 1e-5
_ROUNDS = 20
_LETTER_FEATURES = 60_000
_FEWEST = 5  # texts from which a touchpoint is learnt
_STEPS = tuple(round(0.04 + 0.02 * step, 2) for step in range(30))
_KINDS = ("asked", "open")
_ROLES = (None, *QuestionRole)
_WHOLE = ""  # the text, whatever touchpoint

Floats = npt.NDArray[np.float64]
Pair = tuple[Text, str]  # a text, and the touchpoint asked about


@dataclass(frozen=True, slots=True)
class _Limits:
    """From what probability a touchpoint counts, by kind of text."""

    by_kind: dict[str, float]

    def of(self, text: Text) -> float:
        return self.by_kind[kind_of(text.question)]


class LinearBaseline:
    name = "TF-IDF + linear"
    languages = BOTH_LANGUAGES
    names_touchpoints = True

    def __init__(
        self, taught: Sequence[LabelledText], held_out: Sequence[LabelledText]
    ) -> None:
        texts = [one.text for one in taught]
        self._words = TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True)
        self._letters = TfidfVectorizer(
            analyzer="char_wb",
            ngram_range=(3, 5),
            min_df=5,
            max_features=_LETTER_FEATURES,
            sublinear_tf=True,
        )
        self._crossed = TfidfVectorizer(
            analyzer=_crossed_words, min_df=2, sublinear_tf=True
        )
        written = [text.text for text in texts]
        self._words.fit(written)
        self._letters.fit(written)
        matrix = self._matrix(texts)
        self._touchpoints = sorted(
            name
            for name in {name for one in taught for name, _ in one.labels}
            if sum(name in dict(one.labels) for one in taught) >= _FEWEST
        )
        self._spoken = [
            _classifier().fit(matrix, [name in dict(one.labels) for one in taught])
            for name in self._touchpoints
        ]
        self._fit_polarity(taught)
        self._limits = self._chosen_limits(held_out)

    def analyse(self, texts: Sequence[Text]) -> list[TextAnalysis]:
        if not texts:
            return []
        found = self._found(texts)
        pairs = [
            (text, name)
            for text, names in zip(texts, found, strict=True)
            for name in (*names, _WHOLE)
        ]
        opinions = iter(self._opinions_on(pairs))
        analyses = []
        for text, names in zip(texts, found, strict=True):
            mentions = tuple(
                _mention(text, name, chance, next(opinions))
                for name, chance in names.items()
            )
            analyses.append(
                TextAnalysis(
                    language=text.language or Language.UNDETERMINED,
                    overall=next(opinions).polarity,
                    mentions=mentions,
                )
            )
        return analyses

    def opinions(
        self, texts: Sequence[Text], touchpoints: Sequence[Collection[str]]
    ) -> list[dict[str, Opinion]]:
        pairs = [
            (text, name)
            for text, names in zip(texts, touchpoints, strict=True)
            for name in names
        ]
        opinions = iter(self._opinions_on(pairs))
        return [{name: next(opinions) for name in names} for names in touchpoints]

    def chances(self, texts: Sequence[Text]) -> list[dict[str, float]]:
        return self._found(texts)

    def _found(self, texts: Sequence[Text]) -> list[dict[str, float]]:
        chances = self._chances(texts)
        return [
            {
                name: float(chance)
                for name, chance in zip(self._touchpoints, row, strict=True)
                if chance >= self._limits.of(text)
            }
            for text, row in zip(texts, chances, strict=True)
        ]

    def _chances(self, texts: Sequence[Text]) -> Floats:
        matrix = self._matrix(texts)
        columns = [one.predict_proba(matrix)[:, 1] for one in self._spoken]
        return np.column_stack(columns)

    def _matrix(self, texts: Sequence[Text]) -> sp.csr_matrix:
        written = [text.text for text in texts]
        words, letters = (
            self._words.transform(written),
            self._letters.transform(written),
        )
        return _stacked(words, letters, _asked(texts))

    def _fit_polarity(self, taught: Sequence[LabelledText]) -> None:
        labelled = [
            (one.text, name, polarity)
            for one in taught
            for name, polarity in sorted(one.labels)
        ]
        pairs = [(text, name) for text, name, _ in labelled]
        matrix = _stacked(
            self._matrix([text for text, _ in pairs]),
            self._crossed.fit_transform(pairs),
        )
        truth = np.array([str(polarity) for *_, polarity in labelled])
        self._signs = [(p, _classifier().fit(matrix, truth == p)) for p in Polarity]

    def _opinions_on(self, pairs: Sequence[Pair]) -> list[Opinion]:
        if not pairs:
            return []
        matrix = _stacked(
            self._matrix([text for text, _ in pairs]), self._crossed.transform(pairs)
        )
        chances = np.column_stack(
            [one.predict_proba(matrix)[:, 1] for _, one in self._signs]
        )
        chances /= chances.sum(1, keepdims=True)
        return [
            Opinion(self._signs[int(row.argmax())][0], float(row.max()))
            for row in chances
        ]

    def _chosen_limits(self, held_out: Sequence[LabelledText]) -> _Limits:
        """Those that give the best F1 on texts not trained on."""
        by_kind = {}
        for kind in _KINDS:
            some = [one for one in held_out if kind_of(one.text.question) == kind]
            by_kind[kind] = self._best_limit(some) if some else 0.5
        return _Limits(by_kind)

    def _best_limit(self, texts: Sequence[LabelledText]) -> float:
        chances = self._chances([one.text for one in texts])
        truth = np.array(
            [[name in dict(one.labels) for name in self._touchpoints] for one in texts]
        )

        def f1(limit: float) -> float:
            found = chances >= limit
            both = int((found & truth).sum())
            return 2 * both / max(1, int(found.sum()) + int(truth.sum()))

        return max(_STEPS, key=f1)


def _asked(texts: Sequence[Text]) -> sp.csr_matrix:
    """The question of each text, as heavy as all of its words together."""
    rows = [[float(text.question is role) for role in _ROLES] for text in texts]
    return sp.csr_matrix(rows)


def _crossed_words(pair: Pair) -> Iterator[str]:
    text, touchpoint = pair
    for word in text.text.lower().split():
        yield f"{touchpoint} {word}"


def _stacked(*parts: sp.spmatrix) -> sp.csr_matrix:
    return sp.hstack(parts).tocsr()


def _classifier() -> SGDClassifier:
    """A logistic regression, by averaged stochastic descent: in a tenth of the time."""
    return SGDClassifier(
        loss="log_loss",
        alpha=_PENALTY,
        max_iter=_ROUNDS,
        tol=None,
        average=True,
        random_state=_SEED,
    )


def _mention(text: Text, name: str, chance: float, opinion: Opinion) -> Mention:
    return Mention(
        start=0,
        end=len(text.text),
        touchpoint=name,
        polarity=opinion.polarity,
        score=0.0,
        confidence=chance * (opinion.sureness or 0.0),
    )
