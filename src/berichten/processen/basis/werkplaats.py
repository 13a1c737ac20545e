"""What every use case works with: the database, the schemas, the key for contents, and the clock that it was given."""

import gc
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING

from berichten.instellingen import Instellingen
from berichten.inzage.basis.kijker import Kijker
from berichten.kern.houder import Sleutelhouder
from berichten.opslag.basis.kluis import Kluis
from berichten.opslag.basis.verbinding import Logins, Opslag
from berichten.opslag.server.ingebed import embedded_postgres
from berichten.opslag.toegang.logsleutel import load_logsleutel
from berichten.processen.basis.gelezen import GelezenBerichten
from berichten.processen.basis.zijproces import Zijproces
from berichten.standaard.schema.schema import Schemas, own_schemas_dir

if TYPE_CHECKING:
    from berichten.processen.basis.uitgever import Uitgever


@dataclass(frozen=True, slots=True)
class Werkplaats:
    """The parts that use cases share; made once a process."""

    instellingen: Instellingen
    opslag: Opslag
    schemas: Schemas
    kluis: Kluis
    gelezen: GelezenBerichten = field(default_factory=GelezenBerichten)
    uitgever: "Uitgever | None" = None
    """The OpenID provider that the settings name, if they do."""
    zij: Zijproces | None = None
    """Where large messages go; None: nobody waits for us, they are handled here."""
    houder: Sleutelhouder | None = None
    """Who asks, for the access log; None: nobody, the service does it of itself."""

    def asked_by(self, houder: Sleutelhouder) -> "Werkplaats":
        """The same parts for what this holder asks to be done."""
        return replace(self, houder=houder)

    @property
    def logsleutel(self) -> bytes:
        """The key under which the access log names clients."""
        return load_logsleutel(self.instellingen.var, self.instellingen.sleutel)

    def at_one_moment(self, niet_voor: datetime | None = None) -> "Werkplaats":
        """The same parts with the clock read once, so that a use case over midnight has one day.

        `niet_voor`: when what it is about came in, perhaps by the clock of another machine, which may be a little ahead.
        """
        return replace(self, instellingen=self.instellingen.at_one_moment(niet_voor))

    def seen_by(self, houder: Sleutelhouder) -> Kijker:
        """What this holder of a key may see of it."""
        return Kijker(houder, self.opslag, self.kluis, self.instellingen, self.logsleutel)

    def is_ready(self) -> bool:
        """Whether the database answers."""
        return self.opslag.answers()


@contextmanager
def open_werkplaats(instellingen: Instellingen, *, werk_bij: bool = False) -> Iterator[Werkplaats]:
    """Open the database that the settings name, or start the embedded one, which is brought to the newest schema.

    Another is only with `werk_bij`: services of an older version may be at work on it.
    """
    # What brings a schema up to date weighs 9 MiB: a process that is given its logins (`furnish`) does without.
    from berichten.opslag.server.logins import open_logins  # noqa: PLC0415

    eigen = not instellingen.database_url
    with _find_server(instellingen) as url:
        logins = open_logins(url, instellingen.database_geheim, instellingen.var, werk_bij=werk_bij or eigen)
        with furnish(instellingen, logins) as werkplaats:
            yield werkplaats


def _find_server(instellingen: Instellingen) -> AbstractContextManager[str]:
    if instellingen.database_url:
        return nullcontext(instellingen.database_url)
    return embedded_postgres(instellingen.var, instellingen.kopie_map)


@contextmanager
def beside(werkplaats: Werkplaats, *, vooruit: bool = True) -> Iterator[Werkplaats]:
    """The same with a process for large messages, for who has others to answer; `vooruit`: it gets ready before there is one."""
    zij = Zijproces(werkplaats.instellingen, werkplaats.opslag.logins, vooruit=vooruit)
    try:
        yield replace(werkplaats, zij=zij)
    finally:
        zij.stop()


def open_schemas(instellingen: Instellingen) -> Schemas:
    """The schemas that the settings name, or our own."""
    return Schemas(instellingen.xsd_dir or own_schemas_dir())


def _find_uitgever(instellingen: Instellingen) -> "Uitgever | None":
    """What speaks to a provider weighs 15 MiB: who has none does without."""
    if not instellingen.oidc_issuer:
        return None
    from berichten.processen.basis.uitgever import Uitgever  # noqa: PLC0415

    return Uitgever(instellingen.oidc_issuer)


@contextmanager
def furnish(instellingen: Instellingen, logins: Logins, *, verbindingen: int = 20) -> Iterator[Werkplaats]:
    """Everything around a database that is there and up to date."""
    opslag = Opslag(logins, verbindingen)
    # A large declaration makes a hundred thousand values that live until it is handled; looking them through for garbage at every
    # seven hundredth costs a third of the judging. Once a process: what is frozen later may be garbage by then.
    if not gc.get_freeze_count():
        gc.freeze()
    gc.set_threshold(100_000, 50, 50)
    try:
        uitgever = _find_uitgever(instellingen)
        yield Werkplaats(instellingen, opslag, open_schemas(instellingen), Kluis(instellingen.sleutel), uitgever=uitgever)
    finally:
        opslag.close()
