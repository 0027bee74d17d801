"""How strongly the words around a word show that it is somebody's name."""

import re
from enum import IntEnum

from analysis.redaction.name_lists import name_cues, names
from analysis.redaction.name_words import Line


class Evidence(IntEnum):
    """What may stand here as a name."""

    NONE = 0
    LISTED = 1  # given names that are words, with a capital
    CAPITAL = 2  # any word with a capital that is nothing else
    TITLE = 3  # any word with a capital; surnames without
    TOLD = 4  # any word


_SHORT_GAP = re.compile(r"\.? ?['‘’]?")
_TITLE_GAP = re.compile(r" ['‘’]?")
_DOTTED = 4  # letters at most of an abbreviated title: "prof."
_WIDE_GAP = re.compile(r"[\s:\"'“‘(,=–-]{1,5}")
_NARROW_GAP = re.compile(r"[ ,]{0,2}[ (\"'“‘]")
_CLOSING_GAP = re.compile(r"[\s,.!:;*–—-]{1,8}")
_LABEL_GAP = re.compile(r"\s?[:=]\s{0,2}")
_STRENGTH = {
    "short_titles": (Evidence.TOLD, _SHORT_GAP),
    "titles": (Evidence.TITLE, _TITLE_GAP),
    "naming": (Evidence.TOLD, _WIDE_GAP),
    "labels": (Evidence.TOLD, _LABEL_GAP),
    "people": (Evidence.CAPITAL, _NARROW_GAP),
    "helping": (Evidence.CAPITAL, _NARROW_GAP),
    "introducing": (Evidence.CAPITAL, _NARROW_GAP),
    "near": (Evidence.LISTED, _NARROW_GAP),
}
_AT_WORK = frozenset(("van", "from", "on", "at", "achter"))
_SIGNATURE = 4  # words at most
_ADVERBS = 2
_ASIDE = 8  # words between a person and the name
_NEARBY = 7  # words between a name and what is said of the person


def evidence_before(line: Line, place: int) -> Evidence:
    """What the words before a word show."""
    if length := phrase_before(line, place, "fillers"):
        cue = place - length
        is_named = max(_cue(line, cue), _called(line, cue)) >= Evidence.CAPITAL
        is_capital = is_named and line.words[place].is_capital
        return Evidence.CAPITAL if is_capital else Evidence.NONE
    if _is_told_aside(line, place):
        return Evidence.CAPITAL
    is_cued = line.lower(place - 1) in name_cues().before_any or is_role(line, place)
    if not is_cued or _is_firm(line, place):
        return Evidence.NONE
    evidence = _cue(line, place)
    if evidence <= Evidence.LISTED and _is_signature(line, place):
        is_plain = _closes(line, place) and not line.words[place].is_capital
        return Evidence.TOLD if is_plain else Evidence.CAPITAL
    return max(evidence, _called(line, place))


def _cue(line: Line, place: int) -> Evidence:
    gap = line.gap(place)
    if len(line.lower(place - 1)) == 1:
        gap = gap.removeprefix(".")  # t.n.v. Smit
    gap = gap.removeprefix("'s").removeprefix("’s")  # my name's Ali
    for kind, (evidence, allowed) in _STRENGTH.items():
        is_said = phrase_before(line, place, kind) or (
            kind == "people" and is_role(line, place)
        )
        if is_said and (allowed.fullmatch(gap) or _is_dotted(line, place, kind)):
            return evidence
    return Evidence.NONE


def _is_told_aside(line: Line, place: int) -> bool:
    """The man at the till, Xanti, …; de dame achter de kassa (Xanti)."""
    gap = line.gap(place)
    if gap not in {", ", " ("} or line.follows(place)[:1] not in {",", ")"}:
        return False
    persons = name_cues().words["persons"]
    for before in range(place - 1, max(-1, place - _ASIDE), -1):
        if line.lower(before) in persons or is_role(line, before + 1):
            return True
        if line.is_first(before) or "," in line.gap(before):
            return False
    return False


def is_role(line: Line, place: int) -> bool:
    """A keukenmonteur, a kassamedewerkster."""
    return line.lower(place - 1).endswith(name_cues().role_endings)


def _is_firm(line: Line, place: int) -> bool:
    """Letters, and no title: an MS food shop."""
    before = line.words[place - 1].text if place else ""
    is_letters = before.isupper() and len(before) > 1
    return is_letters and not line.words[place].is_capital


def _is_dotted(line: Line, place: int, kind: str) -> bool:
    """As in "prof. Jansen", but not "voor mijn tante. Gemakkelijk"."""
    is_short = len(line.lower(place - 1)) <= _DOTTED
    return kind == "titles" and is_short and line.gap(place) in {". ", "."}


def phrase_before(line: Line, place: int, kind: str) -> int:
    """How many words of a cue stand before a word."""
    phrases = name_cues().before[kind].get(line.lower(place - 1), ())
    for phrase in phrases:
        begin = place - len(phrase)
        if begin < 0 or line.words[begin].lower != phrase[0]:
            continue
        if phrase == tuple(line.lower(one) for one in range(begin, place)):
            gaps = (line.gap(one) for one in range(begin + 1, place))
            return len(phrase) if not any("," in gap for gap in gaps) else 0
    return 0


def _called(line: Line, place: int) -> Evidence:
    """A lady called Hope; "called" alone is also what one does by phone."""
    length = phrase_before(line, place, "called")
    if not length or not _NARROW_GAP.fullmatch(line.gap(place)):
        return Evidence.NONE
    before = {line.lower(place - length - step) for step in (1, 2)}
    is_person = not before.isdisjoint(name_cues().words["persons"])
    return Evidence.CAPITAL if is_person else Evidence.LISTED


def _is_signature(line: Line, place: int) -> bool:
    """A greeting before, the end of the text or of the line soon after."""
    if not _CLOSING_GAP.fullmatch(line.gap(place)):
        return False
    is_parted = not set(line.gap(place)).isdisjoint(",!\n-–—")
    is_thanked = is_parted and phrase_before(line, place, "thanking")
    if not _closes(line, place) and not is_thanked:
        return False
    last = min(place + _SIGNATURE, len(line.words)) - 1
    for one in range(place, last + 1):
        if one + 1 == len(line.words) or "\n" in line.gap(one + 1):
            return True
        if set(line.gap(one + 1)) - set(" .'’-"):
            return False
    return False


def _closes(line: Line, place: int) -> bool:
    return phrase_before(line, place, "closings") > 0


def evidence_after(line: Line, place: int, end: int) -> Evidence:
    """What the words from ``end`` on show of the name that may stand before them."""
    if end >= len(line.words) or set(line.gap(end)) - set(" (,"):
        return Evidence.NONE
    is_adverb = line.lower(place) in name_cues().function_words["nl"]
    if is_adverb and line.is_first(place):  # "Dan is …"
        return Evidence.NONE
    if works_at(line, end):
        return _by_workplace(line, end)
    if _is_met(line, place, end):
        return Evidence.CAPITAL
    if _answers(line, place, end):
        return Evidence.CAPITAL
    verb = _after_adverbs(line, end)
    is_told = line.gap(end) == " " and (
        _does(line, verb) or _has_merit(line, verb) or _is_told_of(line, place, verb)
    )
    return Evidence.LISTED if is_told else Evidence.NONE


def _after_adverbs(line: Line, end: int) -> int:
    """Sanne never called, Sanne ook niet belde."""
    place = end
    while place < end + _ADVERBS and line.lower(place) in name_cues().words["adverbs"]:
        place += 1
    return place


def _answers(line: Line, place: int, end: int) -> bool:
    """Xanti hier, Xanti here again."""
    if line.lower(end) not in {"hier", "here"} or not line.is_first(place):
        return False
    ends = line.gap_after(end)[:1] in {",", ".", "!", ":", ";", "\n", ""}
    return line.gap(end) == " " and (ends or line.lower(end + 1) == "again")


def _is_told_of(line: Line, place: int, end: int) -> bool:
    """Rob is …, with a name that is hardly a word."""
    is_name = line.lower(end - 1) in names().capital and end == place + 1
    return is_name and line.lower(end) in name_cues().words["states"]


def _is_met(line: Line, place: int, end: int) -> bool:
    """Ik heb met Xanti gesproken; ik ben door Xanti geholpen."""
    if line.lower(place - 1) not in {"met", "door"} or line.gap(place) != " ":
        return False
    return line.gap(end) == " " and line.lower(end) in name_cues().words["met"]


def _does(line: Line, end: int) -> bool:
    return line.lower(end) in name_cues().words["deeds"]


def _has_merit(line: Line, end: int) -> bool:
    """… was so friendly."""
    cues = name_cues().words
    following = {line.lower(end + step) for step in range(1, _NEARBY)}
    return line.lower(end) in cues["states"] and bool(following & cues["merits"])


def _by_workplace(line: Line, end: int) -> Evidence:
    """At the start of a sentence "Advice in the shop" has a capital as well."""
    if not line.is_first(end - 1):
        return Evidence.CAPITAL
    cues = name_cues().words
    said = [line.lower(end + step) for step in range(2, _NEARBY + 2)]
    is_person = cues["me"] & {*said} or cues["merits"] & {*said}
    does = any(word in cues["deeds"] | {"heeft", "has"} for word in said)
    is_sure = does and is_person and line.lower(end) in _AT_WORK
    return Evidence.CAPITAL if is_sure else Evidence.LISTED


def works_at(line: Line, end: int) -> bool:
    """… van de klantenservice, … on the phone."""
    links = {"van", "from", "aan", "bij", "at", "on", "in", "op", "of"}
    if line.lower(end) not in links:
        return False
    articles = {"de", "het", "jullie", "the", "your", "jouw", "uw", "onze"}
    place = end + 1 + (line.lower(end + 1) in articles)
    departments = name_cues().words["departments"] - articles
    is_one = place > end + 1 and line.lower(place + 1) in departments  # the Ely shop
    return line.lower(place) in departments or is_one


def is_told_of_me(line: Line, end: int) -> bool:
    """… hielp me, … heeft mij: whoever did so is a person, capital or not."""
    cues = name_cues().words
    if line.lower(end) in cues["deeds"]:
        return line.lower(end + 1) in cues["me"]
    said = {line.lower(end + step) for step in range(2, _NEARBY)}
    does = line.lower(end) in {"heeft", "has", "had"}
    return does and line.lower(end + 1) in cues["me"] and bool(said & cues["merits"])
