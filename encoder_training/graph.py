"""Puts an ONNX graph together, node by node; its matrices may be in eight bits."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
from onnx import helper, numpy_helper

Floats = npt.NDArray[np.float32]
Ranges = Mapping[str, tuple[Floats, Floats]]  # lowest and highest, by column

MICROSOFT = "com.microsoft"  # operators that onnxruntime adds
STEPS = 127.0  # of a weight, to either side
_LEVELS = 255.0  # of what a weight is applied to


@dataclass(slots=True)
class Graph:
    """Nodes and constants, in the order in which they were asked for."""

    ranges: Ranges | None  # None: nothing is rounded
    nodes: list[Any] = field(default_factory=list)
    constants: dict[str, Any] = field(default_factory=dict)
    measured: list[str] = field(default_factory=list)  # what matrices are applied to

    def constant(self, name: str, value: npt.ArrayLike) -> str:
        if name not in self.constants:
            self.constants[name] = numpy_helper.from_array(np.asarray(value), name)
        return name

    def number(self, *values: int) -> str:
        name = "i" + "_".join(str(value) for value in values)
        return self.constant(name, np.array(values, np.int64))

    def add(self, kind: str, *inputs: str, out: str, **attributes: Any) -> str:
        self.nodes.append(helper.make_node(kind, inputs, [out], out, **attributes))
        return out

    def rounded(self, states: str, weight: Any, bias: Any, out: str) -> str:
        """``states`` times a constant matrix, in eight bits once ranges are known."""
        self.measured.append(states)
        if self.ranges is None:
            return self.linear(states, weight, bias, out)
        held = self.constant(f"{out}.b", bias.detach().numpy())
        return self._in_eight_bits(states, weight.detach().numpy().T, held, out)

    def linear(self, states: str, weight: Any, bias: Any, out: str) -> str:
        """``states`` times a constant matrix."""
        matrix = weight.detach().numpy().T
        held = self.constant(f"{out}.w", np.ascontiguousarray(matrix))
        product = self.add("MatMul", states, held, out=f"{out}.product")
        if bias is None:
            return product
        held = self.constant(f"{out}.b", bias.detach().numpy())
        return self.add("Add", product, held, out=out)

    def _in_eight_bits(self, states: str, matrix: Any, bias: str, out: str) -> str:
        """Both sides in eight bits; the size of a step was measured beforehand.

        Steps fixed beforehand, not taken from each batch, so that what is read beside
        a text never changes how it is read.
        """
        evener, step, zero = _steps(*(self.ranges or {})[states])
        matrix = matrix * evener[:, None]
        scale = np.maximum(np.abs(matrix).max(0), 1e-8).astype(np.float32) / STEPS
        rounded = np.clip(np.rint(matrix / scale), -STEPS, STEPS).astype(np.int8)
        small, shift = f"{states}.q", f"{states}.zero"
        if not any(small in node.output for node in self.nodes):
            factor = self.constant(f"{states}.factor", 1 / evener)
            even = self.add("Mul", states, factor, out=f"{states}.even")
            size = self.constant(f"{states}.step", step)
            self.constant(shift, zero)
            self.add("QuantizeLinear", even, size, shift, out=small)
        held = self.constant(f"{out}.w", np.ascontiguousarray(rounded))
        scales = self.constant(f"{out}.scale", scale)
        none = self.constant("no_shift", np.int8(0))
        inputs = (small, held, f"{states}.step", scales, shift, none, bias)
        node = helper.make_node(
            "MatMulIntegerToFloat", inputs, [out], out, domain=MICROSOFT
        )
        self.nodes.append(node)
        return out

    def norm(self, states: str, module: Any, out: str) -> str:
        weight = self.constant(f"{out}.w", module.weight.detach().numpy())
        bias = self.constant(f"{out}.b", module.bias.detach().numpy())
        return self.add(
            "LayerNormalization", states, weight, bias, out=out, epsilon=module.eps
        )

    def heads(self, states: str, count: int, size: int, order: list[int]) -> str:
        """[batch, words, heads * size] with the heads where ``order`` wants them."""
        parted = self.add(
            "Reshape", states, self.number(0, -1, count, size), out=f"{states}.parted"
        )
        return self.add("Transpose", parted, out=f"{states}.heads", perm=order)


def _steps(low: Floats, high: Floats) -> tuple[Floats, np.float32, np.uint8]:
    """What evens out the columns, the size of a step, and the step that is nought.

    A few columns of the states are far larger than the others; half of that, by
    ratio, is moved into the matrix (SmoothQuant, arXiv 2211.10438).
    """
    largest = np.maximum(np.maximum(-low, high), 1e-6)
    evener = np.sqrt(largest / np.median(largest)).astype(np.float32)
    bottom = min(0.0, float((low / evener).min()))
    top = max(0.0, float((high / evener).max()))
    step = np.float32((top - bottom) / _LEVELS)
    return evener, step, np.uint8(np.clip(np.rint(-bottom / step), 0, _LEVELS))
