"""Who looks, and where: every view begins here, so that nothing is shown that is another's."""

from collections.abc import Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass

from sqlalchemy import Connection

from berichten.instellingen import Instellingen
from berichten.kern.houder import Sleutelhouder
from berichten.opslag.basis.kluis import Kluis
from berichten.opslag.basis.verbinding import Opslag, Toegang
from berichten.opslag.berichten.prestaties import name_deciders


@dataclass(frozen=True, slots=True)
class Kijker:
    """The holder of a key before the database of one installation."""

    houder: Sleutelhouder
    opslag: Opslag
    kluis: Kluis
    instellingen: Instellingen

    @property
    def gemeente(self) -> str:
        return self.houder.gemeente

    @property
    def toegang(self) -> Toegang:
        """What row-level security shows: an aanbieder its own rows, staff those of their gemeente."""
        return Toegang(self.houder.gemeente, self.houder.agb)

    def transaction(self) -> AbstractContextManager[Connection]:
        """A transaction that may only read, and only what the holder may see."""
        return self.opslag.transaction(self.toegang)

    def names_of(self, door: Iterable[str]) -> dict[str, str]:
        """Names of those who decided or remarked, for staff of the gemeente; an aanbieder gets none."""
        wie = list(door)
        if not self.houder.medewerker or not wie:
            return {}
        # Readers have no access to keys, so this is asked apart and not in the view of the holder.
        with self.opslag.transaction() as verbinding:
            return name_deciders(verbinding, self.houder.gemeente, wie)
