"""Figures, days and addresses as a page shows them."""

from datetime import UTC, date, datetime

import pytest

from api.portaal.schil import opmaak
from api.portaal.schil.adres import Paginaadres, make_adres
from api.portaal.schil.invoer import Adresinvoer
from api.portaal.schil.lijst import Lijststand, read_blad, read_orde

_VANDAAG = date(2026, 6, 30)


def test_amounts_and_days_do_not_break_over_a_line() -> None:
    assert opmaak.euro(-123456) == "€\u00a0-1.234,56"
    assert opmaak.euro(None) == "–"
    assert opmaak.datum(date(2026, 4, 3)) == "3\u00a0april\u00a02026"
    assert opmaak.moment(datetime(2026, 4, 3, 8, 14, tzinfo=UTC)) == "3\u00a0april\u00a02026, 10.14\u00a0uur"


@pytest.mark.parametrize(
    ("uiterlijk", "woorden", "kleur"),
    [
        (date(2026, 6, 26), "2 werkdagen te laat", "rood"),
        (date(2026, 6, 28), "2 werkdagen te laat", "rood"),
        (date(2026, 6, 30), "vandaag", "rood"),
        (date(2026, 7, 1), "morgen", "rood"),
        (date(2026, 7, 2), "over 2 werkdagen", "oranje"),
        (date(2026, 7, 6), "over 4 werkdagen", "blauw"),
    ],
)
def test_a_term_is_told_in_working_days(uiterlijk: date, woorden: str, kleur: str) -> None:
    assert opmaak.termijn(uiterlijk, _VANDAAG).replace("\u00a0", " ") == woorden
    assert opmaak.kleur_van_termijn(uiterlijk, _VANDAAG, 2) == kleur


@pytest.mark.parametrize(
    ("begin", "einde", "woorden"),
    [
        (date(2026, 4, 1), date(2026, 4, 30), "1 t/m 30 april 2026"),
        (date(2026, 4, 1), date(2026, 5, 3), "1 april t/m 3 mei 2026"),
        (date(2025, 12, 1), date(2026, 1, 3), "1 december 2025 t/m 3 januari 2026"),
        (date(2026, 4, 1), date(2026, 4, 1), "1 april 2026"),
        (date(2026, 4, 1), None, "vanaf 1 april 2026"),
    ],
)
def test_a_period_says_nothing_twice(begin: date, einde: date | None, woorden: str) -> None:
    assert opmaak.periode(begin, einde).replace("\u00a0", " ") == woorden


def test_a_part_of_nothing_is_no_percentage() -> None:
    assert (opmaak.procent(1, 3), opmaak.procent(5, 0)) == ("33,3\u00a0%", "–")


def test_an_address_is_asked_otherwise() -> None:
    adres = make_adres("/werkvoorraad", {"agb": "1", "blad": 3, "regel": ""})
    assert str(adres) == "/portaal/werkvoorraad?agb=1&blad=3"
    assert str(adres.met(regel="DA01")) == "/portaal/werkvoorraad?agb=1&regel=DA01"
    assert str(adres.zonder("agb")) == "/portaal/werkvoorraad"
    assert str(Paginaadres("/p", (("a", "1"), ("a", "2"))).zonder("a", "1")) == "/p?a=2"


@pytest.mark.parametrize(
    ("getypt", "centen"), [("1.250", 125000), ("1250,5", 125050), ("€ 12,50", 1250), ("0", 0), ("12.50", None), ("veel", None)]
)
def test_an_amount_is_read_as_people_write_it(getypt: str, centen: int | None) -> None:
    invoer = Adresinvoer(make_adres("/x", {"vanaf": getypt}))
    assert invoer.centen("vanaf") == centen
    assert ("vanaf" in invoer.fouten, len(invoer.meldingen())) == (centen is None, int(centen is None))


@pytest.mark.parametrize(
    ("getypt", "dag"),
    [
        ("30-4-2026", date(2026, 4, 30)),
        ("2026-04-30", date(2026, 4, 30)),
        ("31-4-2026", None),
        ("gisteren", None),
        ("20260430", None),
        ("2026-W18-4", None),
    ],
)
def test_a_day_is_read_as_people_write_it(getypt: str, dag: date | None) -> None:
    invoer = Adresinvoer(make_adres("/x", {"op": getypt}))
    assert (invoer.dag("op"), "op" in invoer.fouten) == (dag, dag is None)


def test_a_list_tells_which_pages_there_are() -> None:
    adres = make_adres("/x", {"sorteer": "bedrag", "richting": "af", "blad": 6})
    assert read_orde(adres, ("naam", "bedrag")) == ("bedrag", "af")
    assert read_orde(make_adres("/x", {"sorteer": "geheim"}), ("naam",)) == ("naam", "op")
    assert (read_blad(adres), read_blad(make_adres("/x", {"blad": "-1"}))) == (6, 1)
    stand = Lijststand(adres, "bedrag", "af", 6, 251)
    assert (stand.bladen, list(stand.nummers)) == (11, [1, None, 4, 5, 6, 7, 8, None, 11])
    assert str(stand.naar(7)) == "/portaal/x?sorteer=bedrag&richting=af&blad=7"
    assert (str(stand.naar(1)), stand.omgekeerd) == ("/portaal/x?sorteer=bedrag&richting=af", "op")
