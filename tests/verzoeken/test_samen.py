"""Requests in bundles, tried beforehand and replayed: each leaves what it leaves by itself, and costs others nothing."""

from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest.mock import patch

from berichten.instellingen import Instellingen
from berichten.processen.archief import verwerk_archief
from berichten.processen.basis.werkplaats import Werkplaats, open_werkplaats
from berichten.processen.berichten.proef_bericht import Proef, rehearse
from berichten.processen.besluiten.herbeoordeel import reconsider
from tests.api.deur.test_aantal_opdrachten import counted
from tests.conftest import VANDAAG
from tests.hulp.archief import read_result, replay, without_own
from tests.hulp.bouwstenen import AGB, GEMEENTE
from tests.hulp.declareer import send, toewijzing
from tests.hulp.tabelinhoud import tables
from tests.hulp.verzoeken import aanvraag, add_beleid, antwoord, beslis, stand

ARTS: Any = {"Verwijzer": {"Type": "02", "Naam": None, "ZorgverlenerCode": "01012345"}}
AGBS = ("42420001", "42420002", "42420003")


def _messages() -> list[bytes]:
    """Of three aanbieders, so that they go together; each with one product honoured by policy, one refused and one granted."""
    berichten = []
    for nummer, agb in enumerate(AGBS):
        berichten.append(aanvraag("A-1", "A-2", "A-3", agb=agb, bsn="999990019", identificatie=f"Q{nummer}", **ARTS))
    for nummer, agb in enumerate(AGBS):
        berichten.append(toewijzing(7000 + nummer, agb=agb, bsn="999990019", identificatie=f"T{nummer}", ReferentieAanbieder="A-3"))
        kop: Any = {"Ontvanger": agb, "BerichtIdentificatie": {"Identificatie": f"N{nummer}", "Dagtekening": "2026-06-15"}}
        berichten.append(antwoord("A-2", "1", "3", **kop))
        berichten.append(aanvraag("B-1", agb=agb, bsn="999990019", identificatie=f"O{nummer}"))
    return berichten


def _replay(url: str, map_: Path, weg: str) -> tuple[dict[str, list[Any]], list[dict[str, Any]]]:
    bron = map_ / "bron"
    bron.mkdir(parents=True)
    for nummer, inhoud in enumerate(_messages()):
        (bron / f"{nummer:05d}.xml").write_bytes(inhoud)
    instellingen = Instellingen(database_url=url, var=map_ / "var", sleutel="een", huidige_datum=VANDAAG)
    with open_werkplaats(instellingen) as werkplaats:
        add_beleid(werkplaats)
    with patch.object(verwerk_archief, weg, side_effect=RuntimeError("niet zo")):
        replay(instellingen, bron, map_ / "uit")
    with open_werkplaats(instellingen) as werkplaats:
        return tables(werkplaats), without_own(read_result(map_ / "uit"))


def test_requests_taken_together_leave_what_they_leave_one_by_one(maak_database: Callable[[], str], tmp_path: Path) -> None:
    samen, uit = _replay(maak_database(), tmp_path / "samen", "_process_apart")
    apart, uit_apart = _replay(maak_database(), tmp_path / "apart", "handle_bundle")
    for tabel in apart:
        if tabel != "verzoek_besluit":
            assert samen[tabel] == apart[tabel], tabel
    assert uit == uit_apart
    assert [rij["status"] for rij in samen["verzoek"]].count("te_honoreren") == len(AGBS)
    assert {rij["besluit"] for rij in samen["verzoek_besluit"]} == {"honoreren"}
    geweigerd = [item for item in uit if item["soort"] == "JW315" and item["status"] == "afgekeurd"]
    assert [item["clienten"][0]["regels"] for item in geweigerd] == [["TR374"]] * len(AGBS)


def test_a_trial_tells_what_becomes_of_it_and_keeps_nothing(werkplaats: Werkplaats) -> None:
    for inhoud in (aanvraag("A-1", "A-2"), aanvraag("B-1"), antwoord("A-1", "1", "8", "0537"), antwoord("A-1", "2")):
        proef = rehearse(werkplaats, inhoud, None)
        echt = send(werkplaats, inhoud)
        assert isinstance(proef, Proef)
        weg = ("berichtId", "herhaling", "antwoord")
        assert {naam: deel for naam, deel in proef.beschrijving.items() if naam not in weg} == {
            naam: deel for naam, deel in echt.items() if naam not in weg
        }
    assert stand(werkplaats, "B-1") is None


def test_a_stream_handled_once_more_under_nowhere_changes_nothing(werkplaats: Werkplaats) -> None:
    send(werkplaats, aanvraag("A-1", "A-2"))
    beslis(werkplaats, "A-1", "in_onderzoek")
    send(werkplaats, toewijzing(5001, ReferentieAanbieder="A-1"))
    herhaald = reconsider(werkplaats, GEMEENTE, AGB)
    assert (herhaald.berichten, herhaald.veranderingen) == (3, ())
    een = stand(werkplaats, "A-1")
    assert een is not None
    assert een.status == "toegewezen"


def test_a_jw301_without_reference_asks_of_requests_only_where_one_waits(werkplaats: Werkplaats) -> None:
    """Whether one does is told by the query for its allocations, which was there before."""
    send(werkplaats, aanvraag("A-1"))

    def asked(inhoud: bytes) -> int:
        with counted() as opdrachten:
            send(werkplaats, inhoud)
        return sum(item.startswith("SELECT verzoek_id, soort, referentie") for item in opdrachten)

    assert asked(toewijzing(5001, bsn="999990019")) == 0
    assert asked(toewijzing(5002)) == 1
    assert asked(toewijzing(5003, ReferentieAanbieder="A-1", Ingangsdatum="2026-06-01")) > 0
    assert asked(toewijzing(5004)) == 0
