"""What the database books of lines that are awarded whole is what `book_declaratie` says, entry by entry."""

from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from sqlalchemy import text

from berichten.boeken.journaalposten import KOSTEN, SCHULD, book_declaratie
from berichten.opslag.berichten.berichten import PRESTATIE_BITS
from berichten.opslag.berichten.declaraties import book_awarded
from berichten.processen.archief import verwerk_archief
from berichten.processen.berichten import verwerk_declaratie
from berichten.voorbeelden.stad.archief import maak_archief, write_archief
from tests.hulp.archief import furnish, replay
from tests.hulp.tweelingproef import columns_from

_JOURNAAL = text("""
    SELECT prestatie_id, boeking, agb, soort, rekening, tegenrekening, bedrag, toewijzingnummer, categorie, productcode, zorgmaand,
        declaratiemaand FROM journaal WHERE bericht_id = :bericht_id ORDER BY prestatie_id, boeking
""")


def test_the_database_books_what_the_books_say(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    oordelen: list[Any] = []
    soorten: list[str] = []

    def keep(oordeel: Any) -> bool:
        oordelen.append(oordeel)
        return True

    def compare(verbinding: Any, rij: Any, periode: Any, nu: Any) -> None:
        book_awarded(verbinding, rij, periode, nu)
        basis = rij.volgnummer << PRESTATIE_BITS
        verwacht = [
            (basis | b.prestatie.volgnummer, b.boeking, rij.agb, b.soort, KOSTEN, SCHULD, b.bedrag, b.prestatie.toewijzingnummer,
             b.prestatie.categorie, b.prestatie.code, b.zorgmaand, b.declaratiemaand)
            for b in book_declaratie(oordelen[-1])
        ]  # fmt: skip
        assert list(map(tuple, verbinding.execute(_JOURNAAL, {"bericht_id": rij.bericht_id}))) == verwacht
        soorten.extend(f"{rij.soort} {post[3]}" for post in verwacht)

    monkeypatch.setattr(verwerk_declaratie, "_is_large", keep)
    monkeypatch.setattr(verwerk_declaratie, "book_awarded", compare)
    archief = maak_archief(clienten=4, jaren=5, seed=4)
    write_archief(archief, tmp_path / "archief")
    with columns_from(0), patch.object(verwerk_archief, "handle_bundle", side_effect=RuntimeError("each by itself")):
        replay(furnish(database_url, tmp_path, archief), tmp_path / "archief", tmp_path / "uit")
    assert {"JW323 toekenning", "JW323 creditering", "JW303 toekenning"} <= set(soorten)
