"""What has been committed, for tests of importing."""

import pytest

from survey_app.db import Database
from tests.responses.stored import Stored


@pytest.fixture
def stored(database: Database) -> Stored:
    return Stored(database)
