"""How the declarations that wait for a decision stand against their deadlines."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from berichten.opslag.basis.vraag import Vraag


@dataclass(frozen=True, slots=True)
class Termijnstand:
    """How many declarations of a gemeente wait for a decision, and for how many of them time is running out or has run out."""

    gemeente: str
    te_beoordelen: int
    bijna_verlopen: int
    verlopen: int


_TERMIJNEN = Vraag(
    Termijnstand,
    """
    SELECT gemeente, count(*) AS te_beoordelen, count(*) FILTER (WHERE antwoord_uiterlijk_op BETWEEN %(v)s AND %(t)s)
            AS bijna_verlopen, count(*) FILTER (WHERE antwoord_uiterlijk_op < %(v)s) AS verlopen
    FROM bericht WHERE status = 'ter_beoordeling' GROUP BY gemeente
    """,
)


def count_termijnen(verbinding: Connection, vandaag: date, gewaarschuwd_tot: date) -> list[Termijnstand]:
    """By gemeente; deadlines from `vandaag` to `gewaarschuwd_tot`, both inclusive, are near."""
    return _TERMIJNEN.all(verbinding, {"v": vandaag, "t": gewaarschuwd_tot})
