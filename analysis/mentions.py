"""From cues and sentiment to mentions: which words praise or blame what."""

from collections.abc import Sequence
from dataclasses import KW_ONLY, dataclass, replace

from spacy.tokens import Span

from analysis.cues import Word
from analysis.records import Method, Polarity
from analysis.sentiment import Cue, Sentiment
from analysis.touchpoints import Hit, Strength

NEUTRAL_BELOW = 0.1  # scores closer to 0 than this are no opinion
_THAN = frozenset({"dan", "than"})
_THAN_REACH = 3
# Better than these speaks for us, not against them.
_RIVALS = frozenset({"marketplace", "third_party_site", "price", "product"})
_SIGN_SCORE = 0.55  # what a cue is worth that itself says how it went


@dataclass(frozen=True, slots=True)
class ReadClause:
    """A clause with all that was read in it.

    Hits speak of the words of the whole text; the clause has those from
    ``first_word`` up to ``end_word``.
    """

    span: Span
    text: str  # the whole text: spaCy would put it together again each time
    text_words: Sequence[Word]
    first_word: int
    end_word: int
    sentiment: Sentiment
    hits: tuple[Hit, ...] = ()

    @property
    def words(self) -> Sequence[Word]:
        return self.text_words[self.first_word : self.end_word]

    def word(self, place: int) -> Word:
        return self.text_words[place]


@dataclass(frozen=True, slots=True)
class Draft:
    """A mention in the making."""

    clause: int
    touchpoint: str
    _: KW_ONLY
    score: float
    method: Method = Method.LEXICON
    strength: Strength = Strength.PLAIN
    signed: bool = False
    chance: float | None = None  # the model's own, where it found the mention
    confidence: float | None = None  # where the encoder had its say
    cues: tuple[str, ...] = ()
    judged_in: int | None = None  # the clause that says how it was, if another

    @property
    def clauses(self) -> tuple[int, int]:
        """The first and the last clause of the evidence."""
        other = self.clause if self.judged_in is None else self.judged_in
        return min(self.clause, other), max(self.clause, other)

    @property
    def polarity(self) -> Polarity:
        return polarity_of(self.score)


def polarity_of(score: float) -> Polarity:
    if score > NEUTRAL_BELOW:
        return Polarity.POSITIVE
    return Polarity.NEGATIVE if score < -NEUTRAL_BELOW else Polarity.NEUTRAL


def keep_deciding_hits(clauses: Sequence[ReadClause]) -> list[ReadClause]:
    """Drops weak cues beside plain ones, and faint ones beside any other.

    A weak cue gives way within its clause, a faint one within the text. What a weak
    cue says of how it went holds for the one touchpoint that it gives way to.
    """
    strongest = max((hit.strength for c in clauses for hit in c.hits), default=None)
    return [with_hits(clause, _deciding(clause.hits, strongest)) for clause in clauses]


def with_hits(clause: ReadClause, hits: tuple[Hit, ...]) -> ReadClause:
    """The clause with these hits; itself where they are the same."""
    return clause if hits == clause.hits else replace(clause, hits=hits)


def _deciding(hits: tuple[Hit, ...], strongest: Strength | None) -> tuple[Hit, ...]:
    plain = {hit.touchpoint for hit in hits if hit.strength is Strength.PLAIN}
    kept = []
    for hit in hits:
        if hit.strength is Strength.PLAIN or hit.touchpoint in plain:
            kept.append(hit)
        elif hit.strength is Strength.FAINT:
            kept.extend([hit] if strongest is Strength.FAINT else [])
        elif not plain:
            kept.append(hit)
        elif hit.sign and len(plain) == 1:
            kept.append(replace(hit, touchpoint=next(iter(plain))))
    return tuple(kept)


def draft_clause(index: int, clause: ReadClause) -> list[Draft]:
    """One draft for each touchpoint that the clause names."""
    touchpoints = list(dict.fromkeys(hit.touchpoint for hit in clause.hits))
    shares = _share_out(clause, touchpoints)
    return [
        _draft(index, clause, touchpoint, shares[touchpoint])
        for touchpoint in touchpoints
    ]


def _draft(
    index: int, clause: ReadClause, touchpoint: str, opinion: tuple[float, list[Cue]]
) -> Draft:
    hits = [hit for hit in clause.hits if hit.touchpoint == touchpoint]
    sign = sum(hit.sign for hit in hits)
    score, cues = opinion
    if sign:
        sign = 1 if sign > 0 else -1
        score = sign * max(_SIGN_SCORE, sign * score)
    places = [clause.word(at) for hit in hits for at in hit.positions]
    texts = {word.start: clause.text[word.start : word.end] for word in places}
    texts.update({cue.start: cue.text for cue in cues})
    return Draft(
        clause=index,
        touchpoint=touchpoint,
        score=max(-1.0, min(1.0, score)),
        strength=max(hit.strength for hit in hits),
        signed=bool(sign),
        cues=tuple(texts[start] for start in sorted(texts)),
    )


def _share_out(
    clause: ReadClause, touchpoints: list[str]
) -> dict[str, tuple[float, list[Cue]]]:
    """Gives each opinion word to the touchpoint that is named nearest to it."""
    sentiment = clause.sentiment
    cues = [cue for cue in sentiment.cues if not _is_a_name(clause, cue)]
    shares: dict[str, list[Cue]] = {touchpoint: [] for touchpoint in touchpoints}
    outdone = _outdone(clause)
    if len(touchpoints) == 1 and not outdone:
        score = sentiment.score if len(cues) == len(sentiment.cues) else _total(cues)
        return {touchpoints[0]: (score, cues)}
    winners = with_hits(
        clause, tuple(hit for hit in clause.hits if hit.touchpoint not in outdone)
    )
    for cue in cues if winners.hits else ():
        for touchpoint in _nearest(winners, cue):
            shares[touchpoint].append(cue)
    for touchpoint in outdone:
        del shares[touchpoint]
    opinions = _with_inherited(winners, shares)
    opinions.update(dict.fromkeys(outdone, (-_total(cues), cues)))
    return opinions


def _is_a_name(clause: ReadClause, cue: Cue) -> bool:
    """Whether words with sentiment only name a touchpoint: "kwaliteit", "cost"."""
    return any(
        hit.names
        and clause.word(hit.positions[0]).start <= cue.start
        and cue.end <= clause.word(hit.positions[-1]).end
        for hit in clause.hits
    )


def _outdone(clause: ReadClause) -> set[str]:
    """What something is said to be better, or worse, than."""
    found = set()
    for hit in clause.hits:
        first = hit.positions[0]
        before = clause.text_words[max(clause.first_word, first - _THAN_REACH) : first]
        than = any(word.form in _THAN for word in before)
        if than and not hit.sign and hit.touchpoint not in _RIVALS:
            found.add(hit.touchpoint)
    return found


def _nearest(clause: ReadClause, cue: Cue) -> set[str]:
    distances = [(_distance(clause, hit, cue), hit.touchpoint) for hit in clause.hits]
    nearest = min(distance for distance, _ in distances)
    return {touchpoint for distance, touchpoint in distances if distance == nearest}


def _distance(clause: ReadClause, hit: Hit, cue: Cue) -> int:
    places = [clause.word(at) for at in hit.positions]
    start, end = places[0].start, places[-1].end
    gap = max(0, cue.start - end, start - cue.end)
    between = clause.text[min(end, cue.end) : max(start, cue.start)]
    # What stands behind "en" or a comma belongs to another thing more often.
    crosses = "," in between or " en " in between or " and " in between
    return gap + (10 if crosses else 0)


def _with_inherited(
    clause: ReadClause, shares: dict[str, list[Cue]]
) -> dict[str, tuple[float, list[Cue]]]:
    """A touchpoint without words of its own shares those of its neighbour."""
    order = list(shares)
    opinions: dict[str, tuple[float, list[Cue]]] = {}
    for at, touchpoint in enumerate(order):
        cues = shares[touchpoint]
        signed = any(hit.sign and hit.touchpoint == touchpoint for hit in clause.hits)
        if not cues and not signed:
            nearby = [*order[at + 1 :], *reversed(order[:at])]
            cues = next((shares[name] for name in nearby if shares[name]), [])
            if not cues:
                score = _sign_score(clause, nearby)
                opinions[touchpoint] = (score, [])
                continue
        opinions[touchpoint] = (_total(cues), cues)
    return opinions


def _sign_score(clause: ReadClause, touchpoints: list[str]) -> float:
    for touchpoint in touchpoints:
        sign = sum(hit.sign for hit in clause.hits if hit.touchpoint == touchpoint)
        if sign:
            return _SIGN_SCORE if sign > 0 else -_SIGN_SCORE
    return 0.0


def _total(cues: list[Cue]) -> float:
    return max(-1.0, min(1.0, sum(cue.score for cue in cues)))


def settle(drafts: Sequence[Draft]) -> list[Draft]:
    """Drops bare mentions of a touchpoint on which the text has an opinion.

    Of one touchpoint, clause and polarity only one draft stays.
    """
    judged = {d.touchpoint for d in drafts if d.polarity is not Polarity.NEUTRAL}
    seen: set[tuple[int, str, Polarity]] = set()
    kept = []
    neutral_seen: set[str] = set()
    for draft in sorted(drafts, key=lambda draft: draft.clause):
        key = (draft.clause, draft.touchpoint, draft.polarity)
        neutral = draft.polarity is Polarity.NEUTRAL
        if key in seen or (neutral and draft.touchpoint in judged | neutral_seen):
            continue
        seen.add(key)
        if neutral:
            neutral_seen.add(draft.touchpoint)
        kept.append(draft)
    return kept
