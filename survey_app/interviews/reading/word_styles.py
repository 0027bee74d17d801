"""Which styles of a Word document are headings, by what they are and build on."""

import re

from survey_app.interviews.reading.markup import Element, attribute, named

HEADING = re.compile(r"(heading|title|kop|titel)\s*\d*", re.IGNORECASE)
# Where a document has no styles: the ids that Word gives in English and Dutch.
USUAL = frozenset(
    {"Title", "Titel"}
    | {f"{word}{level}" for word in ("Heading", "Kop") for level in range(1, 10)}
)
LONGEST_CHAIN = 12


def heading_styles(styles: Element | None) -> frozenset[str]:
    """Ids of styles; their names are English in every Word, their ids are not."""
    if styles is None:
        return USUAL
    bases: dict[str, str] = {}
    headings: set[str] = set()
    for style in named(styles, "style"):
        style_id = attribute(style, "styleId")
        name, base = style.find("{*}name"), style.find("{*}basedOn")
        if name is not None and HEADING.fullmatch(attribute(name, "val")):
            headings.add(style_id)
        if base is not None:
            bases[style_id] = attribute(base, "val")
    return frozenset(
        style_id
        for style_id in headings | bases.keys()
        if _builds_on(style_id, bases, headings)
    )


def _builds_on(style_id: str, bases: dict[str, str], headings: set[str]) -> bool:
    for _step in range(LONGEST_CHAIN):
        if style_id in headings:
            return True
        if style_id not in bases:
            return False
        style_id = bases[style_id]
    return False
