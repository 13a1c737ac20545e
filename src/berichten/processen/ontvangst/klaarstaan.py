"""What a door does before its first message comes, which would wait for it."""

from contextlib import ExitStack

import structlog

from berichten.logboek import describe_failure
from berichten.opslag.berichten.bundels import insert_berichten, limit_waits
from berichten.processen.basis.machtiging import recognise_together
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.standaard.waarden.soorten import INZENDINGEN, OP_NAAM

LOG = structlog.get_logger("klaarstaan")
_NIETS = ("", "")
"""Two keys of nobody: several are asked by a statement of their own."""


def get_ready(werkplaats: Werkplaats, banen: int) -> None:
    """Read the schemas, lay the connections of `banen` lots at a time, and let the server plan what each message asks.

    It is no more than haste: what fails is left to the first message, and whoever sends that is told.
    """
    try:
        for naam in INZENDINGEN:
            werkplaats.schemas.schema(OP_NAAM[naam])
        recognise_together(werkplaats, _NIETS)
        with ExitStack() as samen:
            for verbinding in [samen.enter_context(werkplaats.opslag.rehearsal()) for _ in range(banen)]:
                limit_waits(verbinding, 1)
                insert_berichten(verbinding, [])
    except Exception as fout:
        LOG.warning("niet_klaargestaan", **describe_failure(fout))
