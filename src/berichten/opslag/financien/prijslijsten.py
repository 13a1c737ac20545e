"""What is paid for what is allocated by volume: contracts, tariffs and levels of all its allocations at once, and the catalogue."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import Connection

from berichten.dossier.contract import Contract
from berichten.dossier.eigen_feiten import Afspraak
from berichten.opslag.basis.vraag import Vraag
from berichten.opslag.dossiers.contracten import load_contract, preload_contracten


class _Afnemer(NamedTuple):
    agb: str
    productcode: str


class Indeling(NamedTuple):
    """Which segment the catalogue gives a product, and its category, from ingangsdatum to einddatum."""

    productcode: str
    categorie: str
    segment: str
    ingangsdatum: date
    einddatum: date | None


_AFNEMERS = Vraag(_Afnemer, "SELECT DISTINCT agb, productcode FROM toewijzing WHERE gemeente = %(g)s AND productcode IS NOT NULL")
_AFSPRAKEN = Vraag(
    Afspraak,
    """
    SELECT {kolommen} FROM gezinsplanafspraak a JOIN toewijzing t USING (gemeente, toewijzingnummer)
    WHERE gemeente = %(g)s AND t.productcode IS NOT NULL AND t.budget IS NULL
        AND (%(n)s::bigint[] IS NULL OR toewijzingnummer = ANY(%(n)s::bigint[]))
    ORDER BY toewijzingnummer, a.ingangsdatum
    """,
    bron="a",
)
_INDELINGEN = Vraag(
    Indeling,
    "SELECT productcode, productcategorie AS categorie, segment, ingangsdatum, einddatum FROM pdc WHERE gemeente = %(g)s",
)


class Prijslijsten:
    """What aanbieders are paid for the products that are allocated by volume, and what family plans agreed; six queries."""

    def __init__(self, verbinding: Connection, gemeente: str, nummers: Sequence[int] | None = None) -> None:
        """Of all allocations, or of these."""
        wie = {"g": gemeente, "n": None if nummers is None else list(nummers)}
        afnemers = {(rij.agb, rij.productcode) for rij in _AFNEMERS.all(verbinding, wie)}
        preload_contracten(verbinding, {gemeente: afnemers})
        self._verbinding, self._gemeente = verbinding, gemeente
        self._contracten: dict[tuple[str, str], Contract] = {}
        self.afspraken: defaultdict[int, list[Afspraak]] = defaultdict(list)
        for afspraak in _AFSPRAKEN.all(verbinding, wie):
            self.afspraken[afspraak.toewijzingnummer].append(afspraak)

    def contract_of(self, agb: str, productcode: str) -> Contract:
        """Of one aanbieder about one product."""
        sleutel = agb, productcode
        if sleutel not in self._contracten:
            self._contracten[sleutel] = load_contract(self._verbinding, self._gemeente, agb, [productcode])
        return self._contracten[sleutel]


def list_indelingen(verbinding: Connection, gemeente: str) -> list[Indeling]:
    """The whole catalogue of a gemeente."""
    return _INDELINGEN.all(verbinding, {"g": gemeente})
