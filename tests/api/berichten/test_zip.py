"""Several messages in one ZIP: each taken or refused by itself, in the order of their names."""

import re
from contextlib import nullcontext
from dataclasses import replace
from io import BytesIO
from itertools import count
from pathlib import Path
from typing import Any
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZIP_LZMA, ZipFile

import httpx
import pytest

from api.basis.problemen import Probleem
from api.berichten.berichten import take_in_zip
from api.berichten.zipbestand import tell_zip
from berichten.kern.houder import Sleutelhouder
from berichten.opslag.basis.kluis import KluisFout
from berichten.processen.basis.zijproces import GROOT, ZijprocesDruk, ZijprocesFout
from berichten.processen.ontvangst import ontvang_bericht, ontvang_zip
from berichten.processen.ontvangst.ontvang_bericht import refuse_unkept
from berichten.processen.ontvangst.ontvang_zip import Zipdeel
from berichten.standaard.deur.toelating import admit, too_heavy
from berichten.standaard.deur.zipbestand import MAX_BERICHTEN
from berichten.voorbeelden.model.model import GEMEENTE, VoorbeeldBericht
from tests.api.berichten.test_berichten import VELDEN
from tests.api.conftest import Loket
from tests.api.deur.test_slechte_invoer import check_problem
from tests.api.dienst import await_outcome, post
from tests.api.gevallen import STAD, find_declaratie
from tests.hulp.gelogd import logs_of

ZIP = "application/zip"
JW301 = [bericht for bericht in STAD.berichten if bericht.soort == "JW301" and bericht.fout is None]


def zip_of(*delen: tuple[str, bytes]) -> bytes:
    """A ZIP with these files, in this order."""
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as archief:
        for naam, inhoud in delen:
            archief.writestr(naam, inhoud)
    return buffer.getvalue()


def zip_with(*berichten: VoorbeeldBericht) -> bytes:
    return zip_of(*((bericht.bestandsnaam, bericht.inhoud) for bericht in berichten))


def send(loket: Loket, inhoud: bytes, wie: str = GEMEENTE) -> httpx.Response:
    with loket.client(wie) as client:
        return post(client, inhoud, ZIP)


def test_messages_are_taken_in_name_order_and_handled(loket: Loket) -> None:
    achterstevoren = sorted(JW301[:5], key=lambda bericht: bericht.bestandsnaam, reverse=True)
    antwoord = send(loket, zip_with(*achterstevoren))
    assert antwoord.status_code == 202
    ontvangen = antwoord.json()["berichten"]
    assert [item["bestand"] for item in ontvangen] == [bericht.bestandsnaam for bericht in JW301[:5]]
    assert all(item.keys() >= VELDEN and item["fouten"] == [] for item in ontvangen)
    with loket.client(GEMEENTE) as client:
        klaar = [await_outcome(client, item["berichtId"]) for item in ontvangen]
    assert {item["status"] for item in klaar} == {"verwerkt"}


def test_the_same_zip_again_changes_nothing(loket: Loket) -> None:
    zip_ = zip_with(*JW301[5:8])
    eerste, tweede = send(loket, zip_).json()["berichten"], send(loket, zip_).json()["berichten"]
    assert [item["berichtId"] for item in tweede] == [item["berichtId"] for item in eerste]
    assert [item["herhaling"] for item in (*eerste, *tweede)] == [False] * 3 + [True] * 3


def test_a_refused_message_stands_between_the_others_with_its_faults(loket: Loket) -> None:
    goed = JW301[8]
    kapot = goed.inhoud.replace(b"<jw301:Geslacht>", b"<jw301:Sekse>").replace(b"</jw301:Geslacht>", b"</jw301:Sekse>")
    antwoord = send(loket, zip_of(("1-kapot.xml", kapot), ("2-goed.xml", goed.inhoud), ("3-leeg.xml", b"")))
    assert antwoord.status_code == 202
    een, twee, drie = antwoord.json()["berichten"]
    assert (een["status"], twee["status"], drie["status"]) == ("geweigerd", "ontvangen", "geweigerd")
    assert een["fouten"][0]["regelnummer"]
    assert "Sekse" in een["fouten"][0]["melding"]
    assert drie["fouten"]
    with loket.client(GEMEENTE) as client:
        bewaard = client.get(f"/berichten/{een['berichtId']}/bevindingen").json()["bevindingen"]
    assert [item["melding"] for item in bewaard] == [item["melding"] for item in een["fouten"]]


def test_when_none_is_accepted_every_fault_names_its_file(loket: Loket) -> None:
    antwoord = send(loket, zip_of(("a.xml", b"<x/>"), ("b.xml", b"geen xml")))
    check_problem(antwoord, 400, ("2 berichten", "stuur het ZIP-bestand opnieuw"))
    assert [fout["pad"].partition("/")[0] for fout in antwoord.json()["fouten"]] == ["a.xml", "b.xml"]
    assert [item["status"] for item in antwoord.json()["berichten"]] == ["geweigerd"] * 2


def test_what_another_must_send_is_not_kept(loket: Loket) -> None:
    declaratie = find_declaratie(STAD)
    check_problem(send(loket, zip_with(declaratie)), 403, ("JW323",))
    eigen, vreemd = send(loket, zip_with(JW301[9], declaratie)).json()["berichten"]
    assert (eigen["status"], vreemd["status"]) == ("ontvangen", "geweigerd")
    assert (vreemd["berichtId"], vreemd["fouten"][0]["regel"]) == (None, "AFZENDER")


def test_a_zip_that_cannot_be_taken_says_why(loket: Loket) -> None:
    goed = zip_with(JW301[0])
    veel = zip_of(*((f"{nummer}.xml", b"<x/>") for nummer in range(MAX_BERICHTEN + 1)))
    for inhoud, woorden in (
        (b"", ("beschadigd",)),
        (b"<factuur/>", ("begint met factuur",)),
        (b"geen zip", ("beschadigd",)),
        (goed[: len(goed) // 2], ("beschadigd", "opnieuw")),
        (zip_of(), ("geen bericht",)),
        (veel, ("31 berichten", "30", "Verdeel")),
        (zip_of(("groot.xml", bytes(25 * 1024 * 1024 + 1))), ("groter dan 25 MB",)),
    ):
        check_problem(send(loket, inhoud), 400, woorden)


@pytest.mark.parametrize("soort", ["application/x-zip-compressed", "application/octet-stream", "application/xml"])
def test_the_first_bytes_tell_a_zip_whatever_it_is_called(loket: Loket, soort: str) -> None:
    with loket.client(GEMEENTE) as client:
        antwoord = post(client, zip_with(JW301[12]), soort)
    assert antwoord.status_code == 202
    assert [item["bestand"] for item in antwoord.json()["berichten"]] == [JW301[12].bestandsnaam]


@pytest.mark.parametrize("soort", [ZIP, "application/octet-stream"])
def test_a_message_that_is_called_a_zip_is_read_as_a_message(loket: Loket, soort: str) -> None:
    with loket.client(GEMEENTE) as client:
        antwoord = post(client, JW301[13].inhoud, soort)
    assert antwoord.status_code in (200, 202)
    assert antwoord.json()["soort"] == "JW301"


def test_a_damaged_entry_is_refused_and_the_others_are_taken(loket: Loket) -> None:
    buffer = BytesIO()
    with ZipFile(buffer, "w") as archief:
        archief.writestr("1-lzma.xml", JW301[14].inhoud, ZIP_LZMA)
        archief.writestr("2-goed.xml", JW301[14].inhoud, ZIP_DEFLATED)
        archief.writestr("3-bzip2.xml", JW301[14].inhoud, ZIP_BZIP2)
    antwoord = send(loket, buffer.getvalue())
    assert antwoord.status_code == 202
    een, twee, drie = antwoord.json()["berichten"]
    assert (een["status"], twee["status"], drie["status"]) == ("geweigerd", "ontvangen", "geweigerd")
    assert "op een manier die deze dienst niet uitpakt" in een["fouten"][0]["melding"]


def test_a_zip_within_a_zip_is_refused_by_name(loket: Loket) -> None:
    antwoord = send(loket, zip_of(("binnen.zip", zip_with(JW301[0]))))
    check_problem(antwoord, 400, ("ZIP-bestand",))


def test_a_zip_is_not_taken_for_a_rehearsal(loket: Loket) -> None:
    with loket.client(GEMEENTE) as client:
        antwoord = client.post("/proefberichten", content=zip_with(JW301[0]), headers={"Content-Type": ZIP})
    check_problem(antwoord, 415, ("application/xml",))


def test_it_works_from_a_file_on_disk_too(loket: Loket, tmp_path: Path) -> None:
    pad = tmp_path / "maand.zip"
    pad.write_bytes(zip_with(*JW301[10:12]))
    assert [item["status"] for item in send(loket, pad.read_bytes()).json()["berichten"]] == ["ontvangen"] * 2


class Bellen(list[tuple[str, str]]):
    """A bell that remembers for whom it rang."""

    def ring(self, *stroom: str) -> None:
        self.append((stroom[0], stroom[1]))


class Zij:
    """A process for large messages in which every task goes wrong."""

    def __init__(self, fout: type[Exception]) -> None:
        self.fout = fout

    def run(self, *_: Any, **__: Any) -> Any:
        raise self.fout


HOUDER = Sleutelhouder(GEMEENTE, "proef", "gemeente", None)
MISLUKT = "De fout ligt bij ons en is vastgelegd. Stuur dit bericht later opnieuw."


def take_in(loket: Loket, bel: Any, fout: type[Exception], *groot: bool) -> Any:
    """A ZIP with as many messages for as many aanbieders, none of which came in before; who fails does so at one that is large."""
    delen = [bericht.inhoud + b"\n" * (next(_ANDERS) + GROOT * is_groot) for bericht, is_groot in zip(JW301, groot, strict=False)]
    zij: Any = Zij(fout)
    zip_ = zip_of(*((f"{n}.xml", inhoud) for n, inhoud in enumerate(delen)))
    return take_in_zip(bel, replace(loket.werkplaats, zij=zij), zip_, HOUDER)


def streams(*plaatsen: int) -> list[tuple[str, str]]:
    """For whom the messages in these places are."""
    gevonden = [re.search(rb"Ontvanger>(\d+)<", JW301[plaats].inhoud) for plaats in plaatsen]
    return list(dict.fromkeys((GEMEENTE, treffer[1].decode()) for treffer in gevonden if treffer))


_ANDERS = count(7)


def test_a_message_at_which_we_fail_does_not_keep_the_others(loket: Loket) -> None:
    bel = Bellen()
    berichten = tell_zip(take_in(loket, bel, ZijprocesFout, False, True, False)).berichten
    assert [item.model_dump()["status"] for item in berichten] == ["ontvangen", "geweigerd", "ontvangen"]
    assert [[fout.melding for fout in item.fouten] for item in berichten] == [[], [MISLUKT], []]
    assert berichten[1].bericht_id is None
    assert bel == streams(0, 2) != []


@pytest.mark.parametrize(("fout", "gaat_door"), [(KeyError("geheim"), True), (KluisFout("andere sleutel"), False)])
def test_so_does_a_small_one_unless_all_would_fail(
    loket: Loket, monkeypatch: pytest.MonkeyPatch, fout: Exception, gaat_door: bool
) -> None:
    gelezen = count()

    def admit_but_one(*waarmee: Any) -> Any:
        if next(gelezen) == 1:
            raise fout
        return admit(*waarmee)

    monkeypatch.setattr(ontvang_bericht, "admit", admit_but_one)
    bel, delen = Bellen(), []
    with logs_of(ontvang_zip) as regels, nullcontext() if gaat_door else pytest.raises(KluisFout):
        delen = take_in(loket, bel, ZijprocesFout, False, False, False)
    assert [deel.mislukt for deel in delen] == [False, True, False][: 3 * gaat_door]
    assert [(regel["event"], regel["fout"]) for regel in regels] == [("bericht_mislukt", "KeyError")][:gaat_door]
    assert bel == (streams(0, 2) if gaat_door else streams(0)) != []


def test_when_we_fail_at_each_the_sender_is_not_told_to_mend_anything(loket: Loket) -> None:
    delen = take_in(loket, Bellen(), ZijprocesFout, True, True)
    with pytest.raises(Probleem) as probleem:
        tell_zip(delen)
    assert (probleem.value.status, "later opnieuw" in probleem.value.detail) == (500, True)
    assert [item["fouten"][0]["regel"] for item in probleem.value.extra["berichten"]] == ["STORING"] * 2


def test_when_we_fail_at_one_and_the_other_is_wrong_both_are_told(loket: Loket) -> None:
    mislukt, onleesbaar = take_in(loket, Bellen(), ZijprocesFout, True), Zipdeel("b.xml", refuse_unkept(too_heavy()), None)
    with pytest.raises(Probleem) as probleem:
        tell_zip([*mislukt, onleesbaar])
    assert (probleem.value.status, "Bij 1 daarvan ligt de fout bij ons" in probleem.value.detail) == (500, True)
    assert [(fout.pad, fout.regel) for fout in probleem.value.fouten] == [("0.xml/", "STORING"), ("b.xml/", "OP179")]


def test_what_came_in_before_we_broke_off_is_rung_for(loket: Loket) -> None:
    bel = Bellen()
    with pytest.raises(ZijprocesDruk):
        take_in(loket, bel, ZijprocesDruk, False, True, False)
    assert bel == streams(0) != []
