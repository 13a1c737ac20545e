"""Signals on the care of families (M32): each with numbers reckoned by hand, and as messages bring them about."""

from datetime import date

from berichten.inzage.signalen.casussignalen import as_tabel, list_casussignalen
from berichten.kern.houder import Sleutelhouder
from berichten.opslag.signalen.casusbronnen import Bredecasus, Durecasus, Herindicatie
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.referentie.laad_referentie import load_referentie
from berichten.rapporten.signalen.casus import Casusgrenzen, signal_breed, signal_duur, signal_herindicatie
from berichten.rapporten.sturen.instelstand import STANDAARD
from tests.hulp.besluiten import ANNA
from tests.hulp.bouwstenen import ANDER_BSN, BSN, GEMEENTE
from tests.hulp.declareer import Regel, declaratie, send, toewijzing
from tests.hulp.eigenaar import as_owner

VAN, TOT = date(2025, 6, 1), date(2026, 5, 31)
MRT = date(2026, 3, 1)
GRENZEN = Casusgrenzen.of(STANDAARD)


def test_l2_and_l6_fire_above_and_not_at_their_limit() -> None:
    """50,000.00 is not above 50,000; one cent more is. 500,000.00 in a year likewise."""
    rijen = [Durecasus(BSN, 5_000_000, [1]), Durecasus(ANDER_BSN, 5_000_001, [2, 3])]
    [signaal] = signal_duur(rijen, "L2", VAN, TOT, GRENZEN.duur)
    assert (signaal.bsn, signaal.toewijzingen) == (ANDER_BSN, (2, 3))
    assert signaal.zin == "Van 1 juni 2025 tot en met 31 mei 2026 is € 50.000,01 toegekend; de grens is € 50.000,00."
    assert list(signal_duur([Durecasus(BSN, 50_000_000, [1])], "L6", VAN, TOT, GRENZEN.zeer_duur)) == []
    assert len(list(signal_duur([Durecasus(BSN, 50_000_001, [1])], "L6", VAN, TOT, GRENZEN.zeer_duur))) == 1


def test_l5_is_told_once_of_the_last_month() -> None:
    rijen = [Bredecasus(BSN, date(2026, maand, 1), aantal, [maand]) for maand, aantal in ((1, 3), (2, 4), (3, 2))]
    assert [item.zin for item in signal_breed(rijen, GRENZEN.aanbieders)] == ["In februari 2026 was er hulp van 4 aanbieders."]


def test_l4_names_both_allocations() -> None:
    [signaal] = signal_herindicatie([Herindicatie(BSN, 8, 7, MRT)], GRENZEN.evaluatie_dagen)
    assert signaal.zin == ("Toewijzing 8 begon op 1 maart 2026 en volgt op 7; in de 92 dagen ervoor is geen evaluatie gehouden.")


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
    kijker = werkplaats.seen_by(Sleutelhouder(GEMEENTE, ANNA, "contractbeheer", None))

    def found() -> list[tuple[str, list[int]]]:
        return [(item.soort, item.toewijzingen) for item in list_casussignalen(kijker).regels]

    kop = "gemeente;toewijzingnummer;gepland_op;gehouden_op;uitkomst\n"
    assert found() == [("L5", [1, 2, 3])]
    for gehouden, verwacht in (("2025-12-29", [("L4", [12, 11])]), ("2025-12-30", [])):
        assert load_referentie(werkplaats, "evaluaties", f"{kop}0484;11;2025-12-01;{gehouden};voortzetten\n".encode()).fouten == []
        assert found() == [*verwacht, ("L5", [1, 2, 3])]
    assert as_tabel(list_casussignalen(kijker, als_bestand=True)).rijen == (
        ("L5", "1 2 3", "In maart 2026 was er hulp van 3 aanbieders.", "2026-07-28"),
    )  # fmt: skip
    with as_owner(werkplaats) as verbinding:
        vraag = "SELECT actie, aantal FROM inzagelog WHERE object_soort = 'signalen' ORDER BY tijd DESC LIMIT 1"
        assert tuple(verbinding.exec_driver_sql(vraag).one()) == ("E", 1)
