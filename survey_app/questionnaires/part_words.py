"""What a keeper calls the parts of a draft, where a page names one by its key."""

from collections.abc import Iterator

from flask_babel import lazy_gettext as _

from survey_app.web.locale import LANGUAGES

# The file's own key stands where people have no other word for it.
PARTS = {
    "title": _("Question or heading"),
    "hint": _("Hint below it"),
    "text": _("Text"),
    "label": _("Words of the option"),
    "options": _("Option"),
    "variants": _("Other wording"),
    "rows": _("Row"),
    "detail": _("Text box beside it"),
    "notice": _("Notice"),
    "privacy": _("Privacy statement"),
    "thanks": _("Thanks"),
    "consent": _("Consent"),
    "type": _("Kind of answer"),
    "required": _("Must be answered"),
    "show_if": _("When it is shown"),
    "version": _("Version"),
}


def say_part(path: str) -> str:
    """``options.0.label.nl`` as “Option 1 · Words of the option · Nederlands”."""
    return " · ".join(_pieces(path.split(".")))


def _pieces(names: list[str]) -> Iterator[str]:
    for place, name in enumerate(names):
        if name.isdecimal():
            continue
        following = names[place + 1] if place + 1 < len(names) else ""
        number = f" {int(following) + 1}" if following.isdecimal() else ""
        yield f"{LANGUAGES.get(name) or PARTS.get(name, name)}{number}"
