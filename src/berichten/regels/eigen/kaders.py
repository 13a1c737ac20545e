"""The gemeente's own rules on frames, age and spending room: per client and course, and per aanbieder."""

from collections.abc import Mapping
from datetime import date, timedelta
from functools import partial

import numpy as np

from berichten.dossier.dossier import Dossier
from berichten.dossier.eigen_feiten import EigenFeiten, Kader, Ruimte, Zorgmaand, course_of, declared_minutes
from berichten.dossier.kolommen import ONBEPERKT, Dossierkolommen, Masker
from berichten.kern.feit import Feit
from berichten.kern.kalender import age_on, begin_of_maand, count_maanden
from berichten.kern.regel import Gegevens, Voorstel, regel
from berichten.kern.tekst import getal
from berichten.standaard.waarden.berichten import Prestatie

_NA_18 = Voorstel("9308", "De hulp valt na de laatste dag waarop jeugdhulp kan. Noem de leeftijd in de motivering.")

VOLWASSEN, HOOGSTENS = 18, 23
_PLUS = "18+"
"""In the name or zorgvorm of a product with an 18+ tariff; prolonged youth care has tariffs of its own."""
VOOR_VOLWASSENEN = (_PLUS, "verlengde jeugdhulp")
"""A product of which name or zorgvorm says so is meant for who is 18 or older."""
_eigen_regel = partial(regel, retourcode=None, niveau=4, klasse="Prestatie", berichten=("JW323",))
_OVERLEG = "Overleg met het lokale team of het traject langer of zwaarder mag, en laat dat aan de gemeente weten."
_VERLENG = "Vraag het lokale team om een verlenging van het traject en laat aan de gemeente weten dat die is gegeven."
_BRON_18 = "Task force Holland Rijnland, jeugdhulp na 18 jaar"
_BRON_TARIEF_18 = "Alphen aan den Rijn, inkoopdocument 2024, par. 8.2"
_BRON_RUIMTE = "Alphen aan den Rijn, inkoopdocument 2024, par. 9.1; task force Holland Rijnland, par. 2.8"


def _stays_within(regels: Dossierkolommen) -> Masker:
    """All care of a client in a frame, before and in this message, is within its limits, even as one course without a gap."""
    namen = regels.once(lambda *regel: _name(frame_of(*regel)))
    sleutels = list(zip(regels.each("bsn"), namen.tolist(), strict=True))
    groep = regels.group(sleutels)
    eerder, eerste = np.zeros(len(groep), np.int64), np.full(len(groep), date.max, "M8[M]")
    np.minimum.at(eerste, groep, regels.beginmaand)
    van_sleutel = dict(zip(sleutels, groep.tolist(), strict=True)) if regels.feiten.trajecten else {}
    for sleutel in regels.feiten.trajecten.keys() & van_sleutel.keys():
        plek, maanden_ervoor = van_sleutel[sleutel], regels.feiten.trajecten[sleutel]
        eerder[plek] = sum(max(0, maand.minuten) for maand in maanden_ervoor.values())
        eerste[plek] = min(eerste[plek], np.datetime64(min(maanden_ervoor, default=date.max), "M"))
    minuten = regels.total(regels.minuten, groep) + eerder[groep]
    maanden = (regels.beginmaand - eerste[groep]).astype(int) + 1
    past = (minuten <= regels.once(_most_minutes)) & (maanden <= regels.once(_most_months))
    return regels.together(past, groep)


def _name(kader: Kader | None) -> str:
    return kader.kader if kader else ""


def _most_minutes(prestatie: Prestatie, dossier: Dossier) -> int:
    kader = frame_of(prestatie, dossier)
    return ONBEPERKT if kader is None or kader.max_minuten is None else kader.max_minuten


def _most_months(prestatie: Prestatie, dossier: Dossier) -> int:
    kader = frame_of(prestatie, dossier)
    return ONBEPERKT if kader is None or kader.max_maanden is None else kader.max_maanden


@_eigen_regel(
    "DA10",
    element="ProductPeriode",
    gevolg="beoordelen",
    bron="Task force Holland Rijnland, tabel 5a",
    nodig=Feit.KADER,
    titel="Een traject blijft binnen het kader voor duur en omvang.",
    melding="Het kader '{kader}' is overschreden: {overschrijding}.",
    doen="{advies}",
    voorstel=Voorstel("9322", "De hulp is samen meer dan het kader toelaat. Noem het kader in de motivering."),
    onschuldig=_stays_within,
)
def binnen_kader(prestatie: Prestatie, dossier: Dossier) -> Gegevens | None:
    """A course is the care of one client by one aanbieder in one frame, without a gap of more than three months."""
    kader = frame_of(prestatie, dossier)
    if kader is None:
        return None
    traject = dossier.kader.feiten.trajecten.get((prestatie.bsn, kader.kader), {})
    gevonden = _exceeds(prestatie, kader, traject)
    return {"kader": kader.kader, **gevonden} if gevonden else None


def _exceeds(prestatie: Prestatie, kader: Kader, traject: Mapping[date, Zorgmaand]) -> dict[str, object]:
    """What of a frame a course with this line goes beyond, with its numbers; empty when it stays within."""
    maand = begin_of_maand(prestatie.begindatum)
    eerste, laatste = course_of((dag for dag, item in traject.items() if item.regels > 0), maand)
    maanden = count_maanden(eerste, maand)
    eerder = sum(item.minuten for dag, item in traject.items() if eerste <= dag <= laatste)
    minuten = eerder + (declared_minutes(prestatie) or 0)
    delen, advies = [], _OVERLEG
    if kader.max_maanden is not None and maanden > kader.max_maanden:
        delen.append(f"dit is maand {maanden} van het traject, en {kader.max_maanden} maanden is het meeste")
    if kader.max_minuten is not None and minuten > kader.max_minuten:
        if not delen and minuten <= kader.max_minuten + (kader.verlenging_minuten or 0):
            advies = _VERLENG
        delen.append(f"het traject komt op {getal(minuten)} minuten, en {_tell_most(minuten, kader, kader.max_minuten)}")
    return {"overschrijding": " en ".join(delen), "maanden": maanden, "minuten": minuten, "advies": advies} if delen else {}


def _tell_most(minuten: int, kader: Kader, gewoon: int) -> str:
    """Which of the two limits is passed: the one without prolongation, or the one with."""
    if kader.verlenging_minuten is None:
        return f"{getal(gewoon)} is het meeste"
    verlengd = gewoon + kader.verlenging_minuten
    if minuten > verlengd:
        return f"{getal(verlengd)} is het meeste, ook na een verlenging"
    return f"{getal(gewoon)} is het meeste zonder verlenging; met een verlenging is dat {getal(verlengd)}"


def frame_of(prestatie: Prestatie, dossier: Dossier) -> Kader | None:
    """The frame that holds for a line, by segment and zorgvorm of its product."""
    feiten: EigenFeiten = dossier.kader.feiten
    return feiten.geldend_for(prestatie, dossier.kader.contract).kader if feiten.kaders else None


@_eigen_regel(
    "DA11",
    element="ProductPeriode",
    gevolg="signaal",
    bron=_BRON_18,
    nodig=Feit.GEBOORTEDATUM,
    titel="Jeugdhulp vanaf 18 jaar heeft een 18+-tarief of is verlengde jeugdhulp.",
    melding="De cliënt was op {dag} {leeftijd} jaar. Product {code} is geen product voor 18 jaar en ouder of verlengde jeugdhulp.",
    doen="Overleg met het lokale team over verlengde jeugdhulp of over hulp uit een andere wet.",
    voorstel=_NA_18,
    onschuldig=lambda r: _is_younger(r, VOLWASSEN) | r.once(_is_meant_for_adults),
)
def jonger_dan_18(prestatie: Prestatie, dossier: Dossier) -> Gegevens | None:
    """By the age on the first day of the ProductPeriode; from 23 on the other rule of this number says so."""
    leeftijd = _age(prestatie, dossier)
    if leeftijd < VOLWASSEN or leeftijd >= HOOGSTENS:
        return None
    if _is_meant_for_adults(prestatie, dossier):
        return None
    return {"dag": prestatie.begindatum, "leeftijd": leeftijd, "code": prestatie.code}


def _is_meant_for_adults(prestatie: Prestatie, dossier: Dossier) -> bool:
    return _tells(prestatie, dossier, *VOOR_VOLWASSENEN)


def _tells(prestatie: Prestatie, dossier: Dossier, *woorden: str) -> bool:
    """Whether name or zorgvorm of the product of a line has one of these words."""
    product = dossier.kader.contract.product_on(prestatie.code, prestatie.begindatum)
    return product is not None and product.tells(*woorden)


def _is_younger(regels: Dossierkolommen, jaren: int) -> Masker:
    """Surely so on the first day of a line: by years of 365 days, some days before the birthday are left to the rule."""
    return (regels.begindatum - regels.geboortedatum).astype(int) < jaren * 365


@_eigen_regel(
    "DA11",
    element="ProductCode",
    gevolg="beoordelen",
    bron=_BRON_TARIEF_18,
    nodig=Feit.GEBOORTEDATUM,
    titel="Een 18+-tarief geldt vanaf de 18e verjaardag.",
    melding="De cliënt is op {dag} {leeftijd} jaar. Product {code} heeft een 18+-tarief, dat pas vanaf 18 jaar geldt.",
    doen="Declareer tot de 18e verjaardag met het product en het tarief voor jeugdigen.",
    voorstel=_NA_18,
    onschuldig=lambda r: ~r.once(_has_plus_tarief),
)
def tarief_pas_vanaf_18(prestatie: Prestatie, dossier: Dossier) -> Gegevens | None:
    """By the age on the last day of the ProductPeriode: who turns 18 in it may have 18+ care from that day on."""
    leeftijd = _age_on(prestatie.einddatum, dossier)
    if leeftijd is None or leeftijd >= VOLWASSEN:
        return None
    if not _has_plus_tarief(prestatie, dossier):
        return None
    return {"dag": prestatie.einddatum, "leeftijd": leeftijd, "code": prestatie.code}


@_eigen_regel(
    "DA11",
    element="ProductPeriode",
    gevolg="signaal",
    bron=_BRON_TARIEF_18,
    nodig=Feit.GEBOORTEDATUM,
    titel="Een regel met een 18+-tarief begint niet voor de 18e verjaardag.",
    melding="De cliënt is op {verjaardag} 18 jaar geworden. Product {code} met een 18+-tarief is gedeclareerd vanaf {begindatum}.",
    doen="Controleer of alle gedeclareerde hulp vanaf die dag is gegeven, en crediteer de regel als dat niet zo is.",
    voorstel=_NA_18,
    onschuldig=lambda r: ~r.once(_has_plus_tarief),
)
def tarief_voor_en_na_18(prestatie: Prestatie, dossier: Dossier) -> Gegevens | None:
    """A month with the birthday in it: a line cannot be split (TR387, TR388), so what it bills is only shown, never held."""
    geboren = dossier.toewijzing.geboortedatum if dossier.toewijzing else None
    jonger, ouder = _age_on(prestatie.begindatum, dossier), _age_on(prestatie.einddatum, dossier)
    if geboren is None or jonger is None or ouder is None or not jonger < VOLWASSEN <= ouder:
        return None
    if not _has_plus_tarief(prestatie, dossier):
        return None
    # Eighteen years after 29 February there is no such day: then it is the day after, as `_age_on` counts.
    verjaardag = date(geboren.year + VOLWASSEN, geboren.month, 1) + timedelta(days=geboren.day - 1)
    return {"verjaardag": verjaardag, "code": prestatie.code, "begindatum": prestatie.begindatum}


def _has_plus_tarief(prestatie: Prestatie, dossier: Dossier) -> bool:
    return _tells(prestatie, dossier, _PLUS)


@_eigen_regel(
    "DA11",
    element="ProductPeriode",
    gevolg="beoordelen",
    bron=_BRON_18,
    nodig=Feit.GEBOORTEDATUM,
    titel="Jeugdhulp eindigt uiterlijk op de 23e verjaardag.",
    melding="De cliënt was op {dag} {leeftijd} jaar. Jeugdhulp is er tot 23 jaar.",
    doen="Beëindig de jeugdhulp en regel de hulp uit een andere wet.",
    voorstel=_NA_18,
    onschuldig=lambda r: _is_younger(r, HOOGSTENS),
)
def jonger_dan_23(prestatie: Prestatie, dossier: Dossier) -> Gegevens | None:
    """By the age on the first day of the ProductPeriode, whatever the product (Jeugdwet, artikel 1.1)."""
    leeftijd = _age(prestatie, dossier)
    return {"dag": prestatie.begindatum, "leeftijd": leeftijd} if leeftijd >= HOOGSTENS else None


def _age(prestatie: Prestatie, dossier: Dossier) -> int:
    """Years of age on the first day of a line; 0 when the birth date is not known."""
    return _age_on(prestatie.begindatum, dossier) or 0


def _age_on(dag: date, dossier: Dossier) -> int | None:
    """Years of age on a day; None when the birth date is not known."""
    geboren = dossier.toewijzing and dossier.toewijzing.geboortedatum
    if not geboren:
        return None
    return age_on(geboren, dag)


@_eigen_regel(
    "DA12",
    element="IngediendBedrag",
    gevolg="signaal",
    bron=_BRON_RUIMTE,
    nodig=Feit.RUIMTE,
    titel="Een aanbieder blijft binnen zijn bestedingsruimte.",
    melding=(
        "De bestedingsruimte van {bedrag:euro} vanaf {van}{segment} is overschreden: met deze regel is {gebruikt:euro} gebruikt,"
        " {te_veel:euro} te veel."
    ),
    doen="Neem contact op met de contractmanager van de gemeente.",
    voorstel=Voorstel("9369", "De hulp is samen meer dan het plafond. Noem het plafond in de motivering."),
    onschuldig=lambda r: _leaves_room(r, "indicatief"),
)
def binnen_bestedingsruimte(prestatie: Prestatie, dossier: Dossier) -> Gegevens | None:
    """Indicative: only shown. Sums what is awarded or held for care in the period, less what was credited."""
    return _most_exceeded(prestatie, dossier, "indicatief")


@_eigen_regel(
    "DA12",
    element="IngediendBedrag",
    gevolg="beoordelen",
    bron=_BRON_RUIMTE,
    nodig=Feit.RUIMTE,
    titel="Een aanbieder blijft onder zijn plafond.",
    melding=(
        "Het plafond van {bedrag:euro} vanaf {van}{segment} is overschreden: met deze regel is {gebruikt:euro} gebruikt,"
        " {te_veel:euro} te veel."
    ),
    doen="Neem contact op met de contractmanager van de gemeente. De gemeente besluit of zij deze regel boven het plafond betaalt.",
    voorstel=Voorstel("9369", "De hulp is samen meer dan het plafond. Noem het plafond in de motivering."),
    onschuldig=lambda r: _leaves_room(r, "plafond"),
)
def onder_plafond(prestatie: Prestatie, dossier: Dossier) -> Gegevens | None:
    """A ceiling: a person decides, because it may follow the client."""
    return _most_exceeded(prestatie, dossier, "plafond")


def _most_exceeded(prestatie: Prestatie, dossier: Dossier, soort: str) -> Gegevens | None:
    over = [ruimte for ruimte in rooms_of(prestatie, dossier) if ruimte.soort == soort and _excess(ruimte, prestatie) > 0]
    if not over:
        return None
    ruimte = max(over, key=lambda item: _excess(item, prestatie))
    return {
        "bedrag": ruimte.bedrag,
        "van": ruimte.periode_van,
        "segment": f" (segment {ruimte.segment})" if ruimte.segment else "",
        "gebruikt": ruimte.gebruikt + prestatie.bedrag,
        "te_veel": _excess(ruimte, prestatie),
    }


def _leaves_room(regels: Dossierkolommen, soort: str) -> Masker:
    """Lines that come out of rooms that hold everything which the message asks of them.

    Lines that come out of the same rooms are summed together first: there may be hundreds of rooms, and as many kinds of lines.
    """
    ruimtes = [item for item in regels.feiten.ruimtes if item.soort == soort]
    plek = {id(item): nummer for nummer, item in enumerate(ruimtes)}
    samen: dict[tuple[int, ...], int] = {}
    groep = regels.once(
        lambda *regel: samen.setdefault(tuple(plek[id(item)] for item in rooms_of(*regel) if id(item) in plek), len(samen))
    )
    gevraagd = np.zeros(len(samen), np.int64)
    np.add.at(gevraagd, groep, np.where(regels.credit, 0, regels.bedrag))
    totaal = [item.gebruikt for item in ruimtes]
    for nummers, bedrag in zip(samen, gevraagd.tolist(), strict=True):
        for nummer in nummers:
            totaal[nummer] += bedrag
    past = [som <= item.bedrag for som, item in zip(totaal, ruimtes, strict=True)]
    passen: Masker = np.array([all(past[nummer] for nummer in nummers) for nummers in samen])[groep]
    return passen


def _excess(ruimte: Ruimte, prestatie: Prestatie) -> int:
    return ruimte.gebruikt + prestatie.bedrag - ruimte.bedrag


def rooms_of(prestatie: Prestatie, dossier: Dossier) -> tuple[Ruimte, ...]:
    """The rooms and ceilings that a line comes out of."""
    feiten: EigenFeiten = dossier.kader.feiten
    return feiten.geldend_for(prestatie, dossier.kader.contract).ruimtes if feiten.ruimtes else ()
