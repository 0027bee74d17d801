"""What staff send about responses; CSRF is checked for the whole app."""

from flask_babel import lazy_gettext as _
from wtforms import Form, RadioField, SelectField, StringField
from wtforms.validators import InputRequired, Length

from survey_app.dashboard.handling_words import EXCLUSIONS
from survey_app.responses.curation import MAX_NOTE, MAX_TAG


class ExclusionForm(Form):
    because = SelectField(choices=list(EXCLUSIONS.items()))


class TagForm(Form):
    tag = StringField(
        validators=[
            InputRequired(_("Write a tag first.")),
            Length(max=MAX_TAG, message=_("A tag has at most %(max)d characters.")),
        ]
    )


class NoteForm(Form):
    note = StringField(
        validators=[
            Length(max=MAX_NOTE, message=_("A note has at most %(max)d characters."))
        ]
    )


class ErasureForm(Form):
    reason = RadioField(
        choices=[
            ("asked", _("The respondent asked for it")),
            ("staff", _("Another reason")),
        ],
        default="asked",
    )
