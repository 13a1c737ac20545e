"""What a view says of itself to the access log: whom it showed. Without that word its transaction does not end."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import uuid4

from sqlalchemy import Connection

from berichten.inzage.basis.objecten import Actie, Objectsoort
from berichten.kern.houder import Sleutelhouder
from berichten.opslag.toegang.inzagelog import Logregel, add_logregel
from berichten.opslag.toegang.logsleutel import pseudonym

DOEL = "uitvoering jeugdhulp: declaraties en toewijzingen (1)"
"""The processing that every look belongs to, and the version of its description."""


class NietVermeld(RuntimeError):
    """A view did not say whom it showed; a fault of ours, and nothing is shown."""


@dataclass(slots=True)
class Vermelding:
    """The word of one view. Each of these writes at once, in the transaction that reads."""

    verbinding: Connection
    houder: Sleutelhouder
    sleutel: bytes = field(repr=False)
    nu: datetime
    gedaan: bool = False

    def shows(self, soort: Objectsoort, bsns: Iterable[str], object_id: object = "", *, actie: Actie = "R") -> None:
        """It shows these clients; `object_id` is empty for a list. Without clients it is a message or a line that names nobody."""
        wie = {pseudonym(self.sleutel, self.houder.gemeente, bsn) for bsn in bsns}
        self._write(as_logregel(self.houder, self.nu, soort, object_id, actie=actie, aantal=len(wie)), wie)

    def shows_absent(self, soort: Objectsoort, object_id: object) -> None:
        """It shows nothing: what was asked is not there, or another's."""
        self._write(as_logregel(self.houder, self.nu, soort, object_id, uitkomst="niet_gevonden"), ())

    def shows_nobody(self) -> None:
        """Totals, reference rows and numbers, in which nobody is seen: nothing is written."""
        self.gedaan = True

    def _write(self, regel: Logregel, clienten: Iterable[bytes]) -> None:
        add_logregel(self.verbinding, self.houder.gemeente, regel, sorted(clienten))
        self.gedaan = True


def as_logregel(
    houder: Sleutelhouder,
    nu: datetime,
    soort: Objectsoort,
    object_id: object,
    *,
    actie: Actie = "R",
    uitkomst: str = "getoond",
    aantal: int = 0,
    reden: str = "",
) -> Logregel:
    """A look of this holder, for the request that it came with."""
    herkomst = houder.herkomst
    return Logregel(
        uuid4(), nu, herkomst.handeling, actie, uitkomst, houder.sleutel_id, houder.agb or "", houder.rol, None, DOEL, reden, soort,
        str(object_id), False, aantal, herkomst.bron, herkomst.spoor,
    )  # fmt: skip
