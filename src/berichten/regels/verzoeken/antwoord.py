"""Rules on what a gemeente says to a request (JW319), against what it said before (VERZOEKEN 6)."""

from berichten.dossier.verzoek import AFGEWEZEN, IN_ONDERZOEK
from berichten.dossier.verzoeken.verzoekkader import AntwoordKader
from berichten.kern.regel import Gegevens, regel
from berichten.regels.inhoud.inhoudsregel import tell_referentie
from berichten.regels.inhoud.verzoekantwoord import WOONPLAATSBEGINSEL
from berichten.regels.verzoeken.wensregel import GEEN_VOORSTEL
from berichten.standaard.waarden.gemeenten import is_gemeentecode_ever
from berichten.standaard.waarden.soorten import JW317
from berichten.standaard.waarden.verzoeken import Verzoekantwoord

_JW319 = ("JW319",)
_KLASSE = "Antwoord"


@regel(
    "TR355",
    retourcode="9355",
    niveau=3,
    klasse=_KLASSE,
    element="ReferentieAanbieder",
    berichten=_JW319,
    gevolg="afkeuren",
    titel="Een antwoord gaat over een verzoek dat de aanbieder heeft gedaan.",
    melding="Van deze aanbieder is geen verzoek bekend met kenmerk {referentie}.",
    doen="Neem de ReferentieAanbieder precies over uit het verzoek, ook hoofdletters en spaties, en stuur het bericht opnieuw.",
)
def verzoek_bekend(antwoord: Verzoekantwoord, kader: AntwoordKader) -> Gegevens | None:
    """Of the Ontvanger, and accepted; else the rules below have no ground."""
    return _referentie(antwoord) if kader.verzoek is None else None


@regel(
    "TR359",
    retourcode="9359",
    niveau=3,
    klasse=_KLASSE,
    element="ReferentieAanbieder",
    berichten=_JW319,
    gevolg="afkeuren",
    titel="Op een verzoek dat is toegewezen, volgt geen ander antwoord meer.",
    melding="Het verzoek met kenmerk {referentie} is al toegewezen met een toewijzingsbericht (JW301).",
    doen="Stuur dit antwoord niet. Moet de toewijzing anders, wijzig haar dan met een nieuw toewijzingsbericht.",
)
def niet_na_toewijzing(antwoord: Verzoekantwoord, kader: AntwoordKader) -> Gegevens | None:
    """By a JW301 that was accepted; removing the allocation later does not reopen the request."""
    return _referentie(antwoord) if kader.verzoek is not None and kader.verzoek.toegewezen else None


@regel(
    "TR360",
    retourcode="9360",
    niveau=3,
    klasse=_KLASSE,
    element="VerzoekAntwoord",
    berichten=_JW319,
    gevolg="afkeuren",
    titel="Dat een verzoek in onderzoek is, wordt één keer gezegd, en als eerste.",
    melding="Op het verzoek met kenmerk {referentie} is al geantwoord, dus ‘in onderzoek’ (2) kan niet meer.",
    doen="Wijs het verzoek toe met een toewijzingsbericht, of wijs het af met VerzoekAntwoord 1.",
)
def onderzoek_maar_een_keer(antwoord: Verzoekantwoord, kader: AntwoordKader) -> Gegevens | None:
    """Any answer that stands; one that its JW320 rejected was never sent."""
    if antwoord.antwoord != IN_ONDERZOEK or kader.verzoek is None or not kader.verzoek.antwoorden:
        return None
    return _referentie(antwoord)


@regel(
    "TR365",
    retourcode="9365",
    niveau=3,
    klasse=_KLASSE,
    element="VerzoekAntwoord",
    berichten=_JW319,
    gevolg="afkeuren",
    titel="Op een verzoek dat is afgewezen, volgt geen antwoord meer.",
    melding="Het verzoek met kenmerk {referentie} is al afgewezen.",
    doen="Stuur dit antwoord niet. Wil de aanbieder de hulp nog steeds leveren, dan doet hij een nieuw verzoek.",
)
def niet_na_afwijzing(antwoord: Verzoekantwoord, kader: AntwoordKader) -> Gegevens | None:
    """After ‘under investigation’ a refusal may follow; after a refusal nothing may."""
    return _referentie(antwoord) if kader.verzoek is not None and AFGEWEZEN in kader.verzoek.antwoorden else None


@regel(
    "TR378",
    retourcode="S300",
    niveau=4,
    klasse="Woonplaatsbeginsel",
    element="Gemeente",
    berichten=_JW319,
    gevolg="afkeuren",
    titel="De gemeente die er wel over gaat, bestaat.",
    melding="{gemeentecode} is geen code van een gemeente die op {vandaag} bestaat of op een ingangsdatum van het verzoek bestond.",
    doen="Zoek de code op in de gemeentelijst van het CBS en stuur het bericht opnieuw met de juiste code.",
)
def woonplaats_is_gemeente(antwoord: Verzoekantwoord, kader: AntwoordKader) -> Gegevens | None:
    """A fault of the class, and not of the header: in use today or on a day of the request that is answered."""
    dagen = () if kader.verzoek is None else kader.verzoek.ingangsdatums
    if antwoord.woonplaats is None or is_gemeentecode_ever(antwoord.woonplaats, (kader.vandaag, *dagen)):
        return None
    return {"gemeentecode": antwoord.woonplaats, "vandaag": kader.vandaag}


@regel(
    "VZ14",
    retourcode=None,
    niveau=3,
    klasse=_KLASSE,
    element="RedenAfwijzingVerzoek",
    berichten=_JW319,
    gevolg="signaal",
    bron="Keuze van de dienst bij iJw 3.2, OP359: vraag en antwoord van de uitgever",
    titel="Een verzoek om wijziging wordt niet op het woonplaatsbeginsel afgewezen.",
    melding="Het verzoek om wijziging met kenmerk {referentie} is op het woonplaatsbeginsel (8) afgewezen. Dat kan alleen bij een "
    "verzoek om toewijzing.",
    doen="Kies voortaan reden 5 (andere gemeente) als een andere gemeente verantwoordelijk is geworden.",
    voorstel=GEEN_VOORSTEL,
)
def geen_woonplaats_bij_wijziging(antwoord: Verzoekantwoord, kader: AntwoordKader) -> Gegevens | None:
    """The standard has no code for it, so a JW319 that says so is taken over."""
    verzoek = kader.verzoek
    if verzoek is None or verzoek.soort != JW317.naam or antwoord.reden != WOONPLAATSBEGINSEL:
        return None
    return _referentie(antwoord)


def _referentie(antwoord: Verzoekantwoord) -> Gegevens:
    return {"referentie": tell_referentie(antwoord.referentie)}
