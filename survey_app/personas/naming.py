"""Names for personas, made from what sets people apart; never from who they are."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from survey_app.insights.people import DistinctiveFeature

NL, EN = "nl", "en"
Words = Mapping[str, str]  # by language
Ranked = tuple[int, tuple[str, str]]  # how strong, and which variable and level


@dataclass(frozen=True, slots=True)
class Name:
    nl: str
    en: str


def _words(nl: str, en: str) -> Words:
    return {NL: nl, EN: en}


# By variable and level. Dutch adjectives are inflected; all nouns go with "de".
ADJECTIVES: Mapping[tuple[str, str], Words] = {
    ("factor:price", "yes"): _words("prijsbewuste", "price-conscious"),
    ("factor:shipping_cost", "yes"): _words("kostenbewuste", "cost-conscious"),
    ("factor:quality", "yes"): _words("kwaliteitsgerichte", "quality-minded"),
    ("factor:range", "yes"): _words("kieskeurige", "choosy"),
    ("factor:delivery_time", "yes"): _words("gehaaste", "hurried"),
    ("factor:service", "yes"): _words("servicegerichte", "service-minded"),
    ("factor:trust", "yes"): _words("zekerheidzoekende", "trust-minded"),
    ("factor:reviews", "yes"): _words("reviewlezende", "review-reading"),
    ("factor:convenience", "yes"): _words("gemaksgerichte", "convenience-minded"),
    ("factor:habit", "yes"): _words("trouwe", "loyal"),
    ("factor:sustainability", "yes"): _words("duurzame", "sustainable"),
    ("factor:location", "yes"): _words("nabije", "local"),
    ("touchpoint:price", "yes"): _words("prijsbewuste", "price-conscious"),
    ("touchpoint:app", "yes"): _words("mobiele", "mobile"),
    ("touchpoint:customer_service", "yes"): _words("hulpzoekende", "help-seeking"),
    ("touchpoint:delivery", "yes"): _words("bezorgbewuste", "delivery-minded"),
    ("touchpoint:product", "yes"): _words("productgerichte", "product-minded"),
    ("touchpoint:product_information", "yes"): _words(
        "goed voorbereide", "well-prepared"
    ),
    ("touchpoint:loyalty", "yes"): _words("trouwe", "loyal"),
    ("time", "under_5"): _words("snelle", "quick"),
    ("time", "5_15"): _words("rustige", "unhurried"),
    ("time", "15_30"): _words("grondige", "thorough"),
    ("time", "over_30"): _words("grondige", "thorough"),
    ("found", "yes"): _words("doelgerichte", "purposeful"),
    ("found", "partly"): _words("zoekende", "searching"),
    ("found", "no"): _words("zoekende", "searching"),
}
NOUNS: Mapping[tuple[str, str], Words] = {
    ("channel", "search"): _words("vergelijker", "comparer"),
    ("channel", "advertising"): _words("reclamekijker", "ad watcher"),
    ("channel", "followed"): _words("volger", "follower"),
    ("channel", "marketplace"): _words("marktplaatsklant", "marketplace shopper"),
    ("factor:price", "yes"): _words("prijskijker", "price watcher"),
    ("factor:quality", "yes"): _words("kwaliteitszoeker", "quality seeker"),
    ("factor:service", "yes"): _words("adviesvrager", "advice seeker"),
    ("factor:trust", "yes"): _words("zekerheidszoeker", "certainty seeker"),
    ("factor:reviews", "yes"): _words("reviewlezer", "review reader"),
    ("factor:recommendation", "yes"): _words("via-viaklant", "referred customer"),
    ("factor:convenience", "yes"): _words("gemakszoeker", "convenience seeker"),
    ("factor:habit", "yes"): _words("vaste klant", "regular"),
    ("factor:location", "yes"): _words("buurtklant", "neighbour"),
    ("touchpoint:app", "yes"): _words("appgebruiker", "app user"),
    ("touchpoint:checkout", "yes"): _words("besteller", "orderer"),
    ("touchpoint:customer_service", "yes"): _words("adviesvrager", "advice seeker"),
    ("touchpoint:physical_store", "yes"): _words("winkelbezoeker", "shop visitor"),
    ("touchpoint:search_navigation", "yes"): _words("zoeker", "searcher"),
    ("touchpoint:website", "yes"): _words("websitebezoeker", "website visitor"),
    ("touchpoint:third_party_site", "yes"): _words("vergelijker", "comparer"),
    ("touchpoint:event", "yes"): _words("beursbezoeker", "fair visitor"),
    ("touchpoint:loyalty", "yes"): _words("vaste klant", "regular"),
    ("time", "over_30"): _words("uitzoeker", "explorer"),
}
FEELINGS: Mapping[str, Words] = {
    "negative": _words("kritische", "critical"),
    "positive": _words("tevreden", "content"),
}
ANY_NOUN = _words("klant", "customer")
NO_FEATURES = _words("Alle klanten", "All customers")


def name_personas(features: Sequence[Sequence[DistinctiveFeature]]) -> list[Name]:
    """A name for each persona from its own features, no two alike.

    The noun and the adjective come from its two strongest features that have words
    for them, one of them what decides for these people where that sets them apart.
    """
    if len(features) == 1:
        return [Name(NO_FEATURES[NL], NO_FEATURES[EN])]
    names: list[Name] = []
    for number, each in enumerate(features, start=1):
        fresh = (name for name in _names(each) if not _is_taken(name, names))
        fallback = Name(f"Klantgroep {number}", f"Customer group {number}")
        names.append(next(fresh, fallback))
    return names


def strongest_first(
    features: Sequence[DistinctiveFeature],
) -> list[DistinctiveFeature]:
    """What people have more often than the rest, by how many points."""
    more = (feature for feature in features if feature.difference > 0)
    return sorted(more, key=lambda f: (-f.difference, f.variable, f.level))


def _names(features: Sequence[DistinctiveFeature]) -> Iterator[Name]:
    """The best first: whole names by the strength of both words, then halves."""
    strong = [(each.variable, each.level) for each in strongest_first(features)]
    ranked = list(enumerate(strong))
    pairs = ((noun, adjective) for noun in ranked for adjective in ranked)
    for (_, first), (_, second) in sorted(pairs, key=_order):
        adjective, noun = _adjective(second), NOUNS.get(first)
        if adjective and noun and first[0] != second[0]:
            yield _name(adjective, noun)
    for feature in strong:
        if adjective := _adjective(feature):
            yield _name(adjective, ANY_NOUN)


def _order(pair: tuple[Ranked, Ranked]) -> tuple[bool, int, int]:
    (place, noun), (other_place, adjective) = pair
    tells_why = noun[0].startswith("factor:") or adjective[0].startswith("factor:")
    return not tells_why, place + other_place, place


def _adjective(feature: tuple[str, str]) -> Words | None:
    variable, level = feature
    if variable.startswith("feeling:"):
        return FEELINGS.get(level)
    return ADJECTIVES.get(feature)


def _name(adjective: Words, noun: Words) -> Name:
    return Name(f"De {adjective[NL]} {noun[NL]}", f"The {adjective[EN]} {noun[EN]}")


def _is_taken(name: Name, names: Collection[Name]) -> bool:
    return any(name.nl == other.nl or name.en == other.en for other in names)
