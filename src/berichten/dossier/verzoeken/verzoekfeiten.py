"""What the gemeente's own findings on a request (VZ01 and on) look at, beside what it is held against. Plain values."""

from dataclasses import dataclass, field
from datetime import date

from berichten.dossier.beleid import Beleid
from berichten.dossier.dossier import Gebruik, Toewijzing
from berichten.dossier.verzoeken.verzoekkader import VerzoekKader


@dataclass(slots=True)
class VerzoekFeiten:
    """Beside the kader of the message: use, other aanbieders and policy."""

    kader: VerzoekKader
    ontvangen: date
    """Dutch day on which the message came in."""
    geboortedatum: date | None = None
    """Of the client: from the JW315, else the newest JW301; None when it is not known to the day."""
    gebruik: dict[int, Gebruik] = field(default_factory=dict)
    """By ToewijzingNummer of this aanbieder and client: what was awarded or is held."""
    laatste_dagen: dict[int, date] = field(default_factory=dict)
    """By ToewijzingNummer: last day of a ProductPeriode that was awarded; absent when none was."""
    van_anderen: tuple[Toewijzing, ...] = ()
    """Other aanbieders' allocations of this client that have not ended; for the eyes of the gemeente only (VZ10)."""
    beleid: Beleid = field(default_factory=Beleid)
    """What the gemeente wants to follow from each of its own rules."""
