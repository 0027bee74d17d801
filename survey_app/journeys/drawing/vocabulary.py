"""The words on the map, in Dutch and in English."""

from collections.abc import Mapping
from types import MappingProxyType

from survey_app.journeys.document import Certainty, Mode, Ownership, Polarity, State
from survey_app.journeys.drawing.words import MapWords

DUTCH = MapWords(
    language="nl",
    decimal=",",
    percent="{} %",
    months=tuple("jan feb mrt apr mei jun jul aug sep okt nov dec".split()),  # noqa: SIM905 (twelve short names)
    everyone="Alle klanten",
    state=MappingProxyType(
        {
            State.AS_IS: "Huidige klantreis",
            State.TO_BE: "Gewenste klantreis",
            State.PLANNED: "Geplande klantreis",
        }
    ),
    lanes=MappingProxyType(
        {
            "actions": "Doen",
            "emotion": "Emotie",
            "shares": "Verdeling",
            "quotes": "In hun woorden",
            "wishes": "Wens",
            "owner": "Eigenaar",
            "base": "Basis",
        }
    ),
    ownership=MappingProxyType(
        {
            Ownership.OWNED: "eigen",
            Ownership.EARNED: "verdiend",
            Ownership.PAID: "betaald",
            Ownership.PARTNER: "partner",
        }
    ),
    mode=MappingProxyType(
        {
            Mode.ONLINE: "online",
            Mode.OFFLINE: "offline",
            Mode.BOTH: "online en offline",
        }
    ),
    polarity=MappingProxyType(
        {
            Polarity.NEGATIVE: "negatief",
            Polarity.NEUTRAL: "neutraal",
            Polarity.POSITIVE: "positief",
        }
    ),
    flag=MappingProxyType(
        {Certainty.CONFIRMED: "knelpunt", Certainty.POSSIBLE: "mogelijk knelpunt"}
    ),
    share_of_all="{share} van alle klanten",
    interval="95 %-interval {low} tot {high}",
    base="n {}",
    fewer="< 5",
    too_few="te weinig antwoorden",
    indicative="indicatief",
    no_score="geen oordeel",
    no_owner="– geen eigenaar",
    scale_top="heel blij",
    scale_middle="neutraal",
    scale_bottom="gefrustreerd",
    no_bottleneck="Geen contactmoment steekt aantoonbaar ongunstig af bij de rest.",
    legend_solid="gemiddelde per klant, basis 30 of meer",
    legend_dashed="basis 10–29",
    legend_hollow="basis 5–9, indicatief",
    legend_band="95 %-interval",
    legend_shares="negatief, neutraal, positief",
    footer_base="Basis (n): {} klanten",
    empty_title="Hier komt de klantreis te staan",
    empty_steps=(
        "Stuur een vragenlijst rond of importeer interviews.",
        "Klantreis zoekt per contactmoment wat klanten doen, voelen en wensen.",
        "Vanaf 5 antwoorden verschijnt een contactmoment, vanaf 30 telt het vol mee.",
    ),
    nothing_public=(
        "Nog te weinig antwoorden: vanaf 5 per contactmoment verschijnt de emotiecurve."
    ),
)

ENGLISH = MapWords(
    language="en",
    decimal=".",
    percent="{}%",
    months=tuple("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()),  # noqa: SIM905 (twelve short names)
    everyone="All customers",
    state=MappingProxyType(
        {
            State.AS_IS: "Current journey",
            State.TO_BE: "Desired journey",
            State.PLANNED: "Planned journey",
        }
    ),
    lanes=MappingProxyType(
        {
            "actions": "Doing",
            "emotion": "Emotion",
            "shares": "Split",
            "quotes": "In their words",
            "wishes": "Wish",
            "owner": "Owner",
            "base": "Base",
        }
    ),
    ownership=MappingProxyType(
        {
            Ownership.OWNED: "owned",
            Ownership.EARNED: "earned",
            Ownership.PAID: "paid",
            Ownership.PARTNER: "partner",
        }
    ),
    mode=MappingProxyType(
        {
            Mode.ONLINE: "online",
            Mode.OFFLINE: "offline",
            Mode.BOTH: "online and offline",
        }
    ),
    polarity=MappingProxyType(
        {
            Polarity.NEGATIVE: "negative",
            Polarity.NEUTRAL: "neutral",
            Polarity.POSITIVE: "positive",
        }
    ),
    flag=MappingProxyType(
        {Certainty.CONFIRMED: "bottleneck", Certainty.POSSIBLE: "possible bottleneck"}
    ),
    share_of_all="{share} of all customers",
    interval="95% interval {low} to {high}",
    base="n {}",
    fewer="< 5",
    too_few="too few answers",
    indicative="indicative",
    no_score="no rating",
    no_owner="– no owner",
    scale_top="very happy",
    scale_middle="neutral",
    scale_bottom="frustrated",
    no_bottleneck="No touchpoint is demonstrably worse than the rest.",
    legend_solid="mean per customer, base 30 or more",
    legend_dashed="base 10–29",
    legend_hollow="base 5–9, indicative",
    legend_band="95% interval",
    legend_shares="negative, neutral, positive",
    footer_base="Base (n): {} customers",
    empty_title="The customer journey will appear here",
    empty_steps=(
        "Send out a questionnaire or import interviews.",
        "For each touchpoint we look for what customers do, feel and wish.",
        "A touchpoint appears from 5 answers and counts in full from 30.",
    ),
    nothing_public="Too few answers so far: the curve appears from 5 per touchpoint.",
)

WORDS: Mapping[str, MapWords] = MappingProxyType({"nl": DUTCH, "en": ENGLISH})
