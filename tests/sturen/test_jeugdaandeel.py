"""What part of the jeugdigen had care: sums reckoned by hand, the upload, and what is not shown."""

from datetime import UTC, date, datetime
from decimal import Decimal

from berichten.opslag.basis.verbinding import Login
from berichten.opslag.kwartaal.inwoners import Leeftijdsgroep
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.kwartaal.laad_jeugdigen import load_jeugdigen
from berichten.processen.kwartaal.reken_kwartaal import reckon_kwartaal
from berichten.processen.monitor.publiceer import Lezer
from berichten.rapporten.afscherming.overlap import Teken
from berichten.rapporten.sturen.jeugdaandeel import Jeugdaandeel, count_jeugdigen, make_aandeelrij
from berichten.rapporten.sturen.kwartaalperiode import read_kwartaal
from tests.hulp.eigenaar import as_owner
from tests.hulp.monitoring.monitor import GEMEENTE, Regel, Toewijzing, Zorg

KOP = "gemeente;jaar;leeftijd_van;leeftijd_tot;aantal;peildatum;bron\n"
OPGAVE = "0484;2024;0;17;800;2024-01-01;CBS\n0484;2024;18;22;210;2024-01-01;CBS\n0484;2023;0;22;1000;2023-01-01;CBS\n"


def group(van: int, tot: int, aantal: int, dag: int = 1) -> Leeftijdsgroep:
    return Leeftijdsgroep("0484", 2024, van, tot, aantal, datetime(2024, 2, dag, tzinfo=UTC))


def test_groups_add_up_to_an_age_where_they_follow_on_each_other() -> None:
    """0-11 and 12-17: 500 + 300 = 800; with 18-22 of 210: 1,010. Without 12-17 there is a gap; 0-22 goes beyond 18."""
    groepen = [group(12, 17, 300), group(0, 11, 500), group(18, 22, 210)]
    assert (count_jeugdigen(groepen, "0484", 2024, 18), count_jeugdigen(groepen, "0484", 2024, 23)) == (800, 1_010)
    assert count_jeugdigen(groepen[1:], "0484", 2024, 23) is None
    assert count_jeugdigen([group(0, 22, 1_010)], "0484", 2024, 18) is None
    assert count_jeugdigen([*groepen, group(0, 17, 799)], "0484", 2024, 18) == 799
    assert count_jeugdigen(groepen, "0484", 2023, 18) is None


def test_what_was_loaded_last_counts_however_wide() -> None:
    """0-17 of 20,000; a day later 14,000 + 7,500 = 21,500; of that 7,600 a day later: 21,600; then 0-17 anew: 22,000."""
    geladen = [group(0, 17, 20_000, 1), group(0, 11, 14_000, 2), group(12, 17, 7_500, 2), group(12, 17, 7_600, 3)]
    assert count_jeugdigen(geladen[:3], "0484", 2024, 18) == 21_500
    assert count_jeugdigen([*geladen[:2], geladen[3]], "0484", 2024, 18) == 21_600
    assert count_jeugdigen([*geladen[1:3], group(0, 17, 22_000, 4)], "0484", 2024, 18) == 22_000
    # What does not fit in any whole is passed over, however new.
    assert count_jeugdigen([*geladen[:3], group(5, 9, 1, 5)], "0484", 2024, 18) == 21_500


def test_a_share_is_shown_as_its_count_is() -> None:
    """53 of 800 is 6.625 %, shown as 6.6. Last year 40 of 790 is 5.063 %, 5.1: 1.5 points more, of what is shown."""
    dit, toen = Jeugdaandeel(53, Teken.GETAL, 800), Jeugdaandeel(40, Teken.GETAL, 790)
    rij = make_aandeelrij("aandeel jeugdigen", dit, toen, Jeugdaandeel(46, Teken.GETAL, 790))
    assert (rij.deze_periode, rij.vorig_jaar_toen, rij.verschil) == (Decimal("6.6"), Decimal("5.1"), Decimal("1.5"))
    assert (rij.vorig_jaar_nu, rij.verschil_pct) == (Decimal("5.8"), None)
    assert make_aandeelrij("x", dit, toen, Jeugdaandeel(43, Teken.GETAL, 790)).vorig_jaar_nu == "-"
    niet = (
        Jeugdaandeel(3, Teken.KLEIN, 800),
        Jeugdaandeel(40, Teken.VERBORGEN, 800),
        Jeugdaandeel(16, Teken.GETAL, 19),
        Jeugdaandeel(37, Teken.GETAL, 40),
    )
    assert [item.show() for item in niet] == ["-"] * 4
    assert Jeugdaandeel(53, Teken.GETAL, None).show() is None


def test_who_turns_18_in_the_period_counts_as_in_the_first_month_of_care(werkplaats: Werkplaats) -> None:
    """Forty born in 2010 and eight who turn 18 on 15 January 2024, with care in January and February: in January all are 17.

    Twelve are 19, nine are 24. So 48 of 800 is 6.0 %; 60 of 1,010 is 5.94 %, shown as 5.9; of 2023 there is no number up to 18.
    """
    zorg = Zorg()
    code = zorg.product("4", "Basis GGZ")
    groepen = ((40, date(2010, 5, 1)), (8, date(2006, 1, 15)), (12, date(2005, 1, 1)), (9, date(2000, 1, 1)))
    for aantal, geboren in groepen:
        for _ in range(aantal):
            nummer = len(zorg.toewijzingen) + 1
            zorg.toewijzingen.append(Toewijzing(nummer, nummer, geboren, code))
            zorg.regels += [Regel(nummer, 5_000, date(2024, maand, 1), code, toewijzing=nummer) for maand in (1, 2)]
    with as_owner(werkplaats) as verbinding:
        zorg.save(verbinding)
    fout = load_jeugdigen(werkplaats, f"{KOP}0484;2024;17;0;1;2024-02-01;CBS\n".encode(), "wie")
    assert [item.melding.split()[1] for item in fout.fouten] == ["leeftijd_tot", "peildatum"]
    assert load_jeugdigen(werkplaats, f"{KOP}{OPGAVE}".encode(), "wie", GEMEENTE).regels == 3
    cijfers = reckon_kwartaal(
        Lezer(werkplaats, Login.SCHRIJVER), GEMEENTE, read_kwartaal("2024-Q1"), werkplaats.instellingen.vandaag()
    )
    rijen = {rij["rij"]: rij for rij in cijfers["kerncijfers"]}
    jong, jonger = rijen["aandeel jeugdigen tot 23 jaar"], rijen["aandeel jeugdigen"]
    assert (jonger["deze_periode"], jong["deze_periode"]) == (6.0, 5.9)
    assert (jonger["vorig_jaar_toen"], jong["vorig_jaar_toen"]) == (None, 0.0)
    assert any("niet te bepalen over 2023:" in noot for noot in cijfers["toelichting"])
