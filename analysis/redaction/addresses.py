"""Street and house number."""

import re
from collections.abc import Iterator

from analysis.redaction.cues import OUTSIDE, counts_something, cue_before
from analysis.redaction.records import PersonalData, Redaction
from analysis.redaction.streets import (
    CAPITAL,
    LEXICON,
    NO_TOWNS,
    NOT_STREETS,
    STREET,
    STRONG,
    WEAK,
)

_SURE = tuple(LEXICON["sure_endings"])
_COMPOUND = 4  # letters before the ending
_FIRST = frozenset(LEXICON["first_words"])
_ADDRESS_WORDS = frozenset(LEXICON["address_words"])
_HOME = frozenset(LEXICON["home_words"])
_NOT_NAMES = frozenset(LEXICON["not_names"])
_PARTICLES = frozenset(LEXICON["particles"])
_TITLED = frozenset(LEXICON["titles"])  # meester kesperplein
_OF_NAMES = frozenset(("der", "den"))  # no article of today
_OPENERS = frozenset(LEXICON["openers"])

_NUMBER = re.compile(
    OUTSIDE + r"(?<!/)\d{1,4}(?:(?: ?[a-zA-Z]|bis|hs)(?![\w'’]))?"
    r"(?:-(?:hs|bis|huis|rd|zw|boven|beneden)\b)?"
    r"(?: ?[-/] ?\d{1,3}(?!\d)|-[a-zA-Z](?!\w)|[- ](?:I{1,3}|IV|V)\b)?"
    r"(?:,? (?:bis|hs|huis|zwart|rood|\d ?hoog|"
    r"(?:bus|bte|box) (?:\d{1,4}[a-zA-Z]?|[A-Z])|[bB]\d{1,3})\b|"
    r",? \d(?:e|de|ste) (?:verdieping|etage)\b)?(?![\w%€$£]|[.,:]\d)"
)
_BEFORE_NUMBER = re.compile(r"[ ,]{1,2}(?:(?:nr|nummer|huisnummer|no)\b[.:]? {0,2})?$")
_LEFT = re.compile(r"[^\W\d_][\w'’.-]{0,40}")
_OPENING = re.compile(r"(?:\b\d{1,2}(?:e|de|ste) |['‘’])$")  # 2e Jan Steenstraat
_ORDINAL = 6
_WINDOW = 80
_MOST_WORDS = 6  # of a street's name

_FLAT = r"(?:(?:[Ff]lat|[Aa]partment|[Aa]pt|[Uu]nit|[Ss]uite|[Pp]lot)\.? \w{1,4},? )?"
_ENGLISH = re.compile(
    OUTSIDE + _FLAT + rf"\d{{1,4}}[a-zA-Z]?,? (?:(?:{CAPITAL}|of|the|and) ){{1,4}}"
    rf"(?:{'|'.join(map(str.title, LEXICON['english_endings']))})(?!\w)"
)
_PLAIN_ENGLISH = re.compile(
    OUTSIDE + r"\d{1,4}[a-z]? (?P<name>[a-z'’]{2,20}(?: [a-z'’]{2,20})?) "
    rf"(?:{'|'.join(LEXICON['plain_english_endings'])})(?!\w)",
    re.IGNORECASE,
)
_UNNAMED = re.compile(
    OUTSIDE + rf"\d{{1,4}}[a-z]?,? (?:{CAPITAL} ){{0,3}}{CAPITAL}, ?"
    rf"(?:{CAPITAL},? ){{0,3}}(?=[A-Z]{{1,2}}\d[A-Z\d]? ?\d[A-Z]{{2}}\b)"
)
_AT_NUMBER = re.compile(
    r"\b(?:nummer|nr\.?|number) \d{1,4} ?[a-zA-Z]? ?(?:in|van|aan|op|on|of),? "
    rf"(?:de |het |the )?{STREET}"
)
_FRENCH = re.compile(
    rf"(?<!\w)(?:[Rr]ue|[Aa]venue|[Cc]haussée|[Pp]lace|[Bb]oulevard) "
    rf"(?:(?:de |du |des |la |le |l['’]|d['’]){{0,2}}{CAPITAL} ?){{1,3}}"
    r",? ?\d{1,4}[a-zA-Z]?"
    r"(?:,? (?:bte|bus|boîte) \w{1,4})?(?!\w)"
)
_SQUARE = re.compile(r"\bPlein (?:18|19)\d\d,? (?:nr\.? |nummer )?\d{1,4}\b")
_GLUED = re.compile(
    rf"(?<![\w-])[A-Z][\w'’-]{{1,24}}(?:{'|'.join(STRONG)})\d{{1,4}}[a-zA-Z]?(?!\w)"
)
_BOX = re.compile(r"\b(?:postbus|p\.?o\.? box) \d{1,6}\b", re.IGNORECASE)
_CODE_BEHIND = re.compile(
    r",? ?[1-9]\d{3} ?[A-Z]{2}\b|(?:,|\n|,? (?:in|te))? ?[1-9]\d{3} (?:[A-Z][a-zé])"
)
_TOWN_BEHIND = re.compile(r",? (?:in|te) [A-Z][a-zé]{2}")
_PATTERNS = (_ENGLISH, _UNNAMED, _AT_NUMBER, _FRENCH, _SQUARE, _GLUED, _BOX)


def find_addresses(text: str) -> Iterator[Redaction]:
    for match in _NUMBER.finditer(text):
        start = _street_start(text, match)
        if start is not None:
            yield Redaction(start, match.end(), PersonalData.ADDRESS)
    for pattern in _PATTERNS:
        for match in pattern.finditer(text):
            yield Redaction(match.start(), match.end(), PersonalData.ADDRESS)
    for match in _PLAIN_ENGLISH.finditer(text):
        if _NOT_NAMES.isdisjoint(match["name"].lower().split()):
            yield Redaction(match.start(), match.end(), PersonalData.ADDRESS)


def _street_start(text: str, number: re.Match[str]) -> int | None:
    """Where the street before a house number begins; None for no house number."""
    gap = _BEFORE_NUMBER.search(text[max(0, number.start() - 16) : number.start()])
    if gap is None or text[number.start() - len(gap[0]) - 1].isdigit():
        return None
    cue = cue_before(text, number.start())
    if cue is not None and cue.kind == "house":
        return number.start()
    offset = max(0, number.start() - _WINDOW)
    left = text[offset : number.start() - len(gap[0])]
    words = list(_LEFT.finditer(left))
    if not words or words[-1].end() != len(left):
        return None
    is_counted = counts_something(text, number.end())
    if is_counted or not _is_street(text, words, number):
        return None
    start = offset + _first_word(left, words).start()
    opening = _OPENING.search(text, max(0, start - _ORDINAL), start)
    return start if opening is None else opening.start()


def _is_street(text: str, words: list[re.Match[str]], number: re.Match[str]) -> bool:
    last = words[-1][0]
    bare = last.lower().rstrip(".")
    has_name_after = _has_name_after(words)
    if bare in NOT_STREETS and not (has_name_after or _has_name_before(words)):
        return False
    if bare.endswith(STRONG) or _is_shortened(last):
        return True
    if bare in NO_TOWNS or not (last[0].isupper() or bare.endswith(WEAK)):
        return False
    if not last[0].isupper():
        return _lives_at(words) or (_is_compound(bare) and bool(_near(words)))
    if has_name_after:
        return True
    nearby = {word[0].lower() for word in words[-9:]}
    is_english = bare.endswith(("street", "road", "lane", "avenue"))
    is_placed = bare.endswith(WEAK) and bool(nearby & _ADDRESS_WORDS | _near(words))
    is_home = _lives_at(words) or _is_compound(bare)
    is_coded = _has_postcode(text, number.end())
    return (
        is_english
        or is_placed
        or is_home
        or is_coded
        or _is_located(text, words, number)
    )


def _is_shortened(last: str) -> bool:
    """Kerkstr. 12, kerkstr 12."""
    bare = last.rstrip(".")
    return bare.endswith("str") and (last[0].isupper() or len(bare) > len("mstr") + 2)


def _is_compound(bare: str) -> bool:
    """Leeuwerikpad, Rozenhof: with a number behind, hardly anything else."""
    ending = next((one for one in _SURE if bare.endswith(one)), "")
    is_long = len(bare) - len(ending) >= _COMPOUND
    return bool(ending) and is_long and bare not in NOT_STREETS


def _near(words: list[re.Match[str]]) -> set[str]:
    """Words before: op de Voorburgwal, aan het Spui."""
    before = [word[0].lower() for word in words[-4:-1]]
    return {"op", "aan", "bij"} & set(before)


def _lives_at(words: list[re.Match[str]]) -> bool:
    """Whether at home: woon aan de Brink; "op Windows 11" is no home."""
    before = [word[0].lower() for word in words[-6:-1]]
    while before and before[-1] in _OPENERS | {"is", "was"}:
        before.pop()
    return bool(before) and before[-1] in _HOME


def _has_postcode(text: str, end: int) -> bool:
    """1234 AB behind it, or a Belgian code and a town."""
    return _CODE_BEHIND.match(text, end) is not None


def _is_located(text: str, words: list[re.Match[str]], number: re.Match[str]) -> bool:
    """Uit de Molenberg 7 in Ninove; op Havikshorst 12, by no house named so."""
    if _TOWN_BEHIND.match(text, number.end()) is None:
        return False
    before = {word[0].lower() for word in words[-4:-1]}
    return bool(before & {"uit", "op", "aan", "van", "naar", "bij"})


def _has_name_before(words: list[re.Match[str]]) -> bool:
    """Grote Markt, Lange Gracht."""
    return len(words) > 1 and words[-1][0][0].isupper() and words[-2][0][0].isupper()


def _has_name_after(words: list[re.Match[str]]) -> bool:
    """Laan van Meerdervoort, Plein 1944."""
    lower = [word[0].lower() for word in words]
    for place in range(len(words) - 2, max(-1, len(words) - 5), -1):
        if lower[place] in _FIRST and place < len(words) - 2:
            return words[place][0][0].isupper()
        if lower[place] not in _PARTICLES:
            return False
    return False


def _first_word(left: str, words: list[re.Match[str]]) -> re.Match[str]:
    """Back over capitals and what joins them: Burgemeester de Vlugtlaan."""
    first = len(words) - 1
    place = first - 1
    while place >= max(0, len(words) - _MOST_WORDS):
        word = words[place]
        if left[word.end() : words[place + 1].start()].strip(" "):
            break
        lower = word[0].lower()
        if lower in _PARTICLES or lower == "t":
            if _is_of_name(words, place):
                first = place
            place -= 1
            continue
        is_titled = lower in _TITLED and place == first - 1
        is_other = lower in _OPENERS or (lower in NO_TOWNS and lower != "jan")
        if not is_titled and (not word[0][0].isupper() or is_other):
            break
        first = place
        place -= 1
    return words[first]


def _is_of_name(words: list[re.Match[str]], place: int) -> bool:
    """Van Speijkstraat, van der Helststraat, 't Hoenderpad."""
    word, following = words[place][0], words[place + 1][0].lower()
    return (
        word[0].isupper() or word == "t" or (word == "van" and following in _OF_NAMES)
    )
