"""A region: its members, its cost with sums reckoned by hand, who may ask, and what nobody gets."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError
from typer.testing import CliRunner

from api.geld.regio import Dag
from api.portaal.regio.regiobasis import list_keuzen, with_regio
from api.portaal.schil.adres import Paginaadres
from berichten.cli import app
from berichten.opslag.kwartaal.regioleden import Lidmaatschap
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.kwartaal.laad_begroting import load_begroting
from berichten.processen.kwartaal.laad_instellingen import Insteller, load_instellingen
from berichten.processen.kwartaal.lees_kwartaal import Indicatortellingen, Kwartaalvraag
from berichten.processen.kwartaal.reken_indicatoren import list_gemeten
from berichten.processen.monitor.publiceer import Lezer, publish_clienten
from berichten.processen.monitor.rapporten import RAPPORTEN, Monitorverzoek
from berichten.processen.monitor.verplichtingen import report_verplichtingen
from berichten.processen.regio.laad_regio import load_regio
from berichten.processen.regio.reken_regio import Regiovraag, report_regio, report_regioverplichtingen
from berichten.processen.regio.reken_regiodelen import join_counts, report_regioindicatoren, report_regiosegmenten
from berichten.rapporten.afscherming.overlap import Teken
from berichten.rapporten.boeken.periode import Vraagfout
from berichten.rapporten.monitor.bereik import read_bereik
from berichten.rapporten.monitor.clienten import TOTAAL as ALLE_CLIENTEN
from berichten.rapporten.monitor.stromen import Kostenaandeel, Prestatietijden, Starts, Uitgestroomd
from berichten.rapporten.monitor.tabel import Tabel, Waarde
from berichten.rapporten.monitor.tabel1 import segment_label
from berichten.rapporten.regio.ledenlijst import find_regio
from berichten.rapporten.regio.regiodelen import hide_told
from berichten.rapporten.sturen.kwartaalperiode import read_kwartaal
from tests.hulp.eigenaar import as_owner
from tests.hulp.monitoring.monitor import Regel, Zorg

VAN_HET_JAAR = ("kosten_dit_jaar_euro", "prognose_jaar_euro", "begroot_jaar_euro", "afwijking_pct", "oordeel")
KOP = "regio;gemeente;van;tot;mandaat;besluit\n"
Q1 = read_kwartaal("2024-Q1")
VANDAAG = date(2026, 6, 1)


def member(gemeente: str, van: date, tot: date | None = None, regio: str = "HR") -> Lidmaatschap:
    return Lidmaatschap(regio, gemeente, van, tot, "rapport")


def test_members_of_a_period_are_those_on_its_last_day_and_who_came_or_left_is_named() -> None:
    """0537 joins on 1 March, 0546 leaves after 31 January: members on 31 March are 0484 and 0537."""
    begin = date(2020, 1, 1)
    leden = [member("0484", begin), member("0537", date(2024, 3, 1)), member("0546", begin, date(2024, 1, 31))]
    regio = find_regio(leden, "0484", Q1.van, Q1.tot, VANDAAG)
    assert regio.leden == ("0484", "0537")
    assert ["erbij" in zin for zin in regio.wisselingen] == [True, False]
    assert "31 januari 2024" in regio.wisselingen[1]


def test_who_is_in_no_region_then_or_now_gets_none_and_who_is_in_two_says_which() -> None:
    begin = date(2020, 1, 1)
    weg = [member("0484", begin), member("0537", begin, date(2024, 12, 31)), member("0546", date(2025, 1, 1))]
    for gemeente in ("0537", "0546", "0518"):
        with pytest.raises(Vraagfout, match="niet bij een regio"):
            find_regio(weg, gemeente, Q1.van, Q1.tot, VANDAAG)
    twee = [member("0484", begin), member("0484", begin, regio="Oost")]
    with pytest.raises(Vraagfout, match="HR, Oost"):
        find_regio(twee, "0484", Q1.van, Q1.tot, VANDAAG)
    assert find_regio(twee, "0484", Q1.van, Q1.tot, VANDAAG, "Oost").naam == "Oost"


def rows(tabel: Tabel) -> dict[Waarde, dict[str, Waarde]]:
    return {rij[0]: dict(zip(tabel.kolommen, rij, strict=True)) for rij in tabel.rijen}


def test_cost_by_member_and_clients_of_the_region_and_of_who_asks(werkplaats: Werkplaats) -> None:
    """0484: 30 x 100.49 = 3,014.70; 0537: 20 x 50.49 = 1,009.80, of which ten clients are of 0484 too. Together 4,024.50.

    Shown 3,015 + 1,010, and the total from its own cents: 4,025 (4,024.50 up). Clients: 30 + 20 - 10 = 40; 4,024.50 / 40 = 100.61,
    101 a client. Budget of 0484 only: 3,000.00, +0.49 %, 0.5; so the total has none.
    """
    zorg = Zorg()
    code = zorg.product("4", "Basis GGZ")
    zorg.regels += [Regel(nummer, 10_049, date(2024, 2, 1), code) for nummer in range(30)]
    zorg.regels += [Regel(nummer, 5_049, date(2024, 3, 1), code, gemeente="0537") for nummer in range(20, 40)]
    zorg.regels += [Regel(nummer, 99_999, date(2024, 3, 1), code, gemeente="0546") for nummer in range(50, 70)]
    with as_owner(werkplaats) as verbinding:
        zorg.save(verbinding)
    leden = "HR;0484;2020-01-01;;rapport;R1\nHR;0537;2020-01-01;;contract;R2\nHR;0546;2020-01-01;2023-12-31;rapport;R3\n"
    assert load_regio(werkplaats, f"{KOP}{leden}".encode(), "wie").regels == 3
    begroting = "gemeente;jaar;segment;maand;bedrag;soort;vastgesteld_op;besluit\n0484;2024;;;300000;primitief;2023-11-06;R\n"
    assert load_begroting(werkplaats, begroting.encode(), "wie").regels == 1
    tabel = report_regio(werkplaats, Regiovraag("0537", "regio"), Q1)
    gevonden = rows(tabel)
    assert list(gevonden) == ["0484", "0537", "Totaal"]
    assert [rij["kosten_euro"] for rij in gevonden.values()] == [3_015, 1_010, 4_025]
    assert [rij["clienten"] for rij in gevonden.values()] == [None, None, 40]
    assert gevonden["Totaal"]["kosten_per_client"] == 101
    assert [rij["begroot_jaar_euro"] for rij in gevonden.values()] == [3_000, None, None]
    assert (str(gevonden["0484"]["afwijking_pct"]), gevonden["0484"]["oordeel"]) == ("0.5", "op koers")
    eigen = rows(report_regio(werkplaats, Regiovraag("0537", "financien"), Q1))
    assert [rij["clienten"] for rij in eigen.values()] == [None, 20, 40]
    gebonden = report_regioverplichtingen(werkplaats, Regiovraag("0484", "regio"), 2024)
    assert [rij["gedeclareerd_euro"] for rij in rows(gebonden).values()] == [3_015, 1_010, 4_025]
    assert "aantal_toewijzingen" not in gebonden.kolommen
    for vraag in (Regiovraag("0546", "regio"), Regiovraag("0518", "regio"), Regiovraag("0484", "regio", regio="Oost")):
        with pytest.raises(Vraagfout, match="niet bij een regio"):
            report_regio(werkplaats, vraag, Q1)
    with pytest.raises(Vraagfout, match="nog niet geweest"):
        report_regio(werkplaats, Regiovraag("0484", "regio", werkplaats.instellingen.vandaag() + timedelta(days=1)), Q1)


def test_segments_of_a_region_add_up_and_a_member_cannot_take_its_own_from_an_indicator(werkplaats: Werkplaats) -> None:
    """0484: 30 lines of 100.49 in segment 4; 0537: 20 of 50.49 in it and two of 1,000.00 in 1B, which it has budgeted for.

    4: 3,014.70 + 1,009.80 = 4,024.50, shown 4,025 (up); 1B 2,000. Budgets 4: 3,000 + 1,000 = 4,000, used 4,024.50 / 4,000 = 100.6;
    1B: 2,500, 80.0. Lines in time: 30 of 52 are of 0484, which takes them off: 22 are left, all in time, and 0537 leaves 30.
    """
    zorg = Zorg()
    code, zwaar = zorg.product("4", "Basis GGZ"), zorg.product("1B", "")
    zorg.regels += [Regel(nummer, 10_049, date(2024, 2, 1), code) for nummer in range(30)]
    zorg.regels += [Regel(nummer, 5_049, date(2024, 3, 1), code, gemeente="0537") for nummer in range(20, 40)]
    zorg.regels += [Regel(nummer, 100_000, date(2024, 3, 1), zwaar, gemeente="0537") for nummer in (20, 21)]
    with as_owner(werkplaats) as verbinding:
        zorg.save(verbinding)
    leden = "HR;0484;2020-01-01;;rapport;R1\nHR;0537;2020-01-01;;rapport;R2\n"
    assert load_regio(werkplaats, f"{KOP}{leden}".encode(), "wie").regels == 2
    bedragen = (("0484", "4", 300_000), ("0537", "4", 100_000), ("0537", "1B", 250_000))
    rijen = "".join(f"{gemeente};2024;{segment};;{bedrag};primitief;2023-11-06;R\n" for gemeente, segment, bedrag in bedragen)
    kop = "gemeente;jaar;segment;maand;bedrag;soort;vastgesteld_op;besluit\n"
    assert load_begroting(werkplaats, f"{kop}{rijen}".encode(), "wie").regels == 3
    vraag = Regiovraag("0484", "regio")
    getoond = [tuple(map(str, rij)) for rij in report_regiosegmenten(werkplaats, vraag, Q1).rijen]
    assert [rij[:5] for rij in getoond] == [
        (segment_label("1B"), "2000", "2000", "2500", "80"), (segment_label("4"), "4025", "4025", "4000", "100.6"),
        ("Totaal", "6025", "6025", "6500", "92.7"),
    ]  # fmt: skip
    tabel = report_regioindicatoren(werkplaats, vraag, Q1)
    indicatoren = {str(rij[2]): rij[4] for rij in tabel.rijen}
    assert indicatoren["regel op tijd gedeclareerd"] == 100
    assert str(indicatoren["deel residentieel van de kosten"]) == "33.2"
    assert len(tabel.rijen) == 9


def test_a_percent_of_a_region_is_hidden_where_one_member_leaves_a_small_group() -> None:
    """300 of 0484 and 21 of 0537, of which 12 were scaled up: without 0484 12 of 21 may be told, but of 19 nothing may."""
    nul = Indicatortellingen([Uitgestroomd(0, 0, 0, 0, 0, 0, 0)] * 3, [Starts(0, 0)] * 2, [Prestatietijden(0, 0)] * 2, [])
    vraag = Kwartaalvraag("", Q1, date(2026, 6, 1), datetime(2026, 6, 1, tzinfo=UTC), 1)
    niets = Kostenaandeel(0, 0, 0, 0)

    def told(aantal: int) -> Waarde:
        leden = [
            replace(nul, trajecten=[Uitgestroomd(n, op, 0, 0, 0, n, n), *nul.trajecten[1:]]) for n, op in ((300, 100), (aantal, 12))
        ]
        zonder = [list_gemeten(vraag, join_counts([lid]), (niets, niets)) for lid in leden]
        return hide_told(list_gemeten(vraag, join_counts(leden), (niets, niets)), zonder)[0].waarde

    assert (told(21), told(19)) == (35, "-")


def test_a_member_is_not_shown_so_that_another_can_be_told(werkplaats: Werkplaats) -> None:
    """Region 100, of which 97 in 0484 and three in 0537 alone. With 100 and 97 shown the three could not be one or two.

    Who asks first makes no difference: the small one keeps its own report, and the region's total is what is not shown.
    """
    zorg = Zorg()
    code = zorg.product("4", "Basis GGZ")
    zorg.regels += [Regel(nummer, 5_000, date(2024, 2, 1), code) for nummer in range(97)]
    zorg.regels += [Regel(nummer, 5_000, date(2024, 2, 1), code, gemeente="0537") for nummer in range(97, 100)]
    with as_owner(werkplaats) as verbinding:
        zorg.save(verbinding)
    leden = f"{KOP}HR;0484;2020-01-01;;rapport;R1\nHR;0537;2020-01-01;;rapport;R2\n"
    assert load_regio(werkplaats, leden.encode(), "wie").regels == 2
    groot = rows(report_regio(werkplaats, Regiovraag("0484", "financien"), Q1))
    assert (groot["0484"]["clienten"], groot["Totaal"]["clienten"]) == (97, "-")
    eigen = publish_clienten(Lezer(werkplaats), Q1.bereik("0537"))[ALLE_CLIENTEN]
    assert (eigen.aantal, eigen.teken) == (3, Teken.KLEIN)
    klein = rows(report_regio(werkplaats, Regiovraag("0537", "financien"), Q1))
    assert (klein["0537"]["clienten"], klein["Totaal"]["clienten"]) == ("≤5", "-")


def test_the_operator_gets_a_region_or_chosen_gemeenten_as_files_after_each_member_was_decided(
    werkplaats: Werkplaats, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """97 and three again, all of one segment: a table of both together shows no 100, and each member keeps its own `≤5` or 97."""
    zorg = Zorg()
    code = zorg.product("4", "Basis GGZ")
    zorg.regels += [Regel(nummer, 5_000, date(2024, 2, 1), code) for nummer in range(97)]
    zorg.regels += [Regel(nummer, 5_000, date(2024, 2, 1), code, gemeente="0537") for nummer in range(97, 100)]
    with as_owner(werkplaats) as verbinding:
        zorg.save(verbinding)
    assert (
        load_regio(werkplaats, f"{KOP}HR;0484;2020-01-01;;rapport;R1\nHR;0537;2020-01-01;;rapport;R2\n".encode(), "wie").regels == 2
    )
    monkeypatch.setenv("BERICHTEN_DATABASE_URL", werkplaats.instellingen.database_url)
    samen = ("--gemeente", "0484", "--gemeente", "0537")

    def ask(*woorden: str) -> str:
        gelopen = CliRunner().invoke(app, ["rapport", *woorden, "--uit", str(tmp_path)])
        return " ".join(gelopen.output.split()) if gelopen.exit_code else ""

    def read(begin: str) -> list[str]:
        [pad] = tmp_path.glob(f"{begin}-0484_0537-*.csv")
        return pad.read_text(encoding="utf-8-sig").splitlines()

    assert ask("tabel1", "--regio", "HR", "--periode", "2024-Q1") == ""
    assert [rij.split(";")[3] for rij in read("tabel1") if rij.startswith("TOTAAL")] == ["-"]
    for gemeente, getoond in (("0484", 97), ("0537", "≤5")):
        tabel = RAPPORTEN["tabel1"].make(Lezer(werkplaats), Monitorverzoek(Q1.bereik(gemeente)))
        assert tabel.rijen[-1][3] == getoond
    assert ask("regio-kwartaal", *samen, "--periode", "2024-Q1") == ""
    assert [rij.split(";")[2] for rij in read("regio-kwartaal")[1:4]] == ["4850", "150", "5000"]
    assert "Gekozen gemeenten" in read("regio-kwartaal")[4]
    assert ask("regio-verplichtingen", "--regio", "HR", "--periode", "2024", "--formaat", "csv,xlsx,json") == ""
    assert [rij.split(";")[3] for rij in read("regio-verplichtingen")[1:4]] == ["4850", "150", "5000"]
    weigeringen = {
        "Kies uit: HR.": ("regio-kwartaal", "--regio", "Oost", "--periode", "2024-Q1"),
        "geef --gemeente vaker": ("regio-kwartaal", "--gemeente", "0484", "--periode", "2024-Q1"),
        "Kies een jaar": ("regio-verplichtingen", "--regio", "HR", "--periode", "2024-Q1"),
    }
    assert [zin for zin, woorden in weigeringen.items() if zin not in ask(*woorden)] == []
    leden = "".join(f"Tot kerst;{code};2020-01-01;2024-12-24;rapport;R1\n" for code in ("0484", "0537"))
    assert load_regio(werkplaats, f"{KOP}{leden}".encode(), "wie").regels == 2
    monkeypatch.setenv("BERICHTEN_HUIDIGE_DATUM", "2024-11-15")
    assert ask("regio-verplichtingen", "--regio", "Tot kerst", "--periode", "2024") == "", "op 31 december geen leden, vandaag wel"
    assert list(tmp_path.glob("regio-verplichtingen-0484_0537-*-2024-11-15.csv"))


def test_a_member_that_left_tells_nothing_of_what_came_after(werkplaats: Werkplaats) -> None:
    """0537 leaves on 30 June 2024: its 20 lines of February stay, one that is booked a month later does not count.

    Booked before that day 20 x 50.00, on 31 July one of 70.00. Forecast and budget of the total are of 0484 only.
    """
    zorg = Zorg()
    code = zorg.product("4", "Basis GGZ")
    zorg.regels += [Regel(nummer, 10_000, date(2024, 2, 1), code) for nummer in range(30)]
    lijnen = [(nummer, 5_000, datetime(2024, 3, 31, tzinfo=UTC)) for nummer in range(30, 50)]
    lijnen.append((50, 7_000, datetime(2024, 7, 31, tzinfo=UTC)))
    zorg.regels += [
        Regel(nummer, bedrag, date(2024, 2, 1), code, gemeente="0537", geboekt=geboekt) for nummer, bedrag, geboekt in lijnen
    ]
    with as_owner(werkplaats) as verbinding:
        zorg.save(verbinding)
    leden = f"{KOP}HR;0484;2020-01-01;;rapport;R1\nHR;0537;2020-01-01;2024-06-30;rapport;R2\n"
    assert load_regio(werkplaats, leden.encode(), "wie").regels == 2
    begroting = "gemeente;jaar;segment;maand;bedrag;soort;vastgesteld_op;besluit\n" + "".join(
        f"{gemeente};2024;;;{bedrag};primitief;2023-11-06;R\n" for gemeente, bedrag in (("0484", 290_000), ("0537", 100_000))
    )
    assert load_begroting(werkplaats, begroting.encode(), "wie").regels == 2
    grens = f"gemeente;naam;waarde;vanaf;besluit\n0484;kwartaal_op_koers;4,0;{werkplaats.instellingen.vandaag()};R\n"
    assert load_instellingen(werkplaats, grens.encode(), Insteller("wie", "0484", "beheer")).regels == 1
    tabel = report_regio(werkplaats, Regiovraag("0484", "regio"), Q1)
    blijft, weg, samen = rows(tabel).values()
    assert weg["kosten_euro"] == 1_000
    assert [weg[naam] for naam in VAN_HET_JAAR] == [None, None, None, None, ""]
    # 3,000 of 2,900 is 3.4 % over: on course by the limit of the gemeente itself, and to be watched by the ordinary one of 2.0 %.
    assert [str(blijft[naam]) for naam in VAN_HET_JAAR] == ["3000", "3000", "2900", "3.4", "op koers"]
    assert [str(samen[naam]) for naam in VAN_HET_JAAR] == ["3000", "3000", "2900", "3.4", "let op"]
    assert any("na 30 juni 2024 geen lid meer" in zin for zin in tabel.toelichting)


def test_a_day_before_the_jeugdwet_is_refused(werkplaats: Werkplaats) -> None:
    """Also where obligations are asked otherwise: a year before year 1 is none. A number is no day."""
    with pytest.raises(ValidationError):
        TypeAdapter(Dag).validate_python("86400")
    assert load_regio(werkplaats, f"{KOP}HR;0484;2015-01-01;;rapport;R1\n".encode(), "wie").regels == 1
    with pytest.raises(Vraagfout, match="vanaf 1 januari 2015"):
        report_regioverplichtingen(werkplaats, Regiovraag("0484", "regio", date(1, 6, 1)), 2026)
    with pytest.raises(Vraagfout, match="vanaf 1 januari 2015"):
        report_verplichtingen(Lezer(werkplaats), read_bereik(["0484"], "2026"), None, date(1, 6, 1))


def test_a_membership_ends_by_its_own_row(werkplaats: Werkplaats) -> None:
    """A row from another day would leave the one without an end open beside it."""
    assert load_regio(werkplaats, f"{KOP}HR;0484;2020-01-01;;rapport;R1\n".encode(), "wie").regels == 1
    eind = "HR;0484;2024-01-01;2024-06-30;rapport;R2\n"
    [fout] = load_regio(werkplaats, f"{KOP}{eind}".encode(), "wie").fouten
    assert "0484 in HR van 1 januari 2020 zonder einde" in fout.melding
    assert load_regio(werkplaats, f"{KOP}HR;0484;2020-01-01;2023-12-31;rapport;R1\n{eind}".encode(), "wie").regels == 2
    assert load_regio(werkplaats, f"{KOP}Oost;0484;2024-01-01;;rapport;R3\n".encode(), "wie").regels == 1


def test_who_is_in_two_regions_can_choose_and_links_keep_the_choice(werkplaats: Werkplaats) -> None:
    """Of one region there is nothing to choose; one that is over is no choice."""
    oud = "HR;0484;2015-01-01;;rapport;R1\nWest;0484;2015-01-01;2016-12-31;rapport;R1\n"
    assert load_regio(werkplaats, f"{KOP}{oud}".encode(), "wie").regels == 2
    bezoeker = SimpleNamespace(gemeente="0484")
    bladzij: Any = SimpleNamespace(werkplaats=werkplaats, bezoeker=bezoeker, adres=Paginaadres("/", (("regio", "Oost & Zuid"),)))
    assert list_keuzen(bladzij) == []
    assert load_regio(werkplaats, f"{KOP}Oost & Zuid;0484;2020-01-01;;rapport;R3\n".encode(), "wie").regels == 1
    assert [naam for naam, _ in list_keuzen(bladzij)] == ["HR", "Oost & Zuid"]
    assert with_regio(bladzij, "/portaal/regio", periode="2024-Q1") == "/portaal/regio?periode=2024-Q1&regio=Oost+%26+Zuid"
