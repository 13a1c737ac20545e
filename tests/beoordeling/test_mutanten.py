"""Whatever a valid message says, it is handled: no failure of ours, an answer, and a Dutch sentence for every finding.

Mutants of every kind, all valid against the schema, so that each reaches level 2 or deeper, go through the real pipeline and are
rolled back; some go by HTTP to a running service. A part in `make test`, a hundred thousand in `make soak`.
"""

import os
from collections import Counter
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import chain, islice
from pathlib import Path
from typing import Any

import pytest

from berichten.instellingen import Instellingen
from berichten.opslag.basis.verbinding import Login
from berichten.opslag.toegang.sleutels import make_sleutel
from berichten.processen.archief.bronnen import Invoer
from berichten.processen.archief.ontvang_bundel import Stuk
from berichten.processen.archief.verwerk_bundel import Afgehandeld, handle_bundle
from berichten.processen.basis.werkplaats import Werkplaats, open_werkplaats
from berichten.processen.berichten.proef_bericht import rehearse
from berichten.processen.ontvangst.ontvang_bericht import Verboden
from berichten.standaard.deur.toelating import admit
from tests.api.dienst import running_dienst
from tests.conftest import VANDAAG
from tests.hulp.berichtbronnen import plain_and_full
from tests.hulp.berichtmutaties import Bron, number, read_bronnen, several, single
from tests.hulp.bouwstenen import AGB, GEMEENTE
from tests.hulp.mutatiewereld import faults_of, furnish, is_whole_sentence

SOORTEN = ("JW301", "JW303", "JW305", "JW307", "JW323")
AANTAL = 100_500
"""Mutants in `make soak`."""
ZAAD = 11
BUNDEL = 100
"""Messages handled in one transaction: each sees what those before it did."""


@dataclass(slots=True)
class Oogst:
    """What became of mutants: how many, by kind and by how deep they came, and what went wrong."""

    aantallen: Counter[tuple[str, str]] = field(default_factory=Counter)
    """By kind and depth: `niveau 2`, or `dieper`."""
    regels: Counter[str] = field(default_factory=Counter)
    fouten: list[tuple[str, bytes]] = field(default_factory=list)

    def add(self, ander: "Oogst") -> None:
        self.aantallen.update(ander.aantallen)
        self.regels.update(ander.regels)
        self.fouten += ander.fouten

    def count(self, wat: dict[str, Any], antwoord: bytes | None, inhoud: bytes) -> None:
        """Take in what became of one message."""
        self.aantallen[wat["soort"], "niveau 2" if wat["retourcodes"] == ["0001"] else "dieper"] += 1
        self.regels.update(item["regel"] for item in wat["bevindingen"])
        self.fouten += [(fout, inhoud) for fout in faults_of(wat, antwoord)]

    def show(self) -> str:
        diep = "; ".join(f"{soort} {hoe}: {aantal}" for (soort, hoe), aantal in sorted(self.aantallen.items()))
        aantal = self.aantallen.total()
        kop = f"{aantal} mutanten tot niveau 2 of dieper, {len(self.fouten)} fouten, {len(self.regels)} regels geraakt"
        return f"{kop}\n{diep}"


class TeruggedraaidError(Exception):
    """Raised at the end of a bundle, so that nothing of it is kept."""


def handle_all(database_url: str, map_: Path, mutanten: Iterable[bytes]) -> Oogst:
    """Handle mutants in bundles, as an archive is, and keep nothing; a failure is told with the message that made it."""
    oogst, rij = Oogst(), enumerate(mutanten)
    instellingen = Instellingen(database_url=database_url, var=map_ / "var", huidige_datum=VANDAAG)
    with open_werkplaats(instellingen) as werkplaats:
        while stukken := [_read(werkplaats, number(inhoud, nummer)) for nummer, inhoud in islice(rij, BUNDEL)]:
            try:
                _handle_bundle(werkplaats, stukken, oogst)
            except Exception:
                for stuk in stukken:
                    _handle_apart(werkplaats, stuk, oogst)
    return oogst


def _read(werkplaats: Werkplaats, inhoud: bytes) -> Stuk:
    return Stuk(Invoer("mutant.xml", inhoud), admit(inhoud, werkplaats.schemas))


def _handle_bundle(werkplaats: Werkplaats, stukken: list[Stuk], oogst: Oogst) -> None:
    def keep(uitkomsten: list[Afgehandeld]) -> None:
        for stuk, item in zip(stukken, uitkomsten, strict=True):
            antwoord = None if item.antwoord is None else werkplaats.kluis.unpack(item.antwoord)
            oogst.count(item.beschrijving, antwoord, stuk.invoer.inhoud)
        raise TeruggedraaidError

    with suppress(TeruggedraaidError):
        handle_bundle(werkplaats, stukken, set(), keep)


def _handle_apart(werkplaats: Werkplaats, stuk: Stuk, oogst: Oogst) -> None:
    """By itself, to find which message of a bundle failed."""
    try:
        proef = rehearse(werkplaats, stuk.invoer.inhoud, None)
    except Exception as storing:
        oogst.fouten.append((f"{type(storing).__name__}: {storing}", stuk.invoer.inhoud))
        return
    assert not isinstance(proef, Verboden)
    oogst.count(proef.beschrijving, proef.antwoord, stuk.invoer.inhoud)


@pytest.fixture(scope="module")
def bronnen() -> list[Bron]:
    """Made once: every single change of each message is tried against the schema."""
    return read_bronnen(plain_and_full(*SOORTEN))


def _furnish(database_url: str, map_: Path) -> None:
    with open_werkplaats(Instellingen(database_url=database_url, var=map_ / "var", huidige_datum=VANDAAG)) as werkplaats:
        furnish(werkplaats)


def test_some_mutants_of_every_kind_are_handled(database_url: str, tmp_path: Path, bronnen: list[Bron]) -> None:
    _furnish(database_url, tmp_path)
    oogst = handle_all(
        database_url, tmp_path, chain((bron.change([]) or b"" for bron in bronnen), islice(several(bronnen, 7, 3), 300))
    )
    assert oogst.fouten == []
    assert {soort for soort, hoe in oogst.aantallen if hoe == "dieper"} == set(SOORTEN)
    assert oogst.aantallen.total() == 300 + len(bronnen)


def _handle_share(database_url: str, map_: Path, deel: int, delen: int, aantal: int) -> Oogst:
    """One process's share: of the single changes every so many, then several at a time from a seed of its own."""
    bronnen = read_bronnen(plain_and_full(*SOORTEN))
    mutanten = chain(islice(single(bronnen), deel, None, delen), several(bronnen, ZAAD + deel, 3))
    return handle_all(database_url, map_, islice(mutanten, aantal))


@pytest.mark.soak
@pytest.mark.timeout(3600)
def test_a_hundred_thousand_mutants_are_handled(
    maak_database: Callable[[], str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each process has a database of its own: what goes between one gemeente and one aanbieder is handled in a row."""
    databases = [maak_database() for _ in range(os.cpu_count() or 1)]
    for url in databases:
        _furnish(url, tmp_path)
    oogst, delen = Oogst(), len(databases)
    aantal = -(-AANTAL // delen)
    with ProcessPoolExecutor(delen) as pool:
        delen_klaar = [pool.submit(_handle_share, url, tmp_path, deel, delen, aantal) for deel, url in enumerate(databases)]
        for klaar in delen_klaar:
            oogst.add(klaar.result())
    with capsys.disabled():
        print("\n" + oogst.show())
    assert [fout for fout, _ in oogst.fouten] == []
    assert oogst.aantallen.total() == aantal * delen


def test_mutants_by_http_never_meet_a_failure_of_ours(database_url: str, tmp_path: Path, bronnen: list[Bron]) -> None:
    """Rehearsed with an ordinary key; a mutant that names another sender or gemeente is forbidden."""
    with open_werkplaats(Instellingen(database_url=database_url, var=tmp_path / "var", huidige_datum=VANDAAG)) as werkplaats:
        furnish(werkplaats)
        nu = werkplaats.instellingen.nu()
        with werkplaats.opslag.transaction(Login.PORTIER) as verbinding:
            rollen = (("gemeente", None), ("aanbieder", AGB))
            sleutels = {rol: make_sleutel(verbinding, GEMEENTE, rol, agb, nu) for rol, agb in rollen}
    omgeving = {"BERICHTEN_DATABASE_URL": database_url, "BERICHTEN_VAR": str(tmp_path), "BERICHTEN_HUIDIGE_DATUM": str(VANDAAG)}
    antwoorden: Counter[int] = Counter()
    with running_dienst(omgeving, tmp_path / "dienst.log") as dienst:
        for inhoud in islice(several(bronnen, 13, 3), 60):
            with dienst.client(sleutels["gemeente" if b"jw301" in inhoud else "aanbieder"]) as client:
                antwoord = client.post("/proefberichten", content=inhoud, headers={"Content-Type": "application/xml"})
            antwoorden[antwoord.status_code] += 1
            if antwoord.status_code == 200:
                meldingen = [item["melding"] for item in antwoord.json()["bevindingen"]]
                assert [melding for melding in meldingen if not is_whole_sentence(melding)] == []
    assert set(antwoorden) <= {200, 403}
    assert antwoorden[200] >= 50
