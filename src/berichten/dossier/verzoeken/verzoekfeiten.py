"""What the gemeente's own findings on a request (VZ01 and on) look at, beside what it is held against. Plain values."""

from dataclasses import dataclass, field
from datetime import date

from berichten.dossier.beleid import Beleid
from berichten.dossier.contract import Contract
from berichten.dossier.dossier import Gebruik, Toewijzing
from berichten.dossier.eigen_feiten import Kader
from berichten.dossier.standaarden import Budgetnorm
from berichten.dossier.verzoeken.verzoekkader import VerzoekKader


@dataclass(frozen=True, slots=True)
class Clientenstop:
    """From which day to which, both included, an aanbieder takes no new clients; without category and segment for all it does."""

    van: date
    tot: date | None
    categorie: str
    segment: str

    def holds_on(self, dag: date) -> bool:
        return self.van <= dag <= (self.tot or date.max)


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
    contract: Contract = field(default_factory=Contract)
    """Everything that the aanbieder is contracted for, and the codes that are asked for or named; empty where it is not known."""
    kaders: tuple[Kader, ...] = ()
    """Frames of the gemeente for a course."""
    normen: dict[str, Budgetnorm] = field(default_factory=dict)
    """Budget norms of the gemeente, by category."""
    stops: tuple[Clientenstop, ...] = ()
    """In force for this aanbieder on the day of receipt, of a JW315 (VZ15)."""
    mag_wijzigen: bool = True
    """Whether the contract gives the aanbieder a role in changes (VZ02): it does, unless `verzoekbeleid` says `geen_rol`."""
