"""What was found for what: where the next step is."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from analysis.labelled import LabelledText
from analysis.records import TextAnalysis


@dataclass(slots=True)
class Confusion:
    """One thing taken for another, and the texts in which it was."""

    name: str
    texts: list[str] = field(default_factory=list)

    @property
    def count(self) -> int:
        return len(self.texts)


def confusions(
    read: Iterable[tuple[LabelledText, TextAnalysis]],
) -> Sequence[Confusion]:
    """The most frequent first."""
    seen: dict[str, Confusion] = {}
    for labelled, analysis in read:
        for name in _confused(labelled, analysis):
            seen.setdefault(name, Confusion(name)).texts.append(labelled.text.text)
    return sorted(seen.values(), key=lambda one: (-one.count, one.name))


def _confused(labelled: LabelledText, analysis: TextAnalysis) -> Iterator[str]:
    gold = dict(sorted(labelled.labels))
    found = {one.touchpoint: one.polarity for one in analysis.mentions}
    for touchpoint in sorted(gold.keys() & found.keys()):
        if (touchpoint, found[touchpoint]) not in labelled.labels:
            yield f"{touchpoint}: {gold[touchpoint]} read as {found[touchpoint]}"
    missed, invented = sorted(gold.keys() - found), sorted(found.keys() - gold)
    if not invented:
        yield from (f"{touchpoint} missed" for touchpoint in missed)
    elif not missed:
        yield from (f"{touchpoint} invented" for touchpoint in invented)
    else:
        yield f"{' and '.join(missed)} read as {' and '.join(invented)}"
