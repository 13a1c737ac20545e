"""TR101: no class of a message occurs twice. What makes a class the same is its logical key with those of the classes around it."""

from berichten.kern.regel import Gegevens
from berichten.regels.inhoud.inhoudsregel import Inhoud, inhoudsregel, tell_referentie
from berichten.standaard.waarden.berichten import DeclaratieClient, Prestatie, StartProduct, StopProduct, ToegewezenProduct
from berichten.standaard.waarden.bsn import mask_bsn
from berichten.standaard.waarden.onderdelen import Contact, Relatie
from berichten.standaard.waarden.verzoeken import AangevraagdProduct, NieuwProduct, OngewijzigdProduct, TeWijzigenProduct

_WEG = "Laat de tweede vermelding weg en stuur het bericht opnieuw."


@inhoudsregel(
    "TR101",
    klasse="Relatie",
    element="Nummer",
    berichten=("JW301",),
    titel="Een relatie staat maar één keer in het bericht.",
    melding="Relatie met Nummer {nummer} staat al eerder in het bericht, op regel {eerder} van het bestand.",
    doen="Geef elke relatie een eigen nummer, of laat de tweede vermelding weg, en stuur het bericht opnieuw.",
)
def relatie_eenmaal(relatie: Relatie, inhoud: Inhoud) -> Gegevens | None:
    """A relation keeps its number for good (OP071)."""
    return _tell_repeat(inhoud, relatie, nummer=relatie.nummer)


@inhoudsregel(
    "TR101",
    klasse="Contact",
    element="Soort",
    berichten=("JW301",),
    titel="Een cliënt heeft van elke soort adres er hoogstens één.",
    melding="Een contact met Soort {soort} staat al eerder bij de cliënt, op regel {eerder} van het bestand.",
    doen="Laat een van beide weg, of herstel de soort, en stuur het bericht opnieuw.",
)
def contact_eenmaal(contact: Contact, inhoud: Inhoud) -> Gegevens | None:
    """Within the client. A relation has one contact only."""
    return _tell_repeat(inhoud, contact, soort=contact.soort)


@inhoudsregel(
    "TR101",
    klasse="ToegewezenProduct",
    element="ToewijzingNummer",
    berichten=("JW301",),
    titel="Een toewijzing staat maar één keer in het bericht.",
    melding="Toewijzing {toewijzingnummer} staat al eerder in het bericht, op regel {eerder} van het bestand.",
    doen="Laat alleen de nieuwste versie staan, of geef de tweede een eigen nummer, en stuur het bericht opnieuw.",
)
def toewijzing_eenmaal(product: ToegewezenProduct, inhoud: Inhoud) -> Gegevens | None:
    """Also two versions of one allocation do not go in one message."""
    return _tell_repeat(inhoud, product, toewijzingnummer=product.toewijzingnummer)


@inhoudsregel(
    "TR101",
    klasse="StartProduct of StopProduct",
    berichten=("JW305", "JW307"),
    titel="Een start of stop staat maar één keer in het bericht.",
    melding="Deze melding met begindatum {begindatum} is gelijk aan die op regel {eerder} van het bestand.",
    doen=_WEG,
)
def levering_eenmaal(product: StartProduct | StopProduct, inhoud: Inhoud) -> Gegevens | None:
    """Same ToewijzingNummer, product and Begindatum; a stop is the same only with the same Einddatum and reason."""
    return _tell_repeat(inhoud, product, begindatum=product.begindatum)


@inhoudsregel(
    "TR101",
    klasse="AangevraagdProduct",
    element="ReferentieAanbieder",
    berichten=("JW315",),
    titel="Een aangevraagd product staat maar één keer in het bericht.",
    melding="Het aangevraagde product met kenmerk {referentie} staat al eerder in het bericht, op regel {eerder} van het bestand.",
    doen="Laat de tweede vermelding weg, of geef haar een eigen kenmerk, en stuur het bericht opnieuw.",
)
def aanvraag_eenmaal(product: AangevraagdProduct, inhoud: Inhoud) -> Gegevens | None:
    """By reference as it was sent."""
    return _tell_repeat(inhoud, product, referentie=tell_referentie(product.referentie))


@inhoudsregel(
    "TR101",
    klasse="OngewijzigdProduct of TeWijzigenProduct",
    element="ToewijzingNummer",
    berichten=("JW317",),
    titel="Een toewijzing staat in een verzoek maar één keer bij wat gelijk blijft, en maar één keer bij wat verandert.",
    melding="Toewijzing {toewijzingnummer} staat al eerder in dit deel van het verzoek, op regel {eerder} van het bestand.",
    doen=_WEG,
)
def genoemde_toewijzing_eenmaal(product: OngewijzigdProduct | TeWijzigenProduct, inhoud: Inhoud) -> Gegevens | None:
    """By the text of the number, within each of the two classes; one number in both is for TR361."""
    return _tell_repeat(inhoud, product, toewijzingnummer=product.toewijzingnummer)


@inhoudsregel(
    "TR101",
    klasse="NieuwProduct",
    berichten=("JW317",),
    titel="Een nieuw product staat maar één keer in het verzoek.",
    melding="Het nieuwe product vanaf {ingangsdatum} is gelijk aan dat op regel {eerder} van het bestand.",
    doen=_WEG,
)
def nieuw_product_eenmaal(product: NieuwProduct, inhoud: Inhoud) -> Gegevens | None:
    """Same category, code and GewensteIngangsdatum; that there is none is a value too."""
    return _tell_repeat(inhoud, product, ingangsdatum=product.ingangsdatum)


@inhoudsregel(
    "TR101",
    klasse="Client",
    element="Bsn",
    berichten=("JW323",),
    titel="Een cliënt staat maar één keer in een declaratie.",
    melding="De cliënt met Bsn {bsn} staat al eerder in de declaratie, op regel {eerder} van het bestand.",
    doen="Zet alle regels van een cliënt bij elkaar en stuur de declaratie opnieuw.",
    onschuldig=lambda r: r.eerste_keer,
)
def client_eenmaal(client: DeclaratieClient, inhoud: Inhoud) -> Gegevens | None:
    """All lines of a client stand together."""
    return _tell_repeat(inhoud, client, bsn=mask_bsn(client.bsn))


@inhoudsregel(
    "TR101",
    klasse="Prestatie",
    element="ProductReferentie/ReferentieNummer",
    berichten=("JW323",),
    titel="Een regel staat maar één keer in een declaratie.",
    melding="De regel met ReferentieNummer {referentienummer} staat al eerder bij deze cliënt, op regel {eerder} van het bestand.",
    doen="Laat de tweede vermelding weg, of geef haar een eigen ReferentieNummer, en stuur de declaratie opnieuw.",
    onschuldig=lambda r: r.unlisted(r.inhoud.herhaald),
)
def prestatie_eenmaal(prestatie: Prestatie, inhoud: Inhoud) -> Gegevens | None:
    """Same client, ReferentieNummer and VorigReferentieNummer. A reference used twice for different clients is TR314."""
    return _tell_repeat(inhoud, prestatie, referentienummer=prestatie.referentienummer)


def _tell_repeat(inhoud: Inhoud, klasse: object, **sleutel: object) -> Gegevens | None:
    """What a class is told by, and on which line the earlier one stands that bears the same key; None without one."""
    eerste = inhoud.herhaald.get(id(klasse))
    return None if eerste is None else {**sleutel, "eerder": eerste.regelnummer}
