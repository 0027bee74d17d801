"""Whether a word may be a name, given what the words around it show."""

import re

from analysis.redaction.name_evidence import Evidence, phrase_before
from analysis.redaction.name_lists import name_cues, names
from analysis.redaction.name_words import (
    Line,
    Word,
    is_given,
    is_given_word,
    is_surname,
    may_be_name,
    may_be_surname,
)

_FIGURE = re.compile(r"\d")
_UNTITLED = frozenset(("ene", "zekere", "certain"))  # "ene jansen", "een zekere wens"


def fits(line: Line, place: int, evidence: Evidence) -> bool:
    """Whether a name may begin with this word."""
    word = line.words[place]
    if evidence == Evidence.NONE or _is_counted(line, place):
        return False
    is_word = is_given_word(word)
    if is_word and not word.is_capital and _is_greeted(line, place):
        return True
    if word.lower in name_cues().never and not is_word:
        return False
    if is_given(word) or (word.is_capital and is_word and not _is_code(word)):
        return True
    fit = {
        Evidence.TOLD: _fits_told,
        Evidence.TITLE: _fits_title,
        Evidence.CAPITAL: _fits_cue,
    }.get(evidence)
    return fit is not None and fit(line, place)


def _is_greeted(line: Line, place: int) -> bool:
    """As in "thanks rob!"."""
    if line.lower(place) not in names().inside or line.gap(place) != " ":
        return False
    is_greeting = line.lower(place - 1) in name_cues().words["greetings"]
    return is_greeting and line.follows(place)[:1] in {",", ".", "!", "\n", ""}


def _is_counted(line: Line, place: int) -> bool:
    """April 17, 1 Year."""
    after = line.follows(place).strip()
    return bool(_FIGURE.search(line.gap(place)) or _FIGURE.match(after))


def _fits_told(line: Line, place: int) -> bool:
    word, cues = line.words[place], name_cues()
    is_other = word.lower in cues.brand_words or word.lower in cues.ordinary
    is_word = not word.is_capital and is_other
    return len(word.text) > 1 and word.lower not in cues.never and not is_word


def _fits_title(line: Line, place: int) -> bool:
    word = line.words[place]
    is_capital = word.is_capital and not _is_code(word)
    return is_capital or may_be_surname(word) or _is_spoken_of(line, place)


def _fits_cue(line: Line, place: int) -> bool:
    """A capital; a name that is a word also without one right behind a person."""
    word, cues = line.words[place], name_cues()
    if not word.is_capital:
        is_sure = line.lower(place - 1) in cues.words["sure"]
        is_person = is_sure or phrase_before(line, place, "people") > 0
        is_name = is_given_word(word) or is_surname(word)
        return is_person and is_name and word.lower not in cues.never
    is_introduced = phrase_before(line, place, "introducing") > 0
    return may_be_name(word) and (not is_introduced or _is_introduced(line, place))


def _is_introduced(line: Line, place: int) -> bool:
    """I am Zanele, … but not "I am Catholic" or "ik ben Brabander"."""
    follows = line.follows(place)[:1]
    following = line.lower(place + 1)
    is_ended = (
        follows in {",", ".", "", "!", "("} or following in name_cues().words["joining"]
    )
    return is_ended and not line.lower(place).endswith(name_cues().inhabitants)


def _is_code(word: Word) -> bool:
    """ISA, PAM: letters that stand for something."""
    return word.text.isupper() and len(word.text) <= len("PAM")


def _is_spoken_of(line: Line, place: int) -> bool:
    """Between a title and a verb stands a name: "mevrouw terwijn heeft …"."""
    words = name_cues().words
    if line.lower(place - 1) in _UNTITLED:
        return False
    if line.lower(place - 2) in words["determiners"] - {"de"}:
        return False
    own = line.lower(place)
    if own in words["deeds"] | words["states"] | words["departments"] | words["merits"]:
        return False
    return line.lower(place + 1) in words["states"] | words["deeds"]
