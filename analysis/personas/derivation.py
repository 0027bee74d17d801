"""From people's answers to one, two or three personas, or the reason there are none."""

from collections.abc import Sequence
from dataclasses import dataclass

from analysis.intervals import Share, wilson
from analysis.personas.coding import CodedPeople, code_people, prepare
from analysis.personas.gates import (
    DECIMALS,
    STABLE,
    Candidate,
    Effort,
    base_needed,
    examine,
    fit_candidate,
)
from analysis.personas.latent_classes import Patterns
from analysis.personas.records import (
    DroppedVariable,
    Gate,
    Person,
    PersonaClass,
    PersonaDerivation,
    PersonaStatus,
    Variable,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How many personas to try at most, and how hard to look."""

    k_max: int = 3
    starts: int = 30
    bootstrap_draws: int = 100


def derive_personas(
    people: Sequence[Person],
    variables: Sequence[Variable],
    *,
    seed: int,
    settings: Settings | None = None,
) -> PersonaDerivation:
    """The largest number of personas that passes every gate; one is a valid answer.

    Variables are the ones that may build personas, the most important first; what is
    only to describe or to check them goes to `compare_groups` afterwards. Latent
    classes are fitted for each k that the base allows; k must have the lowest BIC of
    all up to k, classes of ten per cent and twenty people, people who clearly belong
    (mean posterior 0.75), classes that return in bootstrap samples (Jaccard 0.6; from
    0.75 they are not provisional), and three variables that tell each apart.

    Latent classes cannot tell kinds of people from degrees of one thing: where all
    variables rise and fall together, expect personas of "less" and "more" of it.

    The same people, variables, settings and seed give the same record, in whatever
    order the people come. Raises ValueError as `code_people` does.

    >>> variables = [Variable(f"v{i}", ("no", "yes")) for i in range(5)]
    >>> one = {variable.key: "yes" for variable in variables}
    >>> two = {variable.key: "no" for variable in variables}
    >>> people = [Person(f"p{i:02}", one if i % 3 else two) for i in range(90)]
    >>> derivation = derive_personas(people, variables, seed=1)
    >>> derivation.status.value, [persona.base for persona in derivation.classes]
    ('one_group', [90])
    >>> {dropped.reason.value for dropped in derivation.variables_dropped}
    {'redundant'}
    """
    settings = settings or Settings()
    effort = Effort(starts=settings.starts, draws=settings.bootstrap_draws, seed=seed)
    coded = code_people(people, variables)
    prepared, dropped = prepare(coded)
    answered = (prepared if prepared.variables else coded).answered()
    placed = prepared.only(answered)
    unplaced = tuple(
        key for key, is_in in zip(prepared.keys, answered, strict=True) if not is_in
    )
    if not placed.keys:
        return _no_classes(prepared, dropped, unplaced, seed)
    candidate, gates = _choose(placed, settings.k_max, effort)
    classes = tuple(_persona(candidate, number) for number in range(candidate.k))
    return PersonaDerivation(
        k=candidate.k,
        status=_status(candidate.k, placed.effective_base),
        classes=classes,
        gates=gates,
        variables_used=placed.variables,
        variables_dropped=dropped,
        base=len(placed.keys),
        unplaced=unplaced,
        seed=seed,
    )


def _no_classes(
    prepared: CodedPeople,
    dropped: tuple[DroppedVariable, ...],
    unplaced: tuple[str, ...],
    seed: int,
) -> PersonaDerivation:
    return PersonaDerivation(
        k=0,
        status=_status(0, prepared.effective_base),
        classes=(),
        gates=(),
        variables_used=prepared.variables,
        variables_dropped=dropped,
        base=0,
        unplaced=unplaced,
        seed=seed,
    )


def _choose(
    coded: CodedPeople, k_max: int, effort: Effort
) -> tuple[Candidate, tuple[Gate, ...]]:
    sizes = tuple(len(variable.levels) for variable in coded.variables)
    patterns = Patterns.of(coded.codes, sizes)
    people = coded.effective_base
    candidates = {
        k: fit_candidate(coded, patterns, k, effort)
        for k in range(1, k_max + 1)
        if k == 1 or people >= base_needed(k)
    }
    gates: list[Gate] = []
    for k in range(k_max, 1, -1):
        examined = examine(k, candidates, people)
        gates += examined
        if all(gate.passed for gate in examined):
            return candidates[k], tuple(gates)
    return candidates[1], tuple(gates)


def _status(k: int, people: float) -> PersonaStatus:
    if k > 1:
        return PersonaStatus.DERIVED
    few = people < base_needed(2)
    return PersonaStatus.TOO_FEW if few else PersonaStatus.ONE_GROUP


def _persona(candidate: Candidate, number: int) -> PersonaClass:
    coded, alone = candidate.coded, candidate.k == 1
    inside = candidate.class_of == number
    people = coded.effective_base
    share = float(candidate.shares[number])
    stability = None if alone else round(float(candidate.stability[number]), DECIMALS)
    base = int(candidate.bases[number])
    sure = candidate.posteriors[:, number].round(DECIMALS).tolist()
    return PersonaClass(
        key=f"class_{number + 1}",
        base=base,
        share=Share(share, wilson(share * people, people), base=len(coded.keys)),
        mean_posterior=round(float(candidate.mean_posteriors[number]), DECIMALS),
        stability=stability,
        provisional=stability is not None and stability < STABLE,
        features=() if alone else candidate.features[number],
        members=tuple(
            (key, posterior)
            for key, posterior, is_in in zip(coded.keys, sure, inside, strict=True)
            if is_in
        ),
    )
