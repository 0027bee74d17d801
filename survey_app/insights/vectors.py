"""The worker reads each mention once with the encoder, where there is one."""

from collections.abc import Sequence

import numpy as np
from sqlalchemy import delete, insert

from analysis.themes import Vectors
from survey_app.config import Settings
from survey_app.db import Database
from survey_app.insights.models import MentionVector
from survey_app.insights.theme_queries import list_existing, list_without_vector

AT_ONCE = 200  # mentions: the encoder reads some hundreds in a second
_STEPS = 127  # of a signed byte


def read_meanings(database: Database, _settings: Settings | None = None) -> bool:
    """Give some mentions their vectors; True when there may be more without."""
    # Pages only unpack vectors: they do without an encoder and its runtime.
    from analysis.trained_encoder import load_encoder  # noqa: PLC0415

    encoder = load_encoder()
    if encoder is None:
        return False
    made_by = encoder.fingerprint[:64]
    with database.read() as session:
        found = list_without_vector(session, made_by, limit=AT_ONCE)
    if not found:
        return False
    distinct = sorted({words for _id, words in found})
    packed = dict(zip(distinct, pack(encoder.vectors(distinct)), strict=True))
    ids = [mention_id for mention_id, _words in found]
    with database.transaction() as session:
        still = list_existing(session, ids)
        session.execute(delete(MentionVector).where(MentionVector.mention_id.in_(ids)))
        rows = [
            {"mention_id": mention_id, "made_by": made_by, "vector": packed[words]}
            for mention_id, words in found
            if mention_id in still
        ]
        if rows:
            session.execute(insert(MentionVector), rows)
    return True


def pack(vectors: Vectors) -> list[bytes]:
    """Each row as signed bytes: a quarter of the room, cosines within a hundredth."""
    largest = np.maximum(np.abs(vectors).max(1, keepdims=True), 1e-9)
    steps = np.rint(vectors / largest * _STEPS).astype(np.int8)
    return [row.tobytes() for row in steps]


def unpack(packed: Sequence[bytes]) -> Vectors:
    """Rows of length one."""
    rows = np.frombuffer(b"".join(packed), np.int8).reshape(len(packed), -1)
    vectors = rows.astype(np.float32)
    norms = np.linalg.norm(vectors, axis=1, keepdims=True)
    units: Vectors = vectors / np.maximum(norms, 1e-9)
    return units
