"""What a JW315, JW317 or JW319 is held against on levels 3 and 4 (VERZOEKEN 6). Plain values; nobody asks a database or a clock."""

from dataclasses import dataclass, field
from datetime import date

from berichten.dossier.contract import Contract
from berichten.dossier.dossier import VERWIJDERD, Toewijzing
from berichten.dossier.verzoek import Verzoek
from berichten.standaard.waarden.onderdelen import Product

INGETROKKEN = (VERWIJDERD, "01")
"""RedenWijziging with which an allocation that ends on its first day was taken back."""


@dataclass(frozen=True, slots=True)
class Toewijzingsverloop:
    """An allocation of this aanbieder for this client: as it stands, and as it stood on the Dagtekening of a request."""

    nu: Toewijzing
    toen: Toewijzing | None
    """Its newest version of which the Toewijzingsdatum does not lie after the Dagtekening; None when there was none yet."""
    eerste_toewijzingsdatum: date
    """Toewijzingsdatum of its first version."""


def was_taken_back(toewijzing: Toewijzing) -> bool:
    """Whether an allocation ends on its first day because it was never meant to be."""
    return toewijzing.einddatum == toewijzing.ingangsdatum and toewijzing.reden_wijziging in INGETROKKEN


def is_current(toewijzing: Toewijzing, dag: date) -> bool:
    """Whether an allocation is current on a day, also one that starts later: it has not ended, and was not taken back."""
    return not was_taken_back(toewijzing) and (toewijzing.einddatum is None or toewijzing.einddatum >= dag)


def product_of(toewijzing: Toewijzing) -> Product | None:
    """Product of an allocation as a message writes it; None for a generic one."""
    return None if toewijzing.categorie is None else Product(toewijzing.categorie, toewijzing.productcode)


@dataclass(slots=True)
class VerzoekKader:
    """For a JW315 or JW317: the state before the message."""

    agb: str
    bsn: str
    vandaag: date
    dagtekening: date
    gebruikte_referenties: frozenset[str]
    """Those of the message that this aanbieder used before in this gemeente, in a request that was accepted (TR347)."""
    open: tuple[Verzoek, ...]
    """Requests of this aanbieder for this client that wait for an answer (TR374)."""
    toewijzingen: dict[int, Toewijzingsverloop] = field(default_factory=dict)
    """Every allocation that this aanbieder has or has had for this client, by number; empty means never one (TR304)."""
    contract: Contract = field(default_factory=Contract)
    """Catalogue, contract and tariffs of the codes that the message names (TR381)."""

    def current_then(self, toewijzingnummer: int) -> Toewijzing | None:
        """An allocation as it stood on the Dagtekening; None when it was not current then, or not known."""
        verloop = self.toewijzingen.get(toewijzingnummer)
        if verloop is None or verloop.toen is None or not is_current(verloop.toen, self.dagtekening):
            return None
        return verloop.toen


@dataclass(slots=True)
class AntwoordKader:
    """For a JW319: the request that it answers."""

    gemeente: str
    agb: str
    """Of the Ontvanger."""
    vandaag: date
    verzoek: Verzoek | None
    """None when no accepted request of this aanbieder has the reference (TR355)."""
