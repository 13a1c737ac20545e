"""By quarters or by four months: in which of both a gemeente reports a year."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import Connection

from berichten.opslag.kwartaal.kwartaalrapporten import Rapportkop
from berichten.rapporten.ingesteld.instelcatalogus import VIER_MAANDEN
from berichten.rapporten.ingesteld.instelstand import read_instelstand

RITMEWOORDEN = {"Q": "kwartalen", "T": "vier maanden"}


def find_ritme(verbinding: Connection, gemeente: str, jaar: int, koppen: Sequence[Rapportkop], nu: datetime) -> str:
    """`Q` or `T`. What was shown decides, since both beside each other would tell of few; else what holds on 1 January."""
    getoond = next((kop.periode[5] for kop in koppen if kop.periode[:4] == str(jaar)), None)
    if getoond is not None:
        return getoond
    gekozen = read_instelstand(verbinding, gemeente, date(jaar, 1, 1), nu)["kwartaal_ritme"].waarde
    return "T" if gekozen == VIER_MAANDEN else "Q"
