"""The lists that questions of an XLSForm choose from."""

from collections.abc import Sequence

from survey_app.exchange.drafting import as_code, free_name
from survey_app.exchange.losses import Losses
from survey_app.exchange.speech import Speech
from survey_app.exchange.xlsform.columns import texts_in
from survey_app.exchange.xlsform.sheets import Row
from survey_app.questionnaires.problems import message as _
from survey_app.questionnaires.question_set import Option

MOST = 200  # options of one list


class ChoiceLists:
    def __init__(self, rows: Sequence[Row], speech: Speech, losses: Losses) -> None:
        self._rows: dict[str, list[Row]] = {}
        for row in rows:
            name = row.get("list_name") or row.get("list") or ""
            self._rows.setdefault(name, []).append(row)
        self._speech = speech
        self._losses = losses

    def options(self, name: str) -> tuple[Option, ...]:
        """The options of a list; codes in our form, each once."""
        rows = self._rows.get(name, [])
        if len(rows) > MOST:
            sentence = _("Only the first %(most)s options are kept.", most=MOST)
            self._losses.note(name, sentence)
        taken: set[str] = set()
        return tuple(self._option(row, name, taken) for row in rows[:MOST])

    def _option(self, row: Row, list_name: str, taken: set[str]) -> Option:
        written = row.get("name") or row.get("value") or ""
        code = free_name(as_code(written), taken)
        taken.add(code)
        place = f"{list_name}: {written}"
        if code != written:
            self._losses.note(place, _("It is called %(name)s here.", name=code))
        label = self._speech.texts(
            texts_in(row, "label"), place, otherwise=written or code
        )
        return Option(code=code, label=label)
