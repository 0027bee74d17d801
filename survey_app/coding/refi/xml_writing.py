"""XML written as it comes, each element checked against the schema on its way."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import IO
from xml.sax.saxutils import escape, quoteattr

from survey_app.coding.file_notices import Fault
from survey_app.coding.refi.schema import Shape

UNWRITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
REPLACEMENT = "\ufffd"
HEADER = '<?xml version="1.0" encoding="utf-8"?>\n'
BREAKS = {"\r": "&#13;"}
ONCE, NEEDED = {"?", "!"}, {"!", "+"}
LONGEST_DETAIL = 80

Attributes = Mapping[str, str | None]  # None is left out


@dataclass(slots=True)
class _Frame:
    name: str
    shape: Shape | None
    place: int = 0
    counts: Counter[str] = field(default_factory=Counter)


class CheckedXml:
    """Collects the faults of what it writes; it writes all the same."""

    def __init__(
        self, file: IO[bytes], shapes: Mapping[str, Shape], namespace: str
    ) -> None:
        self._file = file
        self._shapes = shapes
        self._namespace = namespace
        self._stack: list[_Frame] = []
        self.faults: list[Fault] = []

    @contextmanager
    def element(
        self, name: str, attributes: Attributes | None = None
    ) -> Iterator[None]:
        """With what is written inside it."""
        self._open(name, attributes or {}, ">")
        yield
        self._close(self._stack.pop())
        self._put(f"</{name}>")

    def leaf(self, name: str, attributes: Attributes) -> None:
        self._open(name, attributes, "/>")
        self._close(self._stack.pop())

    def text(self, name: str, content: str) -> None:
        """An element that holds nothing but text."""
        self._open(name, {}, ">")
        frame = self._stack.pop()
        check = frame.shape.text if frame.shape else None
        if check is None or not check(content):
            self._fault("wrong_text", name, content)
        self._put(f"{escape(self._writable(name, content), BREAKS)}</{name}>")

    def _open(self, name: str, attributes: Attributes, end: str) -> None:
        given = {key: value for key, value in attributes.items() if value is not None}
        shape = self._shapes.get(name)
        self._check_place(name)
        self._check_attributes(name, shape, given)
        if not self._stack:
            self._put(HEADER)
            given = {"xmlns": self._namespace, **given}
        written = "".join(
            f" {key}={quoteattr(self._writable(name, value), BREAKS)}"
            for key, value in given.items()
        )
        self._put(f"<{name}{written}{end}")
        self._stack.append(_Frame(name, shape))

    def _check_place(self, name: str) -> None:
        if not self._stack:
            return
        frame = self._stack[-1]
        frame.counts[name] += 1
        children = frame.shape.children if frame.shape else ()
        places = {child.name: place for place, child in enumerate(children)}
        signs = {child.name: child.sign for child in children}
        place = places.get(name, -1)
        is_late = place < frame.place and not (
            frame.shape and frame.shape.is_in_any_order
        )
        if place < 0 or is_late or (signs[name] in ONCE and frame.counts[name] > 1):
            self._fault("wrong_child", frame.name, name)
        frame.place = max(frame.place, place)

    def _check_attributes(
        self, name: str, shape: Shape | None, given: Mapping[str, str]
    ) -> None:
        if shape is None:
            return
        for key in shape.required:
            if key not in given:
                self._fault("missing_attribute", name, key)
        for key, value in given.items():
            check = shape.attributes.get(key)
            if check is None or not check(value):
                self._fault("wrong_attribute", name, f"{key}={value}")

    def _close(self, frame: _Frame) -> None:
        for child in frame.shape.children if frame.shape else ():
            if child.sign in NEEDED and not frame.counts[child.name]:
                self._fault("missing_child", frame.name, child.name)

    def _writable(self, name: str, text: str) -> str:
        written = UNWRITABLE.sub(REPLACEMENT, text)
        if written != text:
            self._fault("unwritable", name)
        return written

    def _fault(self, code: str, place: str, detail: str = "") -> None:
        self.faults.append(Fault(code, place, detail[:LONGEST_DETAIL]))

    def _put(self, text: str) -> None:
        self._file.write(text.encode())
