"""The tokenizer that all steps share, and the normal form of each token."""

import unicodedata
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

import regex
import simplemma
import spacy
from spacy.language import Language as Pipeline
from spacy.tokenizer import Tokenizer  # type: ignore[import-not-found] # compiled
from spacy.tokens import Doc
from spacy.util import (
    compile_infix_regex,
    compile_prefix_regex,
    compile_suffix_regex,
    registry,
)

from analysis.lexicon import load_lexicon
from analysis.records import Language

_WORDS_KEY = "klantreis.words"
_CACHE_LIMIT = 200_000
_LONG_RUN = regex.compile(r"\S{120}")  # longer than any word or address
_SKIN_TONES = regex.compile(r"[\U0001F3FB-\U0001F3FF]")
_STRETCH = regex.compile(r"([^\W\d_])\1{2,}")
_APOSTROPHES = str.maketrans("’‘`´", "''''")
# What chat text leaves out: spaces around a slash, a bracket or an exclamation mark.
_CHAT_INFIXES = (
    r"(?<=[^\W\d_]{2})/(?=[^\W\d_]{2})",
    r"(?<=[^\W\d_])[!?()…]+(?=\w)",
    r"(?<=[^\W\d_]{2})\.(?=[A-Z])",
)
# To spaCy abbreviations with their full stop, in answers the end of a sentence.
_NO_ABBREVIATIONS = frozenset(
    [
        *("al.", "app.", "bel.", "best.", "dat.", "hand.", "kon.", "lat.", "mand."),
        *("me.", "pan.", "pas.", "pers.", "red.", "rep.", "top.", "trim.", "u."),
        *("ver.", "vol.", "volg.", "volt."),
    ]
)


@cache
def make_tokenizer(language: Language) -> Pipeline:
    """A blank spaCy pipeline that only splits into tokens.

    An undetermined language is tokenised as Dutch.

    >>> [token.text for token in make_tokenizer(Language.DUTCH)("duur/traag!!help")]
    ['duur', '/', 'traag', '!!', 'help']
    """
    if language is Language.UNDETERMINED:
        return make_tokenizer(Language.DUTCH)
    chat = {"@tokenizers": "klantreis.chat.v1"}
    return spacy.blank(language.value, config={"nlp": {"tokenizer": chat}})


@registry.tokenizers("klantreis.chat.v1")  # type: ignore[untyped-decorator] # as spaCy has it
def _chat_tokenizer() -> Callable[[Pipeline], Tokenizer]:
    """The language's own tokenizer, for text as people type it.

    Put together at once: each change to a tokenizer makes spaCy go through all of its
    thousands of exceptions again, which took half of the time to start.
    """

    def make(nlp: Pipeline) -> Tokenizer:
        words = nlp.Defaults
        return Tokenizer(
            nlp.vocab,
            rules=_without_false_abbreviations(nlp.lang, words.tokenizer_exceptions),
            prefix_search=compile_prefix_regex(words.prefixes or ()).search,
            suffix_search=compile_suffix_regex(words.suffixes or ()).search,
            infix_finditer=compile_infix_regex(
                [*(words.infixes or ()), *_CHAT_INFIXES]
            ).finditer,
            token_match=words.token_match,
            url_match=words.url_match,
        )

    return make


def _without_false_abbreviations(
    code: str | None, rules: Mapping[str, Any]
) -> dict[str, Any]:
    return {
        text: rule
        for text, rule in rules.items()
        if code != "nl" or text.lower() not in _NO_ABBREVIATIONS
    }


def tokenise(nlp: Pipeline, text: str) -> Doc:
    """The tokens of a text of any length.

    A run without spaces is cut up first: of a thousand emoji the tokenizer peels one
    after the other, and reads all that is left each time.

    >>> len(tokenise(make_tokenizer(Language.DUTCH), "😀" * 1_000))
    1000
    """
    if _LONG_RUN.search(text) is None:
        return nlp.tokenizer(text)
    docs = []
    start = 0
    for run in _LONG_RUN.finditer(text):
        docs.append(nlp.tokenizer(text[start : run.start()]))
        docs.append(nlp.tokenizer(run.group()))
        start = run.end()
    docs.append(nlp.tokenizer(text[start:]))
    whole = Doc.from_docs([doc for doc in docs if len(doc)], ensure_whitespace=False)
    return nlp.tokenizer(text) if whole is None else whole


def words_of(doc: Doc) -> list[str]:
    """The normal form of each token: one string per token, in order.

    Lower case, without accents, skin tones and stretched letters; shorthand is
    written out where one word stands for one word.

    >>> words_of(make_tokenizer(Language.DUTCH)("Súúúper, nix mis mee 👍🏽"))
    ['super', ',', 'niks', 'mis', 'mee', '👍', '']
    """
    words: list[str] | None = doc.user_data.get(_WORDS_KEY)
    if words is None:
        normal = _normal_forms(doc.lang_)
        words = [normal[token.lower_] for token in doc]
        doc.user_data[_WORDS_KEY] = words
    return words


class _NormalForms(dict[str, str]):
    """Normal forms by lower-case token text, worked out once for each text."""

    def __init__(self, code: str) -> None:
        super().__init__()
        self._code = code
        self._shorthand: dict[str, str] = load_lexicon(f"shorthand_{code}")["words"]

    def __missing__(self, text: str) -> str:
        if len(self) > _CACHE_LIMIT:
            self.clear()
        plain = normalise(text)
        if _STRETCH.search(plain):
            plain = self._unstretch(plain)
        self[text] = self._shorthand.get(plain, plain)
        return self[text]

    def _unstretch(self, word: str) -> str:
        doubled = _STRETCH.sub(r"\1\1", word)
        if simplemma.is_known(doubled, lang=self._code):
            return doubled
        return _STRETCH.sub(r"\1", word)


@cache
def _normal_forms(code: str) -> _NormalForms:
    return _NormalForms(code if code == "en" else "nl")


def normalise(text: str) -> str:
    """Lower case, straight apostrophes, no accents, variants or skin tones.

    >>> normalise("Zó’n")
    "zo'n"
    """
    lowered = text.lower().translate(_APOSTROPHES)
    if lowered.isascii():
        return lowered
    spread = unicodedata.normalize("NFD", _SKIN_TONES.sub("", lowered))
    return "".join(char for char in spread if unicodedata.category(char) != "Mn")
