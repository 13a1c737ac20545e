"""What every use case works with: the database, the schemas, the key for contents, and the clock that it was given."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from berichten.instellingen import Instellingen
from berichten.opslag.ingebed import embedded_postgres
from berichten.opslag.kluis import Kluis
from berichten.opslag.migraties import upgrade
from berichten.opslag.verbinding import Opslag
from berichten.processen.leestafel import Leestafel
from berichten.standaard.schema import Schemas, own_schemas_dir


@dataclass(frozen=True, slots=True)
class Werkplaats:
    """The parts that use cases share; made once a process."""

    instellingen: Instellingen
    opslag: Opslag
    schemas: Schemas
    kluis: Kluis
    leestafel: Leestafel = field(default_factory=Leestafel)

    def at_one_moment(self) -> "Werkplaats":
        """The same parts with the clock read once, so that a use case over midnight has one day."""
        return replace(self, instellingen=self.instellingen.at_one_moment())


@contextmanager
def open_werkplaats(instellingen: Instellingen) -> Iterator[Werkplaats]:
    """Open the database that the settings name, or start the embedded one, and bring it to the newest schema."""
    if instellingen.database_url:
        with _furnished(instellingen, instellingen.database_url) as werkplaats:
            yield werkplaats
    else:
        with embedded_postgres(instellingen.var) as url, _furnished(instellingen, url) as werkplaats:
            yield werkplaats


def open_schemas(instellingen: Instellingen) -> Schemas:
    """The schemas that the settings name, or our own."""
    return Schemas(instellingen.xsd_dir or own_schemas_dir())


@contextmanager
def _furnished(instellingen: Instellingen, url: str) -> Iterator[Werkplaats]:
    opslag = Opslag(url)
    # A large declaration makes a hundred thousand values that live until it is handled; looking them through for garbage at every
    # seven hundredth costs a third of the judging.
    gc.freeze()
    gc.set_threshold(100_000, 50, 50)
    try:
        upgrade(opslag)
        yield Werkplaats(instellingen, opslag, open_schemas(instellingen), Kluis(instellingen.sleutel))
    finally:
        opslag.close()
