"""Any journey-map document that keeps the rules, for property tests."""

from hypothesis import strategies as st

from survey_app.journeys.document import (
    Bottleneck,
    Certainty,
    Column,
    Emotion,
    Interval,
    MapDocument,
    Mode,
    Ownership,
    Persona,
    Phase,
    Polarity,
    Quote,
    Share,
    Shares,
    State,
    Wave,
    level_of_base,
)

words = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
names = words.filter(bool)
bases = st.one_of(st.none(), st.just(0), st.integers(5, 10_000))
proportions = st.floats(0, 1)
scores = st.floats(-2, 2)


@st.composite
def intervals(draw: st.DrawFn) -> Interval:
    return Interval(*sorted((draw(proportions), draw(proportions))))


@st.composite
def shares(draw: st.DrawFn) -> Share:
    interval = draw(intervals())
    return Share(draw(proportions), interval.low, interval.high)


@st.composite
def emotions(draw: st.DrawFn) -> Emotion:
    low, mean, high = sorted((draw(scores), draw(scores), draw(scores)))
    return Emotion(mean, low, high)


@st.composite
def quotes(draw: st.DrawFn) -> Quote:
    start = draw(st.integers(0, 1000))
    return Quote(
        text=draw(words),
        polarity=draw(st.sampled_from(Polarity)),
        source=draw(words),
        start=start,
        end=start + draw(st.integers(1, 500)),
        language=draw(st.one_of(st.none(), st.just("nl"))),
    )


@st.composite
def columns(draw: st.DrawFn, touchpoint: str, phase: str) -> Column:
    base = draw(st.integers(0, 200))
    known = {
        "touchpoint": touchpoint,
        "phase": phase,
        "label": draw(words),
        "ownership": draw(st.sampled_from(Ownership)),
        "mode": draw(st.sampled_from(Mode)),
        "level": level_of_base(base),
        "owner": draw(st.one_of(st.none(), words)),
    }
    if base < 5:
        return Column(**known)
    return Column(
        **known,
        base=base,
        emotion=draw(st.one_of(st.none(), emotions())),
        shares=draw(st.one_of(st.none(), st.builds(Shares, *[shares()] * 3))),
        actions=tuple(draw(st.lists(words, max_size=3))),
        quotes=tuple(draw(st.lists(quotes(), max_size=2))),
        wishes=tuple(draw(st.lists(words, max_size=3))),
    )


@st.composite
def personas(draw: st.DrawFn) -> Persona:
    base = draw(bases)
    share = draw(st.one_of(st.none(), proportions)) if base is not None else None
    interval = draw(st.one_of(st.none(), intervals())) if share is not None else None
    return Persona(
        key=draw(names), name=draw(words), base=base, share=share, interval=interval
    )


@st.composite
def documents(draw: st.DrawFn) -> MapDocument:
    codes = draw(st.lists(names, unique=True, max_size=5))
    places = draw(st.lists(names, unique=True, max_size=6)) if codes else []
    drawn = [draw(columns(place, draw(st.sampled_from(codes)))) for place in places]
    public = [column.touchpoint for column in drawn if column.base is not None]
    worst = draw(st.sampled_from([*public, None]))
    level = draw(st.sampled_from(Certainty))
    days = sorted(draw(st.lists(st.dates(), min_size=2, max_size=2)))
    return MapDocument(
        language=draw(st.sampled_from(["nl", "en"])),
        title=draw(words),
        state=draw(st.sampled_from(State)),
        base=draw(bases),
        generated=draw(words),
        persona=draw(st.one_of(st.none(), personas())),
        wave=draw(st.one_of(st.none(), st.just(Wave(draw(words), *days)))),
        phases=tuple(Phase(code, draw(words), draw(bases)) for code in codes),
        columns=tuple(drawn),
        bottleneck=Bottleneck(worst, level, draw(words)) if worst else None,
    )
