"""Whether somebody may decide on a request, and what is then to be done (VERZOEKEN 3 and 11). Pure.

A request is honoured, investigated or refused. To honour sends nothing: the JW301 does. The other two send a JW319. A decision is
never changed; one that comes after another names the one that it follows, so that nobody undoes by accident what another did.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from berichten.beoordeling.besluit import check_tekst
from berichten.dossier.verzoek import AFGEWEZEN, IN_ONDERZOEK, Verzoek
from berichten.kern.tekst import datum
from berichten.standaard.waarden.gemeenten import is_gemeentecode
from berichten.standaard.waarden.soorten import JW317

Soort = Literal["honoreren", "in_onderzoek", "afwijzen"]
WOONPLAATS = "8"
"""RedenAfwijzingVerzoek for another gemeente by domicile: of a JW315 only, and with that gemeente."""
REDENEN = {
    "1": "het is geen wijziging maar een nieuw verzoek",
    "2": "het past niet binnen het budget",
    "3": "er is geen contract",
    "4": "het past niet binnen het contract",
    "5": "het is voor een andere gemeente",
    "6": "er is al een toewijzing waarmee dit samenloopt",
    WOONPLAATS: "de cliënt valt onder een andere gemeente (woonplaatsbeginsel)",
    "7": "er is een inhoudelijke reden in de zorg",
    "9": "de leeftijdsgrens is bereikt",
}
"""RedenAfwijzingVerzoek (WJ759), as a sentence goes on after "afgewezen, want"."""
ANTWOORD: dict[Soort, str] = {"afwijzen": AFGEWEZEN, "in_onderzoek": IN_ONDERZOEK}
"""VerzoekAntwoord of the JW319 that a decision sends; none for one that honours."""


@dataclass(frozen=True, slots=True)
class Verzoekbesluit:
    """What somebody decides on one request."""

    besluit: Soort
    motivering: str
    """Plain text for the aanbieder, without a BSN: a JW319 has no room for it."""
    reden: str | None = None
    """RedenAfwijzingVerzoek, with a refusal only."""
    gemeente: str | None = None
    """Gemeente where the client has its domicile, with reason 8 only."""
    volgt_op: int | None = None
    """The decision on this request that this one follows, when there is one already."""


@dataclass(frozen=True, slots=True)
class EerderVerzoekbesluit:
    """The last decision on a request."""

    besluit_id: int
    besluit: Soort
    wie: str
    """Name or role of who decided; for the eyes of the gemeente only."""
    genomen_op: datetime


@dataclass(frozen=True, slots=True)
class Verzoekweigering:
    """Why a decision cannot be taken."""

    soort: Literal["onbekend", "ongeldig", "conflict"]
    melding: str


ONBEKEND = Verzoekweigering("onbekend", "Dit verzoek bestaat niet, of het is niet van uw gemeente. Controleer het nummer.")


def check_verzoekbesluit(
    besluit: Verzoekbesluit, verzoek: Verzoek, eerder: EerderVerzoekbesluit | None, eigen_gemeente: str, vandaag: date
) -> Verzoekweigering | None:
    """Why this decision cannot be taken on a request as it stands; None when it can."""
    fout = check_tekst(besluit.motivering) or _check_reden(besluit, verzoek, eigen_gemeente, vandaag)
    if fout:
        return Verzoekweigering("ongeldig", fout)
    fout = _check_stand(besluit, verzoek) or _check_eerder(besluit, eerder)
    return Verzoekweigering("conflict", fout) if fout else None


def list_besluiten(verzoek: Verzoek) -> tuple[Soort, ...]:
    """What may be decided on a request as it stands, so that what may not is not offered."""
    mogelijk: tuple[Soort, ...] = ("honoreren", "in_onderzoek", "afwijzen")
    return tuple(item for item in mogelijk if _check_stand(Verzoekbesluit(item, ""), verzoek) is None)


def list_redenen(verzoek: Verzoek) -> dict[str, str]:
    """Reasons with which a request may be refused, with their words."""
    return {code: tekst for code, tekst in REDENEN.items() if code != WOONPLAATS or verzoek.soort != JW317.naam}


def _check_reden(besluit: Verzoekbesluit, verzoek: Verzoek, eigen_gemeente: str, vandaag: date) -> str | None:
    if besluit.besluit != "afwijzen":
        return "Een reden en een gemeente horen alleen bij afwijzen. Laat ze weg." if besluit.reden or besluit.gemeente else None
    if besluit.reden is None:
        return "Bij afwijzen hoort een reden. Kies een reden van 1 tot en met 9 (lijst WJ759)."
    if besluit.reden not in REDENEN:
        return "Deze reden staat niet in lijst WJ759. Kies een reden van 1 tot en met 9."
    if besluit.reden != WOONPLAATS:
        return "Een gemeente hoort alleen bij reden 8 (woonplaatsbeginsel). Laat de gemeente weg." if besluit.gemeente else None
    if verzoek.soort == JW317.naam:
        return "Reden 8 (woonplaatsbeginsel) is er niet voor een verzoek om wijziging. Kies reden 5 (andere gemeente)."
    if not besluit.gemeente:
        return "Bij reden 8 hoort de gemeente waar de cliënt onder valt. Geef haar code van vier cijfers."
    if besluit.gemeente == eigen_gemeente:
        return "Bij reden 8 noemt u uw eigen gemeente. Geef de code van de gemeente waar de cliënt onder valt."
    if not is_gemeentecode(besluit.gemeente, vandaag):
        return f"Gemeente {besluit.gemeente} bestaat vandaag niet (CBS). Geef de code van een gemeente van nu."
    return None


def _check_stand(besluit: Verzoekbesluit, verzoek: Verzoek) -> str | None:
    """What a request as it stands does not allow."""
    if verzoek.status == "toegewezen":
        return "Dit verzoek is al gehonoreerd: de toewijzing (JW301) is er. Er valt niets meer te besluiten."
    if verzoek.status == "afgewezen":
        return "Dit verzoek is al afgewezen. De aanbieder kan een nieuw verzoek sturen, met een nieuw kenmerk."
    if besluit.besluit == "honoreren" and verzoek.status == "te_honoreren":
        return "Dit verzoek staat al op te honoreren. Stuur de toewijzing (JW301)."
    if besluit.besluit == "in_onderzoek" and IN_ONDERZOEK in verzoek.antwoorden:
        return "Dit verzoek is al in onderzoek. Dat kan maar een keer; honoreer het, of wijs het af."
    return None


def _check_eerder(besluit: Verzoekbesluit, eerder: EerderVerzoekbesluit | None) -> str | None:
    """Who decides after somebody else says that he knows."""
    if eerder is None:
        return "Over dit verzoek is nog niet besloten. Laat volgtOp weg." if besluit.volgt_op else None
    if besluit.volgt_op == eerder.besluit_id:
        return None
    return (
        f"Over dit verzoek is al besloten: {eerder.wie} koos op {datum(eerder.genomen_op)} voor {_WOORD[eerder.besluit]}."
        f" Wilt u daarna toch anders besluiten, geef dan volgtOp {eerder.besluit_id} mee."
    )


_WOORD = {"honoreren": "honoreren", "in_onderzoek": "onderzoeken", "afwijzen": "afwijzen"}
