"""The life of a request through the real pipeline: taken in, answered, granted, and told in `resultaat.json`."""

from typing import Any

import pytest
from sqlalchemy import Connection

from berichten.inzage.verzoeken.verzoekdossier import find_verzoek
from berichten.kern.houder import Sleutelhouder
from berichten.opslag.basis import vraag
from berichten.processen.basis.werkplaats import Werkplaats
from tests.hulp.bouw import bouw
from tests.hulp.bouwstenen import BSN, GEMEENTE
from tests.hulp.declareer import _identity, send, toewijzing
from tests.hulp.verzoeken import aanvraag, add_beleid, antwoord, stand


def test_every_product_asked_for_becomes_a_request_of_its_own(werkplaats: Werkplaats) -> None:
    resultaat = send(werkplaats, aanvraag("A-1", "A-2"))
    assert resultaat["status"] == "verwerkt"
    assert [item["referentieAanbieder"] for item in resultaat["verzoeken"]] == ["A-1", "A-2"]
    assert {item["uitkomst"] for item in resultaat["verzoeken"]} == {"verwerkt"}
    assert resultaat["antwoord"].tag.endswith("jw316/schema}Bericht")
    assert len(resultaat["antwoord"]) == 1, "accepted: the header only"
    een = stand(werkplaats, "A-1")
    assert een is not None
    assert (een.status, een.antwoorden, een.toewijzingen) == ("ontvangen", [], [])


def test_a_jw301_with_its_reference_grants_one_product_and_leaves_the_other(werkplaats: Werkplaats) -> None:
    send(werkplaats, aanvraag("A-1", "A-2"))
    resultaat = send(werkplaats, toewijzing(5001, ReferentieAanbieder="A-1", Ingangsdatum="2026-07-01"))
    assert resultaat["status"] == "verwerkt", resultaat["bevindingen"]
    een, twee = stand(werkplaats, "A-1"), stand(werkplaats, "A-2")
    assert een is not None
    assert twee is not None
    assert (een.status, een.toewijzingen) == ("toegewezen", [5001])
    assert twee.status == "ontvangen"


def test_a_jw319_of_the_back_office_moves_the_request(werkplaats: Werkplaats) -> None:
    send(werkplaats, aanvraag("A-1"))
    resultaat = send(werkplaats, antwoord("A-1", "2"))
    assert resultaat["antwoord"].tag.endswith("jw320/schema}Bericht")
    assert resultaat["verzoeken"] == [{"referentieAanbieder": "A-1", "uitkomst": "verwerkt", "retourcodes": [], "regels": []}]
    een = stand(werkplaats, "A-1")
    assert een is not None
    assert (een.status, een.antwoorden) == ("in_onderzoek", ["2"])
    send(werkplaats, antwoord("A-1", "1", "3"))
    een = stand(werkplaats, "A-1")
    assert een is not None
    assert (een.status, een.antwoorden) == ("afgewezen", ["2", "1"])


def test_policy_sets_to_honour_what_no_finding_holds_back_and_keeps_by_which_row(werkplaats: Werkplaats) -> None:
    """VZ05 (a start before receipt) asks for a person, so only the later product is honoured."""
    add_beleid(werkplaats)
    arts: Any = {"Verwijzer": {"Type": "02", "Naam": None, "ZorgverlenerCode": "01012345"}}
    send(werkplaats, aanvraag("A-1", **arts))
    send(werkplaats, aanvraag("B-1", bsn="999990019", ToewijzingIngangsdatum="2026-01-01", **arts))
    vroeg, laat = stand(werkplaats, "B-1"), stand(werkplaats, "A-1")
    assert vroeg is not None
    assert laat is not None
    assert (laat.status, vroeg.status) == ("te_honoreren", "ontvangen")
    kijker = werkplaats.seen_by(Sleutelhouder(GEMEENTE, "anna", "contractbeheer", None))
    dossier, ander = find_verzoek(kijker, laat.verzoek_id), find_verzoek(kijker, vroeg.verzoek_id)
    assert dossier is not None
    assert ander is not None
    assert [(item.besluit, item.naar_beleid) for item in dossier.besluiten] == [("honoreren", True)]
    assert "VZ05" in {item.regel for item in ander.bevindingen}


def test_the_statements_of_a_message_do_not_grow_with_its_products(werkplaats: Werkplaats, monkeypatch: pytest.MonkeyPatch) -> None:
    add_beleid(werkplaats)
    arts: Any = {"Verwijzer": {"Type": "02", "Naam": None, "ZorgverlenerCode": "01012345"}}
    klein, groot = ["K-1", "K-2"], [f"G-{nummer}" for nummer in range(6)]
    gedaan: list[str] = []
    echt = vraag._cursor

    def counting(verbinding: Connection, tekst: str, **soort: Any) -> Any:
        gedaan.append(tekst)
        return echt(verbinding, tekst, **soort)

    monkeypatch.setattr(vraag, "_cursor", counting)

    def count(inhoud: bytes) -> int:
        gedaan.clear()
        assert send(werkplaats, inhoud)["status"] == "verwerkt"
        return len(gedaan)

    def grant(referenties: list[str], eerste: int, bsn: str) -> bytes:
        producten = [
            {"ToewijzingNummer": eerste + nummer, "Ingangsdatum": f"2026-{7 + nummer:02d}-01", "Toewijzingsdatum": "2026-06-15",
             "Einddatum": f"2026-{7 + nummer:02d}-20", "ReferentieAanbieder": referentie}
            for nummer, referentie in enumerate(referenties)
        ]  # fmt: skip
        client = {"Bsn": bsn, "ToegewezenProducten": {"ToegewezenProduct": producten}}
        return bouw("JW301", {"Header": _identity(f"T{eerste}"), "Client": client})

    assert count(aanvraag(*klein, **arts)) == count(aanvraag(*groot, bsn="999990019", **arts))
    assert [getattr(stand(werkplaats, referentie), "status", None) for referentie in (*klein, *groot)] == ["te_honoreren"] * 8
    assert count(grant(klein, 6001, BSN)) == count(grant(groot, 7001, "999990019"))
    assert [getattr(stand(werkplaats, referentie), "status", None) for referentie in (*klein, *groot)] == ["toegewezen"] * 8
