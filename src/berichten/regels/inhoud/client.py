"""Rules of level 2 on a client and the client's relations: number, date of birth, name, language, address."""

from datetime import date

from berichten.kern.regel import Gegevens
from berichten.regels.inhoud.inhoudsregel import Inhoud, inhoudsregel
from berichten.standaard.waarden.berichten import Client, DeclaratieClient
from berichten.standaard.waarden.bsn import mask_bsn, passes_elfproef
from berichten.standaard.waarden.onderdelen import Geboortedatum, Relatie
from berichten.standaard.waarden.soorten import BEGIN_RELEASE
from berichten.standaard.waarden.verzoeken import Verzoekclient

_MET_PERSOON = ("JW301", "JW305", "JW307", "JW315")
_ONBEKEND = date(1900, 1, 1)
_VAST_ADRES = ("01", "02", "03")
_ORGANISATIE = "6"
_NAAMGEBRUIK = {
    "1": "eigen naam",
    "2": "naam van de partner",
    "3": "naam van de partner, dan eigen naam",
    "4": "eigen naam, dan naam van de partner",
    "5": "schuilnaam",
    "6": "naam van een organisatie",
}
_MET_PARTNER, _ZONDER_PARTNER = ("1", "2", "3", "4"), ("1", "6")


@inhoudsregel(
    "CS002",
    klasse="Client",
    element="Bsn",
    berichten=("JW301", "JW305", "JW307", "JW315", "JW317", "JW323"),
    titel="Een Bsn voldoet aan de elfproef.",
    melding="Het Bsn {bsn} voldoet niet aan de elfproef. Zo'n nummer bestaat niet.",
    doen="Controleer het nummer op een typefout, herstel het en stuur het bericht opnieuw.",
    onschuldig=lambda r: r.elfproef,
)
def bsn_klopt(client: Client | DeclaratieClient | Verzoekclient, _: Inhoud) -> Gegevens | None:
    """Nine digits, weighted 9 to 2 and -1, add up to a multiple of eleven. Nine zeros do so too: no client has them (TR304)."""
    return None if passes_elfproef(client.bsn) else {"bsn": mask_bsn(client.bsn)}


@inhoudsregel(
    "TR002",
    klasse="Client of Relatie",
    element="Geboortedatum/Datum",
    berichten=_MET_PERSOON,
    titel="Een bekende geboortedatum ligt niet meer dan 120 jaar voor de dagtekening.",
    melding="De geboortedatum is {geboortedatum}. Dat is meer dan 120 jaar voor de dagtekening van het bericht, {dagtekening}.",
    doen="Herstel de geboortedatum. Is die niet bekend, vul dan 1 januari 1900 in met DatumGebruik 3 (onbekend).",
)
def geboortedatum_niet_te_oud(persoon: Client | Relatie, inhoud: Inhoud) -> Gegevens | None:
    """Exactly 120 years is still allowed; 1 January 1900 with DatumGebruik 3 says that the date is not known."""
    geboren = persoon.geboortedatum
    if geboren is None or (geboren.datum_gebruik == "3" and geboren.datum == _ONBEKEND):
        return None
    # Compared by parts, since the year 120 years on or back may be one that no calendar holds.
    grens = (inhoud.dagtekening.year - 120, inhoud.dagtekening.month, inhoud.dagtekening.day)
    if (geboren.datum.year, geboren.datum.month, geboren.datum.day) < grens:
        return {"geboortedatum": geboren.datum, "dagtekening": inhoud.dagtekening}
    return None


@inhoudsregel(
    "TR134",
    klasse="Client of Relatie",
    element="Geboortedatum/Datum",
    berichten=_MET_PERSOON,
    titel="Een cliënt of relatie is op de dagtekening van het bericht geboren.",
    melding="De geboortedatum is {geboortedatum}, maar de dagtekening van het bericht is {dagtekening}.",
    doen="Herstel de geboortedatum of de dagtekening en stuur het bericht opnieuw.",
)
def geboren_voor_dagtekening(persoon: Client | Relatie, inhoud: Inhoud) -> Gegevens | None:
    """The day of the message itself is allowed."""
    geboren = persoon.geboortedatum
    if geboren is None or geboren.datum <= inhoud.dagtekening:
        return None
    return {"geboortedatum": geboren.datum, "dagtekening": inhoud.dagtekening}


@inhoudsregel(
    "CS139",
    vanaf=BEGIN_RELEASE["3.1"],
    klasse="Client of Relatie",
    element="Geboortedatum/DatumGebruik",
    berichten=_MET_PERSOON,
    titel="De geboortedatum past bij wat daarvan bekend is.",
    melding="Volgens DatumGebruik {datum_gebruik} is {bekend}. De datum moet dan {verwacht} zijn, maar is {geboortedatum}.",
    doen="Herstel de datum, of laat DatumGebruik weg als de hele geboortedatum bekend is.",
)
def datum_past_bij_gebruik(persoon: Client | Relatie, _: Inhoud) -> Gegevens | None:
    """1: day 01; 2: 1 January; 3: 1 January 1900. Without DatumGebruik the whole date is known."""
    geboren = persoon.geboortedatum
    verwacht = None if geboren is None else _expected(geboren)
    if geboren is None or verwacht is None or geboren.datum == verwacht:
        return None
    bekend = {"1": "de dag onbekend", "2": "alleen het jaar bekend", "3": "de hele datum onbekend"}[geboren.datum_gebruik or ""]
    return {
        "datum_gebruik": geboren.datum_gebruik,
        "bekend": bekend,
        "verwacht": verwacht,
        "geboortedatum": geboren.datum,
    }


def _expected(geboren: Geboortedatum) -> date | None:
    """The date that DatumGebruik asks for; None where it asks nothing."""
    if geboren.datum_gebruik == "1":
        return geboren.datum.replace(day=1)
    if geboren.datum_gebruik == "2":
        return geboren.datum.replace(month=1, day=1)
    return _ONBEKEND if geboren.datum_gebruik == "3" else None


@inhoudsregel(
    "CS050",
    klasse="Client of Relatie",
    element="Naam/NaamGebruik",
    berichten=("JW301",),
    titel="De wijze van aanspreken past bij de namen die zijn ingevuld.",
    melding="NaamGebruik is {naam_gebruik} ({betekenis}), maar er is {partner} ingevuld.",
    doen="{herstel}",
)
def naamgebruik_past_bij_partnernaam(persoon: Client | Relatie, _: Inhoud) -> Gegevens | None:
    """With Partnernaam 1 to 4, without it 1 for a person and 6 for an organisation (IV045)."""
    gebruik, partner = persoon.naam.naam_gebruik, persoon.naam.partnernaam is not None
    if gebruik is None or gebruik in (_MET_PARTNER if partner else _ZONDER_PARTNER):
        return None
    return {
        "naam_gebruik": gebruik,
        "betekenis": _NAAMGEBRUIK.get(gebruik, "een andere wijze"),
        "partner": "een partnernaam" if partner else "geen partnernaam",
        "herstel": "Kies NaamGebruik 1 (eigen naam), 2, 3 of 4 (met de naam van de partner) en stuur het bericht opnieuw."
        if partner
        else "Vul de partnernaam in, of kies NaamGebruik 1 (eigen naam) of voor een organisatie 6, en stuur het bericht opnieuw.",
    }


@inhoudsregel(
    "CS318",
    klasse="Client",
    element="Naam",
    berichten=("JW301",),
    titel="Een cliënt is een mens en heeft geen naam van een organisatie.",
    melding="De naam van de cliënt is met NaamGebruik {naam_gebruik} aangeduid als naam van een organisatie.",
    doen="Kies voor de cliënt een andere wijze van aanspreken en stuur het bericht opnieuw.",
)
def client_is_mens(client: Client, _: Inhoud) -> Gegevens | None:
    """NaamGebruik 6 is for relations only, such as a guardian that is an organisation."""
    return {"naam_gebruik": _ORGANISATIE} if client.naam.naam_gebruik == _ORGANISATIE else None


@inhoudsregel(
    "CD007",
    klasse="Client",
    element="Communicatie/Taal",
    berichten=("JW301",),
    titel="De taal is ingevuld als een tolk voor een andere taal nodig is, en anders niet.",
    melding="{oorzaak}",
    doen="{herstel}",
)
def taal_bij_taaltolk(client: Client, _: Inhoud) -> Gegevens | None:
    """Vorm 1 is an interpreter for a spoken language; the others are for deaf and deafblind people."""
    communicatie = client.communicatie
    if communicatie is None or (communicatie.vorm == "1") == (communicatie.taal is not None):
        return None
    if communicatie.taal is None:
        return {
            "vorm": communicatie.vorm,
            "oorzaak": "De cliënt heeft een taaltolk nodig (Vorm 1), maar de taal is niet ingevuld.",
            "herstel": "Vul de taal in en stuur het bericht opnieuw.",
        }
    return {
        "vorm": communicatie.vorm,
        "oorzaak": f"Er is een taal ingevuld, maar Vorm {communicatie.vorm} vraagt geen taaltolk.",
        "herstel": "Laat de taal weg, of kies Vorm 1 (taaltolk), en stuur het bericht opnieuw.",
    }


@inhoudsregel(
    "TR061",
    klasse="Client",
    element="Contactgegevens",
    berichten=("JW301",),
    titel="Van een cliënt is een BRP-adres, een postadres of een verblijfadres opgegeven.",
    melding="Van de cliënt zijn {aantal} contactgegevens opgegeven, maar geen BRP-adres, postadres of verblijfadres.",
    doen="Voeg een adres toe met Soort 01 (BRP-adres), 02 (postadres) of 03 (verblijfadres) en stuur het bericht opnieuw.",
)
def client_heeft_adres(client: Client, _: Inhoud) -> Gegevens | None:
    """A temporary address (04) alone is not enough."""
    if any(contact.soort in _VAST_ADRES for contact in client.contacten):
        return None
    return {"aantal": len(client.contacten)}
