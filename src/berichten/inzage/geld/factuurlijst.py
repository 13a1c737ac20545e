"""Invoices outside the messages as they stand. No client is in them: the number of an allocation is not shown."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection

from berichten.inzage.basis.kijker import Kijker
from berichten.inzage.basis.overname import take
from berichten.kern.tekst import datum
from berichten.klok import dutch_day
from berichten.opslag.kwartaal.facturen import list_factuurstanden
from berichten.rapporten.uitvoer.tabel import Kolom, Rapport, file_name

ROLLEN = ("contractbeheer", "financien", "beheer")
"""Who loads invoices, and who sees them."""
UITLEG = (
    "Alleen betaalde facturen zijn kosten. Zij tellen in de maanden waarin de hulp is gegeven. Cliënten van deze facturen tellen in"
    " geen enkel rapport mee: die aantallen komen alleen uit de berichten."
)
"""What to know about them."""


@dataclass(frozen=True, slots=True)
class Factuurregel:
    """One invoice. Eurocents, below zero for a credit invoice; care from its first to its last day."""

    leverancier: str
    agb: str
    factuurnummer: str
    factuurdatum: date
    zorg_van: date
    zorg_tot: date
    bedrag: int
    segment: str
    zorgvorm: str
    bbr_aanvraagnummer: str
    status: str
    geladen_op: datetime
    door: str
    """Who loaded it as it stands."""
    eerdere_status: str | None
    eerder_geladen_op: datetime | None
    """What this replaced, and when that was loaded; None for what was loaded once."""

    @property
    def vervangt(self) -> str:
        """What it was before, in words; empty for what was loaded once."""
        op = self.eerder_geladen_op
        return "" if op is None else f"{self.eerdere_status}, geladen op {datum(dutch_day(op))}"


def list_facturen_van(kijker: Kijker, jaar: int) -> list[Factuurregel]:
    """With care in that year, the last care first."""
    with kijker.transaction() as (verbinding, vermelding):
        vermelding.shows_nobody()
        rijen = list_factuurstanden(verbinding, kijker.gemeente, date(jaar, 1, 1), date(jaar, 12, 31))
    namen = kijker.names_of({rij.geladen_door for rij in rijen})
    return [take(Factuurregel, rij, door=namen.get(rij.geladen_door, "de dienst")) for rij in rijen]


_KOLOMMEN = (
    Kolom("leverancier", "Leverancier"), Kolom("agb", "AGB-code"), Kolom("factuurnummer", "Factuurnummer"),
    Kolom("factuurdatum", "Factuurdatum"), Kolom("zorgVan", "Hulp van"), Kolom("zorgTot", "Hulp tot en met"),
    Kolom("bedrag", "Bedrag", "geld"), Kolom("status", "Status"), Kolom("vervangt", "Vervangt"), Kolom("segment", "Segment"),
    Kolom("zorgvorm", "Zorgvorm"), Kolom("bbrAanvraagnummer", "BBR-aanvraag"), Kolom("geladenOp", "Geladen op", "moment"),
    Kolom("door", "Geladen door"),
)  # fmt: skip


def export_facturen(kijker: Kijker, jaar: int) -> tuple[str, Callable[[Connection], Rapport]]:
    """Name (without ending) and maker of the list as a file. Amounts in euros."""
    rijen = [_as_row(item) for item in list_facturen_van(kijker, jaar)]
    naam = file_name("facturen", kijker.gemeente, str(jaar), kijker.instellingen.vandaag())
    basis: list[tuple[str, str | int]] = [("Gemeente", kijker.gemeente), ("Hulp in", str(jaar)), ("Let op", UITLEG)]
    return naam, lambda _: Rapport("facturen", "Facturen buiten de berichten", _KOLOMMEN, rijen, basis)


def _as_row(item: Factuurregel) -> Sequence[object]:
    return (
        item.leverancier, item.agb, item.factuurnummer, item.factuurdatum.isoformat(), item.zorg_van.isoformat(),
        item.zorg_tot.isoformat(), item.bedrag, item.status, item.vervangt, item.segment, item.zorgvorm, item.bbr_aanvraagnummer,
        item.geladen_op, item.door,
    )  # fmt: skip
