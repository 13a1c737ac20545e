"""Load what a gemeente sets for its steering, by file or one by one: CSV (semicolon, UTF-8) or a workbook, all of it or nothing.

    gemeente;naam;waarde;vanaf;besluit

Nothing is ever deleted: a later row of the same name and day takes its place, and an empty value gives way to what is ordinary.
Nobody with a role sets what held before today; the operator of the service does, by the command line.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from berichten.opslag.kwartaal.instelrijen import INSTELLING, add_instellingen
from berichten.opslag.kwartaal.kwartaalrapporten import lock_kwartaal
from berichten.opslag.referentie.referentie import Doeltabel
from berichten.processen.basis.handelingen import Handeling, note_done
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.referentie.opgave import Geladen, read_opgave, refuse
from berichten.processen.referentie.soorten import Bestandskolom, Bestandsoort
from berichten.processen.referentie.waarden import (
    OnjuisteWaarde,
    read_aantal,
    read_centen,
    read_datum,
    read_gemeente,
    read_keuze,
    read_tekst,
    read_tienden,
)
from berichten.rapporten.ingesteld.instelcatalogus import CATALOGUS, Instelsoort, may_set

NAAM = "instellingen"
_EERDER = "wat eerder gold, verandert niet meer."
ROLLEN = ("contractbeheer", "financien", "beheer")
"""Who may set something; what, is in the catalogue."""


@dataclass(frozen=True, slots=True)
class Insteller:
    """Who sets, for which gemeente; without a role (the command line) anything may be set, of any gemeente, from any day."""

    door: str
    gemeente: str | None = None
    rol: str | None = None


def _judge_waarde(rij: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
    try:
        read_waarde(CATALOGUS[rij["naam"]], rij["waarde"])
    except OnjuisteWaarde as fout:
        yield "waarde", str(fout)


def read_waarde(soort: Instelsoort, tekst: str) -> str:
    """As it is kept; empty stays empty. Raises OnjuisteWaarde."""
    if not tekst:
        return ""
    if soort.eenheid == "keuze":
        return str(read_keuze(*soort.keuzen)(tekst))
    if soort.eenheid == "procent":
        return soort.write(read_tienden(soort.meeste // 10)(tekst))
    if soort.eenheid == "eurocent":
        centen = read_centen(13)(tekst)
        if centen < soort.minste:
            raise OnjuisteWaarde(f'is "{tekst}". Schrijf een bedrag in eurocenten van ten minste {soort.minste}.')
        return str(centen)
    return str(read_aantal(soort.minste, soort.meeste)(tekst))


_SOORT = Bestandsoort(
    NAAM,
    (
        Bestandskolom("gemeente", read_gemeente, cijfers=4),
        Bestandskolom("naam", read_keuze(*CATALOGUS)),
        Bestandskolom("waarde", read_tekst(40), leeg=""),
        Bestandskolom("vanaf", read_datum),
        Bestandskolom("besluit", read_tekst(200), leeg=""),
    ),
    Doeltabel("instelling", INSTELLING, ("gemeente", "naam", "vanaf"), None, None),
    toets=_judge_waarde,
)


def load_instellingen(werkplaats: Werkplaats, inhoud: bytes, wie: Insteller) -> Geladen:
    """Load a file; a name that this role does not set is a fault of its line."""
    rijen, fouten = read_opgave(_SOORT, inhoud, wie.gemeente)
    for rij in rijen:
        soort = CATALOGUS[rij[1]]
        if wie.rol is not None and not may_set(wie.rol, soort):
            wie_dan = "alleen beheer in" if soort.beheerder == "beheer" else f"{soort.beheerder} in, of beheer"
            fouten.add("naam", f"Kolom naam is {soort.naam}. Die stelt {wie_dan}. Laat de regel weg.", rij[-1])
        if _is_past(werkplaats, rij[3], wie):
            melding = f"Kolom vanaf is {rij[3]}, en dat is voorbij. Schrijf vandaag of een latere dag: {_EERDER}"
            fouten.add("vanaf", melding, rij[-1])
    if fouten.totaal:
        return refuse(fouten)
    _keep(werkplaats, [(*rij[:2], read_waarde(CATALOGUS[rij[1]], rij[2]), *rij[3:5]) for rij in rijen], wie)
    return Geladen(len(rijen))


@dataclass(frozen=True, slots=True)
class NieuweInstelling:
    """One setting as somebody filled it in."""

    naam: str
    waarde: str
    vanaf: date | None
    besluit: str


def set_instelling(werkplaats: Werkplaats, nieuw: NieuweInstelling, wie: Insteller) -> dict[str, str]:
    """Keep one setting of one gemeente; what is wrong with it, in Dutch by field, and then nothing is kept."""
    soort, fouten = CATALOGUS.get(nieuw.naam), {}
    if soort is None or (wie.rol is not None and not may_set(wie.rol, soort)):
        return {"naam": "Kies een instelling uit de lijst."}
    try:
        waarde = read_waarde(soort, nieuw.waarde)
    except OnjuisteWaarde as fout:
        waarde, fouten["waarde"] = "", f"Dit {fout}"
    try:
        _read_besluit(nieuw.besluit)
    except OnjuisteWaarde as fout:
        fouten["besluit"] = f"Dit {fout}"
    if nieuw.vanaf is None:
        fouten["vanaf"] = "Schrijf een dag als 30-4-2026."
    elif _is_past(werkplaats, nieuw.vanaf, wie):
        fouten["vanaf"] = f"Deze dag is voorbij. Kies vandaag of een latere dag: {_EERDER}"
    if fouten or wie.gemeente is None:
        return fouten
    _keep(werkplaats, [(wie.gemeente, nieuw.naam, waarde, nieuw.vanaf, nieuw.besluit)], wie)
    return {}


def _read_besluit(tekst: str) -> None:
    """As the file is read: what is not printable is no text, and cannot be kept. Raises OnjuisteWaarde."""
    read_tekst(200)(tekst)
    if not tekst.isprintable():
        raise OnjuisteWaarde("bevat een onleesbaar teken. Typ de tekst opnieuw, zonder plakken uit een ander programma.")


def _is_past(werkplaats: Werkplaats, vanaf: date, wie: Insteller) -> bool:
    return wie.rol is not None and vanaf < werkplaats.instellingen.vandaag()


def _keep(werkplaats: Werkplaats, rijen: list[tuple[Any, ...]], wie: Insteller) -> None:
    with werkplaats.opslag.transaction() as verbinding:
        gemeenten = sorted({rij[0] for rij in rijen})
        for code in gemeenten:
            # A report that is made at the same time goes by all of it or by nothing.
            lock_kwartaal(verbinding, code)
        add_instellingen(verbinding, rijen, wie.door, werkplaats.instellingen.nu())
        for code in gemeenten:
            note_done(verbinding, werkplaats, Handeling(code, wie.door, "U", "instellingen"))


def load_by_operator(werkplaats: Werkplaats, inhoud: bytes, door: str) -> Geladen:
    """By the command line: of any gemeente."""
    return load_instellingen(werkplaats, inhoud, Insteller(door))
