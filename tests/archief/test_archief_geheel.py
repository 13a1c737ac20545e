"""The archive as it would have come in, message by message over HTTP; and the whole archive of a town."""

import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from berichten.instellingen import Instellingen
from berichten.processen.basis.werkplaats import open_werkplaats
from berichten.voorbeelden.stad.archief import Archief, maak_archief, write_archief
from tests.api.dienst import await_outcome, post, prepare, running_dienst
from tests.conftest import VANDAAG
from tests.hulp.archief import ARCHIEF, contents, furnish, read_result, replay

CLIENTEN = 940
"""With so many the five years hold something over 100,000 lines."""
_STAAT = ("soort", "identificatie", "status", "retourcodes", "declaratieRetourcodes")
_BEDRAGEN = ("ingediendBedrag", "toegekendBedrag", "afgewezenBedrag", "teBeoordelenBedrag")


def test_over_http_and_by_replay_the_outcomes_are_the_same(maak_database: Callable[[], str], tmp_path: Path) -> None:
    assert_same_over_http(ARCHIEF, maak_database, tmp_path)


@pytest.mark.soak
@pytest.mark.timeout(7200)
def test_a_hundred_thousand_lines_one_by_one_over_http(maak_database: Callable[[], str], tmp_path: Path) -> None:
    assert_same_over_http(maak_archief(clienten=CLIENTEN, jaren=5, seed=1), maak_database, tmp_path)


def assert_same_over_http(archief: Archief, maak_database: Callable[[], str], tmp_path: Path) -> None:
    """Message by message: state, codes, amounts, and the answer to the letter but for its own number."""
    write_archief(archief, tmp_path / "archief")
    replay(furnish(maak_database(), tmp_path, archief), tmp_path / "archief", tmp_path / "uit")
    geheel = {item["bestand"]: item for item in read_result(tmp_path / "uit")}
    over_http = set()
    for naam, staat, antwoord in send_all(archief, furnish(maak_database(), tmp_path, archief), tmp_path):
        over_http.add(naam)
        eigen = geheel[naam]
        assert [staat[veld] for veld in _STAAT] == [eigen[veld] for veld in _STAAT], naam
        assert [staat[veld] for veld in _BEDRAGEN] == [eigen[veld] for veld in _BEDRAGEN], naam
        assert (antwoord is None) == (eigen["antwoord"] is None), naam
        if antwoord is not None:
            assert strip_identificatie(antwoord) == strip_identificatie((tmp_path / "uit" / eigen["antwoord"]).read_bytes()), naam
    assert over_http == geheel.keys()


def send_all(archief: Archief, instellingen: Instellingen, tmp_path: Path) -> Iterator[tuple[str, dict[str, Any], bytes | None]]:
    """Post every message and wait for it: its file name, its state and its answer."""
    omgeving = {
        "BERICHTEN_DATABASE_URL": instellingen.database_url,
        "BERICHTEN_VAR": str(instellingen.var),
        "BERICHTEN_HUIDIGE_DATUM": VANDAAG.isoformat(),
    }
    with open_werkplaats(instellingen) as werkplaats:
        sleutels = prepare(werkplaats, archief)
    with running_dienst(omgeving, tmp_path / "dienst.log") as dienst:
        clients = {wie: dienst.client(sleutel) for wie, sleutel in sleutels.items()}
        for bericht in archief.berichten:
            client = clients[bericht.afzender]
            staat = await_outcome(client, post(client, bericht.inhoud).json()["berichtId"])
            antwoord = client.get(f"/berichten/{staat['berichtId']}/antwoord")
            yield bericht.bestandsnaam, staat, antwoord.content if antwoord.status_code == 200 else None
        for client in clients.values():
            client.close()


def strip_identificatie(antwoord: bytes) -> list[tuple[str, str | None]]:
    """An answer without the number that we give it: over HTTP attempts that were refused are numbered too."""
    return [
        (str(el.tag), el.text)
        for el in etree.fromstring(antwoord).iter()
        if etree.QName(el).localname not in ("Identificatie", "IdentificatieRetour", "GemeenteReferentieNummer")
    ]


@pytest.mark.soak
@pytest.mark.timeout(3600)
def test_a_hundred_thousand_lines(maak_database: Callable[[], str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The whole archive of a town: every planted mistake found and nothing else, the books tie, and again changes nothing."""
    archief = maak_archief(clienten=CLIENTEN, jaren=5, seed=1)
    write_archief(archief, tmp_path / "archief", zips=True)
    instellingen = furnish(maak_database(), tmp_path, archief)
    begin = time.monotonic()
    overzicht = replay(instellingen, tmp_path / "archief", tmp_path / "uit")
    snelheid = overzicht.regels / (time.monotonic() - begin)
    eerst = contents(instellingen)
    assert overzicht.regels >= 100_000
    assert overzicht.wachtend == 0
    gevonden = Counter(
        (item["bestand"].partition("/")[2], bevinding["regel"])
        for item in read_result(tmp_path / "uit")
        for bevinding in item["bevindingen"]
        if bevinding["gevolg"] != "signaal"
    )
    verwacht = Counter((item.bestand, regel) for item in archief.verwachtingen for regel in item.regels if regel != "XSD")
    assert gevonden == verwacht
    herhaald = replay(instellingen, tmp_path / "archief", tmp_path / "uit")
    assert contents(instellingen) == eerst
    with capsys.disabled():
        print(f"\n{overzicht.berichten} berichten, {overzicht.regels} regels, {snelheid:.0f} per seconde")
        print(f"opnieuw: {herhaald.berichten} berichten, alles was er al")
