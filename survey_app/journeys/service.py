"""Makes a journey-map document from what the analysis found."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from survey_app.insights.dips import Dip, DipLevel, Share, list_dips
from survey_app.insights.excerpts import Excerpt, choose_excerpts
from survey_app.insights.figure_filter import FigureFilter
from survey_app.insights.figures import (
    TouchpointFigure,
    TouchpointReport,
    report_touchpoints,
)
from survey_app.journeys import document as on_map
from survey_app.journeys import queries
from survey_app.journeys.voices import Voices
from survey_app.journeys.wording import WORDING
from survey_app.personas.models import Persona
from survey_app.questionnaires.models import Wave
from survey_app.touchpoints.catalogue import Catalogue, Touchpoint
from survey_app.touchpoints.queries import read_catalogue


@dataclass(frozen=True, slots=True, kw_only=True)
class MapRequest:
    """Whose journey, in which wave, told in which language."""

    language: str
    persona: Persona | None = None
    wave: Wave | None = None
    limit: int | None = None  # touchpoints at most: those that most people speak of

    @property
    def filters(self) -> FigureFilter:
        return FigureFilter(
            wave_id=self.wave.id if self.wave else None,
            audience=queries.members_of(self.persona) if self.persona else None,
        )


def make_map(
    session: Session, wanted: MapRequest, *, generated: str
) -> on_map.MapDocument:
    """The current journey of these customers, with only what enough people said."""
    catalogue = read_catalogue(session)
    report = report_touchpoints(session, wanted.filters)
    voices = Voices(choose_excerpts(session, wanted.filters), wanted.language)
    figures = _figures(report, limit=wanted.limit)
    columns = tuple(
        _column(touchpoint, figures[touchpoint.code], voices, wanted.language)
        for touchpoint in catalogue.touchpoints.values()
        if touchpoint.code in figures
    )
    return on_map.MapDocument(
        language=wanted.language,
        title=queries.find_organisation(session, wanted.language)
        or WORDING[wanted.language].everybody,
        state=on_map.State.AS_IS,
        base=_public(report.base),
        generated=" · ".join(
            (
                generated,
                *_versions(report, wanted.language),
                *_waiting(report, wanted.language),
            )
        ),
        persona=_persona(wanted),
        wave=_wave(wanted.wave),
        phases=_phases(session, wanted, catalogue, columns),
        columns=columns,
        bottleneck=_bottleneck(report, catalogue, wanted.language),
    )


def _versions(report: TouchpointReport, language: str) -> Iterator[str]:
    """Of questionnaires that changed while the answers came in."""
    for source in report.sources:
        if len(source.versions) > 1:
            yield WORDING[language].versions.format(
                name=source.slug, versions=", ".join(source.versions)
            )


def _waiting(report: TouchpointReport, language: str) -> Iterator[str]:
    """Mentions that the figures leave out until somebody judges them."""
    if report.waiting:
        yield WORDING[language].waiting.format(mentions=report.waiting)


def _figures(
    report: TouchpointReport, *, limit: int | None
) -> dict[str, TouchpointFigure]:
    """The touchpoints that most people speak of; a dip is never left out."""
    dips = {dip.touchpoint for dip in list_dips(report)[:1]}
    by_reach = sorted(
        report.figures, key=lambda each: (each.touchpoint not in dips, -each.base)
    )
    return {each.touchpoint: each for each in by_reach[:limit]}


def _column(
    touchpoint: Touchpoint, figure: TouchpointFigure, voices: Voices, language: str
) -> on_map.Column:
    named = on_map.Column(
        touchpoint=touchpoint.code,
        phase=touchpoint.phase,
        label=touchpoint.names[language],
        ownership=on_map.Ownership(touchpoint.ownership),
        mode=on_map.Mode(touchpoint.mode),
        level=on_map.Level.HIDDEN,
    )
    point = figure.point
    if point is None:
        return named
    shares = (point.share_negative, point.share_neutral, point.share_positive)
    quotes = voices.choose(touchpoint.code, "quote", point.mean)
    actions = voices.choose(touchpoint.code, "action", point.mean)
    wishes = voices.choose(touchpoint.code, "wish", point.mean)
    return replace(
        named,
        level=on_map.level_of_base(figure.base),
        base=figure.base,
        emotion=on_map.Emotion(point.mean, point.interval.low, point.interval.high),
        shares=on_map.Shares(*map(_share, shares)),
        actions=tuple(excerpt.words for excerpt in actions),
        quotes=tuple(_quote(excerpt) for excerpt in quotes),
        wishes=tuple(excerpt.words for excerpt in wishes),
    )


def _share(share: Share) -> on_map.Share:
    return on_map.Share(share.value, share.interval.low, share.interval.high)


def _quote(excerpt: Excerpt) -> on_map.Quote:
    return on_map.Quote(
        text=excerpt.words,
        polarity=on_map.Polarity(excerpt.polarity),
        source=excerpt.source,
        start=excerpt.start,
        end=excerpt.end,
        language=excerpt.language,
    )


def _phases(
    session: Session,
    wanted: MapRequest,
    catalogue: Catalogue,
    columns: Sequence[on_map.Column],
) -> tuple[on_map.Phase, ...]:
    phases = []
    for phase in catalogue.phases:
        met = [column for column in columns if column.phase == phase.code]
        if met:
            base = _phase_base(session, wanted, met)
            name = phase.names[wanted.language]
            phases.append(on_map.Phase(phase.code, name, base))
    return tuple(phases)


def _phase_base(
    session: Session, wanted: MapRequest, met: Sequence[on_map.Column]
) -> int | None:
    """Withheld when it would tell the base of a touchpoint that is hidden."""
    hidden = [column for column in met if column.level is on_map.Level.HIDDEN]
    if hidden and len(met) - len(hidden) <= 1:
        return None
    touchpoints = [column.touchpoint for column in met]
    return _public(queries.count_people(session, wanted.filters, touchpoints))


def _persona(wanted: MapRequest) -> on_map.Persona | None:
    persona = wanted.persona
    if persona is None:
        return None
    share = persona.description.get("share")
    name = persona.name_nl if wanted.language == "nl" else persona.name_en
    return on_map.Persona(
        key=str(persona.position),
        name=name,
        base=_public(persona.base),
        share=share["value"] if share else None,
        interval=on_map.Interval(**share["interval"]) if share else None,
    )


def _wave(wave: Wave | None) -> on_map.Wave | None:
    return on_map.Wave(wave.name, wave.starts_on, wave.ends_on) if wave else None


def _bottleneck(
    report: TouchpointReport, catalogue: Catalogue, language: str
) -> on_map.Bottleneck | None:
    """The deepest confirmed dip; without one, the deepest possible one."""
    dips = sorted(
        list_dips(report), key=lambda dip: dip.level is not DipLevel.CONFIRMED
    )
    for dip in dips:
        figure = report.find(dip.touchpoint)
        if figure is not None and figure.point is not None and figure.point.mean < 0:
            return _tell_dip(dip, figure, catalogue, language)
    return None


def _tell_dip(
    dip: Dip, figure: TouchpointFigure, catalogue: Catalogue, language: str
) -> on_map.Bottleneck | None:
    if figure.point is None:
        return None
    share = figure.point.share_negative
    is_confirmed = dip.level is DipLevel.CONFIRMED
    sentence = WORDING[language].dip(is_confirmed=is_confirmed)
    return on_map.Bottleneck(
        touchpoint=dip.touchpoint,
        level=on_map.Certainty(dip.level.value),
        sentence=sentence.format(
            label=catalogue.name(dip.touchpoint, language),
            share=round(100 * share.value),
            low=round(100 * share.interval.low),
            high=round(100 * share.interval.high),
            base=figure.base,
        ),
    )


def _public(base: int) -> int | None:
    return base if base == 0 or base >= on_map.MINIMUM_BASE else None
