"""What a door does beforehand: it leaves nothing behind, and it is no more than haste."""

from dataclasses import replace
from pathlib import Path

from berichten.opslag.basis.vraag import Vraag
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.ontvangst import klaarstaan
from berichten.processen.ontvangst.klaarstaan import get_ready
from berichten.standaard.schema.schema import Schemas
from berichten.standaard.waarden.soorten import INZENDINGEN, OP_NAAM
from tests.hulp.gelogd import logs_of

_SPOREN = Vraag(int, "SELECT (SELECT count(*) FROM bericht) + (SELECT count(*) FROM inzagelog) AS aantal")


def test_it_leaves_nothing_but_what_was_read_and_opened(werkplaats: Werkplaats) -> None:
    with logs_of(klaarstaan) as regels:
        get_ready(werkplaats, 2)
    assert not regels
    with werkplaats.opslag.transaction() as verbinding:
        assert _SPOREN.read(verbinding) == 0
    gelezen = {naam: werkplaats.schemas.schema(OP_NAAM[naam]) for naam in INZENDINGEN}
    werkplaats.schemas._map = Path("nergens")
    assert {naam: werkplaats.schemas.schema(OP_NAAM[naam]) for naam in INZENDINGEN} == gelezen


def test_what_fails_is_left_to_the_first_message(werkplaats: Werkplaats) -> None:
    with logs_of(klaarstaan) as regels:
        get_ready(replace(werkplaats, schemas=Schemas(Path("nergens"))), 2)
    assert [regel["event"] for regel in regels] == ["niet_klaargestaan"]
