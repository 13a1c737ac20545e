"""Rules of level 2 on what a gemeente says to a request (JW319): answer, reason and gemeente must fit together."""

from berichten.kern.regel import Gegevens
from berichten.regels.inhoud.inhoudsregel import Inhoud, inhoudsregel, tell_referentie
from berichten.standaard.waarden.verzoeken import Verzoekantwoord

_JW319 = ("JW319",)
_REDEN = "RedenAfwijzingVerzoek"
AFGEWEZEN, IN_ONDERZOEK = "1", "2"
WOONPLAATSBEGINSEL = "8"
"""Reason of refusal: another gemeente is responsible, and the answer says which."""


@inhoudsregel(
    "CD085",
    klasse="Antwoord",
    element=_REDEN,
    berichten=_JW319,
    titel="Bij een afwijzing staat de reden.",
    melding="Het verzoek met kenmerk {referentie} is afgewezen (1), maar er staat geen reden bij.",
    doen="Vul RedenAfwijzingVerzoek in en stuur het bericht opnieuw.",
)
def reden_bij_afwijzing(antwoord: Verzoekantwoord, _: Inhoud) -> Gegevens | None:
    """The aanbieder must know why."""
    return _referentie(antwoord) if antwoord.antwoord == AFGEWEZEN and antwoord.reden is None else None


@inhoudsregel(
    "CD086",
    klasse="Antwoord",
    element=_REDEN,
    berichten=_JW319,
    titel="Zolang een verzoek in onderzoek is, staat er geen reden van afwijzing bij.",
    melding="Het verzoek met kenmerk {referentie} is in onderzoek (2), maar er staat reden {reden} van afwijzing bij.",
    doen="Laat RedenAfwijzingVerzoek weg, of kies VerzoekAntwoord 1 (afgewezen), en stuur het bericht opnieuw.",
)
def geen_reden_bij_onderzoek(antwoord: Verzoekantwoord, _: Inhoud) -> Gegevens | None:
    """Nothing is decided yet."""
    if antwoord.antwoord != IN_ONDERZOEK or antwoord.reden is None:
        return None
    return {**_referentie(antwoord), "reden": antwoord.reden}


@inhoudsregel(
    "TR377",
    klasse="Woonplaatsbeginsel",
    berichten=_JW319,
    titel="Bij een afwijzing om het woonplaatsbeginsel staat welke gemeente er wel over gaat.",
    melding="Het verzoek met kenmerk {referentie} is afgewezen om het woonplaatsbeginsel (8), maar er staat geen gemeente bij.",
    doen="Vul in Woonplaatsbeginsel de code in van de gemeente die er wel over gaat, en stuur het bericht opnieuw.",
)
def gemeente_bij_woonplaats(antwoord: Verzoekantwoord, _: Inhoud) -> Gegevens | None:
    """OP359: the aanbieder must know where to go."""
    return _referentie(antwoord) if antwoord.reden == WOONPLAATSBEGINSEL and antwoord.woonplaats is None else None


@inhoudsregel(
    "TR409",
    klasse="Woonplaatsbeginsel",
    berichten=_JW319,
    titel="Een gemeente staat er alleen bij als het woonplaatsbeginsel de reden van afwijzing is.",
    melding="Bij het verzoek met kenmerk {referentie} staat gemeente {gemeente}, maar {reden}.",
    doen="Laat Woonplaatsbeginsel weg, of kies reden 8 (woonplaatsbeginsel), en stuur het bericht opnieuw.",
)
def geen_gemeente_bij_andere_reden(antwoord: Verzoekantwoord, _: Inhoud) -> Gegevens | None:
    """Also without any reason (IV095)."""
    if antwoord.woonplaats is None or antwoord.reden == WOONPLAATSBEGINSEL:
        return None
    reden = "er staat geen reden bij" if antwoord.reden is None else f"de reden van afwijzing is {antwoord.reden}"
    return {**_referentie(antwoord), "gemeente": antwoord.woonplaats, "reden": reden}


def _referentie(antwoord: Verzoekantwoord) -> dict[str, object]:
    return {"referentie": tell_referentie(antwoord.referentie)}
