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
)
from analysis.redaction.name_extent import (
    begin_of_name,
    end_of_name,
    end_of_particles,
    is_street,
    surname_after_initials,
    surname_with_particle,
)
from analysis.redaction.name_fit import fits
from analysis.redaction.name_lists import name_cues, names
from analysis.redaction.name_words import (
    Line,
    is_given,
    is_given_word,
    is_surname,
    make_line,
    may_be_name,
)
from analysis.redaction.records import PersonalData, Redaction

_MONTH = "jan"  # also "12 jan"


def find_names(text: str) -> Iterator[Redaction]:
    line = make_line(text)
    done = 0
    for place in _beginnings(line):
        span = _name_at(line, place) if place >= done else None
        if span is None or _is_thing(line, place):
            continue
        begin, end = max(span[0], done), span[1]
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
    before = ""
    for place, word in enumerate(line.words):
        lower = word.lower
        if (
            word.is_capital
            or lower in known.beginnings
            or before in cued
            or "-" in lower
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
    is_name = may_be_name(line.words[place]) and not _is_place(line, place)
    return (place, end_of_name(line, place)) if is_name else None


def _name_at(line: Line, place: int) -> tuple[int, int] | None:
    """The words from and to of the name that shows here."""
    if place in line.taken or _is_place(line, place):
        return None
    word = line.words[place]
    if word.is_initial:
        is_expected = evidence_before(line, place) >= Evidence.LISTED
        end = surname_after_initials(line, place, is_expected=is_expected)
        return (place, end) if end else None
    if end := surname_with_particle(line, place):
        return begin_of_name(line, place), end
    if is_given(word) and not _is_date(line, place):
        return place, end_of_name(line, place)
    if word.is_capital and is_surname(word) and _is_person(line, place):
        return begin_of_name(line, place), end_of_name(line, place)
    return _cued(line, place)


def _is_place(line: Line, place: int) -> bool:
    """Hotel Alessandra, Smith Street, the Benjamin: named after somebody."""
    places = name_cues().words["places"]
    before = line.lower(place - 1) if line.joined(place) else ""
    after = line.lower(place + 1) if line.joined(place + 1) else ""
    is_the = before == "the" and line.words[place].is_capital
    if is_street(line, place):
        return True
    return before in places or after in places or is_the


def _is_thing(line: Line, place: int) -> bool:
    return _is_product(line, place) or _is_called_thing(line, place)


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
    before = evidence_before(line, begin)
    is_loose = (
        before == Evidence.LISTED
        and line.lower(begin - 1) in name_cues().words["loose"]
    )
    after = evidence_after(line, begin, end_of_name(line, place))
    return after > Evidence.NONE or (before > Evidence.NONE and not is_loose)


def _cued(line: Line, place: int) -> tuple[int, int] | None:
    word = line.words[place]
    before = evidence_before(line, place)
    if before == Evidence.NONE and not (word.is_capital or is_given_word(word)):
        return None
    if before >= Evidence.CAPITAL and (end := end_of_particles(line, place, before)):
        return place, end
    end = end_of_name(line, place)
    evidence = max(before, evidence_after(line, place, end))
    if fits(line, place, evidence):
        return place, end
    if is_given_word(word) and (
        _has_surname_or_deed(line, place, end) or _is_coupled(line, place)
    ):
        return place, end
    return None


def _has_surname_or_deed(line: Line, place: int, end: int) -> bool:
    """Mark de Vries; "mark heeft me" also without a capital."""
    word = line.words[place]
    if word.is_capital and end > place + 1:
        return is_surname(line.words[end - 1]) or _has_particle(line, place, end)
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
        and is_given(line.words[following])
    )


def _has_particle(line: Line, place: int, end: int) -> bool:
    return end > place + 2 and not line.words[place + 1].is_capital
