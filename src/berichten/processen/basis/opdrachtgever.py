"""Who types a command, where two people are asked for: the user of a machine counts when the service knows who that is."""

from sqlalchemy import Connection

from berichten.fouten import Bedieningsfout
from berichten.kern.houder import OPDRACHTREGEL
from berichten.opslag.toegang.personen import is_persoon
from berichten.processen.basis.werkplaats import Werkplaats

_ONBEKEND = (
    "De dienst weet niet wie u op deze machine bent ('{wie}'), en hier zijn twee mensen nodig. Zeg wie u bent met: berichten"
    " gebruiker koppel UW-INLOGNAAM --machine. Of doe dit in het portaal."
)


def raise_unless_known(verbinding: Connection, werkplaats: Werkplaats, gemeente: str, door: str) -> None:
    """Raises Bedieningsfout for who types a command and is nobody whom the gemeente knows: else somebody at the machine and in the
    portal would be two people."""
    typt = werkplaats.houder is not None and werkplaats.houder.sleutel_id == door and door.startswith(OPDRACHTREGEL)
    if typt and not is_persoon(verbinding, gemeente, door):
        raise Bedieningsfout(_ONBEKEND.format(wie=door.removeprefix(OPDRACHTREGEL)))
