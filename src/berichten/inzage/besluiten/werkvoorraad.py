"""The work list of who decides: held lines, the oldest deadline first, with reasons, a proposed code and how urgent it is."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Literal
from uuid import UUID

from berichten.beoordeling.wachtend.in_geding import at_stake
from berichten.beoordeling.wachtend.termijn import last_warned, warn
from berichten.beoordeling.wachtend.verwijderd import is_asked_again
from berichten.instellingen import Instellingen
from berichten.inzage.basis.bladzijde import Bladzijde, WijzerFout, cut
from berichten.inzage.basis.kijker import Kijker
from berichten.inzage.basis.overname import take
from berichten.inzage.berichten.berichten import Periode
from berichten.inzage.berichten.bevindingen import Bevinding, show_bevinding
from berichten.inzage.besluiten.besluiten import Codevoorstel, Keuze, propose_codes
from berichten.opslag.berichten.bevindingen import Bevindingrij
from berichten.opslag.besluiten.werkvoorraad import (
    Aangehouden,
    Buren,
    Filter,
    Volgorde,
    Wijzer,
    find_buren,
    list_aangehouden,
)
from berichten.rapporten.prestaties.regelbevindingen import load_regelbevindingen
from berichten.standaard.waarden.soorten import JW323

__all__ = [
    "Beoordeling", "Buren", "Filter", "Volgorde", "Voorstel", "Waarschuwing", "Werkvoorraad", "find_plaats",
    "list_beoordelingen", "narrow",
]  # fmt: skip

Waarschuwing = Literal["bijna_verlopen", "verlopen"]


@dataclass(frozen=True, slots=True)
class Voorstel:
    """A decision that waits for a second person."""

    besluit_id: int
    besluit: Keuze
    terugvragen: bool
    retourcode: str | None
    motivering: str
    door: str | None
    genomen_op: datetime


@dataclass(frozen=True, slots=True)
class Beoordeling:
    """A held line as its reviewer sees it. Amounts in eurocents, credit negative."""

    prestatie_id: int
    bericht_id: UUID
    agb: str
    aanbieder: str | None
    """Name, where the gemeente has loaded one."""
    client: str
    referentienummer: str
    toewijzingnummer: int | None
    categorie: str
    productcode: str
    product: str | None
    """What the catalogue calls it."""
    periode: Periode
    volume: int
    eenheid: str
    tarief: int | None
    bedrag: int
    in_geding: int
    """What of it would not be paid when every finding is right; the whole amount where that cannot be told."""
    regels: list[Bevinding]
    """Why it is held."""
    voorgestelde_retourcodes: list[str]
    """With which it is rejected when nobody says otherwise."""
    codevoorstellen: list[Codevoorstel]
    """The same, with their texts and why."""
    ingediend_op: datetime
    uiterlijk: date
    """Last day for the JW325."""
    waarschuwing: str | None
    voorstel: Voorstel | None


@dataclass(frozen=True, slots=True)
class Werkvoorraad:
    """A page, with number and amount (eurocents) of all lines that were asked for."""

    bladzijde: Bladzijde[Beoordeling]
    aantal: int
    bedrag: int


def list_beoordelingen(
    kijker: Kijker,
    zeef: Filter,
    waarschuwing: Waarschuwing | None,
    grootte: int,
    volgende: str | None,
    volgorde: Volgorde = "termijn",
) -> Werkvoorraad:
    """A fixed number of queries, however many lines are held. Raises WijzerFout."""
    na = _read_cursor(volgende, volgorde)
    with kijker.transaction() as (verbinding, vermelding):
        gelezen = list_aangehouden(
            verbinding, kijker.gemeente, narrow(kijker, zeef, waarschuwing), na, grootte + 1, volgorde
        )  # fmt: skip
        bladzijde = cut(gelezen.regels, grootte, _write_cursor)
        gevonden = load_regelbevindingen(verbinding, kijker.gemeente, [rij.prestatie_id for rij in bladzijde.regels])
        vermelding.shows("werkvoorraad", (rij.bsn for rij in bladzijde.regels))
    namen = kijker.names_of(rij.voorstel_door for rij in bladzijde.regels if rij.voorstel_door)
    regels = bladzijde.each(lambda rij: _show(kijker, rij, gevonden.get(rij.prestatie_id, []), namen))
    return Werkvoorraad(regels, gelezen.aantal, gelezen.bedrag)


def find_plaats(
    kijker: Kijker, zeef: Filter, waarschuwing: Waarschuwing | None, volgorde: Volgorde, prestatie_id: int
) -> Buren | None:
    """Where a line stands in the list, also when it was decided on meanwhile; None when it is not there, or another's."""
    with kijker.transaction() as (verbinding, vermelding):
        vermelding.shows_nobody()
        return find_buren(verbinding, kijker.gemeente, narrow(kijker, zeef, waarschuwing), volgorde, prestatie_id)


def narrow(kijker: Kijker, zeef: Filter, waarschuwing: Waarschuwing | None) -> Filter:
    """The filter as the database is asked by it."""
    return _warned(_ask_again(zeef), waarschuwing, kijker.instellingen)


def _show(kijker: Kijker, rij: Aangehouden, bevindingen: list[Bevindingrij], namen: dict[str, str]) -> Beoordeling:
    instellingen = kijker.instellingen
    voorstellen = propose_codes(bevindingen)
    return take(
        Beoordeling,
        rij,
        client=kijker.mask(rij.bsn),
        periode=Periode(rij.begindatum, rij.einddatum),
        in_geding=at_stake(
            [(item.regel, item.gegevens) for item in bevindingen if item.gevolg == "beoordelen"],
            bedrag=rij.bedrag,
            tarief=rij.tarief,
            eenheid=rij.eenheid,
        ),
        regels=[show_bevinding(item, JW323.naam) for item in bevindingen],
        voorgestelde_retourcodes=[item.retourcode for item in voorstellen],
        codevoorstellen=voorstellen,
        waarschuwing=warn(rij.uiterlijk, instellingen.vandaag(), instellingen.waarschuw_werkdagen),
        voorstel=_proposal(rij, namen),
    )


def _proposal(rij: Aangehouden, namen: dict[str, str]) -> Voorstel | None:
    if rij.voorstel_id is None or rij.voorstel is None or rij.voorstel_op is None:
        return None
    return Voorstel(
        besluit_id=rij.voorstel_id,
        besluit="toekennen" if rij.voorstel == "toekennen" else "afwijzen",
        terugvragen=bool(rij.voorstel_terugvragen),
        retourcode=rij.voorstel_retourcode,
        motivering=rij.voorstel_motivering or "",
        door=namen.get(rij.voorstel_door or ""),
        genomen_op=rij.voorstel_op,
    )


def _ask_again(zeef: Filter) -> Filter:
    """The filter in which a rule of which no finding is kept has become what it is about."""
    return replace(zeef, regel=None, op_verwijderde=True) if is_asked_again(zeef.regel) else zeef


def _warned(zeef: Filter, waarschuwing: Waarschuwing | None, instellingen: Instellingen) -> Filter:
    """The filter narrowed to deadlines about which is warned in this way."""
    vandaag = instellingen.vandaag()
    eerste = vandaag if waarschuwing == "bijna_verlopen" else None
    laatste = {"verlopen": vandaag - timedelta(days=1), "bijna_verlopen": last_warned(vandaag, instellingen.waarschuw_werkdagen)}
    tot = laatste[waarschuwing] if waarschuwing else None
    return replace(
        zeef,
        uiterlijk_van=max(filter(None, (eerste, zeef.uiterlijk_van)), default=None),
        uiterlijk_tot=min(filter(None, (tot, zeef.uiterlijk_tot)), default=None),
    )


def _read_cursor(volgende: str | None, volgorde: Volgorde) -> Wijzer | None:
    if volgende is None:
        return None
    waarde, _, nummer = volgende.partition("-")
    try:
        return _WAARDEN.get(volgorde, date.fromisoformat)(waarde), int(nummer)
    except ValueError as fout:
        raise WijzerFout(volgende) from fout


_WAARDEN: dict[Volgorde, Callable[[str], date | int | str]] = {
    "bedrag": lambda waarde: -int(waarde), "aanbieder": str, "ingediend": int,
}  # fmt: skip
"""How the value in a pointer is read where it is no day."""


def _write_cursor(rij: Aangehouden) -> str:
    """Digits only: a day without its dashes, an amount without the sign that puts the largest first."""
    return f"{rij.sleutel.replace('-', '')}-{rij.prestatie_id}"
