"""Rules on unit, product, tariff and amount of a billed line, against the allocation and what was agreed."""

import numpy as np

from berichten.dossier.contract import EUROS, MINUUT, UUR, Contract, Tarief, amount_of_minuten
from berichten.dossier.dossier import Dossier
from berichten.dossier.kolommen import Dossierkolommen, Masker
from berichten.kern.regel import Gegevens, regel
from berichten.kern.tekst import euro, hoeveelheid, naam_eenheid
from berichten.regels.declaratie.volume import find_measure
from berichten.standaard.waarden.berichten import Prestatie


@regel(
    "TR341",
    retourcode="9341",
    niveau=3,
    klasse="Prestatie",
    element="Eenheid",
    berichten=("JW323",),
    titel="De eenheid van een regel past bij de toewijzing of, als die er geen noemt, bij het contract.",
    melding="De regel is in {eenheid}, maar {grondslag} is in {verwacht}.",
    doen="Declareer in die eenheid; op uren mag ook in minuten.",
    onschuldig=lambda r: np.where(r.toegewezen_eenheid == "", r.once(_fits_contract), r.meetbaar),
)
def eenheid_past(prestatie: Prestatie, dossier: Dossier) -> Gegevens | None:
    """Equal to the allocation's, or minutes on hours; without one, the unit of the tariff, else of the catalogue."""
    toewijzing, contract = dossier.toewijzing, dossier.kader.contract
    if toewijzing is None:
        return None
    if toewijzing.eenheid is not None:
        if find_measure(prestatie, dossier) is not None:
            return None
        return _unit_gegevens(prestatie, "de toewijzing", [toewijzing.eenheid])
    if _fits_contract(prestatie, dossier):
        return None
    mag = contract.units(prestatie.code, prestatie.begindatum, dossier.ingang_for(prestatie))
    return _unit_gegevens(prestatie, f"product {prestatie.code} in uw contract", sorted(mag))


def _fits_contract(prestatie: Prestatie, dossier: Dossier) -> bool:
    mag = dossier.kader.contract.units(prestatie.code, prestatie.begindatum, dossier.ingang_for(prestatie))
    return not mag or prestatie.eenheid in mag or (prestatie.eenheid == MINUUT and UUR in mag)


def _unit_gegevens(prestatie: Prestatie, grondslag: str, mag: list[str]) -> Gegevens:
    verwacht = " of ".join(naam_eenheid(item) for item in mag)
    return {"eenheid": naam_eenheid(prestatie.eenheid), "grondslag": grondslag, "verwacht": verwacht}


@regel(
    "TR381",
    retourcode="S329",
    niveau=4,
    klasse="Prestatie",
    element="ProductCode",
    berichten=("JW323",),
    titel="De productcode hoort in de productcategorie, volgens de productcodelijst van de gemeente.",
    melding="Productcode {code} hoort volgens de productcodelijst {plaats}, en niet bij categorie {categorie}.",
    doen="Controleer code en categorie in de productcodelijst van de gemeente en dien de regel opnieuw in.",
    zonder_toewijzing=True,
    eens=True,
)
def code_hoort_bij_categorie(prestatie: Prestatie, dossier: Dossier) -> Gegevens | None:
    """Whatever the dates in the list: a code that has ended stays billable on an allocation that runs."""
    contract = dossier.kader.contract
    if not contract.heeft_catalogus:
        return None
    categorieen = contract.categories_of(prestatie.code)
    if prestatie.categorie in categorieen:
        return None
    plaats = f"bij categorie {', '.join(sorted(categorieen))}" if categorieen else "nergens"
    return {"code": prestatie.code, "plaats": plaats, "categorie": prestatie.categorie}


@regel(
    "TR418",
    retourcode="0611",
    niveau=3,
    klasse="Prestatie",
    element="ProductTarief",
    berichten=("JW323",),
    titel="Het tarief van een regel is een contractueel tarief van dat product.",
    melding="Het tarief van de regel is {tarief:euro} per eenheid. Voor product {code} op {dag}{waarom} geldt {afgesproken}.",
    doen="{herstel}",
    zonder_toewijzing=True,
    eens=True,
)
def tarief_volgens_contract(prestatie: Prestatie, dossier: Dossier) -> Gegevens | None:
    """Any level's tariff on the first day of the ProductPeriode; minutes on an hourly tariff at its rounded minute rate.

    Where the contract row says so (`tariefdatum`), the tariff of the allocation's Ingangsdatum; not judged then without allocation.
    A product outside the contract has no tariff. Unit 83 has none by nature. Not judged where the gemeente has no tariffs at all.
    """
    contract = dossier.kader.contract
    if prestatie.eenheid == EUROS or prestatie.tarief is None or not contract.heeft_tarieven:
        return None
    code, begin, ingang = prestatie.code, prestatie.begindatum, dossier.ingang_for(prestatie)
    if prestatie.tarief in contract.rates(code, begin, prestatie.eenheid, ingang):
        return None
    dag = contract.price_day(code, begin, ingang)
    if dag is None:
        return None
    afgesproken = contract.tarieven(code, begin, ingang)
    return {
        "tarief": prestatie.tarief,
        "code": code,
        "dag": dag,
        "waarom": "" if dag == begin else ", de ingangsdatum van de toewijzing,",
        "afgesproken": tell_tarieven(contract, afgesproken),
        "herstel": _MET_TARIEF if afgesproken else _ZONDER_TARIEF,
    }


_MET_TARIEF = "Dien de regel opnieuw in met het afgesproken tarief, of vraag de gemeente of uw contract klopt."
_ZONDER_TARIEF = (
    "Controleer de productcode en de periode. Kloppen die, vraag de gemeente dan eerst of dit product in uw contract hoort."
)


def tell_tarieven(contract: Contract, tarieven: tuple[Tarief, ...]) -> str:
    """Agreed prices for a sentence: `€ 78,05 per uur (HBO) of € 111,60 per uur (WO)`."""
    if not tarieven:
        return "geen tarief: het staat niet in uw contract"
    verteld = [
        f"{euro(item.tarief)} per {hoeveelheid(1, contract.unit_of(item)).removeprefix('1 ')}"
        + (f" ({item.opleidingsniveau})" if item.opleidingsniveau else "")
        for item in tarieven
    ]
    return " of ".join(verteld)


def _is_exact(regels: Dossierkolommen) -> Masker:
    """Volume times tariff; of minutes by the first hourly price, where there are any. Other prices are left to the rule."""
    uur = regels.once(_first_hourly)
    bedrag = np.where(uur > 0, amount_of_minuten(uur, regels.volume), regels.volume * regels.tarief)
    klopt: Masker = (regels.eenheid == EUROS) | (regels.tarief < 0) | (bedrag == abs(regels.bedrag))
    return klopt


@regel(
    "TR346",
    retourcode="9346",
    niveau=4,
    klasse="Prestatie",
    element="IngediendBedrag",
    berichten=("JW323",),
    titel="Het bedrag van een regel is volume maal tarief.",
    melding="Het bedrag is {bedrag:euro}, maar {volume} maal het tarief is {verwacht:euro}{toelichting}.",
    doen="Herstel bedrag, volume of tarief en dien de regel opnieuw in.",
    zonder_toewijzing=True,
    onschuldig=_is_exact,
)
def bedrag_is_volume_maal_tarief(prestatie: Prestatie, dossier: Dossier) -> Gegevens | None:
    """Minutes on an hourly tariff: tariff × minutes / 60, rounded half up once; the rounded minute rate does not count (IV081)."""
    tarief, bedrag = prestatie.tarief, abs(prestatie.bedrag)
    if prestatie.eenheid == EUROS or tarief is None:
        return None
    uurtarieven = _hourly(prestatie, tarief, dossier) if prestatie.eenheid == MINUUT else ()
    if uurtarieven:
        passend = [amount_of_minuten(uur, prestatie.volume) for uur in uurtarieven]
        if bedrag in passend:
            return None
        toelichting = f" ({euro(uurtarieven[0])} per uur × {prestatie.volume} minuten / 60)"
        return _amount_gegevens(prestatie, passend[0], toelichting)
    if bedrag == prestatie.volume * tarief or _may_be_hourly(prestatie, dossier):
        return None
    return _amount_gegevens(prestatie, prestatie.volume * tarief, "")


def _first_hourly(prestatie: Prestatie, dossier: Dossier) -> int:
    """The first hourly price that a line in minutes may have; 0 when there is none."""
    if prestatie.eenheid != MINUUT or prestatie.tarief is None:
        return 0
    return next(iter(_hourly(prestatie, prestatie.tarief, dossier)), 0)


def _hourly(prestatie: Prestatie, tarief: int, dossier: Dossier) -> tuple[int, ...]:
    """Hourly prices that the minute rate of a line comes from; none where the day of the price cannot be told."""
    contract, ingang = dossier.kader.contract, dossier.ingang_for(prestatie)
    if contract.price_day(prestatie.code, prestatie.begindatum, ingang) is None:
        return ()
    return contract.hourly_tarieven(prestatie.code, prestatie.begindatum, tarief, ingang)


def _may_be_hourly(prestatie: Prestatie, dossier: Dossier) -> bool:
    """Minutes at a rate that no agreed tariff has: the amount may come from an hourly tariff that rounds to that rate.

    TR418 says of such a line that its rate is not agreed; without any agreed tariff the allocation tells whether hours are meant.
    """
    tarief, contract = prestatie.tarief, dossier.kader.contract
    if prestatie.eenheid != MINUUT or tarief is None:
        return False
    ingang = dossier.ingang_for(prestatie)
    bekend = contract.price_day(prestatie.code, prestatie.begindatum, ingang) is not None
    if bekend and tarief in contract.rates(prestatie.code, prestatie.begindatum, MINUUT, ingang):
        return False
    tarieven = contract.tarieven(prestatie.code, prestatie.begindatum, ingang)
    toewijzing = dossier.toewijzing
    toegewezen = toewijzing.eenheid if toewijzing is not None and toewijzing.bsn == prestatie.bsn else None
    uren = any(contract.unit_of(item) == UUR for item in tarieven) if tarieven else toegewezen in (UUR, None)
    laagst, hoogst = 60 * tarief - 30, 60 * tarief + 29
    volume, bedrag = prestatie.volume, abs(prestatie.bedrag)
    return uren and amount_of_minuten(laagst, volume) <= bedrag <= amount_of_minuten(hoogst, volume)


def _amount_gegevens(prestatie: Prestatie, verwacht: int, toelichting: str) -> Gegevens:
    return {
        "bedrag": abs(prestatie.bedrag),
        "volume": hoeveelheid(prestatie.volume, prestatie.eenheid),
        "verwacht": verwacht,
        "toelichting": toelichting,
    }
