"""How the weights in a folder came about, kept beside them."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from encoder_training.needs import CannotTrainError

RECORD = "training.json"


@dataclass(frozen=True, slots=True)
class Record:
    """Each round has its ``plan`` and, but for old ones, texts, steps and minutes."""

    rounds: Sequence[Mapping[str, Any]]
    as_in_full_precision: tuple[float, float]  # decisions, and whole texts
    weighed_on: int | None = None


def save_record(record: Record, folder: Path) -> None:
    (folder / RECORD).write_text(json.dumps(asdict(record), indent=1) + "\n", "utf-8")


def load_record(folder: Path) -> Record:
    path = folder / RECORD
    try:
        kept = json.loads(path.read_text("utf-8"))
        equal, whole = kept["as_in_full_precision"]
        return Record(kept["rounds"], (equal, whole), kept["weighed_on"])
    except FileNotFoundError:
        raise CannotTrainError(
            f"{folder} holds no {RECORD}: run the stage export first."
        ) from None
    except (ValueError, LookupError, TypeError) as error:
        raise CannotTrainError(f"{path} cannot be read: {error}.") from error
