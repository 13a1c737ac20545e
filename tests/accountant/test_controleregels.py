"""What a verklaring rests on, read from the database: now and as of each earlier moment."""

from datetime import datetime
from typing import Any

from berichten.opslag.basis.verbinding import Toegang
from berichten.opslag.controle.controlebereik import Controlebereik
from berichten.opslag.controle.controleregels import stream_controleregels
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.referentie.laad_referentie import SOORTEN, load_referentie
from berichten.rapporten.accountant.verantwoord import read_verantwoord
from berichten.rapporten.accountant.verklaring import Regelverklaring, explain
from berichten.rapporten.boeken.boekvraag import Boekvraag
from tests.hulp.besluiten import APR, JAN, beslis, hold_early_months
from tests.hulp.bouwstenen import GEMEENTE
from tests.hulp.declareer import Regel, declaratie, send, toewijzing
from tests.hulp.geld.boeken import verschillen

NUMMER = 70001
_RECORDS = """gemeente;agb;referentienummer;toewijzingnummer;maand;datum;minuten;soort;niveau;registratie;contactnummer
0484;{agb};B;;;2026-04-03;150;direct;HBO;SKJ;1
0484;{agb};B;;;2026-04-04;60;no_show;HBO;SKJ;2
0484;{agb};;70001;2026-01;;90;direct;HBO;SKJ;3
"""


def read(werkplaats: Werkplaats, moment: datetime | None = None) -> dict[str, Regelverklaring]:
    bereik = Controlebereik(GEMEENTE, moment or werkplaats.instellingen.nu())
    with werkplaats.opslag.transaction(Toegang(GEMEENTE, None)) as verbinding:
        return {item.referentienummer: explain(item) for item in stream_controleregels(verbinding, bereik)}


def tell(werkplaats: Werkplaats, moment: datetime | None = None) -> dict[str, tuple[int, str, int, int]]:
    """By reference: what is awarded, the worst value, what is wrong and what is uncertain."""
    return {naam: (v.regel.bedrag, v.waarde.naam, v.fout, v.onzeker) for naam, v in read(werkplaats, moment).items()}


def test_each_step_shows_and_an_earlier_moment_is_told_again(werkplaats: Werkplaats) -> None:
    """45A48 at 78.05 an hour: two hours of January are held (A), three of April awarded at once (B), then one more (C)."""
    hold_early_months(werkplaats)
    omvang: dict[str, Any] = {"Omvang": {"Volume": 40, "Eenheid": "04", "Frequentie": "6"}}
    send(werkplaats, toewijzing(NUMMER, **omvang))
    send(werkplaats, declaratie(APR, [Regel("A", NUMMER, JAN, 2), Regel("B", NUMMER, APR, 3)]))
    # Without records the whole of what is awarded is uncertain; what is held is no cost.
    assert tell(werkplaats) == {"B": (23_415, "onzeker", 0, 23_415)}
    vroeg = werkplaats.instellingen.nu()
    beslis(werkplaats, "A", besluit="toekennen")
    assert tell(werkplaats)["A"] == (15_610, "onzeker", 0, 15_610)
    assert load_referentie(werkplaats, "verantwoording", _RECORDS.format(agb="42420001").encode()).fouten == []
    # B: 150 client-bound minutes are three hours (2.5 rounded up), so nothing lacks. A: 90 minutes of its month are two hours.
    assert {naam: (rij[1], rij[3]) for naam, rij in tell(werkplaats).items()} == {"A": ("besluit", 0), "B": ("aangetoond", 0)}
    # Two decisions that adjoin cover January together; of April the last day is covered by none.
    beschikt = "".join(
        f"0484;{NUMMER};B{nummer};2025-12-01;;{van};{tot};beschikking;ja\n"
        for nummer, (van, tot) in enumerate([("2026-01-01", "2026-01-15"), ("2026-01-16", "2026-04-29"), ("2026-05-01", "")])
    )
    kop = ";".join(kolom.naam for kolom in SOORTEN["beschikkingen"].kolommen)
    assert load_referentie(werkplaats, "beschikkingen", f"{kop}\n{beschikt}".encode()).fouten == []
    assert {naam: rij.regel.beschikt for naam, rij in read(werkplaats).items()} == {"A": True, "B": False}
    # The gemeente asks B back: all of it is wrong. Once it is credited there is nothing left to show.
    beslis(werkplaats, "B", besluit="toekennen", terugvragen=True)
    assert tell(werkplaats)["B"] == (23_415, "fout", 23_415, 0)
    voor_credit = werkplaats.instellingen.nu()
    send(werkplaats, declaratie(APR, [Regel("C", NUMMER, APR, 3, vorig="B")]))
    assert list(tell(werkplaats)) == ["A"]
    assert tell(werkplaats, voor_credit)["B"] == (23_415, "fout", 23_415, 0)
    assert list(tell(werkplaats, vroeg)) == ["B"]
    # A newer version ends in January: part of A now lies outside, and nobody has looked at that.
    korter = toewijzing(NUMMER, Einddatum="2026-01-15", RedenWijziging="05", Toewijzingsdatum="2026-06-01", **omvang)
    assert send(werkplaats, korter)["status"] == "verwerkt"
    assert tell(werkplaats)["A"][1:3] == ("fout", 15_610)
    assert verschillen(werkplaats) == []
    with werkplaats.opslag.transaction(Toegang(GEMEENTE, None)) as verbinding:
        for moment in (vroeg, voor_credit, werkplaats.instellingen.nu()):
            verantwoord = read_verantwoord(verbinding, Boekvraag(GEMEENTE, moment, heden=False, groepeer=("zorgmaand",)))
            assert verantwoord.totaal.verantwoord == verantwoord.journaal > 0
