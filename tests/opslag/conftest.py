"""What these tests look at they leave as it is: one database serves all tests of a file."""

from collections.abc import Iterator

import pytest

from berichten.instellingen import Instellingen
from berichten.processen.basis.werkplaats import Werkplaats, open_werkplaats


@pytest.fixture(scope="module")
def werkplaats(module_database: str) -> Iterator[Werkplaats]:
    """The parts that use cases work with, on the database of the file."""
    with open_werkplaats(Instellingen(database_url=module_database)) as open_:
        yield open_
