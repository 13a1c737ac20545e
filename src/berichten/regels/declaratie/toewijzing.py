"""Rules that hold a billed line against its allocation: is there one, is it this client's, does it cover product and dates."""

from berichten.dossier.dossier import DeclaratieKader, Dossier
from berichten.kern.regel import Gegevens, regel
from berichten.standaard.waarden.berichten import DeclaratieClient, Prestatie


@regel(
    "TR304",
    retourcode="8187",
    niveau=3,
    klasse="Client",
    element="Bsn",
    berichten=("JW323",),
    titel="De aanbieder declareert alleen voor een cliënt voor wie hij een toewijzing heeft.",
    melding="Voor deze cliënt is bij u geen toewijzing bekend."
    " {aantal:getal} {aantal:regel|regels} van deze cliënt {aantal:is|zijn} daarom niet verder beoordeeld.",
    doen="Controleer het Bsn. Is het juist, vraag de gemeente dan om een toewijzing.",
)
def client_heeft_toewijzing(client: DeclaratieClient, kader: DeclaratieKader) -> Gegevens | None:
    """Any allocation of this aanbieder for the BSN will do, also one that has ended; else the lines are not judged (0233)."""
    if client.bsn not in kader.bekende_bsns:
        return {"aantal": len(client.prestaties)}
    return None


@regel(
    "TR338",
    retourcode="9338",
    niveau=3,
    klasse="Prestatie",
    element="ToewijzingNummer",
    berichten=("JW323",),
    titel="Elke regel verwijst naar een toewijzing van de aanbieder.",
    melding="ToewijzingNummer {toewijzingnummer} is bij u niet bekend.",
    doen="Neem het nummer over uit het toewijzingsbericht van de gemeente en dien de regel opnieuw in.",
    onschuldig=lambda r: r.bekend,
)
def toewijzing_bekend(prestatie: Prestatie, dossier: Dossier) -> Gegevens | None:
    """A number of another aanbieder is as unknown as one that was never used."""
    if dossier.toewijzing is None:
        return {"toewijzingnummer": prestatie.toewijzingnummer}
    return None


@regel(
    "TR304",
    retourcode="8187",
    niveau=3,
    klasse="Prestatie",
    element="ToewijzingNummer",
    berichten=("JW323",),
    titel="De toewijzing van een regel is van dezelfde cliënt.",
    melding="ToewijzingNummer {toewijzingnummer} hoort bij een andere cliënt dan degene voor wie u deze regel declareert.",
    doen="Controleer het Bsn en het ToewijzingNummer, en dien de regel opnieuw in.",
    onschuldig=lambda r: r.compared("bsn", "bsn"),
)
def toewijzing_van_client(prestatie: Prestatie, dossier: Dossier) -> Gegevens | None:
    """The number is this aanbieder's own, but was given for another client."""
    if dossier.toewijzing is not None and dossier.toewijzing.bsn != prestatie.bsn:
        return {"toewijzingnummer": prestatie.toewijzingnummer}
    return None


@regel(
    "TR307",
    retourcode="9307",
    niveau=3,
    klasse="Prestatie",
    element="ProductPeriode/Begindatum",
    berichten=("JW323",),
    titel="Een regel begint niet voor de ingangsdatum van de toewijzing.",
    melding="De regel begint op {begindatum}, maar de toewijzing gaat pas in op {ingangsdatum}.",
    doen="Declareer alleen hulp vanaf de ingangsdatum, of vraag de gemeente of de toewijzing klopt.",
    onschuldig=lambda r: r.begindatum >= r.ingangsdatum,
)
def begindatum_binnen_toewijzing(prestatie: Prestatie, dossier: Dossier) -> Gegevens | None:
    """ProductPeriode may not begin before the allocation's Ingangsdatum."""
    toewijzing = dossier.toewijzing
    if toewijzing is not None and prestatie.begindatum < toewijzing.ingangsdatum:
        return {"begindatum": prestatie.begindatum, "ingangsdatum": toewijzing.ingangsdatum}
    return None


@regel(
    "TR308",
    retourcode="9308",
    niveau=3,
    klasse="Prestatie",
    element="ProductPeriode/Einddatum",
    berichten=("JW323",),
    titel="Een regel eindigt niet na de einddatum van de toewijzing.",
    melding="De regel loopt tot en met {einddatum}, maar de toewijzing is geëindigd op {einde_toewijzing}.",
    doen="Declareer alleen hulp tot en met de einddatum, of vraag de gemeente om de toewijzing te verlengen.",
    onschuldig=lambda r: r.einddatum <= r.laatste_dag,
)
def einddatum_binnen_toewijzing(prestatie: Prestatie, dossier: Dossier) -> Gegevens | None:
    """ProductPeriode may not end after the allocation's Einddatum; an open allocation has no end."""
    toewijzing = dossier.toewijzing
    if toewijzing is not None and toewijzing.einddatum is not None and prestatie.einddatum > toewijzing.einddatum:
        return {"einddatum": prestatie.einddatum, "einde_toewijzing": toewijzing.einddatum}
    return None


@regel(
    "TR339",
    retourcode="9339",
    niveau=3,
    klasse="Prestatie",
    element="ProductCategorie",
    berichten=("JW323",),
    titel="De productcategorie van een regel is die van de toewijzing.",
    melding="De regel noemt productcategorie {categorie}, maar toegewezen is productcategorie {toegewezen}.",
    doen="Declareer in de toegewezen categorie, of vraag de gemeente om een andere toewijzing.",
    onschuldig=lambda r: r.compared("categorie", "categorie"),
)
def categorie_als_toewijzing(prestatie: Prestatie, dossier: Dossier) -> Gegevens | None:
    """A generic allocation names no category and takes any."""
    toewijzing = dossier.toewijzing
    if toewijzing is not None and toewijzing.categorie is not None and prestatie.categorie != toewijzing.categorie:
        return {"categorie": prestatie.categorie, "toegewezen": toewijzing.categorie}
    return None


@regel(
    "TR340",
    retourcode="9340",
    niveau=3,
    klasse="Prestatie",
    element="ProductCode",
    berichten=("JW323",),
    titel="De productcode van een regel is die van de toewijzing.",
    melding="De regel noemt productcode {code}, maar toegewezen is productcode {toegewezen}.",
    doen="Declareer de toegewezen productcode, of vraag de gemeente om een andere toewijzing.",
    onschuldig=lambda r: r.compared("code", "productcode"),
)
def code_als_toewijzing(prestatie: Prestatie, dossier: Dossier) -> Gegevens | None:
    """An aspecific or generic allocation names no code and takes any."""
    toewijzing = dossier.toewijzing
    if toewijzing is not None and toewijzing.productcode is not None and prestatie.code != toewijzing.productcode:
        return {"code": prestatie.code, "toegewezen": toewijzing.productcode}
    return None
