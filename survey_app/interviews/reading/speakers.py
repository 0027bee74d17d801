"""Who speaks: names that are the same, and the part that a name tells of."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from unicodedata import normalize

from survey_app.interviews.reading.cleaning import clean
from survey_app.interviews.reading.document import (
    LONGEST_NAME,
    Block,
    ReadingChoices,
    Role,
    Speaker,
)
from survey_app.interviews.reading.names import (
    INTERVIEWERS,
    LETTERS,
    OTHERS,
    PARTICIPANTS,
)

LETTER = re.compile(r"([a-z])\s*\d*")
NUMBERED = re.compile(r"([^\W\d_]+)[\s_#-]*(?:\d{1,3}|[a-z])?")
WORD = re.compile(r"[^\W\d_]+")


def fold(name: str) -> str:
    """What two spellings of a name have in common.

    >>> fold(" ANNA  de Vries ") == fold("Anna de vries")
    True
    """
    return " ".join(normalize("NFC", name).casefold().split())


def tidy(name: str) -> str:
    """As it is shown: without spare space, and not longer than a name is."""
    return " ".join(clean(name).split())[:LONGEST_NAME].rstrip()


def known_role(name: str) -> Role | None:
    """The part that a name tells of, in Dutch or English.

    >>> known_role("Interviewer 2"), known_role("Deelnemer"), known_role("Anna")
    ('interviewer', 'participant', None)
    """
    folded = fold(name)
    if letter := LETTER.fullmatch(folded):
        return LETTERS.get(letter[1])
    words = set(WORD.findall(folded))
    if words & INTERVIEWERS:
        return "interviewer"
    if words & OTHERS:
        return "other"
    return "participant" if words & PARTICIPANTS else None


def is_part(name: str) -> bool:
    """Nothing but a part and perhaps a number, so that once is enough.

    >>> is_part("Deelnemer 2"), is_part("SPEAKER_00"), is_part("De klant zei")
    (True, True, False)
    """
    found = NUMBERED.fullmatch(fold(name))
    known = found is not None and known_role(found[1]) is not None
    return known or (known_role(name) is not None and len(name.split()) == 1)


def named(blocks: Sequence[Block], choices: ReadingChoices) -> list[Block]:
    """Every block under its speaker's name as first spelt, or as it is renamed."""
    renamed = {fold(name): tidy(new) for name, new in choices.renamed.items()}
    spelling: dict[str, str] = {}

    def name_of(block: Block) -> str | None:
        name = block.speaker or (choices.unnamed if block.kind != "heading" else None)
        if name is None or not tidy(name):
            return None
        name = renamed.get(fold(name)) or tidy(name)
        return spelling.setdefault(fold(name), name)

    return [_named(block, name_of(block)) for block in blocks]


def _named(block: Block, name: str | None) -> Block:
    if name is None:
        return block if block.speaker is None else replace(block, speaker=None)
    return replace(block, speaker=name, kind="turn")


def speakers_of(
    text: str, blocks: Iterable[Block], choices: ReadingChoices
) -> tuple[Speaker, ...]:
    """In the order in which they come in, with what they said."""
    roles = {fold(name): role for name, role in choices.roles.items()}
    turns: dict[str, list[int]] = {}
    for block in blocks:
        if block.speaker is not None:
            words = len(text[block.words_start : block.end].split())
            turns.setdefault(block.speaker, []).append(words)
    return tuple(
        Speaker(
            name,
            roles.get(fold(name)) or known_role(name) or "participant",
            turns=len(words),
            words=sum(words),
            is_guessed=fold(name) not in roles,
        )
        for name, words in turns.items()
    )
