"""A request of an aanbieder as it stands: what rules, decisions and clocks look at.

One for each AangevraagdProduct of a JW315, and one for a JW317 as a whole. It exists once its JW316 or JW318 left without codes;
what was rejected never did (OP286). Its ReferentieAanbieder is its own among all requests of its aanbieder in the gemeente (TR347).
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal
from uuid import UUID

Verzoekstatus = Literal["ontvangen", "in_onderzoek", "te_honoreren", "toegewezen", "afgewezen"]
OPEN: frozenset[str] = frozenset(("ontvangen", "in_onderzoek", "te_honoreren"))
"""States in which a request waits for the gemeente (TR374); the others are its end."""
AFGEWEZEN, IN_ONDERZOEK = "1", "2"
"""Values of VerzoekAntwoord in a JW319."""


@dataclass(frozen=True, slots=True)
class Verzoek:
    """One request."""

    verzoek_id: UUID
    soort: str
    """``JW315`` or ``JW317``."""
    referentie: str
    """ReferentieAanbieder exactly as it was sent: case and spaces count."""
    agb: str
    bsn: str
    status: Verzoekstatus
    dagtekening: date
    """Of the message that made it."""
    ontvangen_op: datetime
    """When that message came in."""
    ingangsdatums: list[date] = field(default_factory=list)
    """Days besides today on which the gemeente may have been in use (TR378): ToewijzingIngangsdatum of a JW315, and of a JW317 the
    Ingangsdatum of each allocation that it names."""
    genoemd: list[int] = field(default_factory=list)
    """ToewijzingNummers that a JW317 names; none for a JW315."""
    antwoorden: list[str] = field(default_factory=list)
    """VerzoekAntwoord of each JW319 that stands, old to new; not of one that its JW320 rejected."""
    toewijzingen: list[int] = field(default_factory=list)
    """ToewijzingNummers with which a JW301 granted it."""

    @property
    def is_open(self) -> bool:
        """Whether the gemeente has still to answer."""
        return self.status in OPEN

    @property
    def toegewezen(self) -> bool:
        """Whether a JW301 with its reference was accepted (TR359)."""
        return self.status == "toegewezen"
