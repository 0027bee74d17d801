"""How far a name reaches: initials, "van der", surnames, what stands before them."""

from analysis.redaction.name_evidence import Evidence
from analysis.redaction.name_lists import name_cues, names
from analysis.redaction.name_words import (
    Line,
    is_given,
    is_surname,
    may_be_name,
    may_be_surname,
)

_MOST_WORDS = 5  # after the first
_PARTICLES = 3
_DOES = frozenset(
    ("heeft", "had", "belde", "mailde", "zei", "hielp", "kwam", "has", "was", "rang")
)
_BARE = 7  # letters of an ending alone: a Laan is somebody


def end_of_name(line: Line, place: int) -> int:
    """Where a name that begins at a word ends."""
    end = place + 1
    while end < min(len(line.words), place + _MOST_WORDS):
        following = _next_part(line, end)
        if following == end:
            break
        end = following
    return end


def _next_part(line: Line, end: int) -> int:
    """After the initial, or the particles and surname, that stand here."""
    if line.words[end].is_initial and line.joined(end):
        after = surname_after_initials(line, end)
        return after or end + (line.follows(end)[:1] in {".", "", ","})  # Jan B.
    if not line.joined(end) or end in line.taken:
        return end
    begin = after_particles(line, end)
    if begin > end:
        is_more = _may_open(line, end, begin) and _is_surname_after(line, begin)
        return begin + 1 if is_more else end
    return end + 1 if _is_surname_beside(line, end) else end


def _may_open(line: Line, place: int, begin: int) -> bool:
    """Johan in 't Veld, but not Johan uit Veldhoven or Johan in het Vondelpark."""
    if line.lower(place) not in names().placing:
        return True
    return " ".join(line.lower(one) for one in range(place, begin)) in names().placed


def is_street(line: Line, place: int) -> bool:
    """Jan van Galenstraat, Anne Frankschool: named after somebody."""
    end = place
    while end < min(len(line.words), place + _MOST_WORDS):
        word = line.words[end]
        if end > place and not is_parted(line, end):
            return False
        is_named = word.is_capital and word.lower.endswith(name_cues().named_after)
        if is_named and len(word.text) > _BARE:
            return True
        if not word.is_capital and word.lower not in names().particles:
            return False
        end += 1
    return False


def after_particles(line: Line, place: int) -> int:
    """The first word after particles such as "van der"."""
    end = place
    while (
        end < min(len(line.words), place + _PARTICLES)
        and line.lower(end) in names().particles
        and (end == place or is_parted(line, end))
    ):
        end += 1
    return end


def _is_surname_after(line: Line, place: int) -> bool:
    """Whether a word after particles is a surname."""
    if place in line.taken or not is_parted(line, place):
        return False
    word = line.words[place]
    if word.is_capital:
        return may_be_name(word) or word.lower in names().after_particles
    return may_be_surname(word) or word.lower in names().after_particles


def _is_surname_beside(line: Line, place: int) -> bool:
    """Whether a word right after a given name or a title is more of the name."""
    word = line.words[place]
    if word.is_capital:
        return may_be_name(word, is_expected=True)
    return may_be_surname(word) or (is_given(word) and len(word.text) > len("jan"))


def end_of_particles(line: Line, place: int, evidence: Evidence) -> int:
    """After "van der Berg" behind a cue; 0 where no name stands."""
    begin = after_particles(line, place)
    if begin == place or place in line.taken or not is_parted(line, begin):
        return 0
    word = line.words[begin]
    if begin == place + 1 and line.words[place].text in names().placing:
        return 0
    is_known = may_be_surname(word) or word.lower in names().after_particles
    is_sure = evidence >= Evidence.TITLE or line.words[place].is_capital
    if begin in line.taken or not (
        (is_known and (word.is_capital or is_sure))
        or (is_sure and may_be_name(word))
        or (is_sure and _is_family(line, begin))
    ):
        return 0
    return end_of_name(line, begin)


def _is_family(line: Line, begin: int) -> bool:
    """Whether "van der" stands before, as it does before surnames only."""
    word = line.words[begin]
    is_sure = line.lower(begin - 1) == "der"
    return is_sure and word.lower not in name_cues().never


def surname_with_particle(line: Line, place: int) -> int:
    """After "de Vries", "van der Meer" standing by themselves; 0 for none."""
    begin = after_particles(line, place)
    if begin == place or begin in line.taken or not is_parted(line, begin):
        return 0
    word = line.words[begin]
    if not word.is_capital or word.text.isupper():
        return 0
    opening = " ".join(line.lower(one) for one in range(place, begin))
    if opening in names().opening and (opening != "el" or line.words[place].is_capital):
        return end_of_name(line, begin) if may_be_name(word) else 0
    if opening not in names().common or not _is_known_after(line, place, begin):
        return 0
    return end_of_name(line, begin)


def is_parted(line: Line, place: int) -> bool:
    """Whether only a space, an apostrophe or the dots of "v.d." stand before a word."""
    if place >= len(line.words):
        return False
    allowed = " '’‘./" if len(line.lower(place - 1)) == 1 else " '’‘"
    return set(line.gap(place)) <= set(allowed)


def _is_known_after(line: Line, place: int, begin: int) -> bool:
    word, cues = line.words[begin], name_cues()
    if word.lower in cues.never or word.lower in cues.brand_words:
        return False
    if word.lower in names().after_particles:
        # Van Dijk is a name, "van Breda" may be a town: those need a cue.
        is_bare = line.lower(place) == "van" and begin == place + 1
        does = line.lower(begin + 1) in _DOES or not line.is_first(place)
        does = does and line.words[place].is_capital
        return not is_bare or does or word.lower in names().after_van
    return is_surname(word)


def begin_of_name(line: Line, place: int) -> int:
    """Back over the given name or the initials before a surname."""
    begin = place
    while begin > 0 and place - begin < _PARTICLES:
        word = line.words[begin - 1]
        gap = line.gap(begin)
        if (word.is_initial and gap in {".", ". ", " "}) or (
            gap == " " and may_be_name(word) and begin - 1 not in line.taken
        ):
            begin -= 1
        else:
            break
    return begin


def surname_after_initials(line: Line, place: int, *, is_expected: bool = False) -> int:
    """After "J.P. de Vries"; 0 where no name follows."""
    end = _end_of_initials(line, place)
    if end >= len(line.words) or line.gap(end) not in {".", ". ", " "}:
        return 0
    begin = after_particles(line, end)
    if begin >= len(line.words) or begin in line.taken:
        return 0
    word = line.words[begin]
    is_surname_here = may_be_name(word) or (
        word.lower in names().after_particles
        if begin > end
        else is_expected and word.lower in names().surname_words
    )
    if not (word.is_capital and is_surname_here):
        return 0
    is_sure = is_expected or _is_initialled(line, place, end, begin)
    return end_of_name(line, begin) if is_sure else 0


def _end_of_initials(line: Line, place: int) -> int:
    end = place + 1
    while (
        end < min(len(line.words), place + _MOST_WORDS)
        and line.words[end].is_initial
        and line.gap(end) in {".", ". "}
    ):
        end += 1
    return end


def _is_initialled(line: Line, place: int, end: int, begin: int) -> bool:
    """J.P. Smid, J.Smid, J. de Smid, J. Smit; but not "I Love" or "plan B. Verder"."""
    if "." not in line.gap(place + 1):
        return False
    is_many = end > place + 1 or (begin > end and is_parted(line, begin))
    is_tight = line.gap(end) == "." and begin == end
    is_apart = place == 0 or not set(line.gap(place)).isdisjoint(",:(\n")
    is_sure = is_apart and line.words[place].text != "I"
    return is_many or is_tight or is_sure or may_be_surname(line.words[begin])
