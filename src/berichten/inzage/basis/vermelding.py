"""What a view says of itself to the access log: whom it showed. Without that word its transaction does not end."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import uuid4

from sqlalchemy import Connection

from berichten.inzage.basis.objecten import Actie, Objectsoort
from berichten.kern.houder import Sleutelhouder
from berichten.kern.rechten import CONTROLE, LOKAAL_TEAM, ZIEN_BSN, ZIEN_CLIENTEN
from berichten.opslag.toegang.inzagelog import Logregel, add_logregel
from berichten.opslag.toegang.logsleutel import pseudonym
from berichten.standaard.waarden.bsn import is_bsn, mask_bsn

DOEL = "uitvoering jeugdhulp: declaraties en toewijzingen (1)"
"""The processing that every look belongs to, and the version of its description."""
DOEL_CONTROLE = "accountantscontrole (1)"
"""That of who controls."""
DOEL_CASUS = "casusregie over hulp aan gezinnen (1)"
"""That of a local team."""
_DOEL_VAN = {CONTROLE: DOEL_CONTROLE, LOKAAL_TEAM: DOEL_CASUS}


_OVER_HET_LOG: tuple[Objectsoort, ...] = ("inzagelog", "inzageverslag")
"""Tell of a client no more than who looked."""


GETROKKEN: Objectsoort = "steekproefregel"
"""A line that was drawn: the only one that who controls may see."""
_OOK_VOOR: dict[Objectsoort, str] = {
    GETROKKEN: CONTROLE, "casussignaal": LOKAAL_TEAM, "casussignalen": LOKAAL_TEAM, "casuspunten": LOKAAL_TEAM,
}  # fmt: skip
"""What a role may see that sees no other clients."""


class NietVermeld(RuntimeError):
    """A view did not say whom it showed; a fault of ours, and nothing is shown."""


class GeenInzage(RuntimeError):
    """A view would show a client to a role that sees none; a fault of ours, and nothing is shown."""


@dataclass(slots=True)
class Vermelding:
    """The word of one view. Each of these writes at once, in the transaction that reads."""

    verbinding: Connection
    houder: Sleutelhouder
    sleutel: bytes = field(repr=False)
    nu: datetime
    gedaan: bool = False

    def shows(
        self, soort: Objectsoort, bsns: Iterable[str], object_id: object = "", *, actie: Actie = "R", met_bsn: bool = False,
        reden: str = "",
    ) -> None:  # fmt: skip
        """It shows these clients; `object_id` is empty for a list. Without clients it is a message or a line that names nobody.

        `met_bsn`: with all digits of their Bsn. Raises GeenInzage for a holder who may not see that.
        """
        wie = {pseudonym(self.sleutel, self.houder.gemeente, bsn) for bsn in bsns}
        self._refuse_unless_allowed(soort, bool(wie), met_bsn)
        self._write(
            as_logregel(
                self.houder, self.nu, soort, object_id, actie=actie, aantal=len(wie), bsn_getoond=met_bsn and bool(wie), reden=reden
            ),
            wie,
        )

    def shows_absent(self, soort: Objectsoort, object_id: object) -> None:
        """It shows nothing: what was asked is not there, or another's."""
        self._write(as_logregel(self.houder, self.nu, soort, object_id, uitkomst="niet_gevonden"), ())

    def shows_nobody(self) -> None:
        """Totals, reference rows and numbers, in which nobody is seen: nothing is written."""
        self.gedaan = True

    def _refuse_unless_allowed(self, soort: Objectsoort, clienten: bool, met_bsn: bool) -> None:
        """The last door: ways in refuse before this, in words and in the log."""
        rollen = ZIEN_BSN if met_bsn else ZIEN_CLIENTEN
        ook = None if met_bsn else _OOK_VOOR.get(soort)
        if clienten and soort not in _OVER_HET_LOG and self.houder.rol not in (*rollen, ook):
            raise GeenInzage(self.houder.rol)

    def _write(self, regel: Logregel, clienten: Collection[bytes]) -> None:
        add_logregel(self.verbinding, self.houder.gemeente, regel, clienten)
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
    bsn_getoond: bool = False,
    reden: str = "",
) -> Logregel:
    """A look of this holder, for the request that it came with."""
    herkomst, nummer = houder.herkomst, str(object_id)
    if uitkomst != "getoond" and is_bsn(nummer):
        # Somebody may have typed the number of a client where that of a line goes.
        nummer = mask_bsn(nummer)
    return Logregel(
        uuid4(), nu, herkomst.handeling, actie, uitkomst, houder.sleutel_id, houder.agb or "", houder.rol, houder.machtiging,
        _DOEL_VAN.get(houder.rol, DOEL),
        reden, soort, nummer, bsn_getoond, aantal, herkomst.bron, herkomst.spoor,
    )  # fmt: skip
