"""Texts of a file in its languages, as plain texts in ours; every gap is said."""

import html
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from survey_app.exchange.losses import Losses
from survey_app.questionnaires.problems import message as _
from survey_app.questionnaires.question_set import Texts
from survey_app.questionnaires.texts import CONTROL_CHARACTERS
from survey_app.web.locale import LANGUAGES

Raw = Mapping[str, str]  # language of the file -> text; "" is the file's own

OWN = ""
BLOCKS = re.compile(r"<\s*(?:br|/p|/div|/li|/h\d)\b[^<>]*>", re.IGNORECASE)
TAGS = re.compile(r"</?[A-Za-z][^<>]*>|<!--.*?-->", re.DOTALL)
HIDDEN = re.compile(r"<(script|style)\b.*?</\1\s*>", re.IGNORECASE | re.DOTALL)
SPACES = re.compile(r"[ \t\r\f\v\u00a0]+")
LINES = re.compile(r" *\n *")
EMPTY_LINES = re.compile(r"\n{3,}")
UNREADABLE = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f]")  # not one kind of space
LONGEST = 10_000


@dataclass(frozen=True, slots=True)
class Speech:
    """Which of our languages a file speaks, and which of its own stand for them."""

    languages: tuple[str, ...]
    sources: Mapping[str, str]  # our language -> the file's
    losses: Losses

    def texts(self, raw: Raw, place: str, *, otherwise: str = "…") -> Texts:
        """In each of our languages; what is missing is filled in from another."""
        plain = {name: plain_text(text) for name, text in raw.items()}
        spoken = {name: text for name, text in plain.items() if text}
        if not spoken:
            self.losses.note(
                place, _("It has no text; “%(text)s” stands there.", text=otherwise)
            )
            return dict.fromkeys(self.languages, otherwise)
        if any(TAGS.search(text) for text in raw.values()):
            self.losses.note(place, _("Its markup is left out: texts are plain."))
        if any(map(UNREADABLE.search, raw.values())):
            self.losses.note(place, _("Characters that nobody can read are left out."))
        return {
            language: self._one(language, spoken, place) for language in self.languages
        }

    def ours(self, texts: Texts) -> Texts:
        """Words of our own, where the file has none."""
        return {language: texts[language] for language in self.languages}

    def optional(self, raw: Raw, place: str) -> Texts | None:
        return self.texts(raw, place) if any(map(plain_text, raw.values())) else None

    def _one(self, language: str, spoken: Raw, place: str) -> str:
        source = self.sources[language]
        if source in spoken:
            return spoken[source]
        if OWN in spoken and OWN not in self.sources.values():
            return spoken[OWN]  # the file has one text for all languages
        self.losses.note(
            place,
            _(
                "It has no text in %(language)s; another language stands there.",
                language=language,
            ),
        )
        return spoken.get(OWN) or next(iter(spoken.values()))


def speech_of(
    found: Iterable[str],
    losses: Losses,
    *,
    own: str | None = None,
    first: str | None = None,
) -> Speech:
    """The languages to make, the file's own first, from those that it has texts in.

    A file in a language that our pages do not speak keeps its texts, as Dutch, so that
    somebody can translate them.
    """
    known = {language_code(name): name for name in found if name != OWN}
    own_code = language_code(own or "")
    if own_code in LANGUAGES:
        known.setdefault(own_code, OWN)
    before = language_code(first or own or "")
    spoken = (code for code in known if code in LANGUAGES)
    ours = sorted(spoken, key=lambda code: code != before)
    for code, name in known.items():
        if code not in LANGUAGES and (ours or code != own_code):
            losses.note("", _("The texts in %(language)s are left out.", language=name))
    if ours:
        return Speech(tuple(ours), {code: known[code] for code in ours}, losses)
    return _as_dutch(known.get(own_code, OWN), own, losses)


def _as_dutch(source: str, own: str | None, losses: Losses) -> Speech:
    if own:
        sentence = _(
            "The texts in %(language)s stand as Dutch ones; translate them.",
            language=own,
        )
        losses.note("", sentence)
    return Speech(("nl",), {"nl": source}, losses)


def language_code(name: str) -> str:
    """``Nederlands (nl)``, ``nl-informal`` and ``nl_NL`` are all ``nl``."""
    inside = re.search(r"\(([A-Za-z]{2,3})(?:[-_][^()]*)?\)\s*$", name)
    code = inside[1] if inside else re.split(r"[-_]", name.strip())[0]
    return code.casefold()


def plain_text(text: str) -> str:
    """Without markup; what was a new line or paragraph is a line.

    >>> plain_text("<p>Hoe <b>ging</b> het&nbsp;?</p>")
    'Hoe ging het ?'
    """
    text = HIDDEN.sub("", text[:LONGEST])
    text = html.unescape(TAGS.sub("", BLOCKS.sub("\n", text)))
    text = CONTROL_CHARACTERS.sub("", SPACES.sub(" ", text))
    return EMPTY_LINES.sub("\n\n", LINES.sub("\n", text)).strip()
