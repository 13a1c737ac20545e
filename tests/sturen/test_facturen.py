"""Invoices outside the messages: months by cumulative rounding, once each, doubles warned of, and their own row in a report."""

from datetime import date

from berichten.opslag.basis.verbinding import Login
from berichten.opslag.kwartaal.facturen import Factuur
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.kwartaal.laad_facturen import load_facturen
from berichten.processen.kwartaal.reken_kwartaal import reckon_kwartaal
from berichten.processen.monitor.publiceer import Lezer
from berichten.processen.rapportage.boeken import TOTALEN
from berichten.rapporten.boeken.boekvraag import ask
from berichten.rapporten.sturen.buitenberichten import spread_facturen, sum_between
from berichten.rapporten.sturen.kwartaalperiode import read_kwartaal
from tests.hulp.eigenaar import as_owner
from tests.hulp.monitoring.monitor import GEMEENTE, Regel, Zorg

KOP = (
    "gemeente;leverancier;agb;factuurnummer;factuurdatum;zorg_van;zorg_tot;bedrag;segment;zorgvorm;toewijzingnummer;"
    "bbr_aanvraagnummer;status\n"
)


def invoice(bedrag: int, van: date, tot: date, status: str = "betaald") -> Factuur:
    return Factuur("0484", "Zorg BV", "", "F1", tot, van, tot, bedrag, "", "", None, "", status)


def test_an_invoice_is_spread_over_months_by_days_and_adds_up() -> None:
    """100.00 over 16 January to 9 March 2028 is 16 + 29 + 9 = 54 days: 10,000 x 16 / 54 = 2,963.0 -> 2,963; x 45 / 54 = 8,333.3.

    So 2,963; 8,333 - 2,963 = 5,370; 10,000 - 8,333 = 1,667. What is open or turned down is no cost.
    """
    jaar = date(2028, 1, 1), date(2028, 12, 31)
    maanden = spread_facturen([invoice(10_000, date(2028, 1, 16), date(2028, 3, 9))], *jaar)
    assert maanden == {date(2028, 1, 1): 2_963, date(2028, 2, 1): 5_370, date(2028, 3, 1): 1_667}
    assert sum_between(maanden, date(2028, 2, 1), date(2028, 3, 31)) == 7_037
    anders = [invoice(100, date(2028, 1, 1), date(2028, 1, 31), staat) for staat in ("open", "afgekeurd")]
    assert spread_facturen(anders, *jaar) == {}


def test_of_a_long_invoice_only_the_months_that_are_asked_are_reckoned() -> None:
    """2,958,464 cents over the 2,958,464 days from 1900 to 9999: a cent a day, so 29 in February 2028, and no other month."""
    lang = invoice(2_958_464, date(1900, 1, 1), date(9999, 12, 31))
    assert spread_facturen([lang], date(2028, 2, 1), date(2028, 2, 29)) == {date(2028, 2, 1): 29}


def load(werkplaats: Werkplaats, *regels: str) -> tuple[int, list[str], list[str]]:
    geladen = load_facturen(werkplaats, (KOP + "\n".join(regels)).encode(), "wie", GEMEENTE)
    return geladen.regels, [fout.melding for fout in geladen.fouten], list(geladen.waarschuwingen)


def test_an_invoice_comes_once_and_is_a_source_of_its_own_in_report_and_totals(werkplaats: Werkplaats) -> None:
    """Lines of 30 x 100.00 in February 2024. Paid outside: 124.00 over January to April, by days 31 + 29 + 31 = 91 of 121.

    12,400 x 91 / 121 = 9,325.6 -> 93.26 in the quarter, which shows as 93; of the year 124. Total 3,000, together 3,093 and 3,124.
    """
    zorg = Zorg()
    code = zorg.product("4", "Basis GGZ")
    zorg.regels += [Regel(nummer, 10_000, date(2024, 2, 1), code) for nummer in range(30)]
    with as_owner(werkplaats) as verbinding:
        zorg.save(verbinding)
    betaald = "0484;Zorg BV;42420001;F1;2024-05-01;2024-01-01;2024-04-30;12400;4;;;;betaald"
    open_ = "0484;Zorg BV;42420001;F2;2024-03-01;2024-02-01;2024-02-29;10000;4;;;BBR-1;open"
    regels, fouten, dubbel = load(werkplaats, betaald, open_)
    assert (regels, fouten, [zin.split(":")[0] for zin in dubbel]) == (2, [], ["Regel 3"])
    assert "declaratieregel R" in dubbel[0]
    nog_eens = load(werkplaats, betaald)
    assert (nog_eens[0], ["al geladen" in melding for melding in nog_eens[1]]) == (0, [True])
    assert load(werkplaats, open_.replace("10000", "9000").replace(";open", ";betaald"))[0] == 0
    assert load(werkplaats, open_.replace(";open", ";afgekeurd"))[0] == 1
    assert load(werkplaats, open_.replace(";open", ";betaald"))[0] == 0
    # Paid by mistake: turned down with the rest equal, and its credit invoice below zero. Together with F3 they cost nothing.
    fout = betaald.replace("F1", "F3")
    for was, wordt, zin in (
        ("2024-01-01", "2014-12-31", "sinds 2015-01-01 (Jeugdwet)"),
        ("2024-04-30", "2029-01-01", "meer dan 5 jaar na zorg_van"),
        ("2024-04-30", "9999-12-31", "meer dan 5 jaar na zorg_van"),
    ):
        [melding] = load(werkplaats, fout.replace(was, wordt))[1]
        assert zin in melding
    assert load(werkplaats, fout)[0] == 1
    assert load(werkplaats, fout.replace("12400", "1").replace(";betaald", ";afgekeurd"))[0] == 0
    assert load(werkplaats, fout.replace(";betaald", ";afgekeurd"))[0] == 1
    assert "onder een ander nummer" in load(werkplaats, fout)[1][0]
    assert load(werkplaats, betaald.replace("F1", "F4"), betaald.replace("F1", "F4-credit").replace("12400", "-12400"))[0] == 2
    cijfers = reckon_kwartaal(
        Lezer(werkplaats, Login.SCHRIJVER), GEMEENTE, read_kwartaal("2024-Q1"), werkplaats.instellingen.vandaag()
    )
    onder = [(rij["segment"], rij["kosten"], rij["kosten_jaar"], rij["prognose"]) for rij in cijfers["segmenten"][-3:]]
    assert onder == [
        ("Totaal", 3_000, 3_000, 3_000),
        ("Buiten berichten", 93, 124, 124),
        ("Totaal met facturen buiten berichten", 3_093, 3_124, 3_124),
    ]
    with werkplaats.opslag.transaction() as verbinding:
        rapport = TOTALEN.make(verbinding, werkplaats, ask(GEMEENTE, werkplaats.instellingen.nu(), periode="2024-Q1"))
    [totaal] = rapport.rijen
    assert totaal[4] == 300_000 == rapport.controletotaal
    assert rapport.verantwoording[-1][0] == "Buiten berichten"
    assert "93,26" in str(rapport.verantwoording[-1][1])
