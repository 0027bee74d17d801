"""Rounds from plain values, and rounds at random."""

from collections.abc import Mapping, Sequence

import numpy as np
from hypothesis import strategies as st

from analysis.agreement import Code, CodedRound, Coding, Figure, Measure, Unit

Values = Mapping[str, Mapping[str, Sequence[str]]]
"""By coder and document the codes of each unit, in one string with spaces."""


def unit(document: str, place: int) -> Unit:
    """A unit of one word of eight letters and a full stop."""
    return Unit(document, place * 10, place * 10 + 9, ((place * 10, place * 10 + 8),))


def coded_units(values: Values, kinds: Mapping[str, str] | None = None) -> CodedRound:
    """Every coder has done the documents of which there are values."""
    sizes = {name: len(said) for mine in values.values() for name, said in mine.items()}
    codings = [
        Coding(name, place * 10, place * 10 + 9, code, coder)
        for coder, mine in values.items()
        for name, said in mine.items()
        for place, codes in enumerate(said)
        for code in codes.split()
    ]
    used = {coding.code for coding in codings} | set(kinds or {"x": ""})
    return CodedRound.of(
        coders=list(values),
        codes=[Code(code, (kinds or {}).get(code, "theme")) for code in used],
        units=[unit(name, at) for name, size in sizes.items() for at in range(size)],
        done=[(name, coder) for coder, mine in values.items() for name in mine],
        codings=codings,
    )


def of_cells(both: int, first: int, second: int, neither: int) -> CodedRound:
    """Two coders, one document, one code ``x`` with these cells."""
    an = ["x"] * (both + first) + [""] * (second + neither)
    bo = ["x"] * both + [""] * first + ["x"] * second + [""] * neither
    return coded_units({"An": {"d": an}, "Bo": {"d": bo}})


def value(measure: Measure) -> float:
    assert isinstance(measure, Figure), measure
    return measure.value


def same_documents(documents: int, seed: int = 3) -> CodedRound:
    """Three coders who mostly agree on two codes, ten units a document."""
    rng = np.random.default_rng(seed)
    truth = rng.choice(["", "x", "y", "x y"], size=(documents, 10))
    other = rng.choice(["", "x", "y"], size=(3, documents, 10))
    slips = rng.random((3, documents, 10)) < 0.3
    said = np.where(slips, other, truth)
    return coded_units(
        {
            coder: {f"d{at:02}": said[who, at].tolist() for at in range(documents)}
            for who, coder in enumerate(("An", "Bo", "Cy"))
        }
    )


@st.composite
def rounds(draw: st.DrawFn) -> CodedRound:
    """Passages of any extent over units of one word, some documents not done."""
    coders = [f"c{at}" for at in range(draw(st.integers(2, 4)))]
    codes = [Code(key, kind) for key, kind in ("xa", "ya", "zb")]
    documents = [f"d{at}" for at in range(draw(st.integers(1, 6)))]
    extent = st.tuples(st.integers(0, 58), st.integers(1, 25))
    coding = st.builds(
        lambda document, place, code, coder: Coding(
            document, place[0], place[0] + place[1], code, coder
        ),
        st.sampled_from(documents),
        extent,
        st.sampled_from([code.key for code in codes]),
        st.sampled_from(coders),
    )
    done = st.sampled_from([(name, coder) for name in documents for coder in coders])
    return CodedRound.of(
        coders=coders,
        codes=codes,
        units=[
            unit(name, at)
            for name in documents
            for at in range(draw(st.integers(0, 6)))
        ],
        done=draw(st.sets(done)) | {(documents[0], coder) for coder in coders},
        codings=draw(st.lists(coding, max_size=25)),
    )
