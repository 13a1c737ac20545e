"""The course of a message, a line or an allocation: what happened, when and by whom, in words, old to new."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import Connection

from berichten.dossier.leveringen import TIJDELIJK
from berichten.dossier.volumes import DAG, MAAND, TOTAAL, WEEK
from berichten.inzage.basis.kijker import Kijker
from berichten.kern.taal import telling
from berichten.kern.tekst import datum, euro, hoeveelheid
from berichten.opslag.berichten.berichten import Berichtrij, find_bericht
from berichten.opslag.berichten.declaraties import Prestatierij
from berichten.opslag.berichten.prestaties import Besluitrij, Opmerkingrij, find_prestatie, list_besluiten, list_opmerkingen
from berichten.opslag.besluiten import verloop as opslag
from berichten.opslag.dossiers.toewijzingen import find_toewijzing, list_versies
from berichten.opslag.retouren.retouren import find_retour
from berichten.standaard.schema.retourcodes import tell_code

Gebeurtenissoort = Literal[
    "ontvangen", "geweigerd", "beoordeeld", "vraag", "besluit", "voorstel", "antwoord", "retour", "credit", "betaling", "versie",
    "levering", "declaratie",
]  # fmt: skip
_FREQUENTIES = {DAG: "per dag", WEEK: "per week", MAAND: "per maand", TOTAAL: "in totaal"}
_UITKOMSTEN = {
    "toegekend": "Toegekend", "afgewezen": "Afgewezen", "niet_beoordeeld": "Niet beoordeeld", "ter_beoordeling": "Vastgehouden",
}  # fmt: skip
_VASTGEHOUDEN = "Vastgehouden: een beoordelaar van de gemeente beslist"


@dataclass(frozen=True, slots=True)
class Gebeurtenis:
    """Something that happened."""

    op: datetime
    soort: Gebeurtenissoort
    tekst: str
    wie: str | None
    """Who did it: a name for staff of the gemeente, else which side it was; None for the service."""


def tell_bericht(kijker: Kijker, bericht_id: UUID) -> list[Gebeurtenis] | None:
    """Of a message; None when it is not there, or another's."""
    with kijker.transaction() as (verbinding, vermelding):
        rij = find_bericht(verbinding, kijker.gemeente, bericht_id)
        if rij is None:
            vermelding.shows_absent("bericht", bericht_id)
            return None
        ronden = opslag.list_ronden(verbinding, rij)
        eigen = [*_tell_receipt(rij), *_tell_answer(verbinding, rij)]
        if retour := find_retour(verbinding, rij):
            stand = "en neemt alles over" if retour.aangenomen else "en meldt fouten"
            eigen.append(Gebeurtenis(retour.ontvangen_op, "retour", f"De aanbieder antwoordt met een {retour.soort} {stand}", None))
        vermelding.shows("bericht", (), bericht_id)
    namen = kijker.names_of(ronde.door for ronde in ronden)
    return _sort([*eigen, *(_tell_round(ronde, namen) for ronde in ronden)])


def tell_prestatie(kijker: Kijker, prestatie_id: int) -> list[Gebeurtenis] | None:
    """Of a line; None when it is not there, or another's."""
    gemeente = kijker.gemeente
    with kijker.transaction() as (verbinding, vermelding):
        gevonden = find_prestatie(verbinding, gemeente, prestatie_id)
        if gevonden is None:
            vermelding.shows_absent("prestatie", prestatie_id)
            return None
        rij, bericht = gevonden
        besluiten = [
            item
            for item in list_besluiten(verbinding, gemeente, [prestatie_id]).get(prestatie_id, [])
            if item.definitief or kijker.houder.medewerker
        ]
        opmerkingen = list_opmerkingen(verbinding, gemeente, prestatie_id)
        eigen = [*_tell_receipt(bericht, rij, bool(besluiten or opmerkingen)), *_tell_answer(verbinding, bericht)]
        eigen += _tell_credits(verbinding, gemeente, prestatie_id)
        if kijker.houder.medewerker:
            eigen += _tell_payments(verbinding, gemeente, prestatie_id)
        vermelding.shows("prestatie", [rij.bsn], prestatie_id)
    namen = kijker.names_of([*(item.door for item in besluiten), *(item.door for item in opmerkingen)])
    gezegd = (_tell_remark(item, namen) for item in opmerkingen)
    return _sort([*eigen, *gezegd, *(_tell_decision(item, namen) for item in besluiten)])


def tell_toewijzing(kijker: Kijker, toewijzingnummer: int) -> list[Gebeurtenis] | None:
    """Of an allocation; None when it is not there, or another's."""
    gemeente = kijker.gemeente
    with kijker.transaction() as (verbinding, vermelding):
        rij = find_toewijzing(verbinding, gemeente, toewijzingnummer)
        if rij is None:
            vermelding.shows_absent("toewijzing", toewijzingnummer)
            return None
        momenten = opslag.list_versiemomenten(verbinding, gemeente, toewijzingnummer)
        versies = list_versies(verbinding, gemeente, toewijzingnummer)
        leveringen = opslag.list_leveringsmomenten(verbinding, gemeente, rij.agb, rij.bsn, toewijzingnummer)
        declaraties = opslag.list_declaratiemomenten(verbinding, gemeente, rij.agb, toewijzingnummer)
        vermelding.shows("toewijzing", [rij.bsn], toewijzingnummer)
    return _sort([
        *(Gebeurtenis(momenten[item["versie"]], "versie", _tell_version(item), "de gemeente") for item in versies),
        *(melding for item in leveringen for melding in _tell_delivery(item)),
        *(Gebeurtenis(item.ontvangen_op, "declaratie", _tell_declaration(item), "de aanbieder") for item in declaraties),
    ])  # fmt: skip


def _sort(gebeurtenissen: Iterable[Gebeurtenis]) -> list[Gebeurtenis]:
    """Old to new; what has one moment stays in the order in which it was told."""
    return sorted(gebeurtenissen, key=lambda item: item.op)


def _tell_receipt(bericht: Berichtrij, rij: Prestatierij | None = None, vastgehouden: bool = False) -> Iterable[Gebeurtenis]:
    wat = f"Declaratie {bericht.declaratienummer}" if bericht.declaratienummer else bericht.soort
    yield Gebeurtenis(bericht.ontvangen_op, "ontvangen", f"{wat} ontvangen", None)
    if bericht.status == "geweigerd":
        yield Gebeurtenis(bericht.ontvangen_op, "geweigerd", "Geweigerd: het bestand is geen geldig bericht", None)
    elif bericht.verwerkt_op is not None:
        yield Gebeurtenis(bericht.verwerkt_op, "beoordeeld", _tell_outcome(bericht, rij, vastgehouden), None)


def _tell_outcome(bericht: Berichtrij, rij: Prestatierij | None, vastgehouden: bool) -> str:
    if rij is not None:
        return _VASTGEHOUDEN if vastgehouden or rij.uitkomst == "ter_beoordeling" else _UITKOMSTEN[rij.uitkomst]
    if bericht.status == "afgekeurd":
        return "Afgekeurd: het hele bericht moet opnieuw"
    return "Getoetst door de dienst"


def _tell_answer(verbinding: Connection, bericht: Berichtrij) -> Iterable[Gebeurtenis]:
    if antwoord := opslag.find_antwoordmoment(verbinding, bericht):
        yield Gebeurtenis(antwoord.gemaakt_op, "antwoord", f"Antwoord ({antwoord.soort}) klaargezet", None)


def _tell_credits(verbinding: Connection, gemeente: str, prestatie_id: int) -> Iterable[Gebeurtenis]:
    for credit in opslag.list_crediteringen(verbinding, gemeente, prestatie_id):
        tekst = f"Gecrediteerd door regel {credit.referentienummer}, {euro(credit.bedrag)}"
        yield Gebeurtenis(credit.ontvangen_op, "credit", tekst, "de aanbieder")


def _tell_payments(verbinding: Connection, gemeente: str, prestatie_id: int) -> Iterable[Gebeurtenis]:
    """Runs are read by staff only."""
    for betaling in opslag.list_betalingen_of(verbinding, gemeente, prestatie_id):
        dag = datum(betaling.uitvoeringsdatum)
        tekst = f"Opgenomen in betaalrun {betaling.run_id}: {euro(betaling.bedrag)}, uit te voeren op {dag}"
        yield Gebeurtenis(betaling.goedgekeurd_op, "betaling", tekst, "de gemeente")


def _tell_round(ronde: opslag.Besluitronde, namen: dict[str, str]) -> Gebeurtenis:
    aantal = telling(ronde.aantal, "regel", "regels")
    wat = {"toekennen": "toegekend", "afwijzen": "afgewezen"}[ronde.besluit]
    rest = " en teruggevraagd" if ronde.terugvragen else ""
    if not ronde.definitief:
        tekst = f"Voorgesteld: {aantal} {ronde.besluit}, {euro(ronde.bedrag)}; een tweede medewerker moet dat bevestigen"
        return Gebeurtenis(ronde.genomen_op, "voorstel", tekst, _name(ronde.door, namen))
    tekst = f"{aantal} {wat}{rest}, {euro(ronde.bedrag)}"
    return Gebeurtenis(ronde.genomen_op, "besluit", tekst, _name(ronde.door, namen))


def _tell_decision(besluit: Besluitrij, namen: dict[str, str]) -> Gebeurtenis:
    wie = _name(besluit.door, namen)
    if not besluit.definitief:
        tekst = f"Voorgesteld: {besluit.besluit}; een tweede medewerker moet dat bevestigen. {besluit.motivering}"
        return Gebeurtenis(besluit.genomen_op, "voorstel", tekst, wie)
    if besluit.besluit == "toekennen":
        wat = "Toegekend, met de vraag om de regel te crediteren" if besluit.terugvragen else "Toegekend"
    else:
        wat = f"Afgewezen met retourcode {besluit.retourcode} ({tell_code(besluit.retourcode)})"
    return Gebeurtenis(besluit.genomen_op, "besluit", f"{wat}. {besluit.motivering}", wie)


def _tell_remark(opmerking: Opmerkingrij, namen: dict[str, str]) -> Gebeurtenis:
    kant = "de gemeente" if opmerking.van == "gemeente" else "de aanbieder"
    return Gebeurtenis(opmerking.geplaatst_op, "vraag", opmerking.tekst, namen.get(opmerking.door, kant))


def _name(door: str, namen: dict[str, str]) -> str:
    return namen.get(door, "de gemeente")


def _tell_version(versie: dict[str, Any]) -> str:
    einde = versie["einddatum"]
    delen = [f"tot en met {datum(einde)}" if einde else "zonder einddatum"]
    if versie["volume"] is not None:
        omvang = hoeveelheid(versie["volume"], versie["eenheid"] or "")
        delen.append(f"{omvang} {_FREQUENTIES.get(versie['frequentie'], '')}".strip())
    if versie["budget"] is not None:
        delen.append(f"budget {euro(versie['budget'])}")
    nummer = versie["versie"]
    wat = "Toegewezen" if nummer == 1 else f"Gewijzigd (versie {nummer})"
    return f"{wat}: {', '.join(delen)}"


def _tell_delivery(item: opslag.Leveringsmoment) -> Iterable[Gebeurtenis]:
    wat = f"Start gemeld op {datum(item.begindatum)}"
    if item.einddatum:
        tijdelijk = "Tijdelijke stop" if item.reden_beeindiging == TIJDELIJK else "Stop"
        wat = f"{tijdelijk} gemeld na {datum(item.einddatum)}"
    yield Gebeurtenis(item.ontvangen_op, "levering", wat, "de aanbieder")
    if item.ingetrokken_op:
        yield Gebeurtenis(item.ingetrokken_op, "levering", f"Ingetrokken: {wat[0].lower()}{wat[1:]}", "de aanbieder")


def _tell_declaration(item: opslag.Declaratiemoment) -> str:
    toegekend = "" if item.toegekend == item.bedrag else f", waarvan {euro(item.toegekend)} is toegekend"
    return f"Declaratie {item.declaratienummer}: {telling(item.aantal, 'regel', 'regels')}, {euro(item.bedrag)}{toegekend}"
