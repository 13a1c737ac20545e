"""Paths of classes: what a finding names is what the answer looks its codes up by."""

from datetime import date

from berichten.standaard.lezen.lezen import read_bericht
from berichten.standaard.schrijven.antwoord import AntwoordHeader, write_retour
from berichten.standaard.waarden.berichten import Toewijzingsbericht
from berichten.standaard.waarden.paden import contact_pad, product_pad, relatie_pad
from berichten.standaard.waarden.soorten import JW301
from tests.hulp.bouw import bouw

_DAG = date(2026, 5, 7)


def _paden(inhoud: bytes) -> list[str]:
    """The path of every class of a JW301 that may be at fault."""
    bericht = read_bericht(inhoud, JW301)
    assert isinstance(bericht, Toewijzingsbericht)
    client, aantal = bericht.client, len(bericht.producten)
    relaties = [relatie_pad(nummer, client) for nummer in range(1, len(client.relaties) + 1)]
    return [
        "Bericht/Client",
        *relaties,
        *(f"{pad}/Contact" for pad in relaties),
        *(contact_pad(nummer, client) for nummer in range(1, len(client.contacten) + 1)),
        *(product_pad(JW301, nummer, aantal) for nummer in range(1, aantal + 1)),
    ]


def _answer(inhoud: bytes, paden: list[str]) -> str:
    codes = {pad: (f"K{nummer:03}",) for nummer, pad in enumerate(paden)}
    return write_retour(inhoud, JW301, AntwoordHeader("A1", _DAG, "0.1.0", "0.1.0", ("0200",)), codes).decode()


def test_every_path_of_a_message_with_repeated_classes_gets_its_own_code() -> None:
    inhoud = bouw(
        "JW301",
        {"Relatie": [{}, {}], "Contact": [{}, {"Soort": "03"}], "ToegewezenProduct": [{}, {"Product": {"Code": "45A03"}}]},
    )
    paden = _paden(inhoud)
    antwoord = _answer(inhoud, paden)
    assert len(paden) == 9
    assert [antwoord.count(f">K{nummer:03}<") for nummer in range(len(paden))] == [1] * len(paden)


def test_a_class_that_stands_alone_has_no_number() -> None:
    inhoud = bouw("JW301", {"Relatie": {}})
    paden = _paden(inhoud)
    assert not any("[" in pad for pad in paden)
    assert [_answer(inhoud, paden).count(f">K{nummer:03}<") for nummer in range(len(paden))] == [1] * len(paden)
