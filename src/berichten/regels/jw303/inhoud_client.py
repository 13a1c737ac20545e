"""Rules of level 2 on the header and the clients of a JW303. One fault rejects the message with 0001."""

from datetime import date

from berichten.kern.regel import Gegevens, Regel
from berichten.regels.inhoud import client as inhoud_client
from berichten.regels.inhoud import sleutels as inhoud_sleutels
from berichten.regels.inhoud.declaratie import check_einde
from berichten.regels.jw303.jw303regel import EERSTE_DAG_JW323, Jw303Inhoud, carry_over, jw303regel
from berichten.standaard.waarden.jw303 import Jw303Client, Jw303Declaratie

_HEADER = "Header"
_PERIODE = "DeclaratieFactuurIdentificatie/DeclaratiePeriode"
_BTW_TOTAAL = "DeclaratieFactuurBedragen/BtwTotaalBedrag"
_SERVICEBUREAU = "01"
NIET_VRIJGESTELD = "2"
"""WMO106: VAT is due."""


@jw303regel(
    "CS023",
    klasse=_HEADER,
    element=f"{_PERIODE}/Begindatum",
    titel="De declaratieperiode begint niet na de dagtekening van het bericht.",
    melding="De periode begint op {begindatum}, maar de dagtekening van de {nota} is {dagtekening}.",
    doen="Dien de kosten van een periode pas in als die voorbij is.",
)
def periode_begonnen(declaratie: Jw303Declaratie, _: Jw303Inhoud) -> Gegevens | None:
    """The day of the message itself is allowed."""
    if declaratie.periode.begindatum > declaratie.dagtekening:
        return {"begindatum": declaratie.periode.begindatum, "dagtekening": declaratie.dagtekening, "nota": declaratie.soortnaam}
    return None


@jw303regel(
    "CS108",
    klasse=_HEADER,
    element=f"{_PERIODE}/Einddatum",
    titel="De declaratieperiode eindigt na haar begin en niet na de dagtekening van het bericht.",
    melding="De periode loopt tot en met {einddatum}, maar {oorzaak} {grens}.",
    doen="Herstel de periode. Dien de kosten van een periode pas in als die voorbij is.",
)
def periode_voorbij(declaratie: Jw303Declaratie, _: Jw303Inhoud) -> Gegevens | None:
    """The last day may be the day of the message."""
    return check_einde(declaratie.periode.begindatum, declaratie.periode.einddatum, declaratie.dagtekening)


@jw303regel(
    "CS103",
    klasse=_HEADER,
    element=_PERIODE,
    titel="Een JW303 gaat over een periode die helemaal voor 2021 ligt.",
    melding="De periode loopt tot en met {laatste}. Een JW303 is alleen voor hulp van voor 1 januari 2021.",
    doen="Dien hulp vanaf 1 januari 2021 in met een JW323 (release 3.2), en stuur de rest met een periode voor 2021 opnieuw.",
)
def periode_voor_2021(declaratie: Jw303Declaratie, _: Jw303Inhoud) -> Gegevens | None:
    """Both dates; the later of them tells. FactuurDagtekening may well be later."""
    laatste = max(declaratie.periode.begindatum, declaratie.periode.einddatum)
    return {"laatste": laatste} if laatste >= EERSTE_DAG_JW323 else None


@jw303regel(
    "CS325",
    klasse=_HEADER,
    element="DeclaratieFactuurBedragen",
    titel="Een totaal van nul is een debetbedrag.",
    melding="Het {welk} is {totaal:euro} en is aangeduid als credit (C).",
    doen="Duid een totaal van nul aan als debet (D) en stuur het bericht opnieuw.",
)
def totaal_nul_is_debet(declaratie: Jw303Declaratie, _: Jw303Inhoud) -> Gegevens | None:
    """Debit and credit lines may cancel out, in the total and in the VAT."""
    if declaratie.totaal_credit and declaratie.totaal_ingediend == 0:
        return {"welk": "totaalbedrag", "totaal": 0}
    if declaratie.btw_totaal is not None and declaratie.btw_totaal.credit and declaratie.btw_totaal.centen == 0:
        return {"welk": "btw-totaal", "totaal": 0}
    return None


@jw303regel(
    "TR312",
    klasse=_HEADER,
    element="DeclaratieFactuurBedragen/DeclaratieFactuurTotaalBedrag",
    titel="Het totaal is de som van de regels: debet erbij, credit eraf.",
    melding="Het totaal van de {nota} is {totaal:euro}, maar de regels tellen op tot {som:euro}: {verschil:euro} verschil.",
    doen="Herstel het totaal of de regels en stuur het bericht opnieuw.",
)
def totaal_is_som(declaratie: Jw303Declaratie, _: Jw303Inhoud) -> Gegevens | None:
    """Amounts are signed cents, so the sum of the lines takes credit into account."""
    som = sum(prestatie.bedrag for client in declaratie.clienten for prestatie in client.prestaties)
    return _unless_equal(declaratie, declaratie.totaal_ingediend, som)


@jw303regel(
    "TR313",
    klasse=_HEADER,
    element=_BTW_TOTAAL,
    titel="Het btw-totaal is de som van de btw-bedragen van de regels: debet erbij, credit eraf.",
    melding="Het btw-totaal van de {nota} is {totaal:euro}, maar de btw van de regels is {som:euro}: {verschil:euro} verschil.",
    doen="Herstel het btw-totaal of de regels en stuur het bericht opnieuw.",
)
def btw_totaal_is_som(declaratie: Jw303Declaratie, _: Jw303Inhoud) -> Gegevens | None:
    """Only where a total is given; whether it must be there is another rule's."""
    if declaratie.btw_totaal is None:
        return None
    btw = (prestatie.bedragen.btw for client in declaratie.clienten for prestatie in client.prestaties)
    return _unless_equal(declaratie, declaratie.btw_totaal.centen, sum(item.centen for item in btw if item is not None))


def _unless_equal(declaratie: Jw303Declaratie, totaal: int, som: int) -> Gegevens | None:
    if totaal == som:
        return None
    return {"nota": declaratie.soortnaam, "totaal": totaal, "som": som, "verschil": abs(totaal - som)}


def _first_taxed(declaratie: Jw303Declaratie) -> str | None:
    """Reference of the first line on which VAT is due."""
    regels = (prestatie for client in declaratie.clienten for prestatie in client.prestaties)
    return next((item.referentienummer for item in regels if item.bedragen.btw_vrijstelling == NIET_VRIJGESTELD), None)


@jw303regel(
    "CD055",
    klasse=_HEADER,
    element="DeclaratieFactuurIdentificatie/BtwIDNummer",
    titel="Het btw-nummer is ingevuld als een regel niet van btw is vrijgesteld.",
    melding="Regel {referentienummer} is niet vrijgesteld van btw, maar het btw-nummer van de aanbieder ontbreekt.",
    doen="Vul het btw-nummer in (NL, negen cijfers, B en twee cijfers) en stuur het bericht opnieuw.",
)
def btw_nummer_bij_btw(declaratie: Jw303Declaratie, _: Jw303Inhoud) -> Gegevens | None:
    """BtwVrijstellingIndicatie 2 on any line."""
    belast = _first_taxed(declaratie)
    return {"referentienummer": belast} if belast is not None and declaratie.btw_nummer is None else None


@jw303regel(
    "CD055",
    klasse=_HEADER,
    element=_BTW_TOTAAL,
    titel="Het btw-totaal is ingevuld als een regel niet van btw is vrijgesteld.",
    melding="Regel {referentienummer} is niet vrijgesteld van btw, maar het btw-totaal van het bericht ontbreekt.",
    doen="Vul de som van de btw-bedragen in en stuur het bericht opnieuw.",
)
def btw_totaal_bij_btw(declaratie: Jw303Declaratie, _: Jw303Inhoud) -> Gegevens | None:
    """BtwVrijstellingIndicatie 2 on any line."""
    belast = _first_taxed(declaratie)
    return {"referentienummer": belast} if belast is not None and declaratie.btw_totaal is None else None


@jw303regel(
    "CD058",
    klasse=_HEADER,
    element="Servicebureau",
    titel="Het servicebureau is ingevuld als de betaling naar een servicebureau gaat.",
    melding="De betaling moet naar het servicebureau (BetalingAanID {betaling_aan}), maar er is geen servicebureau ingevuld.",
    doen="Vul de AGB-code van het servicebureau in, of kies 02 (aanbieder) voor de betaling, en stuur het bericht opnieuw.",
)
def servicebureau_bij_betaling(declaratie: Jw303Declaratie, _: Jw303Inhoud) -> Gegevens | None:
    """A servicebureau may also send for an aanbieder who is paid himself."""
    if declaratie.betaling_aan == _SERVICEBUREAU and declaratie.servicebureau is None:
        return {"betaling_aan": declaratie.betaling_aan}
    return None


@jw303regel(
    "CS023",
    klasse="Client",
    element="Geboortedatum/Datum",
    titel="Een cliënt is op de dagtekening van het bericht geboren.",
    melding="De geboortedatum is {geboortedatum}, maar de dagtekening van het bericht is {dagtekening}.",
    doen="Herstel de geboortedatum of de dagtekening en stuur het bericht opnieuw.",
)
def geboren_voor_dagtekening(client: Jw303Client, inhoud: Jw303Inhoud) -> Gegevens | None:
    """The day of the message itself is allowed."""
    geboren: date = client.geboortedatum.datum
    return {"geboortedatum": geboren, "dagtekening": inhoud.dagtekening} if geboren > inhoud.dagtekening else None


bsn_klopt: Regel = carry_over(inhoud_client.bsn_klopt)
geboortedatum_niet_te_oud: Regel = carry_over(inhoud_client.geboortedatum_niet_te_oud, klasse="Client")
datum_past_bij_gebruik: Regel = carry_over(inhoud_client.datum_past_bij_gebruik, id="TR097", klasse="Client")
client_eenmaal: Regel = carry_over(
    inhoud_sleutels.client_eenmaal,
    titel="Een cliënt staat maar één keer in het bericht.",
    melding="De cliënt met Bsn {bsn} staat al eerder in het bericht, op regel {eerder} van het bestand.",
    doen="Zet alle regels van een cliënt bij elkaar en stuur het bericht opnieuw.",
)
