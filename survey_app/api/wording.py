"""What is wrong with a value, in one sentence of the language asked for."""

from collections.abc import Callable
from typing import Any

from flask_babel import gettext as _
from jsonschema import ValidationError

Sentence = Callable[[Any], str]

SENTENCES: dict[str, Sentence] = {
    "required": lambda names: _("This needs: %(names)s.", names=", ".join(names)),
    "type": lambda kind: _(
        "This must be of type %(kind)s.",
        kind=kind if isinstance(kind, str) else " / ".join(kind),
    ),
    "enum": lambda known: _(
        "Choose from: %(known)s.", known=", ".join(str(one) for one in known)
    ),
    "minLength": lambda _least: _("This is empty."),
    "maxLength": lambda most: _("This is longer than %(most)s characters.", most=most),
    "minimum": lambda least: _("Write %(least)s or more.", least=least),
    "maximum": lambda most: _("Write %(most)s or less.", most=most),
    "minItems": lambda _least: _("Give at least one."),
    "maxItems": lambda most: _("Give %(most)s at most.", most=most),
    "maxProperties": lambda most: _("Give %(most)s at most.", most=most),
    "minProperties": lambda _least: _("Give at least one."),
    "uniqueItems": lambda _wanted: _("Give each of them once."),
    "additionalProperties": lambda _wanted: _("This holds a name that is not known."),
    "propertyNames": lambda _wanted: _("This holds a name that is not known."),
    "pattern": lambda _pattern: _("This does not have the shape that is wanted."),
    "keepable": lambda _wanted: _("This holds characters that cannot be kept."),
}


def sentence_for(error: ValidationError) -> str:
    sentence = SENTENCES.get(str(error.validator))
    if sentence is None:
        return str(_("This does not have the shape that is wanted."))
    return str(sentence(error.validator_value))
