"""Hotels, firms, books and kings: what bears somebody's name and is nobody here."""

import re

from analysis.redaction.name_extent import is_street
from analysis.redaction.name_lists import name_cues, names
from analysis.redaction.name_words import Line

# Jansen & Zn., Smith and Sons.
_AND_SONS = re.compile(
    r" ?(?:&|en|and) (?:zn|zonen|zoon|dochters|sons?|daughters?|partners)\b",
    re.IGNORECASE,
)
_NUMERAL = re.compile(r" (?:II|III|IV|V|VI|VII|VIII|XIV|XVI)\b")  # Karel V
_BESIDE = frozenset(("auto", "auto's", "groen", "groep"))  # words behind anybody
_OF_A_WORK = frozenset(
    ("van", "door", "by", "from", "over", "about", "met", "with", "for", "voor", "of")
)


def is_place(line: Line, place: int) -> bool:
    """Hotel Alessandra, Smith Street, the Benjamin: named after somebody."""
    words = name_cues().words
    before = line.lower(place - 1) if line.joined(place) else ""
    is_owner = _is_owner(line, place)
    after = "" if is_owner or not line.joined(place + 1) else line.lower(place + 1)
    is_the = before == "the" and line.words[place].is_capital
    if is_street(line, place):
        return True
    if before in words["places"] or after in words["places"] or is_the:
        return True
    return before in words["royals"] and line.words[place].is_capital


def is_thing(line: Line, begin: int, end: int) -> bool:
    return (
        _is_product(line, begin)
        or _is_called_thing(line, begin)
        or _is_firm(line, begin, end)
        or _is_by_known_maker(line, begin, end)
        or _NUMERAL.match(line.text, line.words[end - 1].end) is not None
    )


def _is_product(line: Line, place: int) -> bool:
    """De Victor fietsendrager, een Lotte tafel: an article before, a thing after."""
    words = name_cues().words
    if line.lower(place - 1) not in words["articles"] or not line.joined(place + 1):
        return False
    if line.words[place + 1].is_capital or not line.words[place].is_capital:
        return False
    after = line.lower(place + 1)
    said = (words[kind] for kind in ("deeds", "states", "me", "meanwhile"))
    others = (*said, names().particles, *name_cues().function_words.values())
    return not any(after in some for some in others)


def _is_called_thing(line: Line, place: int) -> bool:
    """Jef is een merk van koffie."""
    words = name_cues().words
    if line.lower(place + 1) not in {"is", "was"} or not line.is_first(place):
        return False
    said = {line.lower(place + step) for step in range(3, 6)}
    is_one = line.lower(place + 2) in words["articles"]
    return is_one and not said.isdisjoint(words["things"])


def _is_firm(line: Line, begin: int, end: int) -> bool:
    """Bakkerij Jansen, Jansen Zonwering, Jansen & Zn."""
    words = name_cues().words
    if _AND_SONS.match(line.text, line.words[end - 1].end):
        return True
    if not line.words[begin].is_capital:
        return False
    first = line.lower(begin)
    before = {first, line.lower(begin - 1) if line.joined(begin) else ""}
    parts = {one.lower for one in line.words[begin + 1 : end] if one.is_capital}
    after = "" if _is_owner(line, end - 1) or not line.joined(end) else line.lower(end)
    return (
        (end > begin + 1 and first in words["places"])  # Storm Eunice
        or not words["firms_before"].isdisjoint(before)
        or not words["firms_after"].isdisjoint(parts)
        or (after in words["firms_after"] and after not in _BESIDE)
        or after in words["places"]
    )


def _is_owner(line: Line, place: int) -> bool:
    """Annes fiets, of no firm; Peters may be one."""
    lower = line.lower(place)
    return lower in names().genitives and lower not in names().surnames


def _is_by_known_maker(line: Line, begin: int, end: int) -> bool:
    """Een boek van Anna Xanti, tickets for Anna Xanti, an Anna Xanti novel."""
    works = name_cues().words["works"]
    is_long = end > begin + 1
    if is_long and line.joined(end) and line.lower(end) in works:
        return True
    before, earlier = line.lower(begin - 1), line.lower(begin - 2)
    if not line.joined(begin):
        return False
    is_of = before in _OF_A_WORK and earlier in works and line.joined(begin - 1)
    return is_long and (is_of or before in works)
