"""Hundreds of kinds of attack on a running service over real HTTP: none makes it fail, and none makes others wait.

What a run of the tests holds is the status; how long and how much memory is printed, and held by `make soak`, whose meaning it is.
"""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from berichten.instellingen import Instellingen
from berichten.opslag.basis.verbinding import Login
from berichten.opslag.server.ingebed import embedded_postgres
from berichten.opslag.toegang.sleutels import make_sleutel
from berichten.processen.basis.werkplaats import open_werkplaats
from berichten.voorbeelden.model.model import GEMEENTE
from tests.aanval import http, xml, zips
from tests.aanval.doel import Aanval, Doel, Uitkomst
from tests.aanval.meting import Meter, Meting
from tests.api.dienst import running_dienst
from tests.conftest import VANDAAG
from tests.hulp.bouwstenen import AGB

AANVALLEN = [*xml.attacks(), *zips.attacks(), *http.attacks()]
MEESTE_SECONDEN = 5.0
MB = 1024 * 1024
MEESTE_GEHEUGEN = 600 * MB
"""Of the service; PostgreSQL beside it has a bound of its own (`shared_buffers`)."""
MEESTE_P99 = 1.0
_GEDULD = 120.0


@dataclass(slots=True)
class Veld:
    """Where it happens."""

    doel: Doel
    meter: Meter
    database: str
    logboek: Path

    def attack(self, aanval: Aanval) -> tuple[Uitkomst, Meting]:
        """Send it, and measure until what it left behind was handled."""
        meting = self.meter.begin()
        uitkomst = aanval.stuur(self.doel)
        if uitkomst.status == 202:
            self._await_rest()
        # However short it was, it is measured: at least one answer of /gezondheid, and one weighing.
        uiterlijk = time.monotonic() + _GEDULD
        while not (meting.seconden and meting.geheugen and meting.database) and time.monotonic() < uiterlijk:
            time.sleep(0.05)
        return uitkomst, meting

    def _await_rest(self) -> None:
        engine = create_engine(self.database)
        vraag = text("SELECT count(*) FROM bericht WHERE status IN ('ontvangen', 'in_behandeling')")
        uiterlijk = time.monotonic() + _GEDULD
        while time.monotonic() < uiterlijk:
            with engine.connect() as verbinding:
                if verbinding.execute(vraag).scalar_one() == 0:
                    break
            time.sleep(0.1)
        engine.dispose()


@pytest.fixture(scope="module")
def veld(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Veld]:
    """A service with a database of its own, so that the memory of each is counted."""
    map_ = tmp_path_factory.mktemp("aanval")
    with embedded_postgres(map_ / "var") as url:
        instellingen = Instellingen(database_url=url, var=map_ / "var", huidige_datum=VANDAAG)
        with open_werkplaats(instellingen) as werkplaats, werkplaats.opslag.transaction(Login.PORTIER) as verbinding:
            nu = instellingen.nu()
            sleutels = {rol: make_sleutel(verbinding, GEMEENTE, rol, None, nu) for rol in ("gemeente", "contractbeheer")}
            sleutels["aanbieder"] = make_sleutel(verbinding, GEMEENTE, "aanbieder", AGB, nu)
            database = werkplaats.opslag.engine.url.render_as_string(hide_password=False)
        [pidbestand] = (map_ / "var").rglob("postmaster.pid")
        postmaster = int(pidbestand.read_text().splitlines()[0])
        omgeving = {
            "BERICHTEN_DATABASE_URL": url,
            "BERICHTEN_VAR": str(map_ / "var"),
            "BERICHTEN_HUIDIGE_DATUM": VANDAAG.isoformat(),
            "BERICHTEN_WEIGERINGEN_PER_DAG": "100000",
        }
        with running_dienst(omgeving, map_ / "dienst.log") as dienst:
            meter = Meter(dienst.port, dienst.proces.pid, postmaster)
            yield Veld(Doel(dienst.port, sleutels), meter, database, map_ / "dienst.log")
            meter.stop()


def test_no_small_attack_makes_the_service_fail(veld: Veld) -> None:
    """A fifth of the small ones, another fifth of every kind each time that kinds are added."""
    vlug = [aanval for aanval in AANVALLEN if aanval.vlug][::5]
    uitkomsten = {(aanval.groep, aanval.naam): veld.attack(aanval)[0].status for aanval in vlug}
    assert len(vlug) >= 50
    assert {wie: status for wie, status in uitkomsten.items() if status >= 500} == {}
    assert "onverwachte_fout" not in veld.logboek.read_text()


def test_what_is_told_of_an_attack(veld: Veld) -> None:
    """The refusal that fits, by name of the attack."""
    verwacht = {
        ("http", "kop van 33 kB"): 431,
        ("http", "duizend kopregels"): 431,
        ("http", "TLS"): 400,
        ("geen sleutel", "/verantwoordingen text/plain"): 401,
        ("eindeloos", "/verantwoordingen text/plain"): 413,
        ("eindeloos", "/verantwoordingen text/plain in stukken"): 411,
        ("zip", "anderhalf miljoen lege elementen"): 400,
        ("zip", "lzma, kapot op 60 (klein)"): 400,
        ("bericht", "lege elementen (half)"): 400,
        ("bericht", "volle cliënt voor andere"): 202,
    }
    op_naam = {(aanval.groep, aanval.naam): aanval for aanval in AANVALLEN}
    assert {wie: veld.attack(op_naam[wie])[0].status for wie in verwacht} == verwacht


@pytest.mark.soak
@pytest.mark.timeout(3600)
def test_no_attack_makes_anybody_wait(veld: Veld, capsys: pytest.CaptureFixture[str]) -> None:
    """All kinds; prints a table."""
    te_erg = []
    meeste_geheugen, meeste_database, meeste_p99, meeste_seconden, storingen = 0, 0, 0.0, 0.0, 0
    for aanval in AANVALLEN:
        uitkomst, meting = veld.attack(aanval)
        regel = (
            f"{aanval.groep:12} {aanval.naam[:60]:60} {uitkomst.status:4} {uitkomst.seconden:7.2f} s"
            f" {meting.geheugen / MB:6.0f} MiB (database {meting.database / MB:4.0f}) p99 {meting.p99 * 1000:6.0f} ms"
        )
        with capsys.disabled():
            print(regel, flush=True)
        storingen += uitkomst.status >= 500
        meeste_database = max(meeste_database, meting.database)
        meeste_geheugen, meeste_p99 = max(meeste_geheugen, meting.geheugen), max(meeste_p99, meting.p99)
        meeste_seconden = max(meeste_seconden, 0.0 if aanval.traag else uitkomst.seconden)
        traag = uitkomst.seconden > MEESTE_SECONDEN and not aanval.traag
        if uitkomst.status >= 500 or traag or meting.p99 > MEESTE_P99 or meting.geheugen > MEESTE_GEHEUGEN:
            te_erg.append(regel)
    with capsys.disabled():
        print(
            f"{len(AANVALLEN)} kinds; {storingen} server errors; slowest {meeste_seconden:.2f} s;"
            f" most memory {meeste_geheugen / MB:.0f} MiB, of the database {meeste_database / MB:.0f} MiB;"
            f" highest p99 of /gezondheid {meeste_p99 * 1000:.0f} ms; {len(te_erg)} over a bound"
        )
    assert te_erg == []
    assert "onverwachte_fout" not in veld.logboek.read_text()
