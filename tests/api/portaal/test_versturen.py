"""A file is tried first and then sent, once; nobody but who brought it finds it, and after a day it is gone."""

import re
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import httpx
import pytest

from berichten.inzage.berichten.berichten import Berichtfilter, list_berichten
from berichten.kern.houder import Sleutelhouder
from berichten.opslag.toegang.conceptzendingen import set_verstuurd
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.basis.zijproces import GROOT, ZijprocesDruk, ZijprocesFout
from berichten.processen.berichten.proef_bericht import rehearse_zending
from berichten.processen.bewaking.ruim_weigeringen_op import Opruimer
from berichten.processen.ontvangst import ontvang_zip
from berichten.processen.ontvangst.ontvang_bericht import accept
from berichten.processen.ontvangst.ontvang_zip import take_in_zending
from berichten.processen.versturen import verstuur_zending, zet_klaar
from berichten.processen.versturen.verstuur_zending import send_zending
from berichten.processen.versturen.verzonden import tell_verzonden
from berichten.processen.versturen.zet_klaar import find_conceptzending, keep_zending, pack_verzonden, try_zending
from tests.api.dienst import GEDULD
from tests.hulp.besluiten import APR, MRT, scalar, set_instelling
from tests.hulp.bezoek import Bezoek, add_persoon
from tests.hulp.bouwstenen import AGB, GEMEENTE
from tests.hulp.declareer import Regel, declaratie
from tests.hulp.gelijktijdig import note_held
from tests.hulp.portaal.balie import Portaalbalie
from tests.hulp.portaal.monsters import zip_of
from workers.bel import Bel


def upload(bezoek: Bezoek, naam: str, inhoud: bytes) -> httpx.Response:
    """The form of the page with a file in it."""
    bezoek.get("/portaal/versturen")
    koppen = {"Sec-Fetch-Site": "same-origin", "Cookie": f"__Host-sessie={bezoek.koekje}"}
    return bezoek.client.post(
        "/portaal/versturen", data=bezoek.verborgen, files={"bestand": (naam, inhoud, "text/xml")}, headers=koppen
    )


def _plain(pagina: str) -> str:
    return re.sub(r"\s+", " ", re.sub("<[^>]+>", " ", pagina)).replace("\xa0", " ")


def _await_proef(client: Bezoek, adres: str) -> str:
    """What the page says once it no longer says that it is being tried."""
    uiterlijk = time.monotonic() + GEDULD
    while "U mag deze bladzijde verlaten" in (pagina := client.get(adres).text):
        assert time.monotonic() < uiterlijk
        time.sleep(0.05)
    return _plain(pagina)


def _count(balie: Portaalbalie) -> int:
    return int(scalar(balie.werkplaats, "SELECT count(*) FROM bericht WHERE agb = :a", a=AGB))


def _new(referentie: str, uren: int = 1) -> bytes:
    """A declaration with one line that was not billed before."""
    return declaratie(APR, [Regel(referentie, 1002, MRT, uren)])


def test_a_file_is_tried_and_nothing_is_sent_until_somebody_says_so(balie: Portaalbalie) -> None:
    voor = _count(balie)
    with balie.client("aanbieder") as client:
        naar = upload(client, "april.xml", _new("V1", 21)).headers["Location"]
        proef = _plain(client.get(naar).text)
        assert _count(balie) == voor
        assert "Er is nog niets verstuurd." in proef
        assert "0 regels worden toegekend · 1 wordt afgewezen." in proef
        assert "V1 •••006 21 uur 20 uur" in proef
        assert "Verstuur toch" in proef
        verstuurd = client.post(naar)
        assert (verstuurd.status_code, _count(balie)) == (303, voor + 1)
        assert verstuurd.headers["Location"].startswith("/portaal/berichten/")
        assert client.get(verstuurd.headers["Location"]).status_code == 200
        nog_eens = client.post(naar)
        assert (nog_eens.headers["Location"], _count(balie)) == (naar, voor + 1)
        assert "Er is niets dubbel verstuurd" in client.get(naar).text
    inhoud = scalar(balie.werkplaats, "SELECT inhoud FROM conceptzending WHERE bestandsnaam = 'april.xml'")
    assert inhoud is None


def test_a_file_that_is_no_message_tells_every_fault_and_cannot_be_sent(balie: Portaalbalie) -> None:
    with balie.client("aanbieder") as client:
        kapot = _new("V2").replace(b"Eenheid>04<", b"Eenheid>4<")
        pagina = _plain(client.get(upload(client, "kapot.xml", kapot).headers["Location"]).text)
    assert "Dit bestand heeft 1 fout en is geen geldig bericht." in pagina
    assert "Bedoelt u 04?" in pagina
    assert "Dit bestand kunt u zo niet versturen." in pagina


def test_a_zip_is_told_message_by_message(balie: Portaalbalie) -> None:
    bestanden = {"a.xml": _new("V3"), "b.xml": b"<geen", "c.xml": declaratie(APR, [Regel("V4", 1002, MRT, 1)], agb="42420002")}
    with balie.client("aanbieder") as client:
        naar = upload(client, "mei.zip", zip_of(bestanden)).headers["Location"]
        proef = _await_proef(client, naar)
        assert "In dit bestand staan 3 berichten." in proef
        assert "1 bericht wordt aangenomen, 2 berichten worden geweigerd." in proef
        assert client.post(naar).headers["Location"] == naar
        klaar = _plain(client.get(naar).text)
    assert [woord in klaar for woord in ("a.xml Ontvangen", "b.xml Geweigerd", "c.xml Geweigerd")] == [True] * 3


@pytest.mark.parametrize(
    ("naam", "inhoud", "zin"),
    [("", b"", "Kies eerst een bestand"), ("leeg.xml", b" \n", "Dit bestand is leeg"), ("x.zip", b"PK\x03\x04kapot", "beschadigd")],
)
def test_what_cannot_be_sent_at_all_is_told_at_the_field(balie: Portaalbalie, naam: str, inhoud: bytes, zin: str) -> None:
    with balie.client("aanbieder") as client:
        antwoord = upload(client, naam, inhoud)
    assert antwoord.status_code == 400
    assert zin in antwoord.text


def test_while_it_is_tried_the_page_may_be_left(balie: Portaalbalie) -> None:
    zending = keep_zending(balie.werkplaats, balie.houder, "groot.xml", _new("V5"))
    with balie.client("aanbieder") as client:
        pagina = client.get(f"/portaal/versturen/{zending}")
    assert (pagina.status_code, "U mag deze bladzijde verlaten" in pagina.text) == (200, True)


def test_a_bsn_in_the_name_of_a_file_is_not_kept(balie: Portaalbalie) -> None:
    with balie.client("aanbieder") as client:
        pagina = client.get(upload(client, "999911855.xml", _new("V6")).headers["Location"]).text
    assert "999911855" not in pagina


def test_nobody_else_finds_it_not_even_a_colleague(balie: Portaalbalie) -> None:
    add_persoon(balie.werkplaats, "collega@voorbeeld.nl", "aanbieder", agb=AGB)
    zending = keep_zending(balie.werkplaats, balie.houder, "van-mij.xml", _new("V7"))
    with Bezoek(balie.adres) as collega:
        collega.log_in("collega@voorbeeld.nl")
        assert collega.get(f"/portaal/versturen/{zending}").status_code == 404
        collega.get("/portaal/versturen")
        assert collega.post(f"/portaal/versturen/{zending}").status_code == 404
    assert list_berichten(balie.werkplaats.seen_by(balie.houder), Berichtfilter(eigen_kenmerk="van-mij.xml"), 1, None).regels == []


def test_no_connection_is_held_while_its_messages_are_taken_in(balie: Portaalbalie, monkeypatch: pytest.MonkeyPatch) -> None:
    zending = keep_zending(balie.werkplaats, balie.houder, "los.zip", zip_of({f"{n}.xml": _new(f"V9{n}") for n in "ab"}))
    assert not hasattr(zending, "melding")
    gehouden = note_held(monkeypatch)
    verzonden = send_zending(balie.werkplaats, balie.houder, zending)
    assert [item.aangenomen for item in verzonden or ()] == [True, True]
    assert set(gehouden) == {1}


def test_of_two_who_send_it_at_once_the_account_says_what_was_taken_in(
    balie: Portaalbalie, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As in two processes: the other sends and ends while this one is at it, and each saw one of both messages as a repetition."""
    zending = keep_zending(balie.werkplaats, balie.houder, "twee.zip", zip_of({f"{n}.xml": _new(f"V8{n}") for n in "ab"}))
    assert not hasattr(zending, "melding")

    def take_in_beside(*waarmee: Any, **hoe: Any) -> list[Any]:
        delen = take_in_zending(*waarmee, **hoe)
        eerste, tweede = map(tell_verzonden, delen)
        ander = pack_verzonden(balie.werkplaats, [replace(eerste, herhaling=True), tweede])
        with balie.werkplaats.opslag.transaction() as verbinding:
            set_verstuurd(verbinding, GEMEENTE, zending, ander, balie.werkplaats.instellingen.nu())
        return delen

    monkeypatch.setattr(verstuur_zending, "take_in_zending", take_in_beside)
    send_zending(balie.werkplaats, balie.houder, zending)
    bewaard = find_conceptzending(balie.werkplaats, balie.houder, zending)
    assert bewaard is not None
    assert [(item.aangenomen, item.herhaling) for item in bewaard.verzonden or ()] == [(True, False), (True, False)]


def test_who_waits_for_the_same_file_is_told_and_another_file_waits_for_nobody(
    balie: Portaalbalie, monkeypatch: pytest.MonkeyPatch
) -> None:
    zendingen = [keep_zending(balie.werkplaats, balie.houder, f"{n}.xml", _new(f"V7{n}")) for n in "ab"]
    monkeypatch.setattr(verstuur_zending, "GEDULD", 0.0)
    monkeypatch.setattr(verstuur_zending, "_BEZIG", {zendingen[0]})
    with pytest.raises(verstuur_zending.NogBezigError):
        send_zending(balie.werkplaats, balie.houder, zendingen[0])  # type: ignore[arg-type]
    gedaan = send_zending(balie.werkplaats, balie.houder, zendingen[1])  # type: ignore[arg-type]
    assert [item.aangenomen for item in gedaan or ()] == [True]


def test_after_a_day_it_is_gone(balie: Portaalbalie) -> None:
    zending = keep_zending(balie.werkplaats, balie.houder, "oud.xml", _new("V8"))
    assert not hasattr(zending, "melding")
    morgen = set_instelling(balie.werkplaats, stilgezet_op=balie.werkplaats.instellingen.nu() + timedelta(hours=24, minutes=1))
    assert find_conceptzending(morgen, balie.houder, zending) is None
    Opruimer(morgen).clean()
    assert scalar(balie.werkplaats, "SELECT count(*) FROM conceptzending") == 0
    assert send_zending(balie.werkplaats, balie.houder, zending) is None


class Zij:
    """A process for large messages that fails at what has this in it."""

    def __init__(self, werkplaats: Werkplaats, waarop: bytes) -> None:
        self.werkplaats, self.waarop = werkplaats, waarop

    def run(self, _: str, houder: Sleutelhouder, delen: Sequence[tuple[str, bytes]], **__: Any) -> Any:
        if any(self.waarop in inhoud for _, inhoud in delen):
            raise ZijprocesFout
        return rehearse_zending(self.werkplaats, houder, delen)


@pytest.mark.parametrize("groot", [True, False])
def test_a_message_at_which_we_fail_is_told_and_the_others_are_tried(
    balie: Portaalbalie, monkeypatch: pytest.MonkeyPatch, groot: bool
) -> None:
    zij: Any = Zij(balie.werkplaats, b"V62")
    if not groot:
        monkeypatch.setattr(zet_klaar, "rehearse_zending", lambda _, houder, delen: zij.run("zending", houder, delen))
    zending = keep_zending(
        balie.werkplaats, balie.houder, "fout.zip", zip_of({f"{n}.xml": _new(f"V6{n}") + b"\n" * GROOT * groot for n in (1, 2, 3)})
    )
    assert isinstance(zending, UUID)
    try_zending(replace(balie.werkplaats, zij=zij), balie.houder, zending)
    bewaard = find_conceptzending(balie.werkplaats, balie.houder, zending)
    assert bewaard is not None
    assert bewaard.proef is not None
    een, twee, drie = bewaard.proef
    assert (een.status, drie.status) == ("verwerkt", "verwerkt")
    assert (twee.status, "De fout ligt bij ons" in twee.fouten[0].melding) == ("geweigerd", True)


def test_what_we_failed_at_can_be_sent_again(balie: Portaalbalie, monkeypatch: pytest.MonkeyPatch) -> None:
    def accept_but_one(werkplaats: Werkplaats, inhoud: bytes, *meer: Any) -> Any:
        if b"V52" in inhoud:
            raise KeyError
        return accept(werkplaats, inhoud, *meer)

    def read_contents() -> Any:
        return scalar(balie.werkplaats, "SELECT inhoud FROM conceptzending WHERE bestandsnaam = 'weer.zip'")

    zending = keep_zending(balie.werkplaats, balie.houder, "weer.zip", zip_of({f"{n}.xml": _new(f"V5{n}") for n in (1, 2)}))
    naar, voor = f"/portaal/versturen/{zending}", _count(balie)
    with balie.client("aanbieder") as client:
        client.get(naar)
        with monkeypatch.context() as bij_ons:
            bij_ons.setattr(ontvang_zip, "accept", accept_but_one)
            client.post(naar)
        pagina = _plain(client.get(naar).text)
        assert [zin in pagina for zin in ("1.xml Ontvangen", "2.xml Nog niet ontvangen", "Verstuur opnieuw")] == [True] * 3
        assert (_count(balie), read_contents() is None) == (voor + 1, False)
        client.post(naar)
        pagina = _plain(client.get(naar).text)
        assert [zin in pagina for zin in ("1.xml Ontvangen", "2.xml Ontvangen", "Verstuur opnieuw")] == [True, True, False]
    assert (_count(balie), read_contents()) == (voor + 2, None)


def test_what_came_in_before_the_sending_broke_off_is_rung_for(balie: Portaalbalie, monkeypatch: pytest.MonkeyPatch) -> None:
    def break_off(*_: Any, **__: Any) -> Any:
        raise ZijprocesDruk

    gebeld: list[tuple[str, ...]] = []
    monkeypatch.setattr(verstuur_zending, "take_in_zending", break_off)
    monkeypatch.setattr(Bel, "ring", lambda _, *stroom: gebeld.append(stroom))
    zending = keep_zending(balie.werkplaats, balie.houder, "druk.xml", _new("V53"))
    with balie.client("aanbieder") as client:
        client.get(f"/portaal/versturen/{zending}")
        antwoord = client.post(f"/portaal/versturen/{zending}")
    assert (antwoord.status_code, "veel grote berichten" in antwoord.text) == (503, True)
    assert gebeld == [(GEMEENTE, AGB)]
