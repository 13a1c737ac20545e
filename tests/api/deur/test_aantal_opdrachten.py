"""What a message costs the database does not depend on how many lines it has."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest

from berichten.instellingen import Instellingen
from berichten.kern.houder import Sleutelhouder
from berichten.processen.basis.werkplaats import Werkplaats, open_werkplaats
from berichten.processen.berichten.verwerk_bericht import handle_stroom
from berichten.processen.ontvangst.ontvang_bericht import Ontvangen, accept
from berichten.processen.referentie.laad_referentie import SOORTEN, load_referentie
from berichten.voorbeelden.model.model import GEMEENTE
from berichten.voorbeelden.stad.groot import groot_jw323, referentie_groot
from tests.conftest import VANDAAG


@contextmanager
def counted() -> Iterator[list[str]]:
    """Every statement that the driver sends to the database, COPY too."""
    opdrachten: list[str] = []

    def listening(echte: Callable[..., Any]) -> Callable[..., Any]:
        def send(cursor: Any, opdracht: Any, *rest: Any, **opties: Any) -> Any:
            opdrachten.append(str(opdracht))
            return echte(cursor, opdracht, *rest, **opties)

        return send

    with pytest.MonkeyPatch.context() as lap:
        for naam in ("execute", "executemany", "copy"):
            lap.setattr(psycopg.Cursor, naam, listening(getattr(psycopg.Cursor, naam)))
        yield opdrachten


def handle(werkplaats: Werkplaats, inhoud: bytes, houder: Sleutelhouder) -> None:
    """From bytes to the committed answer."""
    assert isinstance(accept(werkplaats, inhoud, houder), Ontvangen)
    assert handle_stroom(werkplaats, GEMEENTE, houder.agb or "") == 1


def count_for(url: str, var: Path, regels: int) -> list[str]:
    """The statements for one declaration of so many lines, after its allocations came in."""
    toewijzingen, declaratie = groot_jw323(prestaties=regels, seed=11)
    with open_werkplaats(Instellingen(database_url=url, var=var, huidige_datum=VANDAAG)) as werkplaats:
        for soort, tekst in referentie_groot().items():
            if soort in SOORTEN:
                assert not load_referentie(werkplaats, soort, tekst.encode()).fouten
        for bericht in toewijzingen:
            uitkomst = accept(werkplaats, bericht.inhoud, None)
            assert isinstance(uitkomst, Ontvangen)
        agb = uitkomst.rij.agb or ""
        assert handle_stroom(werkplaats, GEMEENTE, agb) == len(toewijzingen)
        with counted() as opdrachten:
            handle(werkplaats, declaratie, Sleutelhouder(GEMEENTE, "proef", "aanbieder", agb))
    return opdrachten


def test_two_thousand_lines_take_no_more_statements_than_a_thousand(maak_database: Callable[[], str], tmp_path: Path) -> None:
    """Of a thousand, since from 500 allocations on what was used of them is taken from their sums, which is asked apart."""
    duizend = count_for(maak_database(), tmp_path, 1000)
    tweeduizend = count_for(maak_database(), tmp_path, 2000)
    assert any("COPY pg_temp.kopie_prestatie" in item for item in duizend)
    assert any("INSERT INTO antwoord" in item for item in duizend)
    assert sorted(tweeduizend) == sorted(duizend)
    assert len(duizend) < 54
