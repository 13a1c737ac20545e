"""Signals on the care of families (M32): each with numbers reckoned by hand, as messages bring them about, and whose they are."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, text

from berichten.inzage.aanbieders.namen import name_aanbieders
from berichten.inzage.signalen.casussignalen import Casusregel, as_tabel, find_casussignaal, list_casussignalen
from berichten.inzage.signalen.dossierpunten import list_dossierpunten
from berichten.kern.houder import Sleutelhouder
from berichten.kern.nietnu import NietNu
from berichten.opslag.basis.verbinding import Teamtoegang, Toegang
from berichten.opslag.signalen.casusbronnen import Bredecasus, Durecasus, Herindicatie
from berichten.opslag.tabellen.metadata import METADATA
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.bewaking.bewaak_boeken import run_nightly
from berichten.processen.kwartaal.laad_instellingen import Insteller, load_instellingen
from berichten.processen.referentie.laad_referentie import load_referentie
from berichten.processen.signalen import werk_casus_bij
from berichten.processen.signalen.beantwoord_casus import answer_casussignaal
from berichten.processen.signalen.werk_casus_bij import refresh_casussignalen
from berichten.rapporten.signalen.casus import (
    Casusgrenzen,
    Casussignaal,
    address,
    signal_breed,
    signal_duur,
    signal_herindicatie,
    signal_lang,
    signal_traject_duur,
)
from berichten.rapporten.signalen.casustrajecten import Duurtraject, Langtraject
from berichten.rapporten.signalen.casusvondsten import find_casussignalen
from berichten.voorbeelden.model.namen import list_bsns
from tests.hulp.besluiten import ANNA
from tests.hulp.bezoek import add_persoon
from tests.hulp.bouwstenen import AGB, ANDER_BSN, BSN, GEMEENTE
from tests.hulp.declareer import Regel, declaratie, send, toewijzing
from tests.hulp.eigenaar import as_owner

VAN, TOT = date(2025, 6, 1), date(2026, 5, 31)
JAN, MRT = date(2026, 1, 1), date(2026, 3, 1)
PDC = (
    "gemeente;productcode;omschrijving;productcategorie;eenheid;uitvoeringsvariant;zorgvorm;segment;opleidingsniveau;"
    "vereiste_registratie;taakveld;ingangsdatum;einddatum\n"
    "0484;45A48;Hulp;45;04;inspanning;Begeleiding individueel;4;;;;2021-01-01;\n"
)
KADERS = (
    "gemeente;kader;segment;zorgvorm;max_maanden;max_minuten;ingangsdatum;einddatum\n"
    "0484;Begeleiding;4;;{maanden};{minuten};2021-01-01;\n"
)
BESCHIKKING = (
    "gemeente;toewijzingnummer;beschikkingnummer;besluitdatum;verzonden_op;van;tot;soort;resultaat_vastgelegd\n"
    "0484;2;B2;2026-01-01;2026-01-01;2026-01-01;;beschikking;ja\n"
)
IEDERS = {"kader", "pdc", "contract", "tarief", "bestedingsruimte", "regelbeleid"}
"""What is of the whole gemeente and tells of nobody."""
INSTELLING = "gemeente;naam;waarde;vanaf;besluit\n"
REGIE = "gemeente;toewijzingnummer;team;rol;van;tot\n"
LEDEN = "gemeente;team;persoon;van;tot\n"


def load(werkplaats: Werkplaats, soort: str, inhoud: str) -> None:
    assert load_referentie(werkplaats, soort, inhoud.encode()).fouten == []


def seen(werkplaats: Werkplaats, rol: str = "contractbeheer", door: str = ANNA) -> list[Casusregel]:
    return list_casussignalen(werkplaats.seen_by(Sleutelhouder(GEMEENTE, door, rol, None)))


def test_l1_fires_from_four_fifths_of_its_frame_on_in_months_or_minutes() -> None:
    """8 of 10 months is 80.0%, 7 of 9 is 77.8%. 3,120 minutes: 80.0% is 2,496, and 2,495 is less. 10 of 9 is longer: 111.1%."""

    def found(maanden: int, minuten: int, meeste_maanden: int | None, meeste_minuten: int | None) -> list[str]:
        rij = Langtraject(BSN, AGB, "Begeleiding", JAN, maanden, minuten, meeste_maanden, meeste_minuten, [1])
        return [
            item.zin.removeprefix("Het traject in kader Begeleiding begon in januari 2026 en is op ") for item in signal_lang([rij])
        ]

    assert found(8, 0, 10, None) == ["8 van de 10 maanden (80,0%)."]
    assert found(7, 2495, 9, 3120) == []
    assert found(1, 2496, 9, 3120) == ["2496 van de 3120 minuten (80,0%)."]
    assert found(10, 3200, 9, 3120) == ["10 van de 9 maanden (111,1%) en 3200 van de 3120 minuten (102,6%)."]


def test_l3_fires_above_twice_the_middle_of_twenty() -> None:
    """Middle 156.10: twice is 312.20, which is not above; a cent more is. Of 19 courses nothing is said."""

    def found(bedrag: int, aantal: int) -> list[str]:
        return [
            item.zin for item in signal_traject_duur([Duurtraject(BSN, AGB, "4", "Basis GGZ", JAN, bedrag, aantal, 15_610, [1])])
        ]

    assert (found(31_220, 20), found(31_221, 19)) == ([], [])
    assert found(31_221, 20) == [
        "Het traject Basis GGZ begon in januari 2026 en kostte € 312,21, meer dan 2 keer wat het middelste van 20 trajecten kostte."
    ]
    beide = [Duurtraject(BSN, AGB, segment, "Basis GGZ", JAN, 31_221, 20, 15_610, [1]) for segment in "45"]
    assert len({item.sleutel for item in signal_traject_duur(beide)}) == 2


def test_l2_and_l6_fire_above_and_not_at_their_limit() -> None:
    """50,000.00 is not above 50,000; one cent more is. 500,000.00 in a year likewise."""
    rijen = [Durecasus(BSN, 5_000_000, [1]), Durecasus(ANDER_BSN, 5_000_001, [2, 3])]
    [signaal] = signal_duur(rijen, "L2", VAN, TOT)
    assert (signaal.bsn, signaal.toewijzingen) == (ANDER_BSN, (2, 3))
    assert signaal.zin == "Van 1 juni 2025 tot en met 31 mei 2026 is € 50.000,01 toegekend; de grens is € 50.000,00."
    assert list(signal_duur([Durecasus(BSN, 50_000_000, [1])], "L6", VAN, TOT)) == []
    assert len(list(signal_duur([Durecasus(BSN, 50_000_001, [1])], "L6", VAN, TOT))) == 1


def test_l5_is_told_once_of_the_last_month() -> None:
    rijen = [Bredecasus(BSN, date(2026, maand, 1), aantal, [maand]) for maand, aantal in ((1, 3), (2, 4), (3, 2))]
    assert [item.zin for item in signal_breed(rijen)] == ["In februari 2026 was er hulp van 4 aanbieders."]


def test_l4_names_both_allocations() -> None:
    [signaal] = signal_herindicatie([Herindicatie(BSN, 8, 7, MRT)])
    assert signaal.zin == ("Toewijzing 8 begon op 1 maart 2026 en volgt op 7; in de 92 dagen ervoor is geen evaluatie gehouden.")


def test_who_has_a_part_gets_nothing_of_the_rest() -> None:
    """All of one team: it gets the whole. Two teams: each its own allocations and no amount, and contract management the whole."""
    signaal = Casussignaal("L2", BSN, "", (7, 8, 9), "Er is € 60.000,00 toegekend.", "Er is meer dan € 50.000,00 toegekend.")

    def sent(teams: dict[int, str]) -> list[tuple[str, tuple[int, ...], str]]:
        return [(item.team, item.toewijzingen, item.zin) for item in address(signaal, teams)]

    assert sent({7: "Noord", 8: "Noord", 9: "Noord"}) == [("Noord", (7, 8, 9), signaal.zin)]
    assert sent({}) == [("", (7, 8, 9), signaal.zin)]
    assert sent({7: "Noord", 9: "Noord", 8: "Zuid"}) == [
        ("", (7, 8, 9), signaal.zin), ("Noord", (7, 9), signaal.deel), ("Zuid", (8,), signaal.deel),
    ]  # fmt: skip
    assert sent({8: "Zuid"}) == [("", (7, 8, 9), signaal.zin), ("Zuid", (8,), signaal.deel)]


def test_messages_bring_them_about_and_the_log_names_the_client(werkplaats: Werkplaats) -> None:
    """Three aanbieders in March (L5). Allocation 11 ended on 28 February and 12 begins on 31 March: 31 days, a herindicatie (L4).

    13 begins on 1 April for another client, 32 days after the end of 14: none. Of the 92 days up to and including 31
    March the first is 30 December (2 + 31 + 28 + 31): with an evaluation on it that is none either; on 29 December it is.
    """
    for nummer, agb in ((1, "42420001"), (2, "42420002"), (3, "42420003")):
        send(werkplaats, toewijzing(nummer, agb=agb))
        send(werkplaats, declaratie(MRT, [Regel(f"R{nummer}", nummer, MRT, 2)], agb=agb))
    for nummer, bsn, begin, einde in (
        (11, BSN, "2025-09-01", "2026-02-28"),
        (12, BSN, "2026-03-31", None),
        (14, ANDER_BSN, "2025-09-01", "2026-02-28"),
        (13, ANDER_BSN, "2026-04-01", None),
    ):
        velden = {"Einddatum": einde} if einde else {}
        product = {"Categorie": "45", "Code": "45A53"}
        send(werkplaats, toewijzing(nummer, bsn=bsn, agb="42420009", Product=product, Ingangsdatum=begin, **velden))

    def found() -> list[tuple[str, list[int]]]:
        refresh_casussignalen(werkplaats, GEMEENTE)
        return [(item.soort, item.toewijzingen) for item in seen(werkplaats)]

    kop = "gemeente;toewijzingnummer;gepland_op;gehouden_op;uitkomst\n"
    assert found() == [("L5", [1, 2, 3])]
    for gehouden, verwacht in (("2025-12-29", [("L4", [12, 11])]), ("2025-12-30", [])):
        load(werkplaats, "evaluaties", f"{kop}0484;11;2025-12-01;{gehouden};voortzetten\n")
        assert found() == [*verwacht, ("L5", [1, 2, 3])]
    kijker = werkplaats.seen_by(Sleutelhouder(GEMEENTE, ANNA, "contractbeheer", None))
    assert as_tabel(list_casussignalen(kijker, als_bestand=True)).rijen == (
        ("L5", "1 2 3", "In maart 2026 was er hulp van 3 aanbieders.", "", "2026-06-30", "2026-07-28", ""),
    )  # fmt: skip
    with as_owner(werkplaats) as verbinding:
        vraag = (
            "SELECT actie, aantal FROM inzagelog WHERE object_soort = 'casussignalen' AND actie <> 'U' ORDER BY tijd DESC LIMIT 1"
        )
        assert tuple(verbinding.exec_driver_sql(vraag).one()) == ("E", 1)


def test_courses_are_long_and_dear_beside_each_other(werkplaats: Werkplaats) -> None:
    """Twenty clients with care in January: nine of 1 hour, one of 2, nine of 4 and one of 5, at 78.05.

    In order of cost the tenth, the lower of the two in the middle, cost 156.10; twice that is 312.20, what 4 hours cost, so only
    the one of 5 hours (390.25) is dear. Were the upper one (312.20) or the average (52 / 20 hours: 202.93) taken, none would be.
    The last client had care from January to April too: four months of a frame of five, 80.0%; its 5 + 3 hours are 480 minutes, of
    600 also 80.0%, and 480 x 78.05 / 60 = 624.40. The others had one month: 20.0%.
    """
    uren = [1] * 9 + [2] + [4] * 9 + [5]
    bsns = list_bsns()[:20]
    for nummer, bsn in enumerate(bsns, 1):
        send(werkplaats, toewijzing(nummer, bsn=bsn, Omvang={"Volume": 90, "Eenheid": "04", "Frequentie": "6"}))
    regels = [Regel(f"R{nummer}", nummer, JAN, uren[nummer - 1], bsn=bsn) for nummer, bsn in enumerate(bsns, 1)]
    send(werkplaats, declaratie(JAN, regels))
    load(werkplaats, "pdc", PDC)

    def found() -> dict[str, Casusregel]:
        refresh_casussignalen(werkplaats, GEMEENTE)
        return {item.soort: item for item in seen(werkplaats) if item.gaat_af}

    load_instellingen(werkplaats, f"{INSTELLING}0484;casus_trajecten;21;2026-06-29;\n".encode(), Insteller(ANNA))
    refresh_casussignalen(werkplaats, GEMEENTE)
    assert seen(werkplaats) == []
    load_instellingen(werkplaats, f"{INSTELLING}0484;casus_trajecten;20;2026-06-30;\n".encode(), Insteller(ANNA))
    assert {soort: item.toewijzingen for soort, item in found().items()} == {"L3": [20]}
    load(werkplaats, "kaders", KADERS.format(maanden=5, minuten=600))
    later = [Regel(f"L{maand}", 20, date(2026, maand, 1), 1, bsn=bsns[19]) for maand in (2, 3, 4)]
    for regel in later:
        send(werkplaats, declaratie(regel.maand, [regel]))
    gevonden = found()
    assert {soort: item.toewijzingen for soort, item in gevonden.items()} == {"L1": [20], "L3": [20]}
    assert gevonden["L1"].zin == (
        "Het traject in kader Begeleiding begon in januari 2026 en is op 4 van de 5 maanden (80,0%) en 480 van de 600 minuten"
        " (80,0%)."
    )
    assert "kostte € 624,40, meer dan" in gevonden["L3"].zin


def check_walls(werkplaats: Werkplaats) -> None:
    """Whatever statement the service would run for a team: every table, read whole. An aanbieder sees nothing of casework."""
    load(werkplaats, "casusregie", f"{REGIE}0484;21;Noord;aanbieder;2026-01-01;\n0484;22;Noord;lokaal_team;2026-07-01;\n")

    def read_all(toegang: Toegang) -> dict[str, Sequence[Any]]:
        gelezen: dict[str, Sequence[Any]] = {}
        for tabel in METADATA.sorted_tables:
            with werkplaats.opslag.transaction(toegang) as verbinding:
                mag = verbinding.execute(text("SELECT has_table_privilege(:t, 'SELECT')"), {"t": tabel.name}).scalar_one()
                rijen = verbinding.execute(tabel.select()).all() if mag else []
            if rijen and tabel.name not in IEDERS:
                gelezen[tabel.name] = rijen
        return gelezen

    noord = read_all(Toegang(GEMEENTE, None, Teamtoegang(("Noord", "Oost"), date(2026, 6, 30))))
    assert {naam: len(rijen) for naam, rijen in noord.items()} == {"casusregie": 2, "casussignaal": 1}
    assert {rij.toewijzingnummer for rij in noord["casusregie"]} == {1, 2}
    assert read_all(Toegang("0518", None, Teamtoegang(("Noord",), date(2026, 6, 30)))) == {}
    assert read_all(Toegang(GEMEENTE, None, Teamtoegang((), date(2026, 6, 30)))) == {}
    assert not {"casusregie", "casussignaal", "casusantwoord", "teamlid"} & set(read_all(Toegang(GEMEENTE, "42420001")))


@pytest.fixture
def teams(werkplaats: Werkplaats) -> tuple[Werkplaats, str, str]:
    """L5 for two clients: BSN of team Noord but for allocation 3, which is Zuid's; ANDER_BSN of Zuid. One person in each team.

    Names of allocations of BSN are 1, 2, 3; of the other 11, 12, 13.
    """
    for eerste, bsn in ((0, BSN), (10, ANDER_BSN)):
        for nummer in (1, 2, 3):
            agb, toewijzingnummer = f"4242000{nummer}", eerste + nummer
            send(werkplaats, toewijzing(toewijzingnummer, agb=agb, bsn=bsn))
            send(werkplaats, declaratie(MRT, [Regel(f"R{toewijzingnummer}", toewijzingnummer, MRT, 2, bsn=bsn)], agb=agb))
    noor, zoe = (add_persoon(werkplaats, f"{naam}@x.nl", "lokaal_team", naam=naam) for naam in ("Noor", "Zoë"))
    van = "lokaal_team;2026-01-01;"
    load(
        werkplaats, "casusregie", REGIE + "".join(f"0484;{n};{'Noord' if n < 3 else 'Zuid'};{van}\n" for n in (1, 2, 3, 11, 12, 13))
    )
    load(werkplaats, "teamleden", f"{LEDEN}0484;Noord;noor;2026-01-01;\n0484;Zuid;ZOË;2026-01-01;2026-06-30\n")
    refresh_casussignalen(werkplaats, GEMEENTE)
    return werkplaats, noor, zoe


def test_a_team_sees_its_families_of_that_day_and_nothing_of_others(teams: tuple[Werkplaats, str, str]) -> None:
    werkplaats, noor, zoe = teams
    check_walls(werkplaats)
    [van_noord] = seen(werkplaats, "lokaal_team", noor)
    assert (van_noord.team, van_noord.toewijzingen) == ("Noord", [1, 2])
    assert van_noord.zin == "In een maand van de laatste twaalf was er hulp van 3 of meer aanbieders."
    assert [item.toewijzingen for item in seen(werkplaats, "lokaal_team", zoe)] == [[3], [11, 12, 13]]
    assert [(item.team, item.toewijzingen) for item in seen(werkplaats)] == [
        ("", [1, 2, 3]), ("Noord", [1, 2]), ("Zuid", [3]), ("Zuid", [11, 12, 13]),
    ]  # fmt: skip
    van_zuid = seen(werkplaats, "lokaal_team", zoe)[0]
    kijker = werkplaats.seen_by(Sleutelhouder(GEMEENTE, noor, "lokaal_team", None))
    assert find_casussignaal(kijker, van_zuid.casussignaal_id) is None
    assert answer_casussignaal(werkplaats, kijker.houder, van_zuid.casussignaal_id, "passend") is None
    load(werkplaats, "beschikkingen", BESCHIKKING)
    gemist = {punt.toewijzingnummer for punt in list_dossierpunten(kijker, "zonder_beschikking", None, 50).punten}
    assert gemist == {1}, "2 has a decision, the others are another team's"
    load(werkplaats, "aanbieders", f"gemeente;agb;naam\n{GEMEENTE};{AGB};De Wilg\n")
    assert name_aanbieders(kijker)[AGB] == "De Wilg", "a name is no secret, and a code tells a team nothing"
    # Somebody whom no team knows has the role and sees nothing; so has Zoë the day after her last one.
    assert seen(werkplaats, "lokaal_team", "onbekend") == []
    morgen = replace(werkplaats, instellingen=werkplaats.instellingen.model_copy(update={"huidige_datum": date(2026, 7, 1)}))
    assert (len(seen(morgen, "lokaal_team", noor)), seen(morgen, "lokaal_team", zoe)) == (1, [])
    # Allocation 2 goes to Zuid: of that moment on what names it is not Noord's, and the night gives each its own.
    load(werkplaats, "casusregie", f"{REGIE}0484;2;Noord;lokaal_team;2026-01-01;2026-06-29\n0484;2;Zuid;lokaal_team;2026-06-30;\n")
    assert seen(werkplaats, "lokaal_team", noor) == []
    run_nightly(werkplaats)
    assert [item.toewijzingen for item in seen(werkplaats, "lokaal_team", noor)] == [[1]]
    assert [item.toewijzingen for item in seen(werkplaats, "lokaal_team", zoe)] == [[2, 3], [11, 12, 13]]


def test_an_answer_closes_it_for_a_year_and_no_regie_brings_it_to_contract_management(teams: tuple[Werkplaats, str, str]) -> None:
    werkplaats, noor, zoe = teams
    contract = Sleutelhouder(GEMEENTE, ANNA, "contractbeheer", None)

    def answer(houder: Sleutelhouder, nummer: int, antwoord: str, toelichting: str = "") -> Any:
        return answer_casussignaal(werkplaats.asked_by(houder), houder, nummer, antwoord, toelichting)

    noord, zuid = (Sleutelhouder(GEMEENTE, wie, "lokaal_team", None) for wie in (noor, zoe))
    [van_noord] = seen(werkplaats, "lokaal_team", noor)
    assert (van_noord.eerste_dag, van_noord.uiterste_dag) == (date(2026, 6, 30), date(2026, 7, 28)), "28 days"
    assert isinstance(answer(contract, van_noord.casussignaal_id, "passend"), NietNu), "is a team's to answer"
    assert isinstance(answer(noord, van_noord.casussignaal_id, "iets"), NietNu)
    assert isinstance(answer(noord, van_noord.casussignaal_id, "passend", f"Van {BSN}"), NietNu), "names a client"
    answer(noord, van_noord.casussignaal_id, "evaluatie_gepland", "In juli.")
    answer(noord, van_noord.casussignaal_id, "afgeschaald")
    dossier = find_casussignaal(werkplaats.seen_by(noord), van_noord.casussignaal_id)
    assert dossier is not None
    assert [(item.antwoord, item.toelichting) for item in dossier.antwoorden] == [
        ("evaluatie_gepland", "In juli."),
        ("afgeschaald", ""),
    ]
    heel = next(item for item in seen(werkplaats, "lokaal_team", zoe) if len(item.toewijzingen) == 3)
    answer(zuid, heel.casussignaal_id, "geen_regie")
    refresh_casussignalen(werkplaats, GEMEENTE)
    assert [(item.team, item.toewijzingen, item.antwoord) for item in seen(werkplaats)] == [
        ("", [1, 2, 3], ""), ("Zuid", [3], ""), ("", [11, 12, 13], ""), ("Noord", [1, 2], "afgeschaald"),
        ("Zuid", [11, 12, 13], "geen_regie"),
    ]  # fmt: skip
    eigen = next(item for item in seen(werkplaats) if (item.team, item.toewijzingen) == ("", [11, 12, 13]))
    answer(contract, eigen.casussignaal_id, "passend")
    over_een_jaar = werkplaats.instellingen.model_copy(update={"huidige_datum": date(2026, 6, 30) + timedelta(days=366)})
    refresh_casussignalen(replace(werkplaats, instellingen=over_een_jaar), GEMEENTE)
    open_ = [item for item in seen(werkplaats) if not item.antwoord]
    assert open_ == [], "care of a year ago is no signal any more"


def test_what_was_answered_is_asked_again_after_a_year_and_not_before(
    teams: tuple[Werkplaats, str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same is found each day: on day 364 after the answer nobody is asked, on day 366 its team is, with a term of its own."""
    werkplaats, noor, _ = teams
    noord = Sleutelhouder(GEMEENTE, noor, "lokaal_team", None)
    [van_noord] = seen(werkplaats, "lokaal_team", noor)

    def find_that_day(verbinding: Connection, gemeente: str, _: date, grenzen: Casusgrenzen) -> list[Casussignaal]:
        return find_casussignalen(verbinding, gemeente, date(2026, 6, 30), grenzen)

    monkeypatch.setattr(werk_casus_bij, "find_casussignalen", find_that_day)
    answer_casussignaal(werkplaats.asked_by(noord), noord, van_noord.casussignaal_id, "passend", "")
    open_ = {}
    for dagen in (364, 366):
        dag = date(2026, 6, 30) + timedelta(days=dagen)
        later = werkplaats.instellingen.model_copy(update={"huidige_datum": dag})
        refresh_casussignalen(replace(werkplaats, instellingen=later), GEMEENTE)
        open_[dagen] = [item for item in seen(werkplaats, "lokaal_team", noor) if not item.antwoord]
    assert open_[364] == []
    [opnieuw] = open_[366]
    assert (opnieuw.zin, opnieuw.toewijzingen) == (van_noord.zin, [1, 2])
    assert (opnieuw.eerste_dag, opnieuw.uiterste_dag) == (date(2027, 7, 1), date(2027, 7, 29))
