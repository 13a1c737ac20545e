"""Who looks, and where: every view begins here, so that nothing is shown that is another's."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from sqlalchemy import Connection

from berichten.instellingen import Instellingen
from berichten.inzage.basis.vermelding import NietVermeld, Vermelding
from berichten.kern.houder import Sleutelhouder
from berichten.kern.rechten import LOKAAL_TEAM, ZIEN_BSN
from berichten.opslag.basis.kluis import Kluis
from berichten.opslag.basis.verbinding import Opslag, Teamtoegang, Toegang
from berichten.opslag.berichten.prestaties import name_deciders
from berichten.opslag.signalen.casusteams import list_teams_of
from berichten.standaard.waarden.bsn import BEDEKT, mask_bsn


@dataclass(frozen=True, slots=True)
class Kijker:
    """The holder of a key before the database of one installation."""

    houder: Sleutelhouder
    opslag: Opslag
    kluis: Kluis
    instellingen: Instellingen
    logsleutel: bytes = field(repr=False)

    @property
    def gemeente(self) -> str:
        return self.houder.gemeente

    @property
    def toegang(self) -> Toegang:
        """What row-level security shows: an aanbieder its own rows, staff those of their gemeente, a local team its families."""
        if self.houder.rol != LOKAAL_TEAM:
            return Toegang(self.houder.gemeente, self.houder.agb)
        dag = self.instellingen.vandaag()
        # Who is in which team no reader reads, so it is asked apart.
        with self.opslag.transaction() as verbinding:
            teams = list_teams_of(verbinding, self.houder.gemeente, self.houder.sleutel_id, dag)
        return Toegang(self.houder.gemeente, None, Teamtoegang(tuple(teams), dag))

    def mask(self, bsn: str) -> str:
        """What this holder sees of a client: the last three digits of the Bsn, or nothing of it."""
        return mask_bsn(bsn) if self.houder.rol in ZIEN_BSN else BEDEKT

    @contextmanager
    def transaction(self, als: Toegang | None = None) -> Iterator[tuple[Connection, Vermelding]]:
        """A transaction that may only read, and only what the holder may see; the view says by the second whom it shows.

        `als`: it reads as another, in a view that has asked first what the holder may see.

        What it says is kept with what it read: no log, no answer. Raises NietVermeld for a view that says nothing.
        """
        with self.opslag.transaction(als or self.toegang) as verbinding:
            vermelding = Vermelding(verbinding, self.houder, self.logsleutel, self.instellingen.nu())
            yield verbinding, vermelding
            if not vermelding.gedaan:
                raise NietVermeld(self.houder.herkomst.handeling)

    def names_of(self, door: Iterable[str]) -> dict[str, str]:
        """Names of those who decided or remarked, for staff of the gemeente; an aanbieder gets none."""
        wie = list(door)
        if not self.houder.medewerker or not wie:
            return {}
        # Readers have no access to keys, so this is asked apart and not in the view of the holder.
        with self.opslag.transaction() as verbinding:
            return name_deciders(verbinding, self.houder.gemeente, wie)
