"""The gemeente's own rules on education level: what is billed against what the family plan needs."""

from functools import partial

from berichten.dossier.contract import MINUUT, UUR, amount_of_minuten, per_minuut
from berichten.dossier.dossier import Dossier
from berichten.dossier.kolommen import Dossierkolommen, Getallen
from berichten.kern.feit import RANG, Feit
from berichten.kern.regel import Gegevens, Voorstel, regel
from berichten.kern.tekst import euro
from berichten.regels.eigen.verantwoording import billed_level, billed_rank
from berichten.standaard.waarden.berichten import Prestatie

_eigen_regel = partial(
    regel,
    retourcode="0611",
    niveau=4,
    klasse="Prestatie",
    element="ProductTarief",
    berichten=("JW323",),
    gevolg="beoordelen",
    bron="Alphen aan den Rijn, inkoopdocument 2024, par. 8.1",
    nodig=Feit.GEZINSPLAN | Feit.NIVEAU,
)


@_eigen_regel(
    "DA02",
    titel="Er wordt geen hoger niveau gedeclareerd dan het gezinsplan vraagt.",
    melding=(
        "Gedeclareerd is niveau {niveau} voor {bedrag:euro}. Het gezinsplan bij toewijzing {toewijzingnummer} vraagt niveau"
        " {benodigd}{vergelijking}."
    ),
    doen="Declareer het tarief van het niveau uit het gezinsplan, ook als iemand met een hoger niveau de hulp gaf.",
    voorstel=Voorstel("0611", "Het tarief hoort bij een hoger niveau dan het gezinsplan vraagt."),
    onschuldig=lambda r: r.once(billed_rank) <= _needed(r),
)
def niveau_niet_hoger(prestatie: Prestatie, dossier: Dossier) -> Gegevens | None:
    """The needed level's tariff applies, whoever did the work; the amount at that tariff is told where there is one."""
    afspraak, niveau = dossier.kader.feiten.afspraak_of(prestatie), billed_level(prestatie, dossier)
    if afspraak is None or RANG[niveau] <= RANG[afspraak.benodigd_niveau]:
        return None
    return {**_gegevens(prestatie, niveau, afspraak.benodigd_niveau), **_compare(prestatie, dossier, afspraak.benodigd_niveau)}


@_eigen_regel(
    "DA03",
    titel="Er wordt alleen een lager niveau gedeclareerd als het gezinsplan dat goedkeurt.",
    melding=(
        "Gedeclareerd is niveau {niveau} voor {bedrag:euro}. Het gezinsplan bij toewijzing {toewijzingnummer} vraagt niveau"
        " {benodigd} en keurt een lager niveau niet goed."
    ),
    doen="Laat het lokale team het lagere niveau in het gezinsplan goedkeuren, of zet iemand met het gevraagde niveau in.",
    voorstel=Voorstel("0611", "Het tarief hoort bij een lager niveau dan het gezinsplan goedkeurt."),
    onschuldig=lambda r: r.once(billed_rank) >= _least_needed(r),
)
def niveau_niet_lager(prestatie: Prestatie, dossier: Dossier) -> Gegevens | None:
    """With approval the level of the person who did it is billed; that is held against the delivery records (DA05)."""
    afspraak, niveau = dossier.kader.feiten.afspraak_of(prestatie), billed_level(prestatie, dossier)
    if afspraak is None or afspraak.lager_niveau_goedgekeurd or RANG[niveau] >= RANG[afspraak.benodigd_niveau]:
        return None
    return _gegevens(prestatie, niveau, afspraak.benodigd_niveau)


def _needed(regels: Dossierkolommen) -> Getallen:
    """Rank of the level that the family plan needs for each line; nothing is asked of a line without plan (`nodig`)."""
    afspraken = map(regels.feiten.afspraak_of, regels.prestaties)
    return regels.numbers(-1 if item is None else RANG[item.benodigd_niveau] for item in afspraken)


def _least_needed(regels: Dossierkolommen) -> Getallen:
    """The same, and no rank where a lower level was approved."""
    afspraken = map(regels.feiten.afspraak_of, regels.prestaties)
    return regels.numbers(-1 if item is None or item.lager_niveau_goedgekeurd else RANG[item.benodigd_niveau] for item in afspraken)


def _gegevens(prestatie: Prestatie, niveau: str, benodigd: str) -> dict[str, object]:
    return {
        "niveau": niveau,
        "benodigd": benodigd,
        "toewijzingnummer": prestatie.toewijzingnummer,
        "bedrag": prestatie.bedrag,
    }


def _compare(prestatie: Prestatie, dossier: Dossier, niveau: str) -> dict[str, object]:
    """What the line would come to at the tariff of `niveau`, and how much less that is."""
    gevonden = dossier.kader.contract.rate_for(
        prestatie.code, prestatie.begindatum, prestatie.eenheid, niveau, dossier.ingang_for(prestatie)
    )
    if gevonden is None:
        return {"vergelijking": ""}
    tarief, per_uur = gevonden
    passend = amount_of_minuten(tarief, prestatie.volume) if per_uur else tarief * prestatie.volume
    verschil = prestatie.bedrag - passend
    eenheid = {UUR: " per uur", MINUUT: " per uur" if per_uur else " per minuut"}.get(prestatie.eenheid, " per eenheid")
    return {
        "vergelijking": f"; daarbij hoort {euro(tarief)}{eenheid}, samen {euro(passend)}: {euro(verschil)} minder",
        "passend_tarief": per_minuut(tarief) if per_uur else tarief,
        "passend_bedrag": passend,
        "verschil": verschil,
    }
