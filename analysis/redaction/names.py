"""Names of people: by the words around them, and by lists of names.

A given name that is no word of Dutch or English is one wherever it stands, a name that
is a word ("Bas", "May") beside a cue only. Any other word needs a capital and a cue, or
a title before it. From there the name goes on over initials, "van der" and surnames.
"""

from collections.abc import Iterator

from analysis.redaction.name_evidence import (
    Evidence,
    evidence_after,
    evidence_before,
    is_told_of_me,
    works_at,
)
from analysis.redaction.name_extent import (
    begin_of_name,
    end_of_name,
    end_of_particles,
    surname_after_initials,
    surname_with_particle,
)
from analysis.redaction.name_fit import fits
from analysis.redaction.name_lists import name_cues, names
from analysis.redaction.name_words import (
    Line,
    Word,
    is_given,
    is_given_word,
    is_name_word,
    is_surname,
    is_surname_word,
    make_line,
    may_be_name,
)
from analysis.redaction.named_things import is_place, is_thing
from analysis.redaction.records import PersonalData, Redaction

_BEFORE_COLOURS = frozenset(("in", "kleur", "colour", "color", "shade"))  # in Ruby
_MONTH = "jan"  # also "12 jan"


def find_names(text: str) -> Iterator[Redaction]:
    line = make_line(text)
    done = 0
    for place in _beginnings(line):
        span = _name_at(line, place) if place >= done else None
        if span is None:
            continue
        begin, end = max(span[0], done), span[1]
        if is_thing(line, begin, end):
            done = end
            continue
        first, last = line.words[begin], line.words[end - 1]
        start = first.start - (first.lower == "t" and first.start > 0)  # 't Hart
        stop = last.end + (last.is_initial and line.follows(end - 1)[:1] == ".")
        yield Redaction(start, stop, PersonalData.NAME)
        done = end
        if (also := _also(line, end)) is not None:
            done = also[1]
            first, last = line.words[also[0]], line.words[also[1] - 1]
            yield Redaction(first.start, last.end, PersonalData.NAME)


def _beginnings(line: Line) -> Iterator[int]:
    """Where to look closer; most words without a capital are no name anywhere."""
    known, cued = names(), name_cues().before_lower
    unlikely, cued_any = name_cues().unlikely, name_cues().before_any
    cued_people = name_cues().before["people"]
    before = ""
    for place, word in enumerate(line.words):
        lower = word.lower
        if (
            (word.is_capital and (lower not in unlikely or before in cued_any))
            or lower in known.beginnings
            or before in cued
            or "-" in lower
            or (before in cued_people and lower in known.surnames)
            or (
                lower in known.particles
                and any(one.is_capital for one in line.words[place + 1 : place + 4])
            )
        ):
            yield place
        before = lower


def _also(line: Line, end: int) -> tuple[int, int] | None:
    """The other of two: "Jolien en Ymre"."""
    place = end + (line.lower(end) in {"en", "and"})
    if place >= len(line.words) or place in line.taken:
        return None
    if place == end and line.gap(end).strip() != "&":
        return None
    is_name = may_be_name(line.words[place]) and not is_place(line, place)
    return (place, end_of_name(line, place)) if is_name else None


def _name_at(line: Line, place: int) -> tuple[int, int] | None:
    """The words from and to of the name that shows here."""
    if place in line.taken or is_place(line, place):
        return None
    word = line.words[place]
    if word.is_initial:
        if not surname_after_initials(line, place, is_expected=True):
            return None
        is_expected = evidence_before(line, place) >= Evidence.LISTED
        end = surname_after_initials(line, place, is_expected=is_expected)
        return (place, end) if end else None
    if end := surname_with_particle(line, place):
        return begin_of_name(line, place), end
    if (is_given(word) and not _is_date(line, place)) or _is_inside(line, place):
        return place, end_of_name(line, place)
    return _by_surname(line, place) or _cued(line, place)


def _by_surname(line: Line, place: int) -> tuple[int, int] | None:
    word = line.words[place]
    if end := _end_of_initials_behind(line, place):
        return place, end
    if word.is_capital and is_surname(word) and _is_person(line, place):
        return begin_of_name(line, place), end_of_name(line, place)
    return None


def _is_inside(line: Line, place: int) -> bool:
    """A name that is a word as well, with a capital that no sentence gives it."""
    word = line.words[place]
    if word.lower not in names().inside or not word.is_capital or word.text.isupper():
        return False
    is_begun = line.is_first(place) or line.gap(place).strip(" (,") != ""
    is_begun = is_begun or line.lower(place - 1) in _BEFORE_COLOURS
    before = line.words[place - 1]
    is_row = before.is_capital and not line.is_first(place - 1) and line.joined(place)
    is_brand = word.lower in name_cues().brand_words
    return not (is_begun or is_row or is_brand)


def _end_of_initials_behind(line: Line, place: int) -> int:
    """Hoekstra, J.P.; 0 for none."""
    word, end = line.words[place], place + 1
    if not (word.is_capital and (is_surname(word) or is_surname_word(word))):
        return 0
    if line.gap_after(place) != ", " or not line.words[end].is_initial:
        return 0
    if line.follows(end)[:1] != ".":
        return 0
    while end < len(line.words) and line.words[end].is_initial:
        end += 1
    return end


def _is_date(line: Line, place: int) -> bool:
    before, after = line.gap(place).strip(" -/."), line.gap_after(place).strip(" -/.'’")
    return line.lower(place) == _MONTH and (before.isdigit() or after[:1].isdigit())


def _is_person(line: Line, place: int) -> bool:
    """A surname by itself may be a brand: it needs a cue or a name before it."""
    if line.words[place].lower in name_cues().brand_words:
        return False
    begin = begin_of_name(line, place)
    if begin < place and not line.is_first(begin):
        return True
    if _has_given_behind(line, place):
        return True
    before = evidence_before(line, begin)
    is_loose = (
        before == Evidence.LISTED
        and line.lower(begin - 1) in name_cues().words["loose"]
    )
    after = evidence_after(line, begin, end_of_name(line, place))
    return after > Evidence.NONE or (before > Evidence.NONE and not is_loose)


def _has_given_behind(line: Line, place: int) -> bool:
    """Nguyen Van Anh, Li Wei."""
    following = place + 1
    if line.lower(following) in names().particles and line.joined(following):
        following += line.words[following].is_capital
    return line.joined(following) and is_name_word(line.words[following])


def _cued(line: Line, place: int) -> tuple[int, int] | None:
    word = line.words[place]
    before = evidence_before(line, place)
    if before == Evidence.NONE and not (word.is_capital or is_given_word(word)):
        return None
    if before >= Evidence.CAPITAL and (end := end_of_particles(line, place, before)):
        return place, end
    end = end_of_name(line, place)
    evidence = max(before, evidence_after(line, place, end))
    if _is_doubtful(word) and end == place + 1 and not works_at(line, end):
        evidence = Evidence.NONE if evidence == Evidence.LISTED else evidence
    if fits(line, place, evidence):
        return place, end
    if is_given_word(word) and (
        _has_surname_or_deed(line, place, end) or _is_coupled(line, place)
    ):
        return place, end
    return None


def _is_doubtful(word: Word) -> bool:
    """By April, naar Dirk, from Florence."""
    cues = name_cues()
    return word.lower in cues.words["doubtful"] or word.lower in cues.brand_words


def _has_surname_or_deed(line: Line, place: int, end: int) -> bool:
    """Mark de Vries; "mark heeft me" also without a capital."""
    word = line.words[place]
    if word.is_capital and end > place + 1:
        last = line.words[end - 1]
        is_name = is_surname(last) or is_name_word(last)
        return is_name or _has_particle(line, place, end)
    begins = (
        line.is_first(place)
        or line.lower(place - 1) in name_cues().words["conjunctions"]
    )
    return begins and word.lower not in name_cues().never and is_told_of_me(line, end)


def _is_coupled(line: Line, place: int) -> bool:
    """Rob en Ineke."""
    following = place + 1 if line.gap_after(place).strip() == "&" else place + 2
    is_and = following == place + 1 or line.lower(place + 1) in {"en", "and"}
    return (
        is_and
        and line.words[place].is_capital
        and following < len(line.words)
        and (is_given(line.words[following]) or _are_told(line, place, following))
    )


def _are_told(line: Line, place: int, following: int) -> bool:
    """Sam & Ash served us, Grace and Will at the Leeds shop."""
    words = line.words[place], line.words[following]
    is_doubtful = any(map(_is_doubtful, words)) or not words[1].is_capital
    if is_doubtful or not (is_given_word(words[1]) or is_given(words[1])):
        return False
    is_known = any(word.lower in names().capital for word in words)
    return is_known or evidence_after(line, place, following + 1) > Evidence.NONE


def _has_particle(line: Line, place: int, end: int) -> bool:
    return end > place + 2 and not line.words[place + 1].is_capital
