"""Reading while validating loses nothing: what is not XML is refused, wherever it stands."""

import re
from datetime import time

import pytest

from berichten.standaard.deur import toelating
from berichten.standaard.deur.toelating import Weigering, admit
from berichten.standaard.schema import aantallen
from berichten.standaard.waarden.berichten import Declaratiebericht, Toewijzingsbericht
from tests.hulp.bouw import bouw, schemas
from tests.hulp.bouwstenen import ANDER_BSN, BSN

TWEE = bouw("JW323", {"Declaratie": {"Clienten": {"Client": [{"Bsn": BSN}, {"Bsn": ANDER_BSN}]}}})


def test_every_client_and_line_is_read() -> None:
    bericht = admit(TWEE, schemas())
    assert isinstance(bericht, Declaratiebericht)
    assert [(client.bsn, len(client.prestaties)) for client in bericht.declaratie.clienten] == [(BSN, 1), (ANDER_BSN, 1)]


@pytest.mark.parametrize(
    ("oud", "nieuw"),
    [
        (b"</jw323:Client>", b"</jw323:Client>&"),
        (b"</jw323:Client>", b"</jw323:Client>&onbekend;"),
        (b"</jw323:Client>", b"</jw323:Client><"),
        (b"<jw323:GeleverdVolume>10<", b"<jw323:GeleverdVolume>1&0<"),
        (b"</jw323:Clienten>", b"</jw323:Clienten"),
        (b"<jw323:Eenheid>", b"<jw323:Eenheid a=1>"),
    ],
)
def test_what_is_not_xml_is_refused_and_not_passed_over(oud: bytes, nieuw: bytes) -> None:
    uitkomst = admit(TWEE.replace(oud, nieuw, 1), schemas())
    assert isinstance(uitkomst, Weigering)
    assert uitkomst.totaal >= 1


@pytest.mark.parametrize(
    ("tijd", "verwacht"),
    [("10:15:00", time(10, 15)), ("10:15:00.1234567", time(10, 15, 0, 123456)), ("10:15:00-01:00", time(10, 15))],
)
def test_times_of_an_allocation(tijd: str, verwacht: time) -> None:
    inhoud = bouw("JW301", {"Client/ToegewezenProducten/ToegewezenProduct": {"Toewijzingstijd": tijd}})
    bericht = admit(inhoud, schemas())
    assert isinstance(bericht, Toewijzingsbericht)
    assert bericht.producten[0].toewijzingstijd == verwacht


@pytest.mark.parametrize("datum", ["12026-04-01", "-0044-03-15"])
def test_a_date_beyond_the_calendar_is_refused_with_its_line(datum: str) -> None:
    inhoud = bouw("JW323", {"Declaratie": {"DeclaratieDagtekening": datum}})
    uitkomst = admit(inhoud, schemas())
    assert isinstance(uitkomst, Weigering)
    assert uitkomst.fouten[0].melding == f'DeclaratieDagtekening is "{datum}". Gebruik een jaartal van vier cijfers.'
    assert (uitkomst.fouten[0].regel, uitkomst.fouten[0].pad) == ("KALENDER", "Bericht/Declaratie/DeclaratieDagtekening")
    assert uitkomst.fouten[0].regelnummer == 1 + inhoud[: inhoud.index(datum.encode())].count(b"\n")


@pytest.mark.parametrize("tijd", ["24:00:00", "24:00:00.000"])
def test_an_hour_of_24_is_refused_where_it_stands(tijd: str) -> None:
    """The schema takes it (XML Schema, 3.2.8), and it is the next day: nobody but the sender can say which one is meant."""
    inhoud = bouw("JW301", {"ToegewezenProduct": [{}, {"ToewijzingNummer": "999", "Toewijzingstijd": tijd}]})
    uitkomst = admit(inhoud, schemas())
    assert isinstance(uitkomst, Weigering)
    (fout,) = uitkomst.fouten
    assert (fout.regel, fout.pad) == ("KALENDER", "Bericht/Client/ToegewezenProducten/ToegewezenProduct[2]/Toewijzingstijd")
    assert "Schrijf middernacht als 00:00:00, met de datum van de dag die dan begint." in fout.melding


def _with_number(element: str, nullen: int, clienten: int) -> bytes:
    """A JW323 of so many clients more, in which a number of the first line has so many noughts before it."""
    inhoud = bouw("JW323", {"Declaratie": {"Clienten": {"Client": [{"Bsn": BSN}, *[{"Bsn": ANDER_BSN}] * clienten]}}})
    voor, begin, na = inhoud.partition(f"<jw323:{element}>".encode())
    return voor + begin + b"0" * nullen + na


@pytest.mark.parametrize("clienten", [1, 400], ids=["read as a tree", "large enough for patterns"])
@pytest.mark.parametrize("element", ["ToewijzingNummer", "GeleverdVolume", "ProductTarief"])
def test_a_number_of_thousands_of_digits_is_refused_where_it_stands(element: str, clienten: int) -> None:
    """The schema counts no noughts before a number, and whatever its length the reader may not fail on it."""
    uitkomst = admit(_with_number(element, 5000, clienten), schemas())
    assert isinstance(uitkomst, Weigering)
    (fout,) = uitkomst.fouten
    assert re.fullmatch(f"{element} is een getal van 500[1-9] cijfers. Schrijf het zonder nullen ervoor.", fout.melding)
    waar = f"Bericht/Declaratie/Clienten/Client[1]/Prestaties/Prestatie/{element}"
    assert (fout.regel, fout.pad, fout.regelnummer is not None) == ("KALENDER", waar, True)


def test_a_number_with_some_noughts_is_read() -> None:
    bericht = admit(_with_number("GeleverdVolume", 4000, 1), schemas())
    assert isinstance(bericht, Declaratiebericht)
    assert bericht.declaratie.clienten[0].prestaties[0].volume == 10


def test_a_large_message_with_too_many_tags_is_not_read_by_patterns(monkeypatch: pytest.MonkeyPatch) -> None:
    groot = _with_number("GeleverdVolume", 0, 400)
    assert isinstance(admit(groot, schemas()), Declaratiebericht)
    for module in (toelating, aantallen):
        monkeypatch.setattr(module, "MAX_TAGS", groot.count(b"<") - 1)
    uitkomst = admit(groot, schemas())
    assert isinstance(uitkomst, Weigering)
    assert "meer elementen" in uitkomst.fouten[0].melding


def test_a_client_with_thousands_of_lines_is_read_whole_and_in_order() -> None:
    regels = [{"ProductReferentie": {"ReferentieNummer": f"R{nummer}"}} for nummer in range(2000)]
    bericht = admit(bouw("JW323", {"Prestatie": regels}), schemas())
    assert isinstance(bericht, Declaratiebericht)
    gelezen = [prestatie.referentienummer for prestatie in bericht.declaratie.clienten[0].prestaties]
    assert gelezen == [f"R{nummer}" for nummer in range(2000)]


def test_a_large_client_before_many_small_ones_is_read_whole() -> None:
    """The clients come in portions; what was read of the first is thrown away, and with it nothing of those after it."""
    regel = [{"ProductReferentie": {"ReferentieNummer": f"R{nummer}"}} for nummer in range(2000)]
    clienten = [{"Bsn": BSN, "Prestaties": {"Prestatie": regel}}, *[{"Bsn": ANDER_BSN}] * 500]
    bericht = admit(bouw("JW323", {"Declaratie": {"Clienten": {"Client": clienten}}}), schemas())
    assert isinstance(bericht, Declaratiebericht)
    assert [len(client.prestaties) for client in bericht.declaratie.clienten] == [2000, *[1] * 500]


def _line(tekst: str, element: str) -> int:
    return 1 + tekst[: tekst.index(element)].count("\n")


@pytest.mark.parametrize("lege_regels", [65_400, 65_530, 70_000, 140_000])
@pytest.mark.parametrize(("naam", "element"), [("JW323", "Prestatie"), ("JW301", "ToegewezenProduct"), ("JW305", "StartProduct")])
def test_a_line_is_told_by_its_number_however_long_the_file(naam: str, element: str, lege_regels: int) -> None:
    tekst = bouw(naam, {}).decode()
    begin = tekst.index(">", tekst.index(":Client>")) + 1
    lang = tekst[:begin] + "\n" * lege_regels + tekst[begin:].replace("><", ">\n  <")
    bericht = admit(lang.encode(), schemas())
    assert not isinstance(bericht, Weigering)
    gelezen = bericht.declaratie.clienten[0].prestaties if isinstance(bericht, Declaratiebericht) else bericht.producten
    assert gelezen[0].regelnummer == _line(lang, f":{element}>")
