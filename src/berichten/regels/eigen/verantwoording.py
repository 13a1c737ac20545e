"""The gemeente's own rules on delivery records: what was billed against what was done, and by whom.

Minutes billed above client-bound minutes are divided: to no-shows first, then to time that is not client-bound, then to what was
not recorded at all (DOMAIN section 5).
"""

from dataclasses import dataclass
from functools import partial

from berichten.dossier.contract import UUR
from berichten.dossier.dossier import Dossier
from berichten.dossier.eigen_feiten import CLIENTGEBONDEN, NO_SHOW, Verantwoord, Verantwoording, declared_minutes
from berichten.dossier.kolommen import Dossierkolommen, Getallen, Masker
from berichten.kern.feit import RANG, Feit
from berichten.kern.regel import Gegevens, Voorstel, regel
from berichten.kern.tekst import getal
from berichten.standaard.waarden.berichten import Prestatie

_TE_VEEL = Voorstel(
    "9321", "Het volume is hoger dan wat telt. Een code voor niet geleverde minuten is er niet: noem de minuten in de motivering."
)

_TIJD = Feit.VERANTWOORDING | Feit.MINUTEN
_eigen_regel = partial(
    regel,
    retourcode=None,
    niveau=4,
    klasse="Prestatie",
    berichten=("JW323",),
    gevolg="beoordelen",
    bron="Alphen aan den Rijn, inkoopdocument 2024, par. 8.1",
)
_REGISTRATIE = {"SKJ": "met registratie SKJ", "BIG": "met registratie BIG", "geen": "zonder registratie"}


@dataclass(frozen=True, slots=True)
class Verdeling:
    """Billed minutes, those that may be billed, and what the difference consists of. All in minutes."""

    gedeclareerd: int
    clientgebonden: int
    """What other lines left of the recorded time, which is in whole hours for a line in hours."""
    van_anderen: int
    """Client-bound minutes that other lines have billed already on the same records."""
    no_show: int
    niet_clientgebonden: int
    niet_vastgelegd: int


def divide(prestatie: Prestatie, dossier: Dossier) -> Verdeling | None:
    """How the billed minutes divide over what was recorded; None when records are missing.

    Hours are held against the recorded total, rounded as IV079 says. Lines that share their records use them up in turn.
    """
    records, gedeclareerd = dossier.kader.feiten.verantwoording_of(prestatie), declared_minutes(prestatie)
    if records is None or gedeclareerd is None:
        return None
    eerder, geleverd = records.gedeclareerd, records.minutes_of(*CLIENTGEBONDEN)
    if prestatie.eenheid == UUR:
        geleverd = _round_hours(geleverd)
    beschikbaar = max(0, geleverd - eerder)
    te_veel = max(0, gedeclareerd - beschikbaar)
    eerder_te_veel = max(0, eerder - geleverd)
    no_show, eerder_te_veel = _take(te_veel, records.minutes_of(NO_SHOW), eerder_te_veel)
    niet_gebonden, _ = _take(te_veel - no_show, records.minutes_of("niet_clientgebonden", "afgezegd"), eerder_te_veel)
    niet_vastgelegd = te_veel - no_show - niet_gebonden
    return Verdeling(gedeclareerd, beschikbaar, geleverd - beschikbaar, no_show, niet_gebonden, niet_vastgelegd)


def _take(te_veel: int, vastgelegd: int, eerder: int) -> tuple[int, int]:
    """How much of an excess these recorded minutes explain, and how much of an earlier excess they leave unexplained."""
    over = max(0, vastgelegd - eerder)
    return min(te_veel, over), max(0, eerder - vastgelegd)


def _round_hours(minuten: int) -> int:
    """Whole hours in minutes: from 30 minutes up, and at least one hour for anything that was delivered (IV079)."""
    return max(1, (minuten + 30) // 60) * 60 if minuten else 0


def _gegevens(verdeling: Verdeling, te_veel: int) -> Gegevens | None:
    if te_veel <= 0:
        return None
    anderen = verdeling.van_anderen
    return {
        "gedeclareerd": verdeling.gedeclareerd,
        "clientgebonden": verdeling.clientgebonden,
        "minuten": te_veel,
        "op_andere_regels": f" (en {getal(anderen)} die al op andere regels zijn gedeclareerd)" if anderen else "",
    }


def _is_delivered(regels: Dossierkolommen) -> Masker:
    """All that the message bills on the same records was delivered, also where hours are rounded."""
    op_records = regels.group(map(id, regels.records))
    geleverd = regels.numbers(0 if item is None else _least_delivered(item) for item in regels.records)
    eerder = regels.numbers(0 if item is None else item.gedeclareerd for item in regels.records)
    gedekt: Masker = eerder + regels.total(regels.minuten, op_records) <= geleverd
    return gedekt


def _least_delivered(records: Verantwoording) -> int:
    geleverd = records.minutes_of(*CLIENTGEBONDEN)
    return min(geleverd, _round_hours(geleverd))


@_eigen_regel(
    "DA01",
    element="GeleverdVolume",
    nodig=_TIJD,
    titel="Een no-show mag niet worden gedeclareerd.",
    melding=(
        "Van de {gedeclareerd:getal} gedeclareerde minuten zijn er volgens de verantwoording {clientgebonden:getal} geleverd aan de"
        " cliënt{op_andere_regels}. Te veel: {minuten:minuten} van afspraken waarop de cliënt niet kwam (no-show)."
    ),
    doen="Vul de verantwoording aan als die niet klopt. Klopt zij wel, declareer dan voortaan alleen de geleverde minuten.",
    voorstel=_TE_VEEL,
    onschuldig=_is_delivered,
)
def geen_no_show(prestatie: Prestatie, dossier: Dossier) -> Gegevens | None:
    """Billed minutes that recorded no-shows explain."""
    verdeling = divide(prestatie, dossier)
    return _gegevens(verdeling, verdeling.no_show) if verdeling else None


@_eigen_regel(
    "DA04",
    element="GeleverdVolume",
    nodig=_TIJD,
    titel="Alleen tijd die aan een cliënt is besteed mag worden gedeclareerd.",
    melding=(
        "Van de {gedeclareerd:getal} gedeclareerde minuten zijn er volgens de verantwoording {clientgebonden:getal} geleverd aan de"
        " cliënt{op_andere_regels}. Te veel: {minuten:minuten} aan niet-cliëntgebonden tijd of afgezegde afspraken."
    ),
    doen="Vul de verantwoording aan als die niet klopt. Klopt zij wel, declareer dan voortaan alleen cliëntgebonden minuten.",
    voorstel=_TE_VEEL,
    onschuldig=_is_delivered,
)
def alleen_clientgebonden(prestatie: Prestatie, dossier: Dossier) -> Gegevens | None:
    """Billed minutes that no-shows do not explain and that were recorded as not client-bound, or as called off."""
    verdeling = divide(prestatie, dossier)
    return _gegevens(verdeling, verdeling.niet_clientgebonden) if verdeling else None


@_eigen_regel(
    "DA06",
    element="GeleverdVolume",
    nodig=_TIJD,
    titel="Er wordt niet meer gedeclareerd dan in de verantwoording is vastgelegd.",
    melding=(
        "Gedeclareerd zijn {gedeclareerd:minuten}. Volgens de verantwoording zijn er {clientgebonden:getal} geleverd aan de"
        " cliënt{op_andere_regels}. Te veel: {minuten:minuten} waarvan niets is vastgelegd."
    ),
    doen="Vul de verantwoording aan als die niet volledig is. Is er te veel gedeclareerd, meld dat bij de opmerkingen.",
    voorstel=_TE_VEEL,
    onschuldig=_is_delivered,
)
def gedeclareerd_is_vastgelegd(prestatie: Prestatie, dossier: Dossier) -> Gegevens | None:
    """Billed minutes that neither delivery, nor no-shows, nor other recorded time explain."""
    verdeling = divide(prestatie, dossier)
    return _gegevens(verdeling, verdeling.niet_vastgelegd) if verdeling else None


@_eigen_regel(
    "DA05",
    element="ProductCode",
    nodig=Feit.VERANTWOORDING,
    titel="Wie de hulp gaf, heeft de registratie die het product vraagt.",
    melding=(
        "Product {code} vraagt een professional met registratie {vereist}. Volgens de verantwoording is {minuten:minuten}"
        " hulp gegeven door iemand {gevonden}."
    ),
    doen="Vul de verantwoording aan als de registratie niet klopt, of overleg met de gemeente.",
    voorstel=Voorstel("0611", "Het tarief hoort bij iemand met een ander niveau of een andere registratie dan de hulp gaf."),
    onschuldig=lambda r: r.once(_required) == "",
)
def heeft_registratie(prestatie: Prestatie, dossier: Dossier) -> Gegevens | None:
    """`SKJ/BIG` asks for either. A product that asks for none, or that the catalogue does not have, is always right."""
    vereist = _required(prestatie, dossier)
    if not vereist:
        return None
    mis = [item for item in _delivered(prestatie, dossier) if item.registratie not in vereist.split("/")]
    if not mis:
        return None
    return {
        "code": prestatie.code,
        "vereist": vereist.replace("/", " of "),
        "minuten": sum(item.minuten for item in mis),
        "gevonden": " of ".join(_REGISTRATIE[naam] for naam in sorted({item.registratie for item in mis})),
    }


@_eigen_regel(
    "DA05",
    element="ProductTarief",
    nodig=Feit.VERANTWOORDING | Feit.NIVEAU,
    titel="Wie de hulp gaf, heeft ten minste het opleidingsniveau dat wordt gedeclareerd.",
    melding=(
        "Gedeclareerd is niveau {niveau}. Volgens de verantwoording is {minuten:minuten} hulp gegeven door iemand met niveau"
        " {gevonden}."
    ),
    doen="Vul de verantwoording aan als die niet klopt. Klopt zij wel, declareer dan voortaan het niveau van wie de hulp gaf.",
    voorstel=Voorstel("0611", "Het tarief hoort bij iemand met een ander niveau of een andere registratie dan de hulp gaf."),
    onschuldig=lambda r: r.once(billed_rank) <= _lowest_delivered(r),
)
def heeft_niveau(prestatie: Prestatie, dossier: Dossier) -> Gegevens | None:
    """Records that give no level are not held against it."""
    niveau = billed_level(prestatie, dossier)
    mis = [item for item in _delivered(prestatie, dossier) if item.niveau and RANG[item.niveau] < RANG[niveau]]
    if not mis:
        return None
    gevonden = sorted({item.niveau for item in mis}, key=RANG.__getitem__)
    return {"niveau": niveau, "minuten": sum(item.minuten for item in mis), "gevonden": gevonden}


def _required(prestatie: Prestatie, dossier: Dossier) -> str:
    """Registration that a product asks for; empty for none."""
    product = dossier.kader.contract.product_on(prestatie.code, prestatie.begindatum)
    return product.vereiste_registratie if product else ""


def _delivered(prestatie: Prestatie, dossier: Dossier) -> list[Verantwoord]:
    return _client_bound(dossier.kader.feiten.verantwoording_of(prestatie))


def _client_bound(records: Verantwoording | None) -> list[Verantwoord]:
    return [item for item in records.regels if item.soort in CLIENTGEBONDEN and item.minuten] if records else []


def _lowest_delivered(regels: Dossierkolommen) -> Getallen:
    """The lowest level of who did the work of a line, as a rank; higher than any where none is recorded."""
    niveaus = ([item.niveau for item in _client_bound(records) if item.niveau] for records in regels.records)
    return regels.numbers(min(map(RANG.__getitem__, item), default=len(RANG)) for item in niveaus)


def billed_rank(prestatie: Prestatie, dossier: Dossier) -> int:
    """Rank of the level that a line bills; -1 when it cannot be known."""
    return RANG.get(billed_level(prestatie, dossier), -1)


def billed_level(prestatie: Prestatie, dossier: Dossier) -> str:
    """Education level that a line bills; empty when it cannot be known."""
    ingang = dossier.ingang_for(prestatie)
    return dossier.kader.contract.level_of(prestatie.code, prestatie.begindatum, prestatie.eenheid, prestatie.tarief, ingang)
