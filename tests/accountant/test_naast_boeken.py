"""What aanbieders account for beside our books, by hand. Cents throughout."""

from datetime import date

from berichten.opslag.controle.productieverantwoordingen import Eigenboeken, Productieregel
from berichten.rapporten.accountant.naast_boeken import compare, report_naast_boeken

AGB, ANDER = "42420001", "42420002"
REGEL = Productieregel(AGB, 2026, "45", "45A48", "04", 130, 1_014_650, "controleverklaring", "goedkeurend", date(2027, 3, 1))
BOEKEN = Eigenboeken(AGB, "45", "45A48", "04", 780_500, 156_100, 70_245, 7_805)


def test_the_difference_and_what_explains_it() -> None:
    """10,146.50 accounted for and 7,805.00 awarded: 2,341.50 more. Held is 1,561.00 and rejected 702.45, which is 2,263.45: 78.05
    is left."""
    [rij] = compare([REGEL], [BOEKEN], 2026, date(2027, 3, 2))
    assert (rij.verschil, rij.verklaard, rij.onverklaard) == (234_150, 226_345, 7_805)
    assert (rij.verklaring, rij.opmerking) == ("controleverklaring goedkeurend", "")
    [uit] = report_naast_boeken([rij], []).rijen
    assert uit[:7] == (AGB, "45", "45A48", "04", 1_014_650, 780_500, 234_150)


def test_who_did_not_account_is_told_when_it_was_due_and_whether_it_may_do_without() -> None:
    """Turnover of 7,805.00 is less than 125,000.00; of 125,000.00 it is not."""
    for bedrag, dag, deel in (
        (780_500, date(2027, 4, 1), "Over 2026 is nog niets verantwoord. De omzet bij deze gemeente is € 7.805,00."),
        (780_500, date(2027, 4, 2), "uiterlijk op 1 april gemoeten"),
    ):
        [rij] = compare([], [Eigenboeken(ANDER, "45", "45A48", "04", bedrag, 0, 0, 0)], 2026, dag)
        assert deel in rij.opmerking
        assert rij.verantwoord is None
    [groot] = compare([], [Eigenboeken(ANDER, "45", "45A48", "04", 12_500_000, 0, 0, 0)], 2026, date(2027, 4, 2))
    assert "125.000" not in groot.opmerking
