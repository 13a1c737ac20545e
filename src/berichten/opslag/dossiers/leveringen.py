"""Starts and stops of delivery as JW305 and JW307 report them: what stands, and what was taken back."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, text

from berichten.dossier.dossier import LeveringKader
from berichten.dossier.leveringen import VERWIJDEREN, Levering, as_levering
from berichten.opslag.basis.kopie import copy_rows, fetch_rows
from berichten.opslag.dossiers.contracten import load_contract
from berichten.opslag.dossiers.toewijzingen import load_toewijzingen
from berichten.standaard.waarden.berichten import Startbericht, StartProduct, Stopbericht, StopProduct

_SLEUTEL = ("toewijzingnummer", "categorie", "productcode", "begindatum", "einddatum", "reden_beeindiging")


def load_levering_kader(verbinding: Connection, gemeente: str, bericht: Startbericht | Stopbericht) -> LeveringKader:
    """The allocations that the message names, and every delivery that its sender reported for this client."""
    agb, bsn = bericht.header.afzender, bericht.client.bsn
    nummers = [item.toewijzingnummer for item in bericht.producten if item.toewijzingnummer is not None]
    codes = (item.product.code for item in bericht.producten if item.product and item.product.code)
    return LeveringKader(
        bsn,
        load_toewijzingen(verbinding, gemeente, nummers, agb),
        list_leveringen(verbinding, gemeente, agb, bsn),
        load_contract(verbinding, gemeente, agb, codes),
    )


def list_leveringen(verbinding: Connection, gemeente: str, agb: str, bsn: str) -> list[Levering]:
    """Starts and stops of one client with one aanbieder that stand, in the order in which they were reported."""
    rijen = fetch_rows(
        verbinding,
        f"SELECT {', '.join(_SLEUTEL)} FROM levering JOIN bericht USING (gemeente, bericht_id)"  # noqa: S608
        " WHERE levering.gemeente = %(g)s AND levering.agb = %(a)s AND bsn = %(b)s AND verwijderd_door IS NULL"
        " ORDER BY bericht.volgnummer, levering.volgnummer",
        {"g": gemeente, "a": agb, "b": bsn},
    )
    return [Levering(*rij) for rij in rijen]


_LEVERING = {
    "gemeente": "text", "bericht_id": "uuid", "volgnummer": "int4", "agb": "text", "soort": "text", "bsn": "text",
    "toewijzingnummer": "int8", "categorie": "text", "productcode": "text", "toewijzing_ingangsdatum": "date",
    "begindatum": "date", "einddatum": "date", "reden_beeindiging": "text",
}  # fmt: skip

_VERWIJDER = text("""
    UPDATE levering SET verwijderd_door = :bericht_id
    FROM unnest(cast(:toewijzingnummer AS bigint[]), cast(:categorie AS text[]), cast(:productcode AS text[]),
        cast(:begindatum AS date[]), cast(:einddatum AS date[]), cast(:reden_beeindiging AS text[]))
        AS weg (toewijzingnummer, categorie, productcode, begindatum, einddatum, reden_beeindiging)
    WHERE gemeente = :gemeente AND agb = :agb AND bsn = :bsn AND soort = :soort AND verwijderd_door IS NULL
        AND coalesce(levering.toewijzingnummer, -1) = coalesce(weg.toewijzingnummer, -1)
        AND coalesce(levering.categorie, '') = coalesce(weg.categorie, '')
        AND coalesce(levering.productcode, '') = coalesce(weg.productcode, '')
        AND levering.begindatum = weg.begindatum
        AND coalesce(levering.einddatum, 'infinity') = coalesce(weg.einddatum, 'infinity')
        AND coalesce(levering.reden_beeindiging, '') = coalesce(weg.reden_beeindiging, '')
""")


def save_leveringen(verbinding: Connection, gemeente: str, bericht_id: UUID, bericht: Startbericht | Stopbericht) -> None:
    """Take starts or stops over: removals first, so that a class may be removed and sent again in one message (IV008)."""
    agb, bsn, soort = bericht.header.afzender, bericht.client.bsn, bericht.melding
    klassen: Sequence[StartProduct | StopProduct] = bericht.producten
    weg = [as_levering(item) for item in klassen if item.status_aanlevering == VERWIJDEREN]
    if weg:
        van = {"gemeente": gemeente, "bericht_id": bericht_id, "agb": agb, "bsn": bsn, "soort": soort}
        verbinding.execute(_VERWIJDER, van | {naam: [getattr(item, naam) for item in weg] for naam in _SLEUTEL})
    copy_rows(verbinding, "levering", _LEVERING, _new_rows(klassen, gemeente, bericht_id, agb, soort, bsn))


def _new_rows(
    klassen: Iterable[StartProduct | StopProduct], gemeente: str, bericht_id: UUID, agb: str, soort: str, bsn: str
) -> Iterable[tuple[Any, ...]]:
    for nummer, item in enumerate(klassen, 1):
        if item.status_aanlevering != VERWIJDEREN:
            levering = as_levering(item)
            ingang: date | None = item.toewijzing_ingangsdatum
            yield (
                gemeente, bericht_id, nummer, agb, soort, bsn, levering.toewijzingnummer, levering.categorie,
                levering.productcode, ingang, levering.begindatum, levering.einddatum, levering.reden_beeindiging,
            )  # fmt: skip
