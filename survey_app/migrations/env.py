"""What Alembic runs: our models against the connection it is given."""

from alembic import context

from survey_app import models
from survey_app.orm import Base

if models.ALL:  # importing them has filled the metadata
    connection = context.config.attributes["connection"]
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=connection.dialect.name == "sqlite",
    )
    with context.begin_transaction():
        context.run_migrations()
