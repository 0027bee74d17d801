"""Numbers in words, as they are told over the phone: "nul zes twaalf …"."""

import re
from collections.abc import Iterator

from analysis.lexicon import load_lexicon
from analysis.redaction.cues import cue_before
from analysis.redaction.records import PersonalData, Redaction

_FIGURE_WORD = (
    r"(?:\d{1,4}|[a-z]{0,8}honderd|hundred|nul|een|één|twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf|dubbel|"
    r"[a-zë]{3,10}tien|[a-zë]{0,12}tig|zero|oh|one|two|three|four|five|six|seven|eight|"
    r"nine|ten|double|treble|[a-z]{2,6}teen|[a-z]{2,5}ty(?:-[a-z]{3,5})?)"
)
_GAP = (
    r"(?:[ ,-]{1,2}|\.{2,3} )"
    r"(?:(?:en|dan|en dan|eh|ehm|uh|uhm|um|er|and|then|streepje|dash)[ ,-]{1,2})?"
)
_SPOKEN = re.compile(
    rf"\b(?:(?:(?:double|dubbel|treble) )?(?:nul|zero|oh){_GAP}"
    rf"(?:{_FIGURE_WORD}{_GAP}){{4,14}}"
    rf"|(?:0[1-9]\d{{0,2}}|plus){_GAP}(?=[\d ,-]{{0,20}}[a-zé])"
    rf"(?:{_FIGURE_WORD}{_GAP}){{3,14}}){_FIGURE_WORD}\b",
    re.IGNORECASE,
)
# Any number in words, behind what says which: "klantnummer vier vier zeven een".
_CALLED = re.compile(
    rf"\b{_FIGURE_WORD}(?:{_GAP}{_FIGURE_WORD}){{2,19}}\b", re.IGNORECASE
)
# What saves most texts the search: three words of figures.
_WORDS = frozenset(load_lexicon("number_cues")["walk"]["figure_words"].split())
_TENS = ("tien", "tig", "teen", "ty", "honderd", "hundred")
_LEAST = 3
_KINDS = {
    "order_number": PersonalData.ORDER,
    "customer_number": PersonalData.CUSTOMER,
    "card_number": PersonalData.CARD,
    "bsn": PersonalData.BSN,
    "phone": PersonalData.PHONE,
    "iban": PersonalData.IBAN,
}
_FIGURE = re.compile(r"\d")


def _is_figure(word: str) -> bool:
    return word in _WORDS or word.isdigit() or word.endswith(_TENS)


def find_spoken(text: str) -> Iterator[Redaction]:
    said = text.lower().replace(",", " ").replace("-", " ").split()
    if sum(map(_is_figure, said)) < _LEAST:
        return
    for match in _SPOKEN.finditer(text):
        yield Redaction(match.start(), match.end(), PersonalData.PHONE)
    for match in _CALLED.finditer(text):
        cue = cue_before(text, match.start())
        kind = _KINDS.get(cue.kind) if cue is not None and cue.is_strong else None
        if kind is not None and not _FIGURE.search(match[0]):
            yield Redaction(match.start(), match.end(), kind)
