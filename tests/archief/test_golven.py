"""Which messages may be handled in step: none that share anything, and no more waves than that asks for."""

from collections.abc import Iterator
from dataclasses import fields
from datetime import date
from random import Random
from typing import Any
from uuid import uuid4

import pytest

from berichten.opslag.berichten.berichten import Berichtrij
from berichten.processen.bundels.golven import Taak, split_in_waves
from berichten.processen.ontvangst.ontvang_bericht import parties
from berichten.standaard.lezen.lezen import read_bericht
from berichten.standaard.lezen.retour import Inzending
from berichten.standaard.schema.bestand import herken
from berichten.standaard.waarden.berichten import Declaratiebericht
from berichten.standaard.waarden.soorten import Berichtsoort
from tests.hulp.land import maak_land


def read_taken(seed: int, gemeenten: int) -> Iterator[Taak]:
    """The sound messages of some towns, all new."""
    for item in maak_land(gemeenten=gemeenten, clienten=9, maanden=2, seed=seed, tot=date(2026, 3, 1), fouten=False).berichten:
        soort = herken(item.inhoud)
        assert isinstance(soort, Berichtsoort)
        yield make_taak(read_bericht(item.inhoud, soort), item.inhoud)


def make_taak(bericht: Inzending, inhoud: bytes = b"") -> Taak:
    gemeente, agb = parties(bericht)
    rij: dict[str, Any] = dict.fromkeys(veld.name for veld in fields(Berichtrij))
    rij |= {"gemeente": gemeente, "agb": agb, "soort": bericht.soort.naam, "bericht_id": uuid4()}
    return Taak(Berichtrij(**rij | {"identificatie": bericht.header.identificatie}), bericht, inhoud)


def share_something(een: Taak, ander: Taak) -> bool:
    """Whether the order of two messages counts, said in another way than `golven` does."""
    if een.rij.gemeente != ander.rij.gemeente:
        return False
    declaraties = isinstance(een.bericht, Declaratiebericht) or isinstance(ander.bericht, Declaratiebericht)
    if een.stroom == ander.stroom and (declaraties or een.bericht.bsns & ander.bericht.bsns):
        return True
    if (een.rij.soort, een.rij.identificatie) == (ander.rij.soort, ander.rij.identificatie):
        return True
    return bool(numbers_of(een) & numbers_of(ander))


def numbers_of(taak: Taak) -> set[int | None]:
    bericht = taak.bericht
    if isinstance(bericht, Declaratiebericht):
        return {item.toewijzingnummer for item in bericht.declaratie.prestaties}
    return {item.toewijzingnummer for item in bericht.producten}


@pytest.mark.parametrize("seed", range(4))
def test_a_message_comes_after_whatever_it_shares_something_with(seed: int) -> None:
    taken = list(read_taken(seed, gemeenten=2))
    Random(seed).shuffle(taken)
    golven = split_in_waves(taken)
    assert sorted(plaats for golf in golven for plaats in golf) == list(range(len(taken)))
    golf_van = {plaats: nummer for nummer, golf in enumerate(golven) for plaats in golf}
    for later, taak in enumerate(taken):
        eerder = [golf_van[vorige] for vorige in range(later) if share_something(taken[vorige], taak)]
        assert golf_van[later] == max(eerder, default=-1) + 1


def test_one_stream_of_many_clients_is_one_wave_until_its_declaration() -> None:
    taken = list(read_taken(seed=1, gemeenten=1))
    drukste = max((taak.stroom for taak in taken), key=[taak.stroom for taak in taken].count)
    eigen = [taak for taak in taken if taak.stroom == drukste]
    starts = [taak for taak in eigen if taak.rij.soort == "JW305"]
    declaratie = next(taak for taak in eigen if taak.rij.soort == "JW323")
    assert len(starts) > 1
    assert split_in_waves([*starts, declaratie]) == [list(range(len(starts))), [len(starts)]]
    assert split_in_waves([declaratie, *starts]) == [[0], list(range(1, len(starts) + 1))]
