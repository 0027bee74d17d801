"""The question sets that are ready to use: the files in question_sets/."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from survey_app.questionnaires.question_set import QuestionSet
from survey_app.questionnaires.reading import read_question_set


@dataclass(frozen=True, slots=True)
class Shipped:
    """One of them, as it is offered; ``name`` is its file without the ending."""

    name: str
    source: str
    question_set: QuestionSet


@cache
def shipped_question_sets() -> Mapping[str, Shipped]:
    """By name, the standard one first."""
    found = [
        Shipped(file.name.removesuffix(".toml"), source, read_question_set(source))
        for file in files("question_sets").iterdir()
        if file.name.endswith(".toml") and "_v" in file.name
        for source in [file.read_text("utf-8")]
    ]
    found.sort(key=lambda each: (each.question_set.id != "standard", each.name))
    return {each.name: each for each in found}


# What a questionnaire from scratch begins as: all that must be there, once.
BLANK = """\
# A questionnaire is written here, or with the forms of the staff pages.

format = 1
id = "{slug}"
version = "1.0.0"
languages = ["nl", "en"]

[title]
nl = "{title}"
en = "{title}"

[notice]
nl = "Meedoen is vrijwillig en u kunt elke vraag overslaan."
en = "Taking part is voluntary and you can skip any question."

[privacy]
nl = \"\"\"
Waarom wij dit vragen. Met uw antwoorden verbeteren wij wat wij doen.

Wat wij bewaren. Uw antwoorden, de taal die u koos en het moment waarop u ze verstuurde.

Hoe lang. Een verstuurde vragenlijst ten hoogste twee jaar, een die niet is afgemaakt 30 dagen.

Uw keuze. Meedoen is vrijwillig. U kunt op elk moment stoppen en ons later vragen uw antwoorden te verwijderen.
\"\"\"
en = \"\"\"
Why we ask. Your answers help us to improve what we do.

What we keep. Your answers, the language you chose and the moment you sent them.

For how long. A questionnaire that was sent for two years at most, one that was not finished for 30 days.

Your choice. Taking part is voluntary. You can stop at any moment and ask us later to delete your answers.
\"\"\"

[thanks.title]
nl = "Dank u wel"
en = "Thank you"

[thanks.text]
nl = "Wij hebben uw antwoorden ontvangen."
en = "We have received your answers."

[[pages]]
id = "first_page"

[[pages.questions]]
id = "first_question"
type = "text_long"
title = {{ nl = "Wat kan er beter?", en = "What could be better?" }}
"""
