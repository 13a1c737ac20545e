"""What a message costs the database does not depend on how many lines it has."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import event

from berichten.instellingen import Instellingen
from berichten.opslag.sleutels import Sleutelhouder
from berichten.opslag.verbinding import Opslag
from berichten.processen.laad_referentie import SOORTEN, load_referentie
from berichten.processen.ontvang_bericht import Ontvangen, accept
from berichten.processen.verwerk_bericht import handle_stroom
from berichten.processen.werkplaats import Werkplaats, open_werkplaats
from berichten.voorbeelden.groot import groot_jw323, referentie_groot
from berichten.voorbeelden.model import GEMEENTE
from tests.conftest import VANDAAG


@contextmanager
def counted(opslag: Opslag) -> Iterator[list[str]]:
    """Every statement sent to the database, COPY too."""
    opdrachten: list[str] = []
    echte_copy = psycopg.Cursor.copy

    def before(_verbinding: Any, _cursor: Any, opdracht: str, *_rest: Any) -> None:
        opdrachten.append(opdracht)

    def copy(cursor: Any, opdracht: str, *rest: Any, **opties: Any) -> Any:
        opdrachten.append(opdracht)
        return echte_copy(cursor, opdracht, *rest, **opties)

    event.listen(opslag.engine, "before_cursor_execute", before)
    with pytest.MonkeyPatch.context() as lap:
        lap.setattr(psycopg.Cursor, "copy", copy)
        try:
            yield opdrachten
        finally:
            event.remove(opslag.engine, "before_cursor_execute", before)


def handle(werkplaats: Werkplaats, inhoud: bytes, houder: Sleutelhouder) -> None:
    """From bytes to the committed answer."""
    assert isinstance(accept(werkplaats, inhoud, houder), Ontvangen)
    assert handle_stroom(werkplaats, GEMEENTE, houder.agb or "") == 1


def count_for(url: str, var: Path, regels: int) -> list[str]:
    """The statements for one declaration of so many lines, after its allocations came in."""
    toewijzingen, declaratie = groot_jw323(regels=regels, seed=11)
    with open_werkplaats(Instellingen(database_url=url, var=var, huidige_datum=VANDAAG)) as werkplaats:
        for soort, tekst in referentie_groot().items():
            if soort in SOORTEN:
                assert not load_referentie(werkplaats, soort, tekst.encode()).fouten
        for bericht in toewijzingen:
            uitkomst = accept(werkplaats, bericht.inhoud, None)
            assert isinstance(uitkomst, Ontvangen)
        agb = uitkomst.rij.agb or ""
        assert handle_stroom(werkplaats, GEMEENTE, agb) == len(toewijzingen)
        with counted(werkplaats.opslag) as opdrachten:
            handle(werkplaats, declaratie, Sleutelhouder(GEMEENTE, "proef", "aanbieder", agb))
    return opdrachten


def test_a_thousand_lines_take_no_more_statements_than_ten(maak_database: Callable[[], str], tmp_path: Path) -> None:
    tien = count_for(maak_database(), tmp_path, 10)
    duizend = count_for(maak_database(), tmp_path, 1000)
    assert any("COPY prestatie" in item for item in tien)
    assert any("INSERT INTO antwoord" in item for item in tien)
    assert sorted(duizend) == sorted(tien)
    assert len(duizend) < 40
