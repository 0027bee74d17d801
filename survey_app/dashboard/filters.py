"""The filters of the pages with figures: a GET form, read leniently."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from survey_app.dashboard import labels, queries
from survey_app.dashboard.queries import WaveCount
from survey_app.insights.figure_filter import FigureFilter
from survey_app.personas.models import Persona

ALL_WAVES = "all"
ENOUGH = 5  # responses that make a wave worth opening the page with
LANGUAGES = ("nl", "en")
SOURCES = ("survey", "interview")


@dataclass(frozen=True, slots=True, kw_only=True)
class ChosenFilters:
    """What is filtered on, what there is to choose, and the same as an address."""

    figures: FigureFilter
    waves: Sequence[WaveCount]
    wave: WaveCount | None
    personas: Sequence[Persona]
    persona: Persona | None
    address: Mapping[str, str]

    @property
    def narrowed(self) -> bool:
        """Whether anything but the wave is filtered on."""
        return bool(set(self.address) - {"wave"})


def read_filters(session: Session, given: Mapping[str, str]) -> ChosenFilters:
    """What cannot be chosen is left out, so that an old address still works."""
    waves = queries.list_waves(session)
    personas = queries.list_personas(session)
    wave = _chosen_wave(waves, given.get("wave"))
    persona = _by_id(personas, given.get("persona"))
    plain = {
        "language": _one_of(LANGUAGES, given.get("language")),
        "role": _one_of(labels.ROLES, given.get("role")),
        "source": _one_of(SOURCES, given.get("source")),
    }
    figures = FigureFilter(
        wave_id=wave.id if wave else None,
        audience=queries.persona_audience(persona) if persona else None,
        language=plain["language"],
        role=plain["role"],
        source=plain["source"],
    )
    address = {"wave": str(wave.id) if wave else ALL_WAVES} if waves else {}
    address |= {name: value for name, value in plain.items() if value}
    if persona is not None:
        address["persona"] = str(persona.id)
    return ChosenFilters(
        figures=figures,
        waves=waves,
        wave=wave,
        personas=personas,
        persona=persona,
        address=address,
    )


def _chosen_wave(waves: Sequence[WaveCount], given: str | None) -> WaveCount | None:
    """The wave asked for; else the newest that has something to show."""
    if given == ALL_WAVES:
        return None
    chosen = next((wave for wave in waves if str(wave.id) == given), None)
    filled = (wave for wave in waves if wave.submitted >= ENOUGH)
    return chosen or next(filled, None)


def _by_id(personas: Sequence[Persona], given: str | None) -> Persona | None:
    return next((each for each in personas if str(each.id) == given), None)


def _one_of(
    values: Sequence[str] | Mapping[str, object], given: str | None
) -> str | None:
    return given if given in values else None
