"""What of the books an auditor may ask for: the years of care that were given."""

from datetime import date
from typing import Any

from api.basis.problemen import Probleem
from berichten.inzage.accountant.getrokken import refuse_period, refuse_years
from berichten.inzage.basis.kijker import Kijker
from berichten.kern.houder import Sleutelhouder
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.rapporten.boeken.boekvraag import Boekvraag

BUITEN_DE_JAREN: dict[int | str, dict[str, Any]] = {
    409: {"description": "Voor de rol controle: er is geen controle open over die periode"}
}
"""Of an operation that an auditor may ask."""


def require_open_years(werkplaats: Werkplaats, houder: Sleutelhouder, vraag: Boekvraag) -> Boekvraag:
    """The same question; 409 when who controls may not ask it."""
    bezwaar = refuse_years(werkplaats.seen_by(houder), vraag)
    if bezwaar is not None:
        raise Probleem(409, bezwaar)
    return vraag


def require_open_period(kijker: Kijker, van: date, tot: date) -> None:
    """409 when figures of care from one day to another are not open to who controls."""
    bezwaar = refuse_period(kijker, van, tot)
    if bezwaar is not None:
        raise Probleem(409, bezwaar)
