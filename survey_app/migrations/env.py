"""What Alembic runs: our models against the connection it is given."""

from typing import Any, Literal

from alembic import context

from survey_app import models
from survey_app.orm import Base, UtcDateTime


def render_item(kind: str, item: Any, _context: Any) -> str | Literal[False]:  # noqa: ANN401 - Alembic's own
    """A revision must not depend on our types as they are years later."""
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    return False


if models.ALL:  # importing them has filled the metadata
    connection = context.config.attributes["connection"]
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_item=render_item,
        render_as_batch=connection.dialect.name == "sqlite",
    )
    with context.begin_transaction():
        context.run_migrations()
