"""The classes of a message of one client as `resultaat.json` shows them: client, requests and products, each with its own codes."""

from collections.abc import Iterator, Sequence
from typing import Any

from berichten.beoordeling.wachtend.niet_beoordeeld import find_redenen
from berichten.opslag.berichten.berichten import Berichtrij
from berichten.opslag.berichten.bevindingen import Bevindingrij
from berichten.standaard.lezen.retour import Inzending
from berichten.standaard.waarden.berichten import Productbericht, StartProduct, StopProduct, ToegewezenProduct
from berichten.standaard.waarden.verzoeken import Toewijzingsverzoek, Verzoekantwoord, Wijzigingsverzoek

Bevindingen = Sequence[Bevindingrij]
_ONBEKENDE_CLIENT = "TR304"
"""Below a client for whom the sender never had an allocation nothing is judged (0233)."""
_VAN_CLIENT = (Productbericht, Toewijzingsverzoek, Wijzigingsverzoek)


def tell_clienten(rij: Berichtrij, bericht: Inzending | None, bevindingen: Bevindingen) -> list[dict[str, Any]]:
    """The client of a message of one client."""
    if not isinstance(bericht, _VAN_CLIENT):
        return []
    return [_tell(rij, bevindingen, [item for item in bevindingen if item.klasse == "Client"])]


def tell_verzoeken(rij: Berichtrij, bericht: Inzending | None, bevindingen: Bevindingen) -> list[dict[str, Any]]:
    """Each AangevraagdProduct of a JW315, the Verzoek of a JW317, the Antwoord of a JW319: by the reference of the aanbieder."""
    return [
        {"referentieAanbieder": referentie, **_tell(rij, bevindingen, _of_class(bevindingen, klasse, nummer), klasse)}
        for referentie, klasse, nummer in _list_verzoeken(bericht)
    ]


def _list_verzoeken(bericht: Inzending | None) -> Iterator[tuple[str, str, int | None]]:
    """Reference, class, and number where there may be more than one."""
    if isinstance(bericht, Toewijzingsverzoek):
        for nummer, product in enumerate(bericht.aangevraagd, 1):
            yield product.referentie, "AangevraagdProduct", nummer
    elif isinstance(bericht, Wijzigingsverzoek):
        yield bericht.referentie, "Verzoek", None
    elif isinstance(bericht, Verzoekantwoord):
        yield bericht.referentie, "Antwoord", None


def tell_producten(rij: Berichtrij, bericht: Inzending | None, bevindingen: Bevindingen) -> list[dict[str, Any]]:
    """Product classes of a JW301, JW305, JW307 or JW317, each by its allocation; a NieuwProduct has none yet."""
    redenen = find_redenen(rij.status, bevindingen)
    producten = []
    for toewijzingnummer, klasse, nummer in _list_producten(bericht):
        verteld = _tell(rij, bevindingen, _of_class(bevindingen, klasse, nummer), klasse)
        omdat = redenen.find(None) if verteld["uitkomst"] == "niet_beoordeeld" else None
        producten.append(
            {
                "toewijzingnummer": toewijzingnummer,
                "uitkomst": verteld["uitkomst"],
                "nietBeoordeeldOmdat": omdat,
                "retourcodes": verteld["retourcodes"],
                "regels": verteld["regels"],
            }
        )
    return producten


def _list_producten(bericht: Inzending | None) -> Iterator[tuple[int | None, str, int]]:
    if isinstance(bericht, Productbericht):
        producten: Sequence[ToegewezenProduct | StartProduct | StopProduct] = bericht.producten
        for nummer, product in enumerate(producten, 1):
            yield product.toewijzingnummer, type(product).__name__, nummer
    elif isinstance(bericht, Wijzigingsverzoek):
        for nummer, gelijk in enumerate(bericht.ongewijzigd, 1):
            yield gelijk.toewijzingnummer, "OngewijzigdProduct", nummer
        for nummer, anders in enumerate(bericht.te_wijzigen, 1):
            yield anders.toewijzingnummer, "TeWijzigenProduct", nummer
        for nummer in range(1, len(bericht.nieuw) + 1):
            yield None, "NieuwProduct", nummer


def _of_class(bevindingen: Bevindingen, klasse: str, nummer: int | None) -> list[Bevindingrij]:
    return [item for item in bevindingen if item.klasse == klasse and item.product_volgnummer == nummer]


def _tell(rij: Berichtrij, alle: Bevindingen, eigen: Bevindingen, klasse: str = "Client") -> dict[str, Any]:
    """Outcome, codes and rules of one class: 0200 when sound, no codes when only the header went back."""
    fout = [item for item in eigen if item.gevolg != "signaal" and item.niveau > 2]
    ongezien = klasse != "Client" and any(item.regel == _ONBEKENDE_CLIENT for item in alle)
    codes = list(dict.fromkeys(item.retourcode for item in fout if item.retourcode)) or ["0233" if ongezien else "0200"]
    return {
        "uitkomst": _outcome(rij.status, bool(fout)),
        "retourcodes": codes if rij.retourcodes == ["0200"] else [],
        "regels": [item.regel for item in eigen],
    }


def _outcome(status: str, fout: bool) -> str:
    if status == "verwerkt":
        return "verwerkt"
    return "afgewezen" if fout else "niet_beoordeeld"
