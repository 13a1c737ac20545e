"""Rules on the period of a billed line, and on billing the same period twice."""

from datetime import date

import numpy as np

from berichten.dossier.dossier import DEBETVELDEN, VERWIJDERD, Dossier, debetsleutel
from berichten.dossier.kolommen import Dossierkolommen, Masker
from berichten.kern.kalender import begin_of_maand, einde_of_maand
from berichten.kern.regel import Gegevens, regel
from berichten.standaard.waarden.berichten import Prestatie
from berichten.standaard.waarden.soorten import BEGIN_RELEASE


@regel(
    "TR319",
    retourcode="9319",
    niveau=3,
    klasse="Prestatie",
    element="ProductPeriode",
    berichten=("JW323",),
    titel="Een regel gaat over de maand van de declaratie of over een eerdere maand.",
    melding="De regel loopt tot en met {einddatum}, maar de declaratie gaat over {periode:maand}.",
    doen="Dien deze regel in met de declaratie over die latere maand.",
    zonder_toewijzing=True,
    onschuldig=lambda r: r.einddatum <= r.kader.declaratie.periode.einddatum,
)
def periode_niet_na_declaratie(prestatie: Prestatie, dossier: Dossier) -> Gegevens | None:
    """ProductPeriode lies within this DeclaratiePeriode or an earlier one."""
    periode = dossier.kader.declaratie.periode
    if prestatie.einddatum > periode.einddatum:
        return {"einddatum": prestatie.einddatum, "periode": periode.begindatum}
    return None


@regel(
    "TR384",
    vanaf=BEGIN_RELEASE["3.1"],
    retourcode="9384",
    niveau=3,
    klasse="Prestatie",
    element="ToewijzingNummer",
    berichten=("JW323",),
    titel="Op een verwijderde toewijzing kan niet worden gedeclareerd.",
    melding="De gemeente heeft toewijzing {toewijzingnummer} op {toewijzingsdatum} verwijderd.",
    doen="Declareer op de toewijzing die ervoor in de plaats kwam, of vraag de gemeente welke dat is.",
    onschuldig=lambda r: ~r.mask([item == VERWIJDERD for item in r.allocated("reden_wijziging")]),
)
def toewijzing_niet_verwijderd(prestatie: Prestatie, dossier: Dossier) -> Gegevens | None:
    """RedenWijziging 13. What was removed is no ground for the other rules; a credit is still possible."""
    toewijzing = dossier.toewijzing
    if toewijzing is not None and toewijzing.verwijderd and not prestatie.credit:
        return {"toewijzingnummer": toewijzing.toewijzingnummer, "toewijzingsdatum": toewijzing.toewijzingsdatum}
    return None


@regel(
    "TR387",
    vanaf=BEGIN_RELEASE["3.1"],
    retourcode="9387",
    niveau=3,
    klasse="Prestatie",
    element="ProductPeriode/Begindatum",
    berichten=("JW323",),
    titel="Een regel begint op de eerste dag van de maand, of op de ingangsdatum van de toewijzing als die later is.",
    melding="De regel begint op {begindatum}; dat moet {verwacht} zijn.",
    doen="Pas de begindatum aan, ook als de hulp later in de maand begon, en dien de regel opnieuw in.",
    onschuldig=lambda r: r.begindatum == np.maximum(r.beginmaand, r.ingangsdatum),
)
def begindatum_eerste_dag(prestatie: Prestatie, dossier: Dossier) -> Gegevens | None:
    """IV089: ProductPeriode is the calendar month cut by the allocation. Where TR307 speaks of this date, it speaks alone."""
    toewijzing = dossier.toewijzing
    if toewijzing is None or prestatie.begindatum < toewijzing.ingangsdatum:
        return None
    verwacht = max(begin_of_maand(prestatie.begindatum), toewijzing.ingangsdatum)
    return _unless_equal(prestatie.begindatum, verwacht, "begindatum")


@regel(
    "TR388",
    vanaf=BEGIN_RELEASE["3.1"],
    retourcode="9388",
    niveau=3,
    klasse="Prestatie",
    element="ProductPeriode/Einddatum",
    berichten=("JW323",),
    titel="Een regel eindigt op de laatste dag van de maand, of op de einddatum van de toewijzing als die eerder is.",
    melding="De regel eindigt op {einddatum}; dat moet {verwacht} zijn.",
    doen="Pas de einddatum aan, ook als de hulp eerder in de maand stopte, en dien de regel opnieuw in.",
    onschuldig=lambda r: r.einddatum == np.minimum(r.einde_maand, r.laatste_dag),
)
def einddatum_laatste_dag(prestatie: Prestatie, dossier: Dossier) -> Gegevens | None:
    """IV089, as TR387. Where TR308 speaks of this date, it speaks alone."""
    toewijzing = dossier.toewijzing
    if toewijzing is None:
        return None
    verwacht = einde_of_maand(prestatie.einddatum)
    if toewijzing.einddatum is not None:
        if prestatie.einddatum > toewijzing.einddatum:
            return None
        verwacht = min(verwacht, toewijzing.einddatum)
    return _unless_equal(prestatie.einddatum, verwacht, "einddatum")


def _unless_equal(dag: date, verwacht: date, naam: str) -> Gegevens | None:
    return None if dag == verwacht else {naam: dag, "verwacht": verwacht}


def _is_only_one(regels: Dossierkolommen) -> Masker:
    """Neither billed before nor by another line of the message, be it a credit."""
    sleutels = regels.alike(*DEBETVELDEN)
    eerder = {sleutel for sleutel, aantal in regels.kader.debetten.items() if aantal > 0}
    return regels.single(sleutels) & regels.absent(sleutels, eerder)


@regel(
    "TR389",
    vanaf=BEGIN_RELEASE["3.1"],
    retourcode="9389",
    niveau=3,
    klasse="Prestatie",
    element="ProductPeriode",
    berichten=("JW323",),
    titel="Hetzelfde product wordt op een toewijzing maar één keer over dezelfde periode gedeclareerd.",
    melding=(
        "Product {code} is op toewijzing {toewijzingnummer} al gedeclareerd over {begindatum} tot en met {einddatum},"
        " en die regel is niet gecrediteerd."
    ),
    doen="Wilt u de eerdere regel verbeteren, crediteer die dan eerst en dien daarna de nieuwe regel in.",
    onschuldig=_is_only_one,
)
def periode_maar_een_keer(prestatie: Prestatie, dossier: Dossier) -> Gegevens | None:
    """Against lines awarded or held. A rejected line does not stand in the way of a better one."""
    if dossier.kader.debetten[debetsleutel(prestatie)] > 0:
        return {
            "code": prestatie.code,
            "toewijzingnummer": prestatie.toewijzingnummer,
            "begindatum": prestatie.begindatum,
            "einddatum": prestatie.einddatum,
        }
    return None
