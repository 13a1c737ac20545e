"""The lines of one declaration as a table for a spreadsheet: what became of each, by which code, and why."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from sqlalchemy import Connection

from berichten.opslag.berichten.berichten import Berichtrij
from berichten.opslag.berichten.bevindingen import Bevindingrij
from berichten.opslag.berichten.declaraties import Prestatierij
from berichten.opslag.berichten.zoeken import Prestatiefilter, list_prestaties
from berichten.rapporten.prestaties.regelbevindingen import load_regelbevindingen
from berichten.rapporten.uitvoer.tabel import Kolom, Rapport
from berichten.standaard.schema.retourcodes import tell_code

KOLOMMEN = (
    Kolom("prestatieId", "Prestatie"),
    Kolom("referentienummer", "Referentienummer"),
    Kolom("vorigReferentienummer", "Vorig referentienummer"),
    Kolom("client", "Cliënt"),
    Kolom("toewijzingnummer", "Toewijzing"),
    Kolom("categorie", "Categorie"),
    Kolom("productcode", "Productcode"),
    Kolom("begindatum", "Begindatum"),
    Kolom("einddatum", "Einddatum"),
    Kolom("volume", "Volume", "aantal"),
    Kolom("eenheid", "Eenheid"),
    Kolom("tarief", "Tarief", "geld", telt_op=False),
    Kolom("bedrag", "Bedrag", "geld"),
    Kolom("toegekendBedrag", "Toegekend bedrag", "geld"),
    Kolom("uitkomst", "Uitkomst"),
    Kolom("retourcodes", "Retourcodes"),
    Kolom("retourcodeTeksten", "Betekenis"),
    Kolom("uitleg", "Uitleg"),
)
Mask = Callable[[str], str]
_PER_KEER = 1000
"""Lines that are read at once, with their findings."""
_MEEST_TEKENS = 32_000
"""A cell of a workbook holds 32,767."""


def report_prestaties(verbinding: Connection, bericht: Berichtrij, zeef: Prestatiefilter, mask: Mask) -> Rapport:
    """Lines in message order, read while the table is written; of a Bsn what `mask` leaves. Amounts in cents."""
    basis: list[tuple[str, str | int]] = [
        ("Gemeente", bericht.gemeente),
        ("Bericht", f"{bericht.soort} {bericht.identificatie or ''}".strip()),
        ("Declaratienummer", bericht.declaratienummer or ""),
        ("Aanbieder", bericht.agb or ""),
    ]
    gevraagd = [(f"Alleen {naam}", str(getattr(zeef, naam))) for naam in _GENOEMD if getattr(zeef, naam) is not None]
    rijen = _rows(verbinding, bericht, zeef, mask)
    return Rapport("prestaties", "Prestaties", KOLOMMEN, rijen, [*basis, *gevraagd], totaalrij=True)


_GENOEMD = ("uitkomst", "retourcode", "regel", "toewijzingnummer", "productcode")


def _rows(verbinding: Connection, bericht: Berichtrij, zeef: Prestatiefilter, mask: Mask) -> Iterator[Sequence[Any]]:
    na = 0
    while rijen := list_prestaties(verbinding, bericht, zeef, na, _PER_KEER):
        gevonden = load_regelbevindingen(verbinding, bericht.gemeente, [rij.prestatie_id for rij in rijen])
        for rij in rijen:
            yield _as_row(rij, mask(rij.bsn), gevonden.get(rij.prestatie_id, []))
        na = rijen[-1].prestatie_id


def _as_row(rij: Prestatierij, client: str, bevindingen: Sequence[Bevindingrij]) -> Sequence[Any]:
    return (
        rij.prestatie_id, rij.referentienummer, rij.vorig_referentienummer, client, rij.toewijzingnummer, rij.categorie,
        rij.productcode, rij.begindatum.isoformat(), rij.einddatum.isoformat(), rij.volume, rij.eenheid, rij.tarief, rij.bedrag,
        rij.toegekend, rij.uitkomst, ", ".join(rij.retourcodes or []), _tell(rij.retourcodes or []), _explain(bevindingen),
    )  # fmt: skip


def _tell(codes: Sequence[str]) -> str:
    return "; ".join(f"{code}: {tell_code(code)}" for code in codes)


def _explain(bevindingen: Sequence[Bevindingrij]) -> str:
    """Every finding with its rule, its code and what that means."""
    delen = (f"{item.regel}{f' ({_tell([item.retourcode])})' if item.retourcode else ''}: {item.melding}" for item in bevindingen)
    return " ".join(delen)[:_MEEST_TEKENS]
