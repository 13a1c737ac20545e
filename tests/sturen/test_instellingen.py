"""What a gemeente sets, each from a day on: who may set what, what held on a day, and that a report goes by it and says so."""

from datetime import UTC, date, datetime
from importlib import import_module
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from berichten.inzage.geld.instellijst import Instelregel, Komend, list_instellingen, settable_by
from berichten.kern.houder import Sleutelhouder
from berichten.kern.nietnu import NietNu
from berichten.opslag.kwartaal.instelrijen import list_instelrijen
from berichten.opslag.kwartaal.kwartaalrapporten import Bewaardrapport
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.kwartaal.laad_instellingen import Insteller, NieuweInstelling, load_instellingen, set_instelling
from berichten.processen.kwartaal.werk_kwartaal import Rapporteur, make_concept
from berichten.rapporten.ingesteld.instelcatalogus import CATALOGUS
from berichten.rapporten.ingesteld.instelstand import STANDAARD
from berichten.rapporten.sturen.kwartaalperiode import read_kwartaal
from tests.hulp.besluiten import ANNA
from tests.hulp.bouwstenen import GEMEENTE
from tests.hulp.eigenaar import as_owner

KOP = "gemeente;naam;waarde;vanaf;besluit\n"
WIE = Insteller(ANNA, GEMEENTE)
"""The command line: from any day. Today is 30 June 2026."""
BEHEER = Insteller(ANNA, GEMEENTE, "beheer")


def load(werkplaats: Werkplaats, *regels: str, wie: Insteller = WIE) -> list[str]:
    """What is wrong with a file of these lines."""
    inhoud = KOP + "".join(f"{GEMEENTE};{regel}\n" for regel in regels)
    return [fout.melding for fout in load_instellingen(werkplaats, inhoud.encode(), wie).fouten]


def test_what_is_written_is_what_was_parsed_and_every_default_can_be_written() -> None:
    for soort in CATALOGUS.values():
        assert soort.parse(soort.write(soort.standaard)) == soort.standaard
        assert soort.betekenis
        assert soort.bron
    assert [CATALOGUS[naam].tell(CATALOGUS[naam].standaard) for naam in ("kwartaal_op_koers", "casus_duur", "s8_aantal")] == [
        "2,0%", "€ 50.000,00", "60 dagen",
    ]  # fmt: skip
    assert (STANDAARD["resultaat_norm"].tekst, STANDAARD["kwartaal_ritme"].tekst) == ("geen", "kwartaal")


@pytest.mark.parametrize(
    ("regel", "melding"),
    [
        ("kleur;1;2026-01-01;", "Kies uit: kwartaal_op_koers"),
        ("controle_fouten;1,55;2026-01-01;", "Schrijf een percentage"),
        ("s2_aantal;veel;2026-01-01;", "Schrijf een heel getal"),
        ("beschikking_vereist;soms;2026-01-01;", "Kies uit: ja, nee"),
        ("casus_duur;50.000,00;2026-01-01;", "hele eurocenten, zonder komma of punt: 5000000"),
        ("controle_fouten;1;;", "is leeg"),
        ("controle_fouten;3,1;2026-07-01;", "Schrijf een percentage tot en met 3, als 2 of 2,5."),
        ("controle_onzeker;100;2026-07-01;", "Schrijf een percentage tot en met 3, als 2 of 2,5."),
        ("kwartaal_uitleg;101;2026-07-01;", "Schrijf een percentage tot en met 100,"),
        ("casus_trajecten;19;2026-07-01;", "van 20 tot en met"),
        ("casus_keer;0;2026-07-01;", "van 1 tot en met"),
        ("s1_aantal;0;2026-07-01;", "van 1 tot en met"),
        ("s8_aantal;-1;2026-07-01;", "Schrijf een heel getal"),
        ("casus_duur;0;2026-07-01;", "eurocenten van ten minste 1"),
        ("casus_zeer_duur;-100;2026-07-01;", "kan hier niet negatief zijn"),
        ("casus_aanbieders;0;2026-07-01;", "van 1 tot en met"),
    ],
)
def test_what_cannot_be_is_refused_with_what_to_write(werkplaats: Werkplaats, regel: str, melding: str) -> None:
    [fout] = load(werkplaats, regel)
    assert melding in fout


def test_who_is_measured_by_something_does_not_set_it(werkplaats: Werkplaats) -> None:
    accounthouder = Insteller(ANNA, GEMEENTE, "contractbeheer")
    [fout] = load(werkplaats, "kwartaal_uitleg;50;2026-07-01;", "s2_aantal;5;2026-07-01;", wie=accounthouder)
    assert fout == "Kolom naam is kwartaal_uitleg. Die stelt financien in, of beheer. Laat de regel weg."
    assert load(werkplaats, "s2_aantal;5;2026-06-30;", wie=accounthouder) == []
    [fout] = load(werkplaats, "beschikking_vereist;ja;2026-07-01;", wie=Insteller(ANNA, GEMEENTE, "financien"))
    assert fout == "Kolom naam is beschikking_vereist. Die stelt alleen beheer in. Laat de regel weg."
    assert load(werkplaats, "beschikking_vereist;ja;2026-07-01;", wie=BEHEER) == []
    nieuw = NieuweInstelling("controle_fouten", "2,5", date(2026, 1, 1), "")
    assert set_instelling(werkplaats, nieuw, accounthouder) == {"naam": "Kies een instelling uit de lijst."}
    assert set(settable_by("beheer")) == set(CATALOGUS)
    assert set(CATALOGUS) - {*settable_by("financien"), *settable_by("contractbeheer")} == {
        "controle_fouten", "controle_onzeker", "beschikking_vereist", "niveau_zonder_afspraak",
    }  # fmt: skip


def test_nobody_with_a_role_changes_what_held_before_today_or_writes_what_is_no_text(werkplaats: Werkplaats) -> None:
    [fout] = load(werkplaats, "controle_fouten;2;2026-06-29;", wie=BEHEER)
    assert fout == (
        "Kolom vanaf is 2026-06-29, en dat is voorbij. Schrijf vandaag of een latere dag: wat eerder gold, verandert niet meer."
    )
    gisteren = NieuweInstelling("controle_fouten", "2", date(2026, 6, 29), "Raad\x00 \x1b1")
    fouten = set_instelling(werkplaats, gisteren, BEHEER)
    assert {naam: zin.split(".")[0] for naam, zin in fouten.items()} == {
        "vanaf": "Deze dag is voorbij", "besluit": "Dit bevat een onleesbaar teken",
    }  # fmt: skip
    assert set_instelling(werkplaats, NieuweInstelling("controle_fouten", "2", date(2026, 6, 30), "Raad"), BEHEER) == {}


def test_what_held_on_a_day_comes_out_the_same_later(werkplaats: Werkplaats) -> None:
    """2.5 from January; 3.0 from July, that comes; in February nothing was loaded yet, so the ordinary 1.0 held as it was known."""
    kijker = werkplaats.seen_by(Sleutelhouder(GEMEENTE, ANNA, "financien", None))

    def told(dag: date | None = None) -> Instelregel:
        return next(item for item in list_instellingen(kijker, dag) if item.naam == "controle_fouten")

    assert load(werkplaats, "controle_fouten;2,5;2026-01-01;Raad 1", "controle_fouten;3;2026-07-01;") == []
    nu = told()
    assert (nu.waarde, nu.in_bestand, nu.vanaf, nu.besluit, nu.komt) == (
        "2,5%", "2,5", date(2026, 1, 1), "Raad 1", [Komend(date(2026, 7, 1), "3,0%")],
    )  # fmt: skip
    assert (told(date(2026, 7, 1)).waarde, told(date(2026, 2, 1)).waarde, told(date(2026, 2, 1)).vanaf) == ("3,0%", "1,0%", None)
    assert set_instelling(werkplaats, NieuweInstelling("controle_fouten", "x", None, "999990019"), WIE).keys() == {
        "waarde", "vanaf", "besluit",
    }  # fmt: skip
    with pytest.raises(DBAPIError, match="alleen om aan toe te voegen"), as_owner(werkplaats) as verbinding:
        verbinding.execute(text("DELETE FROM instelling"))


def test_a_report_goes_by_its_settings_names_them_and_keeps_the_rhythm_of_its_year(werkplaats: Werkplaats) -> None:
    wie = Rapporteur(GEMEENTE, "accounthouder")
    regels = ("kwartaal_uitleg;12,5;2026-01-01;", "kwartaal_op_koers;3;2026-07-01;", "kwartaal_ritme;vier_maanden;2026-01-01;")
    assert load(werkplaats, *regels) == []
    geweigerd = make_concept(werkplaats, wie, read_kwartaal("2026-Q1"))
    assert isinstance(geweigerd, NietNu)
    assert "rapporteert uw gemeente per vier maanden" in geweigerd.melding
    gemaakt = make_concept(werkplaats, wie, read_kwartaal("2026-T1"))
    assert isinstance(gemaakt, Bewaardrapport)
    assert [(item["naam"], item["waarde"], item["vanaf"]) for item in gemaakt.cijfers["instellingen"]] == [
        ("kwartaal_op_koers", "2,0%", None), ("kwartaal_let_op", "5,0%", None), ("kwartaal_uitleg", "12,5%", "2026-01-01"),
    ]  # fmt: skip
    assert any("meer dan 12,5%." in zin for zin in gemaakt.cijfers["toelichting"])


def test_thresholds_of_before_are_taken_over_from_their_days(werkplaats: Werkplaats) -> None:
    """S2 of 5 and 12.5 % in the first quarter, then 8 without a part; S7 of 95.0 % up to June: after it what is ordinary."""
    met: list[dict[str, Any]] = [
        {"s": "S2", "a": 5, "p": 125, "van": date(2026, 1, 1), "tot": date(2026, 3, 31)},
        {"s": "S2", "a": 8, "p": None, "van": date(2026, 4, 1), "tot": None},
        {"s": "S7", "a": None, "p": 950, "van": date(2026, 1, 1), "tot": date(2026, 6, 30)},
    ]
    oud = (
        "INSERT INTO signaaldrempel (gemeente, signaal, aantal, procent, ingangsdatum, einddatum)"
        " VALUES ('0484', :s, :a, :p, :van, :tot)"
    )
    with as_owner(werkplaats) as verbinding:
        verbinding.execute(text(oud), met)
        verbinding.exec_driver_sql(import_module("migrations.versions.0035_instelling").DREMPELS.replace("%", "%%"))
        rijen = list_instelrijen(verbinding, GEMEENTE, datetime.max.replace(tzinfo=UTC))
    assert [(rij.naam, rij.waarde, rij.vanaf) for rij in rijen] == [
        ("s2_aantal", "5", date(2026, 1, 1)), ("s2_aantal", "8", date(2026, 4, 1)), ("s2_procent", "12,5", date(2026, 1, 1)),
        ("s2_procent", "", date(2026, 4, 1)), ("s7_procent", "95,0", date(2026, 1, 1)), ("s7_procent", "", date(2026, 7, 1)),
    ]  # fmt: skip


def test_what_somebody_went_by_is_not_deleted_by_anybody(werkplaats: Werkplaats) -> None:
    kwartaal = ("begroting", "kalender", "kwartaalrapport", "kwartaaltekst", "kwartaalactie", "kwartaalstap")
    for tabel in ("instelling", "retour_afronding", *kwartaal):
        with pytest.raises(DBAPIError, match=f"Tabel {tabel} is alleen om aan toe te voegen"), as_owner(werkplaats) as verbinding:
            verbinding.execute(text(f"DELETE FROM {tabel}"))
