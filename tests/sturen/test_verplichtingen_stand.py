"""Obligations read from the database: what messages did to allocations, now and as of each earlier moment."""

from dataclasses import astuple
from datetime import date, datetime
from typing import Any

from berichten.opslag.basis.verbinding import Toegang
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.monitor.rapporten import RAPPORTEN, Lezer, Monitorverzoek
from berichten.rapporten.monitor.bereik import read_bereik
from berichten.rapporten.toewijzing.standen import Standen, read_standen_op, read_verplichtingen_op
from berichten.rapporten.toewijzing.verplichting import Toewijzingstand, Vraagpunt, explain
from tests.hulp.besluiten import APR, beslis, hold_early_months
from tests.hulp.bouwstenen import BSN, GEMEENTE
from tests.hulp.declareer import Regel, declaratie, send, toewijzing
from tests.hulp.geld.boeken import verschillen
from tests.hulp.monitoring.monitor import find_row
from tests.hulp.regie import Regie, start, stop

NUMMER = 70001
JAN, FEB, MRT = (date(2026, maand, 1) for maand in (1, 2, 3))
VRAAG = Vraagpunt(2026, date(2026, 6, 30))
UUR = 7_805


def read(werkplaats: Werkplaats, moment: datetime | None = None) -> Standen:
    with werkplaats.opslag.transaction(Toegang(GEMEENTE, None)) as verbinding:
        return read_standen_op(verbinding, GEMEENTE, VRAAG, moment or werkplaats.instellingen.nu())


def budget(centen: int, tijd: str = "10:15:00") -> bytes:
    """A JW301 with a budget for a category, for 2026."""
    velden: dict[str, Any] = {"Product": {"Categorie": "45", "Code": None}, "Omvang": None, "Toewijzingstijd": tijd}
    return toewijzing(NUMMER, Budget=centen, **velden)


def test_each_step_shows_and_every_earlier_moment_is_told_again(werkplaats: Werkplaats) -> None:
    """A budget of 5,000.00 for 2026 (45A48 at 78.05 an hour); early months are held for a person."""
    hold_early_months(werkplaats)
    regie, momenten = Regie(werkplaats), list[tuple[datetime, list[Toewijzingstand]]]()

    def remember() -> Toewijzingstand:
        momenten.append((werkplaats.instellingen.nu(), read(werkplaats).toewijzingen))
        assert verschillen(werkplaats) == []
        standen = read(werkplaats)
        with werkplaats.opslag.transaction(Toegang(GEMEENTE, None)) as verbinding:
            alleen = read_verplichtingen_op(verbinding, GEMEENTE, [NUMMER], VRAAG, werkplaats.instellingen.nu())
        [stand] = standen.toewijzingen
        assert alleen[NUMMER].uitleg == explain(stand, VRAAG, standen.reckon(stand))
        return stand

    def besteed() -> tuple[int, int, date | None]:
        gebruik = remember().gebruik
        return gebruik.gedeclareerd // UUR, gebruik.aangehouden // UUR, gebruik.laatste

    send(werkplaats, budget(500_000))
    assert remember().toegewezen.bedrag == 500_000
    # Two hours of January wait for a person, three of April are awarded at once.
    send(werkplaats, declaratie(APR, [Regel("A", NUMMER, JAN, 2), Regel("B", NUMMER, APR, 3)]))
    assert besteed() == (3, 2, date(2026, 4, 30))
    # A person awards those of January; then April is credited, so January is the last month that counts.
    beslis(werkplaats, "A", besluit="toekennen")
    assert besteed() == (5, 0, date(2026, 4, 30))
    send(werkplaats, declaratie(APR, [Regel("C", NUMMER, APR, 3, vorig="B")]))
    assert besteed() == (2, 0, date(2026, 1, 31))
    # Lowered by a newer version: what is allocated is what was said last.
    send(werkplaats, budget(10_000, tijd="11:00:00"))
    stand = remember()
    assert (stand.toegewezen.bedrag, read(werkplaats).reckon(stand).overschrijding) == (10_000, 2 * UUR - 10_000)
    # A temporary stop (reason 20) ends nothing; a definitive one does, until it is taken back.
    begin = start(NUMMER, JAN, ingang="2026-01-01")
    begin.velden.update(product := {"Product": {"Categorie": "45", "Code": None}})
    assert regie.stuur(begin).regels == []
    einde = date(2026, 3, 31)
    for reden, status, verwacht in (("20", "1", None), ("31", "1", einde), ("31", "3", None)):
        klasse = stop(NUMMER, JAN, einde, reden, status=status)
        klasse.velden.update({**product, "ToewijzingIngangsdatum": "2026-01-01"})
        assert regie.stuur(klasse).regels == []
        assert remember().stop == verwacht, (reden, status)
    for moment, standen in momenten:
        assert read(werkplaats, moment).toewijzingen == standen
    assert {astuple(standen[0]) for _, standen in momenten if standen}, "elk moment heeft een stand"


def test_the_tables_tell_the_same_and_hide_small_counts(werkplaats: Werkplaats) -> None:
    """A budget of 5,000.00, and ten hours of which no tariff is loaded: those are not to be told. Amounts are shown."""
    send(werkplaats, budget(500_000))
    send(werkplaats, toewijzing(NUMMER + 1, Omvang={"Volume": 10, "Eenheid": "04", "Frequentie": "6"}))
    send(werkplaats, declaratie(APR, [Regel("A", NUMMER, APR, 4, bsn=BSN)]))
    verzoek = Monitorverzoek(read_bereik([GEMEENTE], "2026"), groepeer="aanbieder")
    totaal = find_row(RAPPORTEN["verplichtingen"].make(Lezer(werkplaats), verzoek), groep="Totaal")
    assert (totaal["aantal_toewijzingen"], totaal["niet_te_bepalen"]) == ("≤5", "≤5")
    assert (totaal["toegewezen_euro"], totaal["gedeclareerd_euro"], totaal["open_verplichting_euro"]) == (5_000, 312, 4_688)
    rij = find_row(RAPPORTEN["verplichtingenprognose"].make(Lezer(werkplaats), verzoek), gemeente=GEMEENTE)
    # 312.20 in 120 days till 30 April: 31,220 x 365 / 120 = 94,960.8, so 637.41 more.
    assert (rij["nog_verwacht_euro"], rij["nog_te_ontvangen_euro"], rij["prognose_euro"]) == (637, 637, 950)
    assert (rij["prognose_factuurdatum_euro"], rij["kwaliteit"]) == (None, "gewoon")
