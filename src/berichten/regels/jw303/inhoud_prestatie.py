"""Rules of level 2 on the lines of a JW303. One fault rejects the message with 0001."""

from datetime import date

from berichten.kern.regel import Gegevens, Regel
from berichten.kern.tekst import naam_eenheid
from berichten.regels.inhoud import prestatie as inhoud_prestatie
from berichten.regels.inhoud import sleutels as inhoud_sleutels
from berichten.regels.inhoud.declaratie import check_einde
from berichten.regels.jw303.inhoud_client import NIET_VRIJGESTELD
from berichten.regels.jw303.jw303regel import (
    BEDRAGEN,
    EERSTE_DAG_JW323,
    TIJDSONAFHANKELIJK,
    WEEK,
    Jw303Inhoud,
    carry_over,
    jw303regel,
)
from berichten.standaard.waarden.jw303 import Jw303Prestatie

_KLASSE = "Prestatie"
_VRIJGESTELD = "1"
_EURO = "83"
EERSTE_DAG = date(2015, 1, 1)
"""The Jeugdwet began on this day (CS328)."""
INVOERING_2_3 = date(2019, 4, 1)
"""Day from which units 21 and 81 are gone (CS331). The rule names release 2.3 and no date; it went live on this day, from which
the retourcodes that came with it are valid too."""


@jw303regel(
    "CS023",
    klasse=_KLASSE,
    element="ProductPeriode/Begindatum",
    titel="Een regel begint niet na de dagtekening van het bericht.",
    melding="Regel {referentienummer} begint op {begindatum}, maar de dagtekening van het bericht is {dagtekening}.",
    doen="Dien hulp pas in als die gegeven is.",
)
def periode_begonnen(prestatie: Jw303Prestatie, inhoud: Jw303Inhoud) -> Gegevens | None:
    """The day of the message itself is allowed."""
    if prestatie.begindatum <= inhoud.dagtekening:
        return None
    return {
        "referentienummer": prestatie.referentienummer,
        "begindatum": prestatie.begindatum,
        "dagtekening": inhoud.dagtekening,
    }


@jw303regel(
    "CS108",
    klasse=_KLASSE,
    element="ProductPeriode/Einddatum",
    titel="Een regel eindigt na zijn begin en niet na de dagtekening van het bericht.",
    melding="Regel {referentienummer} loopt tot en met {einddatum}, maar {oorzaak} {grens}.",
    doen="Herstel de periode van de regel en stuur het bericht opnieuw.",
)
def periode_voorbij(prestatie: Jw303Prestatie, inhoud: Jw303Inhoud) -> Gegevens | None:
    """The last day may be the day of the message."""
    einde = check_einde(prestatie.begindatum, prestatie.einddatum, inhoud.dagtekening)
    return None if einde is None else {"referentienummer": prestatie.referentienummer, **einde}


@jw303regel(
    "CS103",
    klasse=_KLASSE,
    element="ProductPeriode",
    titel="Een JW303 gaat alleen over hulp van voor 2021.",
    melding="Regel {referentienummer} gaat over hulp tot en met {laatste}. Een JW303 is alleen voor hulp van voor 1 januari 2021.",
    doen="Dien hulp vanaf 1 januari 2021 in met een JW323 (release 3.2). Loopt de hulp door, splits de regel dan op die datum.",
)
def periode_voor_2021(prestatie: Jw303Prestatie, _: Jw303Inhoud) -> Gegevens | None:
    """Both dates; the later of them tells."""
    laatste = max(prestatie.begindatum, prestatie.einddatum)
    return {"referentienummer": prestatie.referentienummer, "laatste": laatste} if laatste >= EERSTE_DAG_JW323 else None


@jw303regel(
    "CS328",
    klasse=_KLASSE,
    element="ProductPeriode",
    titel="Een regel gaat over hulp vanaf 2015, toen de Jeugdwet begon.",
    melding="Regel {referentienummer} begint op {begindatum}. De gemeente betaalt jeugdhulp vanaf {eerste}.",
    doen="Herstel de begindatum van de regel en stuur het bericht opnieuw.",
)
def periode_vanaf_2015(prestatie: Jw303Prestatie, _: Jw303Inhoud) -> Gegevens | None:
    """1 January 2015 itself is allowed."""
    if prestatie.begindatum >= EERSTE_DAG:
        return None
    return {"referentienummer": prestatie.referentienummer, "begindatum": prestatie.begindatum, "eerste": EERSTE_DAG}


@jw303regel(
    "CS331",
    klasse=_KLASSE,
    element=f"{BEDRAGEN}/Eenheid",
    titel="Weken en benodigde tijdsduur zijn eenheden van voor april 2019.",
    melding="Regel {referentienummer} begint op {begindatum} en is in {eenheid}. Die eenheid mag vanaf {grens} niet meer.",
    doen="Gebruik de eenheid van de toewijzing, zoals uren of etmalen, en stuur het bericht opnieuw.",
)
def eenheid_van_die_tijd(prestatie: Jw303Prestatie, _: Jw303Inhoud) -> Gegevens | None:
    """Units 21 and 81, by the first day of the ProductPeriode."""
    if prestatie.eenheid not in (WEEK, TIJDSONAFHANKELIJK) or prestatie.begindatum < INVOERING_2_3:
        return None
    return {
        "referentienummer": prestatie.referentienummer,
        "begindatum": prestatie.begindatum,
        "eenheid": naam_eenheid(prestatie.eenheid),
        "grens": INVOERING_2_3,
    }


@jw303regel(
    "CD062",
    klasse=_KLASSE,
    element=f"{BEDRAGEN}/ProductTarief",
    titel="Een regel in euro's heeft geen tarief.",
    melding="Regel {referentienummer} is in euro's (eenheid 83) en heeft toch een tarief: {tarief:euro}.",
    doen="Laat het tarief weg en stuur het bericht opnieuw.",
)
def geen_tarief_bij_euro(prestatie: Jw303Prestatie, _: Jw303Inhoud) -> Gegevens | None:
    """Unit 83: the volume is the amount, so there is nothing to multiply. Other units need not have a tariff."""
    if prestatie.eenheid != _EURO or prestatie.tarief is None:
        return None
    return {"referentienummer": prestatie.referentienummer, "tarief": prestatie.tarief}


@jw303regel(
    "TR317",
    klasse=_KLASSE,
    element=f"{BEDRAGEN}/BerekendBedrag",
    titel="Het berekende bedrag is volume maal tarief.",
    melding="Regel {referentienummer} heeft als berekend bedrag {berekend:euro}, maar volume maal tarief is {verwacht:euro}.",
    doen="Herstel volume, tarief of berekend bedrag en stuur het bericht opnieuw.",
)
def berekend_is_volume_maal_tarief(prestatie: Jw303Prestatie, _: Jw303Inhoud) -> Gegevens | None:
    """With the tariff as the line states it, rounded per unit (IV060). Without a tariff there is nothing to multiply."""
    berekend, tarief = prestatie.bedragen.berekend, prestatie.tarief
    if berekend is None or tarief is None or abs(berekend.centen) == prestatie.volume * tarief:
        return None
    return {
        "referentienummer": prestatie.referentienummer,
        "berekend": abs(berekend.centen),
        "verwacht": prestatie.volume * tarief,
    }


@jw303regel(
    "CS323",
    klasse=_KLASSE,
    element=f"{BEDRAGEN}/DeclaratieFactuurBedrag",
    titel="Het bedrag van een regel is hoogstens het berekende bedrag.",
    melding="Regel {referentienummer} vraagt {bedrag:euro}, maar het berekende bedrag is {berekend:euro}.",
    doen="Verlaag het bedrag of herstel het berekende bedrag, en stuur het bericht opnieuw.",
)
def bedrag_niet_boven_berekend(prestatie: Jw303Prestatie, _: Jw303Inhoud) -> Gegevens | None:
    """Without sign, where a BerekendBedrag is given."""
    berekend = prestatie.bedragen.berekend
    if berekend is None or abs(prestatie.bedrag) <= abs(berekend.centen):
        return None
    return {
        "referentienummer": prestatie.referentienummer,
        "bedrag": abs(prestatie.bedrag),
        "berekend": abs(berekend.centen),
    }


@jw303regel(
    "CS325",
    klasse=_KLASSE,
    element=BEDRAGEN,
    titel="Een bedrag van nul is een debetbedrag.",
    melding="Van regel {referentienummer} is het {welk} {bedrag:euro} en aangeduid als credit (C).",
    doen="Duid een bedrag van nul aan als debet (D), of laat het weg, en stuur het bericht opnieuw.",
)
def bedrag_nul_is_debet(prestatie: Jw303Prestatie, _: Jw303Inhoud) -> Gegevens | None:
    """The amount itself, BerekendBedrag and BtwBedrag."""
    bedragen = prestatie.bedragen
    genoemd = {
        "bedrag": prestatie.bedrag == 0 and prestatie.credit,
        "berekende bedrag": bedragen.berekend is not None and bedragen.berekend.centen == 0 and bedragen.berekend.credit,
        "btw-bedrag": bedragen.btw is not None and bedragen.btw.centen == 0 and bedragen.btw.credit,
    }
    welk = next((naam for naam, fout in genoemd.items() if fout), None)
    return None if welk is None else {"referentienummer": prestatie.referentienummer, "welk": welk, "bedrag": 0}


@jw303regel(
    "CS327",
    klasse=_KLASSE,
    element=BEDRAGEN,
    titel="Alle bedragen van een regel zijn debet, of alle bedragen zijn credit.",
    melding="Regel {referentienummer} is een {soort}regel, maar het {welk} is aangeduid als {ander}.",
    doen="Duid alle bedragen van de regel hetzelfde aan en stuur het bericht opnieuw.",
)
def bedragen_zelfde_kant(prestatie: Jw303Prestatie, _: Jw303Inhoud) -> Gegevens | None:
    """BerekendBedrag and BtwBedrag as DeclaratieFactuurBedrag. An amount of nothing is debit (CS325), whatever the line is."""
    for welk, bedrag in (("berekende bedrag", prestatie.bedragen.berekend), ("btw-bedrag", prestatie.bedragen.btw)):
        if bedrag is not None and bedrag.centen and bedrag.credit is not prestatie.credit:
            soort, ander = ("credit", "debet (D)") if prestatie.credit else ("debet", "credit (C)")
            return {"referentienummer": prestatie.referentienummer, "soort": soort, "welk": welk, "ander": ander}
    return None


@jw303regel(
    "CD059",
    klasse=_KLASSE,
    element=f"{BEDRAGEN}/BtwVrijstellingIndicatie",
    titel="In een factuur zegt elke regel of hij van btw is vrijgesteld.",
    melding="Regel {referentienummer} zegt niet of er btw over verschuldigd is. In een factuur is dat verplicht.",
    doen="Vul 1 (btw-vrijstelling) of 2 (geen btw-vrijstelling) in en stuur de factuur opnieuw.",
)
def vrijstelling_in_factuur(prestatie: Jw303Prestatie, inhoud: Jw303Inhoud) -> Gegevens | None:
    """In a declaration it may be left out."""
    if not inhoud.declaratie.is_factuur or prestatie.bedragen.btw_vrijstelling is not None:
        return None
    return {"referentienummer": prestatie.referentienummer}


@jw303regel(
    "CD055",
    klasse=_KLASSE,
    element=f"{BEDRAGEN}/BtwBedrag",
    titel="Een regel die niet van btw is vrijgesteld, noemt het percentage en het bedrag van de btw.",
    melding="Regel {referentienummer} is niet vrijgesteld van btw, maar {ontbreekt}.",
    doen="Vul percentage en bedrag van de btw in, of kies 1 (btw-vrijstelling), en stuur het bericht opnieuw.",
)
def btw_zonder_vrijstelling(prestatie: Jw303Prestatie, _: Jw303Inhoud) -> Gegevens | None:
    """BtwVrijstellingIndicatie 2."""
    bedragen = prestatie.bedragen
    if bedragen.btw_vrijstelling != NIET_VRIJGESTELD:
        return None
    delen = (("BtwPercentage", bedragen.btw_percentage), ("BtwBedrag", bedragen.btw))
    ontbreekt = [naam for naam, waarde in delen if waarde is None]
    if not ontbreekt:
        return None
    werkwoord = "ontbreken" if len(ontbreekt) > 1 else "ontbreekt"
    return {"referentienummer": prestatie.referentienummer, "ontbreekt": f"{' en '.join(ontbreekt)} {werkwoord}"}


@jw303regel(
    "CD056",
    klasse=_KLASSE,
    element=f"{BEDRAGEN}/BtwBedrag",
    titel="Een regel die van btw is vrijgesteld, noemt geen percentage of bedrag van btw.",
    melding="Regel {referentienummer} is vrijgesteld van btw, maar noemt toch {genoemd}.",
    doen="Laat percentage en bedrag van de btw weg, of kies 2 (geen btw-vrijstelling), en stuur het bericht opnieuw.",
)
def geen_btw_bij_vrijstelling(prestatie: Jw303Prestatie, _: Jw303Inhoud) -> Gegevens | None:
    """BtwVrijstellingIndicatie 1."""
    bedragen = prestatie.bedragen
    if bedragen.btw_vrijstelling != _VRIJGESTELD:
        return None
    delen = (("BtwPercentage", bedragen.btw_percentage), ("BtwBedrag", bedragen.btw))
    genoemd = [naam for naam, waarde in delen if waarde is not None]
    return {"referentienummer": prestatie.referentienummer, "genoemd": " en ".join(genoemd)} if genoemd else None


prestatie_eenmaal: Regel = carry_over(
    inhoud_sleutels.prestatie_eenmaal,
    titel="Een regel staat maar één keer in het bericht.",
    doen="Laat de tweede vermelding weg, of geef haar een eigen ReferentieNummer, en stuur het bericht opnieuw.",
)
vorige_referentie_bij_credit: Regel = carry_over(inhoud_prestatie.vorige_referentie_bij_credit)
vorige_referentie_uniek: Regel = carry_over(
    inhoud_prestatie.vorige_referentie_uniek, doen="Laat een van beide creditregels weg en stuur het bericht opnieuw."
)
credit_niet_in_zelfde_bericht: Regel = carry_over(
    inhoud_prestatie.credit_niet_in_zelfde_bericht,
    doen="Draai alleen regels van een eerder bericht terug. Moet een regel van dit bericht vervallen, laat hem dan weg.",
)
