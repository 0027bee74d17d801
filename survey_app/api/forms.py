"""What staff fill in to make a key or a webhook; CSRF is checked for the whole app."""

from flask_babel import lazy_gettext as _
from wtforms import Form, SelectField, SelectMultipleField, StringField
from wtforms.validators import InputRequired, Length

from survey_app.api.scopes import WORDS as SCOPE_WORDS
from survey_app.api.service import MAX_NAME
from survey_app.outbox.service import (
    CHANGED,
    ERASED,
    EXCLUDED,
    PUBLISHED,
    SUBMITTED,
)

FOREVER = "0"
LASTING = (
    ("30", _("30 days")),
    ("90", _("90 days")),
    ("365", _("a year")),
    (FOREVER, _("until it is revoked")),
)
TOPIC_WORDS = {
    SUBMITTED: _("a response comes in"),
    CHANGED: _("a respondent changes what was sent"),
    EXCLUDED: _("a response is left out of the figures"),
    ERASED: _("a response is erased"),
    PUBLISHED: _("a questionnaire is published"),
}


class KeyForm(Form):
    name = StringField(
        validators=[
            InputRequired(_("Give the key a name, such as that of the program.")),
            Length(max=MAX_NAME, message=_("Use at most 100 characters.")),
        ]
    )
    scopes = SelectMultipleField(
        choices=[(scope.value, words) for scope, words in SCOPE_WORDS.items()],
        validators=[InputRequired(_("Choose what the program may do."))],
    )
    days = SelectField(choices=list(LASTING), default="365")


class WebhookForm(Form):
    url = StringField(
        validators=[
            InputRequired(_("Write the address that should be told.")),
            Length(max=2000, message=_("Use at most 2000 characters.")),
        ]
    )
    topics = SelectMultipleField(
        choices=list(TOPIC_WORDS.items()),
        validators=[InputRequired(_("Choose what it should be told of."))],
    )
