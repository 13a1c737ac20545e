"""How many rows PostgreSQL goes through for a statement: what tells linear work from quadratic, whatever else the machine does."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection

from berichten.opslag.basis.vraag import Opdracht, Vraag


def count_doorlopen(verbinding: Connection, vraag: Opdracht | Vraag[Any], waarden: Mapping[str, Any] | None = None) -> int:
    """Rows that every step of the plan gave or passed over, in all its rounds. The statement is carried out."""
    driver: Any = verbinding.connection.driver_connection
    with driver.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) {vraag.tekst}", waarden)
        [[plan]] = cursor.fetchone()
    return _count(plan["Plan"])


def _count(stap: Mapping[str, Any]) -> int:
    rijen = sum(aantal for naam, aantal in stap.items() if naam == "Actual Rows" or naam.startswith("Rows Removed"))
    return round(rijen * stap["Actual Loops"]) + sum(map(_count, stap.get("Plans", ())))
