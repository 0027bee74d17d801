"""What somebody answers in the queue; CSRF is checked for the whole app."""

from flask_babel import lazy_gettext as _
from wtforms import Form, IntegerField, SelectField
from wtforms.validators import NumberRange, Optional

from survey_app.dashboard.labels import POLARITIES, touchpoint_choices
from survey_app.insights.corrections import Drawn
from survey_app.insights.review_limit import LIMITS

RIGHT, NO_MENTION, OTHER = "right", "none", "other"
COMPLETE, PASSED, MISSED = "complete", "passed", "missed"


class _ReviewForm(Form):
    drawn = SelectField(choices=[(drawn.value, drawn.value) for drawn in Drawn])
    touchpoint = SelectField(choices=[], validators=[Optional()])
    polarity = SelectField(choices=list(POLARITIES.items()), validators=[Optional()])

    def offer(self, *more: str) -> None:
        """The catalogue's touchpoints, and what else a mention may have now."""
        known = touchpoint_choices()
        self.touchpoint.choices = [*known, *((each, each) for each in more)]


class MentionForm(_ReviewForm):
    """A polarity as the verdict: it is this touchpoint, but felt otherwise."""

    verdict = SelectField(
        choices=[
            (RIGHT, _("Right")),
            (NO_MENTION, _("No mention")),
            (OTHER, _("Another touchpoint")),
            *POLARITIES.items(),
        ]
    )


class TextForm(_ReviewForm):
    verdict = SelectField(
        choices=[
            (COMPLETE, _("That is all")),
            (PASSED, _("Skip")),
            (MISSED, _("Add")),
        ]
    )
    clause = IntegerField(default=0, validators=[Optional(), NumberRange(min=0)])


class LimitForm(Form):
    """How sure a mention must be to count unjudged; empty: all count."""

    least = SelectField(
        choices=[("", ""), *((str(limit), str(limit)) for limit in LIMITS)]
    )
