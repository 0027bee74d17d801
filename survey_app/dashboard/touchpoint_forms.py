"""What staff say of a touchpoint: its name, its place, and how it is found."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import Form, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, StopValidation

from survey_app.touchpoints.models import TouchpointSetting
from survey_app.touchpoints.service import Finding, Naming

MAX_NAME, MAX_DESCRIPTION, MAX_CUE, MAX_EXAMPLE = 60, 300, 60, 300
MAX_CUES, MIN_EXAMPLES, MAX_EXAMPLES = 50, 3, 10
MIN_LETTERS = 3  # of a cue: what is shorter stands everywhere
MAX_EITHER = 4  # alternatives in one cue: each takes room of its own
LONG = Length(
    max=MAX_DESCRIPTION, message=_("A description has at most %(max)d characters.")
)


def lines_of(text: str | None) -> tuple[str, ...]:
    """Each line once, without what surrounds it."""
    lines = (" ".join(line.split()) for line in (text or "").splitlines())
    return tuple(dict.fromkeys(line for line in lines if line))


def check_cues(_form: Form, field: TextAreaField) -> None:
    cues = lines_of(field.data)
    if len(cues) > MAX_CUES:
        raise StopValidation(_("No more than 50 phrases, please."))
    for cue in cues:
        letters = sum(character.isalnum() for character in cue)
        if letters < MIN_LETTERS or len(cue) > MAX_CUE:
            raise StopValidation(
                _("“%(cue)s” has to have 3 to 60 letters.", cue=cue[:MAX_CUE])
            )
        if cue.count("|") > MAX_EITHER:
            raise StopValidation(_("“%(cue)s” has too many |: use lines.", cue=cue))


def check_examples(_form: Form, field: TextAreaField) -> None:
    examples = lines_of(field.data)
    if examples and not MIN_EXAMPLES <= len(examples) <= MAX_EXAMPLES:
        raise StopValidation(_("Give three to ten example answers, or none."))
    if any(len(example) > MAX_EXAMPLE for example in examples):
        raise StopValidation(_("An example answer has at most 300 characters."))


class NamingForm(Form):
    """Of any touchpoint; ``offer`` the phases before validating."""

    name_nl = StringField(
        validators=[
            InputRequired(_("Give it a name in Dutch.")),
            Length(max=MAX_NAME, message=_("A name has at most %(max)d characters.")),
        ]
    )
    name_en = StringField(
        validators=[
            Length(max=MAX_NAME, message=_("A name has at most %(max)d characters."))
        ]
    )
    phase = SelectField(choices=[])

    def offer(self, phases: Mapping[str, str]) -> None:
        self.phase.choices = list(phases.items())

    @property
    def naming(self) -> Naming:
        return Naming(
            name_nl=" ".join((self.name_nl.data or "").split()),
            name_en=" ".join((self.name_en.data or "").split()),
            phase=str(self.phase.data),
        )

    @property
    def sentences(self) -> dict[str, str]:
        """What is wrong, one sentence a field."""
        return {field.name: str(field.errors[0]) for field in self if field.errors}


class OwnTouchpointForm(NamingForm):
    description_nl = StringField(validators=[LONG])
    description_en = StringField(validators=[LONG])
    cues_nl = TextAreaField(validators=[check_cues])
    cues_en = TextAreaField(validators=[check_cues])
    examples = TextAreaField(validators=[check_examples])

    def validate(
        self, extra_validators: Mapping[str, Sequence[Any]] | None = None
    ) -> bool:
        is_valid = super().validate(extra_validators)
        finding = self.finding
        if is_valid and not (finding.cues_nl or finding.cues_en or finding.examples):
            self.cues_nl.errors = [
                _("Without a phrase or examples it would never be found.")
            ]
            return False
        return is_valid

    @property
    def finding(self) -> Finding:
        return Finding(
            description_nl=(self.description_nl.data or "").strip(),
            description_en=(self.description_en.data or "").strip(),
            cues_nl=lines_of(self.cues_nl.data),
            cues_en=lines_of(self.cues_en.data),
            examples=lines_of(self.examples.data),
        )


def as_written(setting: TouchpointSetting) -> dict[str, str]:
    """What stands in the boxes of a touchpoint that is there."""
    names = ("name_nl", "name_en", "description_nl", "description_en", "phase")
    return {name: getattr(setting, name) or "" for name in names} | {
        name: "\n".join(getattr(setting, name))
        for name in ("cues_nl", "cues_en", "examples")
    }
