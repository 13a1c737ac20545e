"""Settings from the environment (`BERICHTEN_*`, a `.env` file is read), and the clock that they may set."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

from pydantic_settings import BaseSettings, SettingsConfigDict

NEDERLAND = ZoneInfo("Europe/Amsterdam")


class Instellingen(BaseSettings):
    """What an operator may set; every value has a default with which the service runs."""

    model_config = SettingsConfigDict(env_prefix="BERICHTEN_", env_file=".env", extra="ignore", frozen=True)

    database_url: str = ""
    """SQLAlchemy URL of a PostgreSQL; empty starts an embedded one in `var`."""
    var: Path = Path("var")
    """Folder for everything that this installation keeps on disk."""
    broker_url: str = ""
    """`amqp://…` or `redis://…`; empty runs the workers inside the service."""
    xsd_dir: Path | None = None
    """Folder laid out like `xsd/` whose schemas replace our own."""
    sleutel: str = ""
    """Key for data at rest; empty stores message contents unencrypted."""
    huidige_datum: date | None = None
    """Only for tests and demos: the date taken for today."""
    workers: int = 2
    """Worker threads inside the service when no broker is set."""
    veeg_seconden: float = 5.0
    """Seconds between two rounds of the sweeper."""

    vier_ogen_vanaf: int | None = None
    """Cents: a decision on a line of this amount or more asks for a second person; empty never."""
    waarschuw_werkdagen: int = 2
    """Working days before its deadline from which the work list warns about a declaration."""
    bij_termijn: Literal["aanhouden", "toekennen"] = "aanhouden"
    """What becomes of a line that is still held when the deadline of its declaration has passed."""
    declaratie_termijn_maanden: int = 1
    """Months after the month of care in which it must be billed (DA07)."""
    dagdelen_per_dag: int = 3
    """Most dagdelen that a day holds (DA14)."""
    budget_signaal_procent: int = 90
    """Part of a budget that is used when the aanbieder is warned (DA09)."""
    betalen_vanaf: date | None = None
    """First month of declaration that payment runs pay; what was declared for earlier months was paid elsewhere. Empty: all."""

    def vandaag(self) -> date:
        """Today in the Netherlands."""
        return self.huidige_datum or datetime.now(NEDERLAND).date()

    def nu(self) -> datetime:
        """This moment in UTC; on the date that was set, if one was."""
        nu = datetime.now(UTC)
        if self.huidige_datum is None:
            return nu
        return datetime.combine(self.huidige_datum, nu.time(), tzinfo=UTC)
