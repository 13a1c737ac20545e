"""Rules of level 2 on the lines of a JW323. They run for every line of a large declaration: no objects for what is sound."""

import numpy as np

from berichten.kern.kalender import add_maanden
from berichten.kern.regel import Gegevens
from berichten.kern.tekst import naam_eenheid
from berichten.regels.inhoud.declaratie import EERSTE_DAG, check_einde
from berichten.regels.inhoud.inhoudsregel import Inhoud, inhoudsregel
from berichten.standaard.waarden.berichten import Prestatie
from berichten.standaard.waarden.soorten import BEGIN_RELEASE

_JW323 = ("JW323",)
_KLASSE = "Prestatie"
_EURO = "83"
_VERVALLEN_EENHEDEN = ("21", "81")
_JAREN = 5
"""Years in which care may be billed."""


@inhoudsregel(
    "TR134",
    klasse=_KLASSE,
    element="ProductPeriode/Begindatum",
    berichten=_JW323,
    titel="Een regel begint niet na de dagtekening van het bericht.",
    melding="Regel {referentienummer} begint op {begindatum}, maar de dagtekening van het bericht is {dagtekening}.",
    doen="Declareer hulp pas als de maand voorbij is.",
    onschuldig=lambda r: r.begindatum <= r.inhoud.dagtekening,
)
def periode_begonnen(prestatie: Prestatie, inhoud: Inhoud) -> Gegevens | None:
    """The day of the message itself is allowed."""
    if prestatie.begindatum > inhoud.dagtekening:
        return {
            "referentienummer": prestatie.referentienummer,
            "begindatum": prestatie.begindatum,
            "dagtekening": inhoud.dagtekening,
        }
    return None


@inhoudsregel(
    "TR137",
    klasse=_KLASSE,
    element="ProductPeriode/Einddatum",
    berichten=_JW323,
    titel="Een regel eindigt na zijn begin en niet na de dagtekening van het bericht.",
    melding="Regel {referentienummer} loopt tot en met {einddatum}, maar {oorzaak} {grens}.",
    doen="Herstel de periode van de regel. Declareer hulp pas als de maand voorbij is.",
    onschuldig=lambda r: (r.begindatum <= r.einddatum) & (r.einddatum <= r.inhoud.dagtekening),
)
def periode_voorbij(prestatie: Prestatie, inhoud: Inhoud) -> Gegevens | None:
    """The last day may be the day of the message."""
    if prestatie.begindatum <= prestatie.einddatum <= inhoud.dagtekening:
        return None
    einde = check_einde(prestatie.begindatum, prestatie.einddatum, inhoud.dagtekening) or {}
    return {"referentienummer": prestatie.referentienummer, **einde}


@inhoudsregel(
    "CS330",
    klasse=_KLASSE,
    element="Eenheid",
    berichten=_JW323,
    bron="iJw 3.0, CS330",
    titel="In weken of tijdsonafhankelijk wordt niet meer gedeclareerd.",
    melding="Regel {referentienummer} is in {eenheid}. Dat kan in een JW323 niet.",
    doen="Declareer in de eenheid van de toewijzing, en stuur het bericht opnieuw.",
    onschuldig=lambda r: ~np.isin(r.eenheid, _VERVALLEN_EENHEDEN),
)
def eenheid_niet_vervallen(prestatie: Prestatie, _: Inhoud) -> Gegevens | None:
    """Only the schema of 3.0 has these two units; later ones refuse them."""
    if prestatie.eenheid not in _VERVALLEN_EENHEDEN:
        return None
    return {"referentienummer": prestatie.referentienummer, "eenheid": naam_eenheid(prestatie.eenheid)}


@inhoudsregel(
    "TR335",
    klasse=_KLASSE,
    element="ProductPeriode/Einddatum",
    berichten=_JW323,
    titel="Hulp wordt binnen vijf jaar gedeclareerd.",
    melding="Regel {referentienummer} eindigt op {einddatum}: meer dan vijf jaar voor de declaratie van {declaratiedagtekening}.",
    doen="Laat de regel weg. Hulp van meer dan vijf jaar geleden kunt u niet meer declareren.",
    onschuldig=lambda r: r.inhoud.declaratiedagtekening.year - r.eindjaar < _JAREN,
)
def niet_ouder_dan_vijf_jaar(prestatie: Prestatie, inhoud: Inhoud) -> Gegevens | None:
    """Counted back from DeclaratieDagtekening; exactly five years is still allowed, and 28 February for a 29th."""
    einde, dag = prestatie.einddatum, inhoud.declaratiedagtekening
    if dag.year - einde.year < _JAREN or einde >= add_maanden(dag, -12 * _JAREN):
        return None
    return {"referentienummer": prestatie.referentienummer, "einddatum": einde, "declaratiedagtekening": dag}


@inhoudsregel(
    "CS100",
    klasse=_KLASSE,
    element="ProductPeriode/Begindatum",
    berichten=_JW323,
    titel="Een JW323 declareert hulp vanaf januari 2021.",
    melding="Regel {referentienummer} gaat over hulp vanaf {begindatum}, en dat is voor 1 januari 2021.",
    doen="Herstel de periode. Hulp van voor 2021 declareert u met een JW303.",
    onschuldig=lambda r: r.begindatum >= EERSTE_DAG,
)
def periode_vanaf_2021(prestatie: Prestatie, _: Inhoud) -> Gegevens | None:
    """By Begindatum; a period that ends before it begins is TR137."""
    if prestatie.begindatum >= EERSTE_DAG:
        return None
    return {"referentienummer": prestatie.referentienummer, "begindatum": prestatie.begindatum}


@inhoudsregel(
    "CS337",
    vanaf=BEGIN_RELEASE["3.1"],
    klasse=_KLASSE,
    element="ProductPeriode",
    berichten=_JW323,
    titel="De periode van een regel valt in één kalendermaand.",
    melding="Regel {referentienummer} loopt van {begindatum} tot en met {einddatum}. Dat is meer dan één kalendermaand.",
    doen="Maak voor elke kalendermaand een eigen regel en stuur de declaratie opnieuw.",
    onschuldig=lambda r: r.beginmaand == r.eindmaand,
)
def periode_in_een_maand(prestatie: Prestatie, _: Inhoud) -> Gegevens | None:
    """Same month and same year."""
    begin, einde = prestatie.begindatum, prestatie.einddatum
    if begin.month == einde.month and begin.year == einde.year:
        return None
    return {"referentienummer": prestatie.referentienummer, "begindatum": begin, "einddatum": einde}


@inhoudsregel(
    "CD060",
    klasse=_KLASSE,
    element="ProductReferentie/VorigReferentieNummer",
    berichten=_JW323,
    titel="Een creditregel noemt de regel die hij terugdraait, een debetregel noemt geen andere regel.",
    melding="Regel {referentienummer} is een {soort}, {oorzaak}.",
    doen="{herstel}",
    onschuldig=lambda r: r.credit == r.verwijst,
)
def vorige_referentie_bij_credit(prestatie: Prestatie, _: Inhoud) -> Gegevens | None:
    """IV091: VorigReferentieNummer is there for a credit and only for a credit."""
    if prestatie.credit is (prestatie.vorig_referentienummer is not None):
        return None
    if prestatie.credit:
        return {
            "referentienummer": prestatie.referentienummer,
            "soort": "creditregel",
            "oorzaak": "maar VorigReferentieNummer ontbreekt",
            "herstel": "Vul het ReferentieNummer in van de debetregel die u terugdraait, en stuur het bericht opnieuw.",
        }
    return {
        "referentienummer": prestatie.referentienummer,
        "soort": "debetregel",
        "oorzaak": f"maar verwijst naar de eerdere regel {prestatie.vorig_referentienummer}",
        "herstel": "Laat VorigReferentieNummer weg, of maak er een creditregel van, en stuur het bericht opnieuw.",
    }


@inhoudsregel(
    "TR315",
    klasse=_KLASSE,
    element="ProductReferentie/VorigReferentieNummer",
    berichten=_JW323,
    titel="Een regel wordt in één bericht maar één keer teruggedraaid.",
    melding="Regel {referentienummer} verwijst naar {vorig_referentienummer}, en dat doet regel {ander} ook al.",
    doen="Laat een van beide creditregels weg en stuur de declaratie opnieuw.",
    onschuldig=lambda r: r.unlisted(r.inhoud.dubbel_gecrediteerd),
)
def vorige_referentie_uniek(prestatie: Prestatie, inhoud: Inhoud) -> Gegevens | None:
    """Within the message; across messages it is TR390."""
    eerste = inhoud.dubbel_gecrediteerd.get(id(prestatie))
    if eerste is None:
        return None
    return {
        "referentienummer": prestatie.referentienummer,
        "vorig_referentienummer": prestatie.vorig_referentienummer,
        "ander": eerste.referentienummer,
    }


@inhoudsregel(
    "TR316",
    klasse=_KLASSE,
    element="ProductReferentie/VorigReferentieNummer",
    berichten=_JW323,
    titel="Een debetregel wordt niet in hetzelfde bericht teruggedraaid.",
    melding="Regel {referentienummer} verwijst naar {vorig_referentienummer}, maar die regel staat in ditzelfde bericht.",
    doen="Draai alleen regels van een eerdere declaratie terug. Moet een regel van deze declaratie vervallen, laat hem dan weg.",
    onschuldig=lambda r: ~r.verwijst,
)
def credit_niet_in_zelfde_bericht(prestatie: Prestatie, inhoud: Inhoud) -> Gegevens | None:
    """VorigReferentieNummer is not the ReferentieNummer of any line in the file."""
    vorig = prestatie.vorig_referentienummer
    if vorig is None or vorig not in inhoud.referenties:
        return None
    return {"referentienummer": prestatie.referentienummer, "vorig_referentienummer": vorig}


@inhoudsregel(
    "TR416",
    vanaf=BEGIN_RELEASE["3.2"],
    klasse=_KLASSE,
    berichten=_JW323,
    titel="Een product wordt per toewijzing en periode maar één keer gedeclareerd.",
    melding="Regel {referentienummer} declareert op toewijzing {toewijzingnummer} hetzelfde product en dezelfde periode als"
    " regel {ander}.",
    doen="Voeg beide samen tot één regel en stuur de declaratie opnieuw.",
    onschuldig=lambda r: r.unlisted(r.inhoud.dubbel_gedeclareerd),
)
def debet_eenmaal_per_periode(prestatie: Prestatie, inhoud: Inhoud) -> Gegevens | None:
    """Debit lines of one message (IV089); across messages it is TR389."""
    eerste = inhoud.dubbel_gedeclareerd.get(id(prestatie))
    if eerste is None:
        return None
    return {
        "referentienummer": prestatie.referentienummer,
        "toewijzingnummer": prestatie.toewijzingnummer,
        "ander": eerste.referentienummer,
    }


@inhoudsregel(
    "CD087",
    klasse=_KLASSE,
    element="ProductTarief",
    berichten=_JW323,
    titel="Elke regel heeft een tarief, behalve een regel in euro's.",
    melding="Regel {referentienummer} heeft {oorzaak}.",
    doen="{herstel}",
    onschuldig=lambda r: (r.eenheid == _EURO) == (r.tarief < 0),
)
def tarief_tenzij_euro(prestatie: Prestatie, _: Inhoud) -> Gegevens | None:
    """Unit 83: the volume is the amount, so there is nothing to multiply."""
    if (prestatie.eenheid == _EURO) is (prestatie.tarief is None):
        return None
    if prestatie.tarief is None:
        return {
            "referentienummer": prestatie.referentienummer,
            "oorzaak": f"geen tarief, terwijl de eenheid {naam_eenheid(prestatie.eenheid)} is",
            "herstel": "Vul het tarief per eenheid in. Alleen een regel in euro's (eenheid 83) heeft geen tarief.",
        }
    return {
        "referentienummer": prestatie.referentienummer,
        "tarief": prestatie.tarief,
        "oorzaak": "een tarief, terwijl de regel in euro's is (eenheid 83)",
        "herstel": "Laat het tarief weg en stuur de declaratie opnieuw.",
    }


@inhoudsregel(
    "CS325",
    klasse=_KLASSE,
    element="IngediendBedrag/DebetCredit",
    berichten=_JW323,
    titel="Een bedrag van nul is een debetbedrag.",
    melding="Regel {referentienummer} heeft een bedrag van {bedrag:euro} en is aangeduid als credit (C).",
    doen="Duid een bedrag van nul aan als debet (D), of laat de regel weg, en stuur de declaratie opnieuw.",
    onschuldig=lambda r: ~r.credit | (r.bedrag != 0),
)
def bedrag_nul_is_debet(prestatie: Prestatie, _: Inhoud) -> Gegevens | None:
    """There is nothing to take back."""
    return {"referentienummer": prestatie.referentienummer, "bedrag": 0} if prestatie.credit and prestatie.bedrag == 0 else None


@inhoudsregel(
    "CS339",
    klasse=_KLASSE,
    element="IngediendBedrag",
    berichten=_JW323,
    titel="Van een regel in euro's is het bedrag gelijk aan het volume.",
    melding="Regel {referentienummer} is in euro's (eenheid 83): het volume is {volume:euro}, maar het bedrag is {bedrag:euro}.",
    doen="Maak bedrag en volume gelijk, allebei in eurocenten, en stuur de declaratie opnieuw.",
    onschuldig=lambda r: (r.eenheid != _EURO) | (abs(r.bedrag) == r.volume),
)
def euro_bedrag_is_volume(prestatie: Prestatie, _: Inhoud) -> Gegevens | None:
    """Both in eurocents; a credit line states them without sign."""
    if prestatie.eenheid != _EURO or abs(prestatie.bedrag) == prestatie.volume:
        return None
    return {"referentienummer": prestatie.referentienummer, "volume": prestatie.volume, "bedrag": abs(prestatie.bedrag)}
