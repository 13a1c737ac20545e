"""Obligations and a quarterly report over millions of lines, each beside the same sums by hand, as one writes who knows the tables.

By hand no past day of allocations, tariff, stop, pace or rule about small counts is reckoned with.
"""

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from berichten.instellingen import Instellingen
from berichten.opslag.basis.verbinding import Login, Toegang
from berichten.opslag.server.ingebed import embedded_postgres
from berichten.processen.basis.werkplaats import Werkplaats, open_werkplaats
from berichten.processen.kwartaal.reken_kwartaal import reckon_kwartaal
from berichten.processen.monitor.publiceer import Lezer
from berichten.processen.monitor.rapporten import RAPPORTEN, Monitorverzoek
from berichten.processen.regio.laad_regio import load_regio
from berichten.processen.regio.reken_regio import Regiovraag, report_regioverplichtingen
from berichten.rapporten.monitor.bereik import read_bereik
from berichten.rapporten.sturen.kwartaalperiode import read_kwartaal
from berichten.rapporten.toewijzing.standen import read_standen_op
from berichten.rapporten.toewijzing.verplichting import Vraagpunt
from tests.bench.jaren import PER_TOEWIJZING, fill_jaren
from tests.bench.met_de_hand import list_kwartaal, list_verplichtingen
from tests.bench.meting import VANDAAG
from tests.bench.processor import server_of
from tests.bench.vraagtijden import Meter, Meting, list_dearest

REGELS = 10_000_000
GEMEENTEN = ("0484", "0537", "0546", "0547", "1884")
JAAR, KWARTAAL = 2025, "2025-Q4"


def main(regels: int = REGELS) -> None:
    """Print seconds of the obligations of one gemeente, beside those by hand."""
    with _filled(GEMEENTEN[:1], regels) as (werkplaats, meter):
        gemeente, staf = GEMEENTEN[0], Toegang(GEMEENTEN[0], None)
        lezer, verzoek = Lezer(werkplaats, staf), Monitorverzoek(read_bereik([gemeente], str(JAAR)))

        def read() -> None:
            with werkplaats.opslag.transaction(staf) as verbinding:
                read_standen_op(verbinding, gemeente, Vraagpunt(JAAR, VANDAAG), werkplaats.instellingen.nu())

        hand = meter.median(_by_hand(werkplaats, list_verplichtingen([gemeente], JAAR)))
        _tell("verplichtingen met de hand", hand, hand)
        _tell("verplichtingen lezen", meter.median(read), hand)
        _tell("rapport verplichtingen", meter.median(lambda: RAPPORTEN["verplichtingen"].make(lezer, verzoek)), hand)


def main_kwartaal(regels: int = REGELS) -> None:
    """Print seconds of a quarterly report of one gemeente and of its dearest questions, beside the same main sums by hand."""
    with _filled(GEMEENTEN[:1], regels) as (werkplaats, meter):
        gemeente, periode = GEMEENTEN[0], read_kwartaal(KWARTAAL)
        lezer = Lezer(werkplaats, Toegang(gemeente, None))
        hand = meter.median(_by_hand(werkplaats, list_kwartaal(gemeente, periode, VANDAAG)), 1)
        _tell("kwartaalrapport met de hand", hand, hand)
        with list_dearest() as vragen:
            meting = meter.median(lambda: reckon_kwartaal(lezer, gemeente, periode, VANDAAG), 1)
        _tell("kwartaalrapport", meting, hand)
        print(f"  {len(vragen)} vragen, waarvan de duurste:")
        for seconden, tekst in sorted(vragen, reverse=True)[:5]:
            print(f"    {seconden:.2f} s {tekst}")


def main_regio(regels: int = REGELS) -> None:
    """Print seconds of the obligations of a region of five gemeenten with so many lines together, beside those by hand."""
    with _filled(GEMEENTEN, regels) as (werkplaats, meter):
        leden = "".join(f"Regio;{gemeente};2020-01-01;;rapport;R1\n" for gemeente in GEMEENTEN)
        load_regio(werkplaats, f"regio;gemeente;van;tot;mandaat;besluit\n{leden}".encode(), "bench")
        hand = meter.median(_by_hand(werkplaats, list_verplichtingen(GEMEENTEN, JAAR)))
        _tell("regio met de hand", hand, hand)
        vraag = Regiovraag(GEMEENTEN[0], "regio")
        _tell("verplichtingen van de regio", meter.median(lambda: report_regioverplichtingen(werkplaats, vraag, JAAR)), hand)


@contextmanager
def _filled(gemeenten: Sequence[str], regels: int) -> Iterator[tuple[Werkplaats, Meter]]:
    with (
        TemporaryDirectory() as naam,
        embedded_postgres(Path(naam) / "var") as url,
        open_werkplaats(Instellingen(database_url=url, huidige_datum=VANDAAG)) as werkplaats,
    ):
        fill_jaren(url, gemeenten, regels, werkplaats.instellingen.nu_buiten())
        print(f"{regels / 1e6:.1f} miljoen regels, {regels // PER_TOEWIJZING} toewijzingen, {len(gemeenten)} gemeente(n)")
        yield werkplaats, Meter(server_of(Path(naam) / "var"))


def _by_hand(werkplaats: Werkplaats, vragen: Sequence[Any]) -> Callable[[], None]:
    def ask() -> None:
        with werkplaats.opslag.transaction(Login.SCHRIJVER) as verbinding:
            for vraag in vragen:
                verbinding.execute(vraag).all()

    return ask


def _tell(wat: str, meting: Meting, hand: Meting) -> None:
    print(
        f"  {wat}: klok {meting.klok:.2f} s, {meting.klok / hand.klok:.2f}x met de hand; processortijd {meting.werk:.2f} s"
        f" (eigen {meting.eigen:.2f}), {meting.werk / hand.werk:.2f}x; belasting {os.getloadavg()[0]:.1f}",
        flush=True,
    )
