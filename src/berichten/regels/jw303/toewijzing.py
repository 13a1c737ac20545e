"""Rules that hold a line of a JW303 against its allocation: is there one, does it cover product, period and unit."""

from berichten.dossier.dossier import Dossier
from berichten.kern.kalender import einde_of_maand
from berichten.kern.regel import Gegevens, Regel, regel
from berichten.regels.declaratie import tarief as prestatie_tarief
from berichten.regels.declaratie import toewijzing as prestatie_toewijzing
from berichten.regels.jw303.jw303regel import BEDRAGEN, JW303, carry_over, is_maand
from berichten.standaard.waarden.jw303 import Jw303Prestatie

client_heeft_toewijzing: Regel = carry_over(prestatie_toewijzing.client_heeft_toewijzing)
toewijzing_van_client: Regel = carry_over(prestatie_toewijzing.toewijzing_van_client)
begindatum_binnen_toewijzing: Regel = carry_over(prestatie_toewijzing.begindatum_binnen_toewijzing)
einddatum_binnen_toewijzing: Regel = carry_over(prestatie_toewijzing.einddatum_binnen_toewijzing)
categorie_als_toewijzing: Regel = carry_over(prestatie_toewijzing.categorie_als_toewijzing, id="TR305", retourcode="1112")
code_als_toewijzing: Regel = carry_over(prestatie_toewijzing.code_als_toewijzing, id="TR306", retourcode="1142")
code_hoort_bij_categorie: Regel = carry_over(prestatie_tarief.code_hoort_bij_categorie, id="CS329")
eenheid_past: Regel = carry_over(
    prestatie_tarief.eenheid_past, id="TR309", retourcode="9309", element=f"{BEDRAGEN}/Eenheid", bron="iJw 3.0, TR309 en IV060"
)


@regel(
    "TR303",
    retourcode="0551",
    niveau=3,
    klasse="Prestatie",
    element="ToewijzingNummer",
    berichten=JW303,
    titel="Elke regel hoort bij een toewijzing van de aanbieder.",
    melding="Deze regel kan niet aan een toewijzing worden gekoppeld: {oorzaak}.",
    doen="Neem het ToewijzingNummer over uit het toewijzingsbericht van de gemeente en dien de regel opnieuw in.",
    bron="iJw 3.0, TR303 en IV051",
)
def toewijzing_gevonden(prestatie: Jw303Prestatie, dossier: Dossier) -> Gegevens | None:
    """By number or, without one, by the other keys. A number of another aanbieder is as unknown as one that was never used."""
    toewijzing, kader = dossier.toewijzing, dossier.kader
    if toewijzing is not None and toewijzing.verwijderd:
        return {"oorzaak": f"de gemeente heeft toewijzing {toewijzing.toewijzingnummer} verwijderd"}
    if toewijzing is not None:
        return None
    reden = kader.niet_gekoppeld.get(prestatie.volgnummer)
    return {"oorzaak": reden or f"ToewijzingNummer {prestatie.toewijzingnummer} is bij u niet bekend"}


@regel(
    "TR319",
    retourcode="9319",
    niveau=3,
    klasse="Prestatie",
    element="ProductPeriode",
    berichten=JW303,
    titel="Een regel valt helemaal in de declaratieperiode van het bericht of in één eerdere.",
    melding="De regel loopt van {begindatum} tot en met {einddatum}, en {oorzaak}.",
    doen="{herstel}",
    bron="iJw 3.0, TR319, IV061 en IV064",
    zonder_toewijzing=True,
)
def periode_in_declaratieperiode(prestatie: Jw303Prestatie, dossier: Dossier) -> Gegevens | None:
    """Which earlier periods there were is known only when they are months, so only then a line may not span two of those."""
    periode = dossier.kader.declaratie.periode
    begin, einde = prestatie.begindatum, prestatie.einddatum
    gegevens = {"begindatum": begin, "einddatum": einde, "herstel": "Maak voor elke declaratieperiode een eigen regel."}
    if einde > periode.einddatum:
        herstel = "Dien deze regel in met een bericht over die latere periode."
        return {**gegevens, "oorzaak": "dat is na de periode van het bericht", "herstel": herstel}
    if begin < periode.begindatum <= einde:
        return {**gegevens, "oorzaak": "valt deels voor de periode van het bericht"}
    if is_maand(periode.begindatum, periode.einddatum) and einde > einde_of_maand(begin):
        return {**gegevens, "oorzaak": "dat is meer dan één maand, terwijl u per maand indient"}
    return None
