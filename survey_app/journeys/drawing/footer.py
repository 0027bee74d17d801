"""The foot of the map: the frame round the worst spot, its sentence, the legend."""

from collections.abc import Callable

from survey_app.journeys.document import Bottleneck, Certainty, Level, Ownership
from survey_app.journeys.drawing.faces import draw_face, draw_shape
from survey_app.journeys.drawing.layout import MARGIN, PlacedColumn
from survey_app.journeys.drawing.scene import Scene
from survey_app.journeys.drawing.svg import clean, element, number
from survey_app.journeys.drawing.text import TextStyle, draw_text, text_width, wrap
from survey_app.journeys.drawing.theme import paint

FLAG = TextStyle(12.5, weight=700, role="danger-ink", anchor="start")
LEAD = TextStyle(15.5, weight=700, anchor="start")
SENTENCE = TextStyle(14.5, anchor="start")
LEGEND = TextStyle(12, role="soft", anchor="start")
FLAG_HEIGHT = 26.0
FLAG_DROP = 13.0  # how far the flag hangs below the bands
CALLOUT_GAP = 30.0
CALLOUT_PADDING = 18.0
CALLOUT_LINE = 20.0
SENTENCE_LINES = 6
LONGEST_LEAD = 60
LEGEND_ROW = 22.0
SOURCE_LINES = 2
SWATCH = 28.0
ITEM_GAP = 24.0


def draw_frame(scene: Scene, placed: PlacedColumn, bottleneck: Bottleneck) -> str:
    layout = scene.layout
    left = placed.center - layout.column_width / 2 + 2
    possible = bottleneck.level is Certainty.POSSIBLE
    frame = element(
        "rect",
        x=left,
        y=layout.band_top + 3,
        width=layout.column_width - 4,
        height=layout.bottom - layout.band_top - 3,
        rx=10,
        stroke_width=2.5,
        stroke_dasharray="8 5" if possible else None,
        **paint(scene.theme, fill="none", stroke="danger"),
    )
    return frame + _flag(scene, placed.center, scene.words.flag[bottleneck.level])


def _flag(scene: Scene, center: float, words: str) -> str:
    width = text_width(words, FLAG) + 46
    left = min(max(center - width / 2, MARGIN), scene.layout.right - width)
    top = scene.layout.bottom - FLAG_HEIGHT + FLAG_DROP
    pill = element(
        "rect",
        x=left,
        y=top,
        width=width,
        height=FLAG_HEIGHT,
        rx=FLAG_HEIGHT / 2,
        **paint(scene.theme, fill="danger"),
    )
    arrow = element(
        "path",
        d=f"M{number(left + 14)} {number(top + 8.5)} h11 l-5.5 9.5 Z",
        **paint(scene.theme, fill="danger-ink"),
    )
    return pill + arrow + draw_text(scene.theme, (left + 31, top + 17.5), words, FLAG)


def draw_callout(
    scene: Scene, placed: PlacedColumn, sentence: str
) -> tuple[str, float]:
    """The sentence in a box that points at its column; with the height it takes."""
    top = scene.layout.bottom + CALLOUT_GAP
    lead, rest = _split(sentence)
    room = scene.layout.right - MARGIN - 2 * CALLOUT_PADDING
    texts = [(lead, LEAD)] if lead else []
    texts += [(line, SENTENCE) for line in wrap(rest, SENTENCE, room, SENTENCE_LINES)]
    height = 2 * CALLOUT_PADDING - 6 + CALLOUT_LINE * len(texts)
    parts = [_callout_box(scene, placed.center, top, height)]
    baseline = top + CALLOUT_PADDING + 10
    for text, style in texts:
        at = (MARGIN + CALLOUT_PADDING, baseline)
        parts.append(draw_text(scene.theme, at, text, style))
        baseline += CALLOUT_LINE
    return "".join(parts), CALLOUT_GAP + height


def _callout_box(scene: Scene, center: float, top: float, height: float) -> str:
    left, right = MARGIN, scene.layout.right
    tip = min(max(center, left + 24), right - 24)
    box = (
        f"M{number(left)} {number(top)} H{number(tip - 10)} L{number(tip)} "
        f"{number(top - 10)} L{number(tip + 10)} {number(top)} H{number(right)} "
        f"V{number(top + height)} H{number(left)} Z"
    )
    edge = paint(scene.theme, fill="danger")
    ground = paint(scene.theme, fill="danger-soft")
    return element("path", d=box, **ground) + element(
        "rect", x=left, y=top, width=4, height=height, **edge
    )


def _split(sentence: str) -> tuple[str, str]:
    """What stands before a first colon leads in bold."""
    lead, colon, rest = clean(sentence).partition(": ")
    if colon and len(lead) <= LONGEST_LEAD:
        return lead + ":", rest
    return "", clean(sentence)


def draw_note(scene: Scene) -> tuple[str, float]:
    """Without a bottleneck the map says so, or that there is too little to say."""
    public = any(c.level is not Level.HIDDEN for c in scene.document.columns)
    words = scene.words.no_bottleneck if public else scene.words.nothing_public
    room = scene.layout.right - MARGIN
    lines = wrap(words, SENTENCE, room, 2)
    top = scene.layout.bottom + 28
    drawn = "".join(
        draw_text(scene.theme, (MARGIN, top + 20 * place), line, SENTENCE)
        for place, line in enumerate(lines)
    )
    return drawn, 12.0 + 20 * len(lines)


def draw_legend(scene: Scene, top: float) -> tuple[str, float]:
    """Only the signs that this map uses, in as many rows as they need."""
    parts = []
    x, y = MARGIN, top + 24
    for swatch, words in _legend_items(scene):
        width = SWATCH + 4 + text_width(words, LEGEND)
        if x > MARGIN and x + width > scene.layout.right:
            x, y = MARGIN, y + LEGEND_ROW
        parts.append(swatch(scene, x + SWATCH / 2 - 1, y - 4))
        parts.append(draw_text(scene.theme, (x + SWATCH + 4, y), words, LEGEND))
        x += width + ITEM_GAP
    return "".join(parts), y - top + 6


Swatch = Callable[[Scene, float, float], str]


def _legend_items(scene: Scene) -> list[tuple[Swatch, str]]:
    words = scene.words
    columns = scene.document.columns
    levels = {column.level for column in columns if column.emotion}
    owned = {column.ownership for column in columns}
    items: list[tuple[Swatch, str]] = []
    if Level.SHOWN in levels:
        items.append((_line_swatch(Level.SHOWN), words.legend_solid))
    if Level.SMALL in levels:
        items.append((_line_swatch(Level.SMALL), words.legend_dashed))
    if Level.INDICATIVE in levels:
        items.append((_hollow_swatch, words.legend_hollow))
    if levels:
        items.append((_band_swatch, words.legend_band))
    if any(column.shares for column in columns):
        items.append((_shares_swatch, words.legend_shares))
    items += [(_shape_swatch(o), words.ownership[o]) for o in Ownership if o in owned]
    return items


def _line_swatch(level: Level) -> Swatch:
    def draw(scene: Scene, x: float, y: float) -> str:
        line = element(
            "line",
            x1=x - 13,
            x2=x + 13,
            y1=y,
            y2=y,
            stroke_width=3,
            stroke_dasharray="5 4" if level is Level.SMALL else None,
            **paint(scene.theme, stroke="neutral"),
        )
        face = draw_face(scene.theme, (x, y), "neutral", level=level, scale=0.45)
        return line + face

    return draw


def _hollow_swatch(scene: Scene, x: float, y: float) -> str:
    level = Level.INDICATIVE
    return draw_face(scene.theme, (x, y), "neutral", level=level, scale=0.55)


def _band_swatch(scene: Scene, x: float, y: float) -> str:
    grey = paint(scene.theme, fill="neutral")
    return element(
        "rect", x=x - 12, y=y - 6, width=24, height=12, fill_opacity=0.3, **grey
    )


def _shares_swatch(scene: Scene, x: float, y: float) -> str:
    return "".join(
        element(
            "rect",
            x=x - 13 + 9 * place,
            y=y - 4,
            width=7.5,
            height=8,
            rx=1.5,
            **paint(scene.theme, fill=role),
        )
        for place, role in enumerate(("negative", "neutral", "positive"))
    )


def _shape_swatch(ownership: Ownership) -> Swatch:
    def draw(scene: Scene, x: float, y: float) -> str:
        return draw_shape(scene.theme, (x + 3, y), ownership)

    return draw


def draw_source(scene: Scene, top: float) -> tuple[str, float]:
    """What the map was made from."""
    document, words = scene.document, scene.words
    base = words.footer_base.format(words.count(document.base))
    wave = words.wave(document.wave) if document.wave else ""
    line = " · ".join(part for part in (base, wave, document.generated) if part)
    texts = wrap(line, LEGEND, scene.layout.right - MARGIN, SOURCE_LINES)
    drawn = (
        draw_text(scene.theme, (MARGIN, top + 22 + 16 * place), text, LEGEND)
        for place, text in enumerate(texts)
    )
    return "".join(drawn), 22.0 + 18 + 16 * (len(texts) - 1)
