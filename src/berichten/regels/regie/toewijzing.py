"""Rules on the allocations of a JW301."""

from dataclasses import replace

from berichten.dossier.buiten_toewijzing import REDENEN, find_outside
from berichten.dossier.dossier import VERWIJDERD, Toewijzing, ToewijzingKader
from berichten.kern.regel import Gegevens, Voorstel, regel
from berichten.kern.taal import meervoud, telling
from berichten.standaard.waarden.berichten import ToegewezenProduct
from berichten.standaard.waarden.soorten import BEGIN_RELEASE

_TOEWIJZING = Voorstel(None, "Dit gaat over een toewijzing (JW301) en niet over een gedeclareerde regel.")

_GENOEMD = 10
"""Lines that a sentence names; the allocation shows all."""
HELE_PERIODE = "6"
"""Frequentie of a Volume that is for the allocation as a whole."""


@regel(
    "TR332",
    retourcode="9332",
    niveau=3,
    klasse="ToegewezenProduct",
    element="ToewijzingNummer",
    berichten=("JW301",),
    gevolg="afkeuren",
    titel="Elke toewijzing van een gemeente heeft een eigen nummer.",
    melding="ToewijzingNummer {toewijzingnummer} is al gebruikt met: {anders}.",
    doen="Geef deze toewijzing een nieuw nummer en stuur het bericht opnieuw.",
)
def toewijzingnummer_uniek(product: ToegewezenProduct, kader: ToewijzingKader) -> Gegevens | None:
    """Client, aanbieder, product and Ingangsdatum belong to the number; a newer version may change other fields (OP033x1)."""
    bekend = kader.toewijzingen.get(product.toewijzingnummer)
    if bekend is None:
        return None
    categorie, code = (product.product.categorie, product.product.code) if product.product else (None, None)
    anders = [
        naam
        for naam, gelijk in (
            ("een andere cliënt", bekend.bsn == kader.bsn),
            ("een andere aanbieder", bekend.agb == kader.agb),
            ("een ander product", (bekend.categorie, bekend.productcode) == (categorie, code)),
            ("een andere ingangsdatum", bekend.ingangsdatum == product.ingangsdatum),
        )
        if not gelijk
    ]
    return {"toewijzingnummer": product.toewijzingnummer, "anders": anders} if anders else None


@regel(
    "TR385",
    vanaf=BEGIN_RELEASE["3.1"],
    retourcode="9385",
    niveau=3,
    klasse="ToegewezenProduct",
    element="RedenWijziging",
    berichten=("JW301",),
    gevolg="afkeuren",
    titel="Een toewijzing met toegekende prestaties kan niet worden verwijderd.",
    melding="Bij toewijzing {toewijzingnummer} {staan} die niet zijn gecrediteerd, samen {bedrag:euro}.",
    doen="Laat de aanbieder deze eerst crediteren, of beëindig de toewijzing met een einddatum in plaats van haar te verwijderen.",
)
def verwijderd_zonder_toegekende_prestaties(product: ToegewezenProduct, kader: ToewijzingKader) -> Gegevens | None:
    """What was awarded counts also when its JW325 has not left yet; held lines do not: their reviewer sees the removal (TR384)."""
    toegekend = kader.toegekend.get(product.toewijzingnummer)
    if product.reden_wijziging != VERWIJDERD or toegekend is None:
        return None
    staan = "staat 1 toegekende prestatie" if toegekend.aantal == 1 else f"staan {toegekend.aantal} toegekende prestaties"
    return {
        "toewijzingnummer": product.toewijzingnummer, "staan": staan, "aantal": toegekend.aantal, "bedrag": toegekend.bedrag,
    }  # fmt: skip


@regel(
    "DA08",
    retourcode=None,
    niveau=4,
    klasse="ToegewezenProduct",
    element="Ingangsdatum",
    berichten=("JW301",),
    gevolg="signaal",
    bron="Alphen aan den Rijn, inkoopdocument 2024, par. 10.3",
    titel="Een nieuwe toewijzing gaat niet in vóór de dag waarop zij is afgegeven.",
    melding="Toewijzing {toewijzingnummer} gaat in op {ingangsdatum}, maar is pas op {toewijzingsdatum} afgegeven.",
    doen="Ga na of een besluit met terugwerkende kracht hier is afgesproken.",
    voorstel=_TOEWIJZING,
)
def ingang_niet_voor_toewijzing(product: ToegewezenProduct, kader: ToewijzingKader) -> Gegevens | None:
    """Only the first version: a later one, known by its number or its RedenWijziging, is dated after the start by nature."""
    if product.toewijzingnummer in kader.toewijzingen or product.reden_wijziging is not None:
        return None
    if product.ingangsdatum >= product.toewijzingsdatum:
        return None
    return {
        "toewijzingnummer": product.toewijzingnummer, "ingangsdatum": product.ingangsdatum,
        "toewijzingsdatum": product.toewijzingsdatum,
    }  # fmt: skip


@regel(
    "DA16",
    retourcode=None,
    niveau=3,
    klasse="ToegewezenProduct",
    element="Omvang",
    berichten=("JW301",),
    gevolg="signaal",
    bron="iJw 3.2, OP033x1",
    titel="Onder hetzelfde nummer verandert van de omvang alleen het volume voor de hele periode.",
    melding="Toewijzing {toewijzingnummer} wijkt af van de versie van {vorige_toewijzingsdatum}: {wijzigingen}.",
    doen="Geef voor een andere omvang voortaan een nieuwe toewijzing af en beëindig de oude.",
    voorstel=_TOEWIJZING,
)
def omvang_ongewijzigd(product: ToegewezenProduct, kader: ToewijzingKader) -> Gegevens | None:
    """Unit and Frequentie stay, and so does the Volume unless it is for the whole period (6); dates and budget may change."""
    bekend = kader.toewijzingen.get(product.toewijzingnummer)
    if bekend is None:
        return None
    wijzigingen = [
        f"{naam} is {_or_none(nieuw)} en was {_or_none(oud)}" for naam, oud, nieuw in _compare(product, bekend) if oud != nieuw
    ]
    if not wijzigingen:
        return None
    return {
        "toewijzingnummer": product.toewijzingnummer, "vorige_toewijzingsdatum": bekend.toewijzingsdatum,
        "wijzigingen": wijzigingen,
    }  # fmt: skip


def _compare(product: ToegewezenProduct, bekend: Toewijzing) -> list[tuple[str, object, object]]:
    """Name, known value and new value of each field that may not change."""
    omvang = product.omvang
    velden: list[tuple[str, object, object]] = [
        ("Eenheid", bekend.eenheid, omvang and omvang.eenheid),
        ("Frequentie", bekend.frequentie, omvang and omvang.frequentie),
    ]
    if bekend.frequentie != HELE_PERIODE:
        velden.append(("Volume", bekend.volume, omvang and omvang.volume))
    return velden


def _or_none(waarde: object) -> object:
    return "leeg" if waarde is None else waarde


@regel(
    "DA17",
    retourcode=None,
    niveau=3,
    klasse="ToegewezenProduct",
    element="ToewijzingNummer",
    berichten=("JW301",),
    gevolg="signaal",
    bron="Keuze van de dienst bij iJw 3.2, OP033x1: toegekende regels blijven staan",
    titel="Wat is toegekend, past ook in een nieuwere versie van de toewijzing.",
    melding=(
        "Toewijzing {toewijzingnummer} is gewijzigd nadat er regels op waren toegekend. Buiten deze versie {vallen},"
        " samen {bedrag:euro}: {regels}."
    ),
    doen="De regels blijven toegekend. Kijk of de aanbieder ze moet crediteren en sluit het werkpunt met een reden.",
    werkpunt=True,
    voorstel=_TOEWIJZING,
)
def toegekend_past_in_nieuwe_versie(product: ToegewezenProduct, kader: ToewijzingKader) -> Gegevens | None:
    """Awarded, not credited lines that an earlier end, a lower volume or a lower budget leaves outside; nothing is undone."""
    bekend, staand = kader.toewijzingen.get(product.toewijzingnummer), kader.staand.get(product.toewijzingnummer)
    if bekend is None or not staand:
        return None
    omvang = product.omvang
    nieuw = replace(
        bekend, einddatum=product.einddatum, reden_wijziging=product.reden_wijziging, volume=omvang.volume if omvang else None,
        eenheid=omvang.eenheid if omvang else None, frequentie=omvang.frequentie if omvang else None, budget=product.budget,
    )  # fmt: skip
    buiten = find_outside(nieuw, staand)
    if not buiten:
        return None
    namen = [
        f"{item.prestatie.referentienummer} ({', '.join(REDENEN[naam] for naam in item.regels)})" for item in buiten[:_GENOEMD]
    ]
    meer = [f"en nog {len(buiten) - _GENOEMD}"] if len(buiten) > _GENOEMD else []
    aantal = len(buiten)
    return {
        "toewijzingnummer": product.toewijzingnummer,
        "vallen": f"{meervoud(aantal, 'valt', 'vallen')} {telling(aantal, 'regel', 'regels')}",
        "aantal": aantal,
        "bedrag": sum(item.prestatie.bedrag for item in buiten),
        "regels": [*namen, *meer],
    }
