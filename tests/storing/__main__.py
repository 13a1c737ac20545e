"""A run: `python -m tests.storing`, on an island (tests/storing/eiland.py). Exit code 1 when it does not tie.

Towns send at a steady rate while one fault after the other falls; each is over, and a message was let in again, before the next.
With `--tussen 0` nothing is done to it, and memory and open files are what counts.
"""

import argparse
import os
import shutil
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path
from random import Random
from statistics import quantiles

from berichten.processen.basis.werkplaats import Werkplaats, open_werkplaats
from tests.hulp.bevriezen import processes_in
from tests.hulp.programmas import await_true
from tests.storing.balans import await_rest, check
from tests.storing.delen import read_processor
from tests.storing.eiland import settle, small_disk
from tests.storing.huis import BROKER, DATABASE, Huis
from tests.storing.slagen import list_slagen
from tests.storing.steden import as_posten, load_steden, make_steden
from tests.storing.zenders import Grootboek, Zender

_HERSTEL = 120.0
"""Seconds within which a message is let in again after a fault."""
_STEDEN = 24


def main() -> None:
    """Run, and print the balance."""
    vraag = argparse.ArgumentParser()
    vraag.add_argument("--minuten", type=float, default=10)
    vraag.add_argument("--per-seconde", type=float, default=25)
    vraag.add_argument("--broker", default="", choices=["", "redis", "amqp"])
    vraag.add_argument("--cluster", action="store_true", help="three machines under Patroni")
    vraag.add_argument("--seed", type=int, default=1)
    vraag.add_argument("--tussen", type=float, default=4, help="seconds between faults; 0: no faults")
    vraag.add_argument("--alleen", default="", help="only faults with this in their name")
    vraag.add_argument("--schijf", type=int, default=4000, help="MB of the database's disk")
    woorden = vraag.parse_args()
    settle()
    map_ = Path(tempfile.mkdtemp(prefix="berichten-storing-"))
    schijf = map_ / "schijf"
    schijf.mkdir()
    try:
        with small_disk(schijf, woorden.schijf):
            huis = Huis(map_, schijf, woorden.broker, with_cluster=woorden.cluster)
            huis.make()
            goed = _run(huis, woorden)
    finally:
        if os.environ.get("STORING_BEWAAR", ""):
            print(f"bewaard: {map_}", flush=True)
        else:
            shutil.rmtree(map_, ignore_errors=True)
    sys.exit(0 if goed else 1)


def _run(huis: Huis, woorden: argparse.Namespace) -> bool:
    per_stad = 60 * woorden.minuten * woorden.per_seconde / _STEDEN
    steden = make_steden(_STEDEN, max(12, round(per_stad / 3)), woorden.seed)
    with open_werkplaats(huis.settings(), werk_bij=True) as werkplaats:
        sleutels = load_steden(werkplaats, steden)
        boek = Grootboek()
        zenders = [
            Zender(as_posten(code, stad, sleutels), huis.poorten, boek, woorden.per_seconde / _STEDEN, nummer)
            for nummer, (code, stad) in enumerate(steden)
        ]
        leeg = _disk(werkplaats)
        huis.start()
        begin = _worked(huis)
        try:
            for zender in zenders:
                zender.start()
            tot = time.monotonic() + 60 * woorden.minuten
            gedaan = _deal(huis, boek, zenders, woorden, tot)
            for zender in zenders:
                zender.stop()
            for zender in zenders:
                zender.join()
            print(f"alles verwerkt {await_rest(werkplaats, 600):.0f} s na het laatste bericht", flush=True)
            if huis.cluster is not None:
                await_true(huis.cluster.is_whole, "het cluster is niet heel", 240)
            aantal = sum(bericht is not None for bericht in boek.ontvangen.values())
            if not woorden.tussen:
                kosten = {naam: 1000 * (tot - begin[naam]) / max(1, aantal) for naam, tot in _worked(huis).items()}
                print(f"ms processortijd per bericht: {', '.join(f'{naam} {ms:.2f}' for naam, ms in kosten.items())}", flush=True)
            mis = check(werkplaats, boek, huis.omgeving())
            print(f"{(_disk(werkplaats) - leeg) / max(1, aantal) / 1000:.1f} kB in de database per bericht", flush=True)
        finally:
            huis.stop()
    _tell(boek, gedaan, huis, mis)
    return not mis


Gedaan = dict[str, list[float]]
"""Of each kind of fault, for how many seconds nothing was let in."""


def _deal(huis: Huis, boek: Grootboek, zenders: Sequence[Zender], woorden: argparse.Namespace, tot: float) -> Gedaan:
    """One fault after the other, until the time is over or all was sent."""
    rng = Random(woorden.seed)
    gedaan: Gedaan = defaultdict(list)
    slagen = [slag for slag in list_slagen(huis) if woorden.alleen in slag.naam]
    rij: list[int] = []
    meting = time.monotonic() + 20
    while time.monotonic() < tot and not all(zender.klaar for zender in zenders):
        if time.monotonic() > meting:
            meting = time.monotonic() + 60
            _measure(huis, boek)
        time.sleep(woorden.tussen * rng.uniform(0.5, 1.5) if woorden.tussen else 1.0)
        if not woorden.tussen:
            continue
        if not rij:
            rij = [nummer for nummer, slag in enumerate(slagen) for _ in range(slag.gewicht)]
            rng.shuffle(rij)
        slag = slagen[rij.pop()]
        begin = time.monotonic()
        print(f"{time.strftime('%H:%M:%S')} {slag.naam}", flush=True)
        slag.doe(huis, rng)
        _await_accepted(boek, zenders, time.monotonic())
        gedaan[slag.naam].append(_longest_gap(boek, begin))
    return gedaan


def _await_accepted(boek: Grootboek, zenders: Sequence[Zender], sinds: float) -> None:
    while boek.laatst_goed < sinds and not all(zender.klaar for zender in zenders):
        if time.monotonic() - sinds > _HERSTEL:
            raise AssertionError(f"{_HERSTEL:.0f} s na een storing is nog niets aangenomen")
        time.sleep(0.1)


def _longest_gap(boek: Grootboek, begin: float) -> float:
    """Seconds since the moment before the fault in which nothing was let in, at the longest."""
    with boek.lock:
        momenten = [moment for moment, _ in boek.goed[-3000:] if moment >= begin - 1]
    return max((later - eerder for eerder, later in zip([begin, *momenten], momenten, strict=False)), default=0.0)


def _measure(huis: Huis, boek: Grootboek) -> None:
    delen = [deel for naam, deel in huis.delen.items() if naam not in (DATABASE, BROKER) and not deel.is_dead()]
    stand = ", ".join(f"{deel.naam} {deel.memory() / 1e6:.0f} MB {deel.handles()}" for deel in delen)
    print(
        f"meting {len(boek.ontvangen)} berichten; {stand}; schijf"
        f" {shutil.disk_usage(huis.schijf).used / 1e6:.0f} MB; belasting {os.getloadavg()[0]:.1f}", flush=True,
    )  # fmt: skip


def _worked(huis: Huis) -> dict[str, float]:
    """Seconds of processor time of each part; of PostgreSQL those of every process in its folder."""
    gewerkt = {naam: deel.processor() for naam, deel in huis.delen.items() if not deel.is_dead()}
    if DATABASE in gewerkt:
        gewerkt[DATABASE] = sum(map(read_processor, processes_in(huis.schijf / "data")))
    return gewerkt


def _disk(werkplaats: Werkplaats) -> int:
    with werkplaats.opslag.transaction() as verbinding:
        return int(verbinding.exec_driver_sql("SELECT pg_database_size(current_database())").scalar_one())


def _tell(boek: Grootboek, gedaan: Gedaan, huis: Huis, mis: Sequence[str]) -> None:
    for naam, gaten in sorted(gedaan.items()):
        print(f"  {naam}: {len(gaten)} keer, langst {max(gaten):.1f} s niets aangenomen")
    duur = quantiles([seconden for _, seconden in boek.goed], n=100)
    ingelaten = sum(bericht is not None for bericht in boek.ontvangen.values())
    print(
        f"{sum(map(len, gedaan.values()))} storingen, {huis.toezicht.herstarts} herstarts; {len(boek.ontvangen)} berichten,"
        f" {ingelaten} aangenomen, {len(boek.ontvangen) - ingelaten} geweigerd om hun inhoud; antwoorden"
        f" {dict(sorted(boek.statussen.items()))}, {boek.geen_antwoord} verbroken, {boek.gehangen} zonder antwoord na 30 s,"
        f" {boek.herhaald} met opzet herhaald;"
        f" p50 {1000 * duur[49]:.0f} ms, p99 {1000 * duur[98]:.0f} ms, traagste {boek.traagste:.1f} s",
    )
    fouten: Counter[str] = Counter()
    for deel in huis.delen.values():
        fouten.update(deel.read_faults())
    print(f"in de logboeken: {dict(fouten.most_common(40))}")
    print("0 kwijt, 0 dubbel, boeken sluiten" if not mis else "MIS:\n" + "\n".join(mis), flush=True)


if __name__ == "__main__":
    main()
