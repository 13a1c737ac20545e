"""Starts and stops of delivery as JW305 and JW307 report them: what stands, and what was taken back."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Connection

from berichten.dossier.dossier import LeveringKader
from berichten.dossier.leveringen import VERWIJDEREN, Levering, as_levering
from berichten.opslag.basis.kopie import add_rows
from berichten.opslag.basis.vraag import Opdracht, Vraag
from berichten.opslag.dossiers.contracten import load_contract
from berichten.opslag.dossiers.toewijzingen import load_toewijzingen
from berichten.opslag.tabellen.regie import levering
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
    return _STAAND.all(verbinding, {"g": gemeente, "a": agb, "b": bsn})


_STAAND = Vraag(
    Levering,
    """
    SELECT {kolommen} FROM levering WHERE gemeente = %(g)s AND agb = %(a)s AND bsn = %(b)s AND verwijderd_door IS NULL
    ORDER BY (SELECT bericht.volgnummer FROM bericht
        WHERE bericht.gemeente = levering.gemeente AND bericht.bericht_id = levering.bericht_id), levering.volgnummer
    """,
    bron="levering",
)
"""Each looks up its own message: for a join PostgreSQL reads all of the gemeente, as long as it believes those to be few."""
_LEVERING = (
    "gemeente", "bericht_id", "volgnummer", "agb", "soort", "bsn", "toewijzingnummer", "categorie", "productcode",
    "toewijzing_ingangsdatum", "begindatum", "einddatum", "reden_beeindiging",
)  # fmt: skip
_VERWIJDER = Opdracht("""
    UPDATE levering SET verwijderd_door = %(bericht_id)s
    FROM unnest(%(toewijzingnummer)s::bigint[], %(categorie)s::text[], %(productcode)s::text[], %(begindatum)s::date[],
        %(einddatum)s::date[], %(reden_beeindiging)s::text[])
        AS weg (toewijzingnummer, categorie, productcode, begindatum, einddatum, reden_beeindiging)
    WHERE gemeente = %(gemeente)s AND agb = %(agb)s AND bsn = %(bsn)s AND soort = %(soort)s AND verwijderd_door IS NULL
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
        _VERWIJDER.put(verbinding, van | {naam: [getattr(item, naam) for item in weg] for naam in _SLEUTEL})
    add_rows(verbinding, levering, _LEVERING, _new_rows(klassen, gemeente, bericht_id, agb, soort, bsn))


def _new_rows(
    klassen: Iterable[StartProduct | StopProduct], gemeente: str, bericht_id: UUID, agb: str, soort: str, bsn: str
) -> Iterable[tuple[Any, ...]]:
    for nummer, item in enumerate(klassen, 1):
        if item.status_aanlevering != VERWIJDEREN:
            melding = as_levering(item)
            ingang: date | None = item.toewijzing_ingangsdatum
            yield (
                gemeente, bericht_id, nummer, agb, soort, bsn, melding.toewijzingnummer, melding.categorie,
                melding.productcode, ingang, melding.begindatum, melding.einddatum, melding.reden_beeindiging,
            )  # fmt: skip
