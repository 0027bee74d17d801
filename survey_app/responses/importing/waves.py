"""Which wave a row belongs to: by the code it gives, else by its day."""

from collections.abc import Sequence
from datetime import date

from survey_app.questionnaires.models import Wave
from survey_app.responses.importing.report import InvalidRowError


class WaveBook:
    """Waves of the questionnaire by code, and by the day that falls in them."""

    def __init__(self, waves: Sequence[Wave]) -> None:
        self._by_code = {wave.code.casefold(): wave.id for wave in waves}
        latest_first = sorted(waves, key=lambda wave: wave.starts_on, reverse=True)
        self._periods = [
            (wave.starts_on, wave.ends_on or date.max, wave.id) for wave in latest_first
        ]

    def find(self, code: str | None, day: date) -> int | None:
        if code is None:
            return next((w for a, b, w in self._periods if a <= day <= b), None)
        wave_id = self._by_code.get(code.casefold())
        if wave_id is None:
            known = ", ".join(self._by_code) or "there are none yet"
            raise InvalidRowError(f"there is no wave '{code}' ({known})", "wave")
        return wave_id
