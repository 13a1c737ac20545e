"""What aanbieders account for laid beside our own books, product by product, with what explains the difference. Pure; in cents."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from berichten.kern.tekst import euro
from berichten.opslag.controle.productieverantwoordingen import Eigenboeken, Productieregel
from berichten.rapporten.uitvoer.tabel import Kolom, Rapport

DREMPEL = 125_000_00
"""Turnover for the Jeugdwet over all gemeenten under which an aanbieder may ask to do without, in cents."""


def due_on(jaar: int) -> date:
    """The last day on which an aanbieder accounts for a year of care."""
    return date(jaar + 1, 4, 1)


@dataclass(frozen=True, slots=True)
class Productievergelijking:
    """One product of one aanbieder."""

    agb: str
    productcategorie: str
    productcode: str
    eenheid: str
    verantwoord: int | None
    """None where the aanbieder accounts for nothing of it."""
    boeken: Eigenboeken
    verklaring: str
    opmerking: str

    @property
    def verschil(self) -> int:
        """What the aanbieder accounts for more than we awarded."""
        return (self.verantwoord or 0) - self.boeken.toegekend

    @property
    def verklaard(self) -> int:
        """What is held, and what was rejected and not handed in anew: the aanbieder gave that too."""
        return self.boeken.aangehouden + self.boeken.afgewezen

    @property
    def onverklaard(self) -> int:
        return self.verschil - self.verklaard


def compare(
    productie: Iterable[Productieregel], eigen: Iterable[Eigenboeken], jaar: int, vandaag: date
) -> list[Productievergelijking]:
    """Every product of an aanbieder that either side knows, by aanbieder and product."""
    verantwoord = {(item.agb, item.productcategorie, item.productcode, item.eenheid): item for item in productie}
    boeken = {(item.agb, item.productcategorie, item.productcode, item.eenheid): item for item in eigen}
    omzet: dict[str, int] = {}
    for item in boeken.values():
        omzet[item.agb] = omzet.get(item.agb, 0) + item.toegekend
    wie_verantwoordde = {sleutel[0] for sleutel in verantwoord}
    rijen = []
    for sleutel in sorted(verantwoord.keys() | boeken.keys()):
        regel = verantwoord.get(sleutel)
        rijen.append(Productievergelijking(
            *sleutel,
            None if regel is None else regel.bedrag,
            boeken.get(sleutel) or Eigenboeken(*sleutel, 0, 0, 0, 0),
            "" if regel is None else f"{regel.verklaring} {regel.oordeel}".strip(),
            _remark(sleutel[0] in wie_verantwoordde, omzet.get(sleutel[0], 0), jaar, vandaag),
        ))  # fmt: skip
    return rijen


def _remark(verantwoordde: bool, omzet: int, jaar: int, vandaag: date) -> str:
    """What is said of an aanbieder that did not account for the year."""
    if verantwoordde:
        return ""
    te_laat = f"Over {jaar} is nog niets verantwoord" + (
        ", en dat had uiterlijk op 1 april gemoeten." if vandaag > due_on(jaar) else "."
    )
    if omzet >= DREMPEL:
        return te_laat
    return f"{te_laat} {tell_threshold(omzet)}"


def tell_threshold(omzet: int) -> str:
    """That none may be needed, and that this service does not know all of it."""
    return (
        f"De omzet bij deze gemeente is {euro(omzet)}. Blijft de omzet voor de Jeugdwet bij alle gemeenten samen onder"
        f" {euro(DREMPEL)}, dan hoeft het niet als de aanbieder daarom vraagt; deze dienst kent alleen de eigen gemeente."
    )


_KOLOMMEN = (
    Kolom("aanbieder", "Aanbieder"), Kolom("categorie", "Categorie"), Kolom("productcode", "Productcode"),
    Kolom("eenheid", "Eenheid"), Kolom("verantwoord", "Verantwoord", "geld"), Kolom("toegekend", "Toegekend", "geld"),
    Kolom("verschil", "Verschil", "geld"), Kolom("aangehouden", "Aangehouden", "geld"),
    Kolom("afgewezen", "Afgewezen en niet opnieuw ingediend", "geld"), Kolom("onverklaard", "Niet verklaard", "geld"),
    Kolom("teruggevraagd", "Teruggevraagd", "geld"), Kolom("verklaring", "Verklaring"), Kolom("opmerking", "Opmerking"),
)  # fmt: skip


def report_naast_boeken(rijen: Sequence[Productievergelijking], verantwoording: list[tuple[str, str | int]]) -> Rapport:
    """As a table."""
    return Rapport(
        "productieverantwoording",
        "Productieverantwoording naast de boeken",
        _KOLOMMEN,
        [
            (
                rij.agb, rij.productcategorie, rij.productcode, rij.eenheid, rij.verantwoord, rij.boeken.toegekend, rij.verschil,
                rij.boeken.aangehouden, rij.boeken.afgewezen, rij.onverklaard, rij.boeken.teruggevraagd, rij.verklaring,
                rij.opmerking,
            )
            for rij in rijen
        ],
        verantwoording,
        totaalrij=True,
    )  # fmt: skip
