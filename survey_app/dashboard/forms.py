"""What a person says of a mention; CSRF is checked for the whole app."""

from flask_babel import lazy_gettext as _
from wtforms import Form, SelectField, StringField

from survey_app.dashboard.labels import POLARITIES, touchpoint_choices

NOTHING = ""  # this is about no touchpoint


class CorrectionForm(Form):
    touchpoint = SelectField(choices=[])
    polarity = SelectField(choices=list(POLARITIES.items()))
    next = StringField()

    def offer(self, current: str) -> None:
        """The catalogue's touchpoints, and the one that the mention has now."""
        known = touchpoint_choices()
        self.touchpoint.choices = [(NOTHING, _("About no touchpoint")), *known]
        if current not in dict(known):
            self.touchpoint.choices.append((current, current))
