"""Six parties on a service, for the tests of a file."""

import pytest

from tests.api.conftest import Loket
from tests.hulp.api.partijen import Partijen, make_partijen


@pytest.fixture(scope="module")
def allen(loket: Loket) -> Partijen:
    """Everybody, on a service of their own."""
    return make_partijen(loket)
