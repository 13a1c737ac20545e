"""Rules of level 2 on a Contact of a JW301, be it the client's or a relation's."""

import re

from berichten.kern.regel import Gegevens
from berichten.kern.tekst import datum
from berichten.regels.inhoud.inhoudsregel import Inhoud, inhoudsregel
from berichten.standaard.waarden.onderdelen import Contact

_JW301 = ("JW301",)
_NEDERLAND = "NL"
_TIJDELIJK = "04"
_NEDERLANDSE_POSTCODE = re.compile(r"[1-9][0-9]{3}[a-zA-Z]{2}")
_SOORTEN = {"01": "BRP-adres", "02": "postadres", "03": "verblijfadres", "04": "tijdelijk adres"}


@inhoudsregel(
    "TR006",
    klasse="Contact",
    berichten=_JW301,
    titel="Een contact heeft een telefoonnummer, of een huisnummer met postcode.",
    melding="Bij dit contact ({soort}) staat geen telefoonnummer, en ook geen huisnummer met postcode.",
    doen="Vul een telefoonnummer in, of het huisnummer en de postcode, en stuur het bericht opnieuw.",
)
def contact_is_bereikbaar(contact: Contact, _: Inhoud) -> Gegevens | None:
    """Either will do; an e-mail address alone does not."""
    adres = contact.adres
    if contact.heeft_telefoon or (adres is not None and adres.heeft_huis and adres.postcode is not None):
        return None
    return _soort(contact)


@inhoudsregel(
    "CD034",
    klasse="Contact",
    element="Adres/Postcode",
    berichten=_JW301,
    titel="Een BRP-adres of verblijfadres heeft een postcode.",
    melding="Dit adres is een {soort}, maar de postcode ontbreekt.",
    doen="Vul de postcode in en stuur het bericht opnieuw.",
)
def postcode_bij_vast_adres(contact: Contact, _: Inhoud) -> Gegevens | None:
    """Soort 01 and 03; a postal or temporary address may be a telephone number only."""
    zonder = contact.adres is None or contact.adres.postcode is None
    return _soort(contact) if zonder and contact.soort in ("01", "03") else None


@inhoudsregel(
    "CS089",
    klasse="Contact",
    element="Adres/Postcode",
    berichten=_JW301,
    titel="Een postcode in Nederland is vier cijfers met twee letters.",
    melding="Het adres ligt in Nederland, maar {oorzaak}.",
    doen="Schrijf vier cijfers en twee letters, zonder spatie, of herstel het land. Stuur het bericht daarna opnieuw.",
)
def postcode_is_nederlands(contact: Contact, _: Inhoud) -> Gegevens | None:
    """The first digit is not a zero; capitals and small letters are the same. An empty one is not Dutch either."""
    adres = contact.adres
    if adres is None or adres.land_code != _NEDERLAND:
        return None
    if adres.postcode is None:
        return {**_soort(contact), "oorzaak": "de postcode ontbreekt"}
    if _NEDERLANDSE_POSTCODE.fullmatch(adres.postcode):
        return None
    return {"postcode": adres.postcode, "oorzaak": f"{adres.postcode} is geen Nederlandse postcode"}


@inhoudsregel(
    "CD005",
    klasse="Contact",
    element="Adres/LandCode",
    berichten=_JW301,
    titel="Bij een postcode hoort een land, en zonder postcode is het land leeg.",
    melding="{oorzaak}",
    doen="{herstel}",
)
def land_bij_postcode(contact: Contact, _: Inhoud) -> Gegevens | None:
    """LandCode and Postcode come together or not at all."""
    adres = contact.adres
    if adres is None or (adres.postcode is None) == (adres.land_code is None):
        return None
    if adres.land_code is None:
        return {
            **_soort(contact),
            "oorzaak": "Het adres heeft een postcode, maar het land is niet ingevuld.",
            "herstel": "Vul het land in, voor Nederland NL, en stuur het bericht opnieuw.",
        }
    return {
        **_soort(contact),
        "land_code": adres.land_code,
        "oorzaak": f"Het adres heeft een land ({adres.land_code}), maar geen postcode.",
        "herstel": "Vul de postcode in, of laat het land weg, en stuur het bericht opnieuw.",
    }


@inhoudsregel(
    "CD025",
    klasse="Contact",
    element="Adres/Huis",
    berichten=_JW301,
    titel="Een adres in Nederland heeft een huisnummer.",
    melding="Dit adres ({soort}) ligt in Nederland, maar het huisnummer ontbreekt.",
    doen="Vul het huisnummer in en stuur het bericht opnieuw.",
)
def huis_bij_nederland(contact: Contact, _: Inhoud) -> Gegevens | None:
    """Abroad a house may have no number."""
    adres = contact.adres
    zonder = adres is not None and adres.land_code == _NEDERLAND and not adres.heeft_huis
    return _soort(contact) if zonder else None


@inhoudsregel(
    "CD009",
    klasse="Contact",
    element="Periode",
    berichten=_JW301,
    titel="Alleen een tijdelijk adres heeft een periode.",
    melding="Bij dit adres staat een periode, maar het is een {soort} en geen tijdelijk adres.",
    doen="Laat de periode weg, of maak er een tijdelijk adres (Soort 04) van, en stuur het bericht opnieuw.",
)
def periode_bij_tijdelijk_adres(contact: Contact, _: Inhoud) -> Gegevens | None:
    """A temporary address may do without one."""
    return _soort(contact) if contact.periode is not None and contact.soort != _TIJDELIJK else None


@inhoudsregel(
    "CS003",
    klasse="Contact",
    element="Periode/Einddatum",
    berichten=_JW301,
    titel="Een tijdelijk adres eindigt niet voordat het begint, en heeft bij een einddatum ook een begindatum.",
    melding="Dit adres geldt tot en met {einddatum}, maar {oorzaak}.",
    doen="Herstel de periode van het adres en stuur het bericht opnieuw.",
)
def adres_eindigt_na_begin(contact: Contact, _: Inhoud) -> Gegevens | None:
    """The end may be open, and an address may hold for one day; the publisher's own rules refuse an end without a begin."""
    periode = contact.periode
    if periode is None or periode.einddatum is None:
        return None
    if periode.begindatum is None:
        return {"einddatum": periode.einddatum, "oorzaak": "de begindatum ontbreekt"}
    if periode.einddatum >= periode.begindatum:
        return None
    begin = datum(periode.begindatum)
    return {"begindatum": periode.begindatum, "einddatum": periode.einddatum, "oorzaak": f"begint pas op {begin}"}


def _soort(contact: Contact) -> dict[str, str]:
    return {"soort": _SOORTEN.get(contact.soort, "ander adres")}
