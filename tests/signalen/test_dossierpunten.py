"""Decisions and evaluations (M38) and papers (M39): each heading by hand, and as it comes out of what was loaded."""

from dataclasses import replace
from datetime import date

import pytest

from berichten.inzage.signalen.dossierpunten import list_dossierpunten
from berichten.kern.houder import Sleutelhouder
from berichten.opslag.signalen.bewijsstukken import Toewijzingdossier
from berichten.opslag.signalen.signalen import list_open_signalen
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.kwartaal.laad_instellingen import Insteller, load_instellingen
from berichten.processen.monitor.rapporten import RAPPORTEN, Lezer, Monitorverzoek
from berichten.processen.referentie.laad_referentie import SOORTEN, load_referentie
from berichten.processen.signalen.werk_bij import refresh_signalen
from berichten.rapporten.monitor.bereik import read_bereik
from berichten.rapporten.signalen.dossierstand import judge_dossier
from tests.hulp.besluiten import ANNA
from tests.hulp.bouwstenen import AGB, GEMEENTE
from tests.hulp.declareer import send, toewijzing
from tests.hulp.monitoring.monitor import find_row
from tests.hulp.signalen import put_maatregel

DAG = date(2026, 6, 30)
_BESCHIKKING = ";".join(kolom.naam for kolom in SOORTEN["beschikkingen"].kolommen)
GOED = Toewijzingdossier(
    1, AGB, "45", date(2026, 1, 1), date(2026, 12, 31), date(2014, 5, 6), True, date(2026, 1, 1), date(2026, 12, 31), False,
    date(2026, 7, 1), date(2026, 3, 1), None,
)  # fmt: skip


def heads(item: Toewijzingdossier, dag: date = DAG, *, geladen: bool = True) -> list[str]:
    return [punt.kop for punt in judge_dossier(item, dag, beschikkingen=geladen, evaluaties=geladen)]


@pytest.mark.parametrize(
    ("anders", "koppen"),
    [
        ({}, []),
        ({"beschikt": False}, ["zonder_beschikking"]),
        # The decision begins a day late, ends a day early, or ends where the allocation does not.
        ({"beschikt_van": date(2026, 1, 2)}, ["deels_buiten"]),
        ({"beschikt_tot": date(2026, 12, 30)}, ["deels_buiten"]),
        ({"einddatum": None}, ["deels_buiten"]),
        ({"einddatum": None, "beschikt_tot": None, "beschikt_open": True}, []),
        # Planned for 30 June: that day is in time; for 29 June it is overdue.
        ({"gepland_op": DAG}, []),
        ({"gepland_op": date(2026, 6, 29)}, ["evaluatie_te_laat"]),
        # 16 on 30 June 2026, and 15 until then; only without an evaluation that was held.
        ({"geboortedatum": date(2010, 6, 30), "gehouden_op": None}, ["zestien_zonder"]),
        ({"geboortedatum": date(2010, 7, 1), "gehouden_op": None}, []),
        ({"geboortedatum": date(2010, 6, 30)}, []),
        # 56 days after 30 June 2026 is 25 August.
        ({"einddatum": date(2026, 8, 25)}, ["loopt_af"]),
        ({"einddatum": date(2026, 8, 26)}, []),
    ],
)
def test_each_heading(anders: dict[str, object], koppen: list[str]) -> None:
    assert heads(replace(GOED, **anders)) == koppen  # type: ignore[arg-type]


def test_what_was_never_loaded_says_nothing_of_anybody() -> None:
    assert heads(replace(GOED, beschikt=False, gepland_op=date(2026, 1, 1)), geladen=False) == []


def test_what_was_loaded_comes_out_and_papers_fire(werkplaats: Werkplaats) -> None:
    """Allocation 1 has a decision up to 31 May, 2 has none needed and an evaluation overdue; 3 has nothing.

    A keurmerk up to 20 July lapses in 20 days while a contract runs: S8. A measure of step 2 counts in indicator 12.
    """
    for nummer in (1, 2, 3):
        send(werkplaats, toewijzing(nummer, Einddatum="2026-12-31"))
    for soort, regels in {
        "aanbieders": "gemeente;agb;naam\n0484;42420001;De Wilg\n",
        "contracten": "gemeente;agb;productcode;ingangsdatum;einddatum\n0484;42420001;45A48;2021-01-01;\n",
        "beschikkingen": f"{_BESCHIKKING}\n"
        "0484;1;B1;2025-12-20;2025-12-21;2026-01-01;2026-05-31;beschikking;ja\n0484;2;B2;2025-12-20;;2026-01-01;;geen_vereist;nee\n",
        "evaluaties": "gemeente;toewijzingnummer;gepland_op;gehouden_op;uitkomst\n0484;2;2026-06-01;;\n",
        "contractdossier": "gemeente;agb;soort;kenmerk;naam;van;tot;toestemming_op;omzet;resultaat;waarde;bron\n"
        "0484;42420001;keurmerk;HKZ;HKZ;2023-01-01;2026-07-20;;;;;opgave\n"
        "0484;42420001;jaarrekening;2025;Jaarrekening;2025-01-01;2025-12-31;;10000000;-250000;;opgave\n",
    }.items():
        assert load_referentie(werkplaats, soort, regels.encode()).fouten == [], soort
    load_instellingen(werkplaats, b"gemeente;naam;waarde;vanaf;besluit\n0484;s8_aantal;30;2026-01-01;\n", Insteller(ANNA))
    kijker = werkplaats.seen_by(Sleutelhouder(GEMEENTE, ANNA, "contractbeheer", None))
    lijst = list_dossierpunten(kijker, None, None, 50)
    assert [(punt.kop, punt.toewijzingnummer) for punt in lijst.punten] == [
        ("zonder_beschikking", 3), ("deels_buiten", 1), ("evaluatie_te_laat", 2),
    ]  # fmt: skip
    assert {item.kop: item.aantal for item in lijst.aantallen if item.aantal} == {
        "zonder_beschikking": 1, "deels_buiten": 1, "evaluatie_te_laat": 1,
    }  # fmt: skip
    # One more decision of 1, from 2 June: 1 June is covered by none. Two of 3 adjoin, and those of both go on.
    meer = (
        f"{_BESCHIKKING}\n0484;1;B4;2026-06-01;;2026-06-02;;beschikking;ja\n"
        "0484;3;B5;2025-12-20;;2026-01-01;2026-03-31;beschikking;ja\n0484;3;B6;2026-03-20;;2026-04-01;2026-12-31;beschikking;ja\n"
    )
    assert load_referentie(werkplaats, "beschikkingen", meer.encode()).fouten == []
    [gat, _] = list_dossierpunten(kijker, None, None, 50).punten
    assert (gat.kop, gat.toewijzingnummer) == ("deels_buiten", 1)
    assert gat.zin == "Op 1 juni 2026 geldt geen beschikking, terwijl er ervoor en erna wel een is."
    refresh_signalen(werkplaats, GEMEENTE)
    with werkplaats.opslag.transaction() as verbinding:
        [signaal] = list_open_signalen(verbinding, GEMEENTE)
    assert signaal.zin == ("Het keurmerk geldt tot en met 20 juli 2026, nog 20 dagen. Het signaal gaat af vanaf 30 dagen.")
    put_maatregel(werkplaats, GEMEENTE, AGB)
    verzoek = Monitorverzoek(read_bereik([GEMEENTE], "2026"))
    tabel = RAPPORTEN["signalen"].make(Lezer(werkplaats), verzoek)
    assert find_row(tabel, soort="S8")["aanbieders_nieuw"] == find_row(tabel, soort="S8")["aanbieders_open"] == 1
    assert [find_row(tabel, soort=f"trede {trede}")["aanbieders_maatregel"] for trede in (1, 2)] == [0, 1]
    assert find_row(RAPPORTEN["indicatoren"].make(Lezer(werkplaats), verzoek), nr=12)["waarde"] == 1
