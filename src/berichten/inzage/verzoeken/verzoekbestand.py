"""The list of requests as a file: what the page shows in its order, and no Commentaar."""

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import Connection

from berichten.inzage.basis.kijker import Kijker
from berichten.inzage.verzoeken.verzoeklijst import Verzoek, Verzoekfilter, Volgorde, list_verzoeken
from berichten.rapporten.uitvoer.tabel import Kolom, Rapport, file_name

_MEESTE = 100_000
"""Requests in a file."""
_KOLOMMEN = (
    Kolom("termijn", "Termijn"),
    Kolom("referentieAanbieder", "Kenmerk"),
    Kolom("soort", "Soort"),
    Kolom("status", "Stand"),
    Kolom("client", "Cliënt"),
    Kolom("agb", "Aanbieder"),
    Kolom("categorie", "Categorie"),
    Kolom("productcode", "Product"),
    Kolom("ingangsdatum", "Vanaf"),
    Kolom("einddatum", "Tot en met"),
    Kolom("volume", "Volume"),
    Kolom("eenheid", "Eenheid"),
    Kolom("frequentie", "Frequentie"),
    Kolom("budget", "Budget", "geld"),
    Kolom("verwijzer", "Verwijzer"),
    Kolom("ontvangenOp", "Ontvangen"),
    Kolom("woonplaatsUiterlijkOp", "Woonplaats uiterlijk"),
    Kolom("geslotenOp", "Afgehandeld"),
)


def export_verzoeken(kijker: Kijker, zeef: Verzoekfilter, volgorde: Volgorde) -> tuple[str, Callable[[Connection], Rapport]]:
    """Name (without ending) and maker of the list as a file: an aanbieder its own, staff those of their gemeente."""
    rijen = [_as_row(item) for item in list_verzoeken(kijker, zeef, _MEESTE, None, volgorde).regels]
    naam = file_name("verzoeken", kijker.gemeente, "", kijker.instellingen.vandaag())
    basis: list[tuple[str, str | int]] = [("Gemeente", kijker.gemeente)]
    return naam, lambda _: Rapport("verzoeken", "Verzoeken", _KOLOMMEN, rijen, basis)


def _as_row(item: Verzoek) -> Sequence[Any]:
    product, omvang = item.product, item.omvang
    return (
        item.termijn and item.termijn.isoformat(), item.referentie_aanbieder, item.soort, item.status, item.client, item.agb,
        product and product.categorie, product and product.code, item.ingangsdatum and item.ingangsdatum.isoformat(),
        item.einddatum and item.einddatum.isoformat(), omvang and omvang.volume, omvang and omvang.eenheid,
        omvang and omvang.frequentie, item.budget, item.verwijzer and item.verwijzer.type, item.ontvangen_op.isoformat(),
        item.woonplaats_uiterlijk_op and item.woonplaats_uiterlijk_op.isoformat(),
        item.gesloten_op and item.gesloten_op.isoformat(),
    )  # fmt: skip
