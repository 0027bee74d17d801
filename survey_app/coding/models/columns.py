"""What these tables share."""

import uuid

from sqlalchemy import String

GUID = String(36)


def new_guid() -> str:
    """By which a row is known to other programs, kept through export and import."""
    return str(uuid.uuid4())
