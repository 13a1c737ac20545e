"""Load invoices for care outside the messages. All of a file, or nothing; what looks like an awarded line is warned of.

CSV (semicolon, UTF-8) or a workbook, in cents: `gemeente;leverancier;agb;factuurnummer;factuurdatum;zorg_van;zorg_tot;bedrag;
segment;zorgvorm;toewijzingnummer;bbr_aanvraagnummer;status`. An invoice comes once: the same number of the same leverancier is
refused, but for one that is the same for the rest, stood open and is now paid or turned down, or was paid and is now turned down.
A credit invoice has an amount below zero.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from berichten.kern.kalender import add_maanden, begin_of_maand
from berichten.opslag.kwartaal.facturen import AFGEKEURD, BETAALD, FACTUREN, OPEN, Factuur, add_facturen, find_facturen, list_double
from berichten.opslag.kwartaal.kwartaalrapporten import lock_kwartaal
from berichten.opslag.referentie.referentie import Doeltabel
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.referentie.opgave import Geladen, Opgavesoort, load_opgave
from berichten.processen.referentie.rijen import Fouten, Rij
from berichten.processen.referentie.soorten import Bestandskolom, Bestandsoort
from berichten.processen.referentie.waarden import (
    read_aantal,
    read_agb,
    read_datum,
    read_gemeente,
    read_keuze,
    read_saldo,
    read_tekst,
)
from berichten.rapporten.monitor.trajecten import EERSTE_ZORG

HOOGSTE_JAREN = 5
"""Of care on one invoice; more is a day that was mistyped."""


def _judge(rij: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
    van, tot = rij["zorg_van"], rij["zorg_tot"]
    if tot < van:
        yield "zorg_tot", f"is {tot}, en dat is voor zorg_van. Draai de dagen om."
    if rij["status"] == AFGEKEURD:
        # Costs nothing, and turning down takes the days as they once were loaded.
        return
    if van < EERSTE_ZORG:
        yield "zorg_van", f"is {van}. De gemeente betaalt jeugdhulp sinds {EERSTE_ZORG} (Jeugdwet). Controleer de datum."
    elif tot >= add_maanden(van, 12 * HOOGSTE_JAREN):
        yield (
            "zorg_tot",
            f"is {tot}, en dat is meer dan {HOOGSTE_JAREN} jaar na zorg_van. Op één factuur staat hooguit vijf jaar hulp."
            " Controleer de datum, of laad per jaar een eigen regel met een eigen nummer.",
        )


_SOORT = Bestandsoort(
    "facturen",
    (
        Bestandskolom("gemeente", read_gemeente, cijfers=4),
        Bestandskolom("leverancier", read_tekst(100)),
        Bestandskolom("agb", read_agb, cijfers=8, leeg=""),
        Bestandskolom("factuurnummer", read_tekst(40, nummer=True)),
        Bestandskolom("factuurdatum", read_datum),
        Bestandskolom("zorg_van", read_datum),
        Bestandskolom("zorg_tot", read_datum),
        Bestandskolom("bedrag", read_saldo(13)),
        Bestandskolom("segment", read_tekst(40), leeg=""),
        Bestandskolom("zorgvorm", read_tekst(200), leeg=""),
        Bestandskolom("toewijzingnummer", read_aantal(1, 999_999_999), leeg=None),
        Bestandskolom("bbr_aanvraagnummer", read_tekst(40, nummer=True), leeg=""),
        Bestandskolom("status", read_keuze("betaald", "open", "afgekeurd")),
    ),
    Doeltabel("facturen", FACTUREN, ("gemeente", "leverancier", "factuurnummer"), None, None),
    toets=_judge,
)


_OVERGANGEN = {(OPEN, OPEN), (OPEN, BETAALD), (OPEN, AFGEKEURD), (BETAALD, AFGEKEURD)}
"""What may become of an invoice: what was paid by mistake is turned down, and stays turned down."""


def _check_once(verbinding: Connection, rijen: Sequence[Rij], fouten: Fouten, _nu: datetime) -> None:
    facturen = [Factuur(*rij[:-1]) for rij in rijen]
    bekend = find_facturen(verbinding, [(item.gemeente, item.leverancier, item.factuurnummer) for item in facturen])
    for item, rij in zip(facturen, rijen, strict=True):
        eerder = bekend.get((item.gemeente, item.leverancier, item.factuurnummer))
        if eerder is None or ((eerder.status, item.status) in _OVERGANGEN and replace(eerder, status=item.status) == item):
            continue
        melding = (
            f"Factuur {item.factuurnummer} van {item.leverancier} is al geladen, met status {eerder.status}. Klopt dat, haal dan"
            " deze regel weg. Is een betaalde factuur fout, laad haar dan ongewijzigd met status afgekeurd, en de juiste onder een"
            " ander nummer."
        )
        fouten.add("factuurnummer", melding, rij[-1])


def _warn_of_double(verbinding: Connection, rijen: Sequence[Rij]) -> tuple[str, ...]:
    """Of the same aanbieder, month and amount; of who has no AGB code nothing can be told."""
    met_agb = [(item, rij[-1]) for rij in rijen if (item := Factuur(*rij[:-1])).agb]
    vragen = [
        (item.gemeente, item.agb, begin_of_maand(item.zorg_van), begin_of_maand(item.zorg_tot), item.bedrag) for item, _ in met_agb
    ]
    return tuple(
        f"Regel {met_agb[item.plaats][1]}: voor hetzelfde bedrag van deze aanbieder in deze maand is ook declaratieregel"
        f" {item.referentienummer} toegekend. Controleer of de factuur dubbel is."
        for item in list_double(verbinding, vragen)
    )


_FACTUREN = Opgavesoort(_SOORT, "facturen", add_facturen, _check_once, _warn_of_double, lock_kwartaal)


def load_facturen(werkplaats: Werkplaats, inhoud: bytes, door: str, gemeente: str | None = None) -> Geladen:
    """`door`: who loads; with `gemeente` a line of another one is a fault."""
    return load_opgave(werkplaats, _FACTUREN, inhoud, door, gemeente)
