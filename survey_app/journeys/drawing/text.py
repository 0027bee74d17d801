"""How wide text is and where its lines break, without asking a font.

The widths are the largest of Inter and Liberation Sans (the metrics of Arial and
Helvetica), measured a character at a time and rounded up to 1/25 of the type size.
A line that fits by this table fits in either; wider fonts eat from the cell's margin.
"""

import unicodedata
from dataclasses import dataclass, replace
from enum import Enum

import regex

from survey_app.journeys.drawing.svg import clean, content, element, number
from survey_app.journeys.drawing.theme import Theme, paint

# Thousandths of the type size for each character of the class.
WIDTHS = {
    240: "'ijl‘’",
    280: "!,.:;I¦· \u00a0",
    360: "/\\|",
    400: "()[]frt{}“”„",
    480: '"-^`*',
    560: "1?J_cksvxyz–",
    600: "7Laehnou•",
    640: "#$0235689FZbdgpqß",
    680: "&+4<=>ABEKPSTVXY~€−≥≤×",
    760: "CDHNRU",
    800: "GOQ",
    840: "w",
    880: "m",
    920: "%M",
    960: "Wæ",
    1000: "ÆŒœ—…",
}
EM = 1000
WIDTH_OF = {character: width for width, group in WIDTHS.items() for character in group}
UNLISTED_WIDTH = 720  # other alphabets: wider than nearly all of their letters
FULL_WIDTH = 1360  # emoji are wider than ideographs, which are one em
BOLD_FROM = 600
BOLD_FACTOR = 1.08  # the mean of both fonts; the margin of a cell covers the rest
SOFT_HYPHEN = "\u00ad"
ELLIPSIS = "…"
VOWELS = frozenset("aeiouyáéíóúàèäëïöüAEIOUY")
SHORTEST_PIECE = 4


@dataclass(frozen=True, slots=True)
class TextStyle:
    size: float
    weight: int = 400
    italic: bool = False
    role: str = "ink"
    anchor: str = "middle"

    @property
    def line_height(self) -> float:
        return round(self.size * 1.32, 1)


def text_width(text: str, style: TextStyle) -> float:
    """The most that one line of this text takes, in the units of the type size."""
    thousandths = sum(_character_width(character) for character in text)
    bold = BOLD_FACTOR if style.weight >= BOLD_FROM else 1.0
    return thousandths * style.size * bold / EM


def _character_width(character: str) -> int:
    if character in WIDTH_OF:
        return WIDTH_OF[character]
    if unicodedata.category(character) in {"Mn", "Me", "Cf"}:
        return 0
    if unicodedata.east_asian_width(character) in "WF":
        return FULL_WIDTH
    base = unicodedata.normalize("NFD", character)[0]
    return WIDTH_OF.get(base, UNLISTED_WIDTH)


def draw_text(
    theme: Theme, at: tuple[float, float], text: str, style: TextStyle, halo: str = ""
) -> str:
    """One line; a halo in the colour of what lies behind keeps it legible."""
    return element(
        "text",
        content(text),
        x=at[0],
        y=at[1],
        font_size=number(style.size),
        font_weight=str(style.weight) if style.weight != 400 else None,  # noqa: PLR2004 (regular)
        font_style="italic" if style.italic else None,
        text_anchor=style.anchor if style.anchor != "start" else None,
        **paint(theme, fill=style.role, stroke=halo or None),
        paint_order="stroke" if halo else None,
        stroke_width=4 if halo else None,
        stroke_linejoin="round" if halo else None,
    )


class Joint(Enum):
    """What stands between a piece of text and the one before it."""

    SPACE = " "
    NOTHING = ""  # after a hyphen or slash: may break, needs no sign
    BREAK = "\n"  # inside a word that fits no line


@dataclass(frozen=True, slots=True)
class Piece:
    text: str
    joint: Joint


Line = tuple[Piece, ...]


def wrap(
    text: str, style: TextStyle, width: float, lines: int, *, end: str = ""
) -> tuple[str, ...]:
    """Break into at most so many lines; ``end`` (a closing quote) is never lost.

    What does not fit ends in … after a whole word. Only a word longer than all lines
    together is cut inside.
    """
    pieces = _pieces(clean(text) + end, style, width)
    filled = _fill(pieces, style, width)
    if len(filled) > lines:
        filled = _shorten(filled, lines, style, width, end)
    elif style.anchor == "middle":
        filled = _balance(filled, pieces, style, width)
    return tuple(_join(line).replace(SOFT_HYPHEN, "") for line in filled)


def _pieces(text: str, style: TextStyle, width: float) -> list[Piece]:
    found = []
    for word in text.split(" "):
        joint = Joint.SPACE
        for part in regex.findall(r"[^-/]*[-/]+(?=.)|.+", word):
            broken = _break_word(part, style, width)
            found.append(Piece(broken[0], joint))
            found.extend(Piece(rest, Joint.BREAK) for rest in broken[1:])
            joint = Joint.NOTHING
    return found


def _break_word(word: str, style: TextStyle, width: float) -> list[str]:
    broken = []
    while text_width(word, style) > width:
        clusters = regex.findall(r"\X", word)
        fitting = 1
        room = width - text_width("-", style)
        while text_width("".join(clusters[: fitting + 1]), style) <= room:
            fitting += 1
        cut = _syllable(clusters, fitting)
        broken.append("".join(clusters[:cut]).rstrip("-" + SOFT_HYPHEN) + "-")
        word = "".join(clusters[cut:])
        if not word:
            return [*broken[:-1], "".join(clusters)]
    return [*broken, word]


def _syllable(clusters: list[str], fitting: int) -> int:
    """The last good place to hyphenate: a soft hyphen, or before a consonant+vowel."""
    soft = [i for i in range(1, fitting + 1) if clusters[i - 1] == SOFT_HYPHEN]
    if soft:
        return soft[-1]
    last = min(fitting, len(clusters) - SHORTEST_PIECE)
    for cut in range(last, max(SHORTEST_PIECE, fitting // 2), -1):
        before, after = clusters[cut], clusters[cut + 1]
        if before.isalpha() and before not in VOWELS and after in VOWELS:
            return cut
    return fitting


def _fill(pieces: list[Piece], style: TextStyle, width: float) -> list[Line]:
    lines: list[Line] = []
    for piece in pieces:
        longer = (*lines[-1], piece) if lines else (piece,)
        fits = text_width(_join(longer), style) <= width
        if lines and fits and piece.joint is not Joint.BREAK:
            lines[-1] = longer
        else:
            lines.append((piece,))
    return lines


def _balance(
    filled: list[Line], pieces: list[Piece], style: TextStyle, width: float
) -> list[Line]:
    """The same number of lines, as even as can be: no single word left at the end."""
    for percent in range(97, 50, -3):
        narrower = _fill(pieces, style, width * percent / 100)
        if len(narrower) > len(filled):
            break
        filled = narrower
    return filled


def _shorten(
    filled: list[Line], lines: int, style: TextStyle, width: float, end: str
) -> list[Line]:
    kept, following = filled[:lines], filled[lines][0]
    while kept:
        line = kept.pop()
        while line:
            closed = (*line[:-1], replace(line[-1], text=_ended(line[-1].text, end)))
            whole_word = following.joint is Joint.SPACE
            if whole_word and text_width(_join(closed), style) <= width:
                return [*kept, closed]
            following, line = line[-1], line[:-1]
    cut = regex.findall(r"\X", _join(filled[lines - 1]).rstrip("-"))
    while cut and text_width("".join(cut) + ELLIPSIS + end, style) > width:
        cut.pop()
    last = Piece("".join(cut) + ELLIPSIS + end, Joint.SPACE)
    return [*filled[: lines - 1], (last,)]


def _ended(text: str, end: str) -> str:
    return text.rstrip(".,;:!?-–" + ELLIPSIS) + ELLIPSIS + end


def _join(line: Line) -> str:
    rest = "".join(piece.joint.value + piece.text for piece in line[1:])
    return line[0].text + rest if line else ""
