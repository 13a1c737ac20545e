"""Whether somebody may decide on a line, and what then is to be done. Pure; amounts in signed eurocents.

A held line is awarded, rejected, or awarded and asked back. A decision is never changed. As long as the JW325 has not left it may
be followed by another, which has to name the one that it follows: nobody undoes by accident what a colleague has just decided.
A proposal to do so that waits for a second person does not hold the JW325 up; once that has left, it lapses.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from berichten.kern.tekst import datum
from berichten.regels.declaratie.periode import toewijzing_niet_verwijderd
from berichten.standaard.waarden.bsn import holds_bsn
from berichten.standaard.waarden.soorten import JW323

DIENST = "dienst"
"""Who decides when the service itself does, at a deadline."""
MEEST_TEKENS = 2000
"""Longest reason or remark."""

_GEEN_TEKST = re.compile(r"[^\S \t\r\n\u00a0\u202f]|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")

_UITKOMST = {"toegekend": "toegekend", "afgewezen": "afgewezen", "niet_beoordeeld": "niet beoordeeld"}
_GEEN_CODE = "Voor deze regel is geen retourcode voorgesteld. Kies een retourcode uit lijst WJ001 om hem af te wijzen."
_ANDERE_CODE = "Met deze retourcode kan een regel niet worden afgewezen. Kies een andere code uit lijst WJ001."
_AFGEKEURD = "Het hele bericht van deze regel is afgekeurd: de aanbieder moet het opnieuw insturen. Er valt niets te besluiten."
_ZELF = "U heeft dit besluit zelf voorgesteld. Bij dit bedrag moet een andere medewerker het bevestigen."


@dataclass(frozen=True, slots=True)
class Besluit:
    """What somebody decides on one line."""

    prestatie_id: int
    besluit: Literal["toekennen", "afwijzen"]
    motivering: str
    """Plain text for the aanbieder, without a BSN."""
    retourcode: str | None = None
    """Code of WJ001 for a rejection; None takes those that the line has as proposal."""
    terugvragen: bool = False
    """Award the line, and ask the aanbieder to credit it (creditverzoek)."""
    volgt_op: int | None = None
    """The decision on this line that this one follows, when there is one already."""


@dataclass(frozen=True, slots=True)
class EerderBesluit:
    """A decision on a line that was taken, or proposed to a second person."""

    besluit_id: int
    besluit: str
    retourcode: str | None
    terugvragen: bool
    persoon: str
    """Who took it; equal text is one person, whatever key was used."""
    wie: str
    """Name or role of who decided; for the eyes of the gemeente only."""
    genomen_op: datetime


@dataclass(frozen=True, slots=True)
class Prestatiestand:
    """A line as it stands when somebody decides on it."""

    prestatie_id: int
    agb: str
    soort: str
    """Kind of its message."""
    status: str
    """Status of its message."""
    uitkomst: str
    bedrag: int
    credit: bool
    retourcodes: tuple[str, ...]
    """Proposed, as long as the line is held."""
    verwijderd: bool
    """Its allocation was removed after it was held (TR384)."""
    gecrediteerd: bool
    """A credit line takes it back."""
    ruimte_gebruikt: bool
    """It was rejected by a decision, and its allocation has been used by other lines since."""
    geboekt: int
    """What stands in the journal for this line."""
    boekingen: int
    """How many entries that are."""
    besluit: EerderBesluit | None
    """The last decision that counts."""
    voorstel: EerderBesluit | None
    """A decision after that, which waits for a second person."""
    dichtstbij: tuple[str, ...] = ()
    """The nearest codes for the rules of the gemeente by which it is held, for when no other code is proposed."""

    @property
    def aangehouden(self) -> bool:
        return self.uitkomst == "ter_beoordeling"

    @property
    def beantwoord(self) -> bool:
        """Its JW325 has left."""
        return self.status == "verwerkt"

    def proposed_codes(self) -> tuple[str, ...]:
        """The codes with which this line would be rejected when nobody chooses one."""
        if not self.aangehouden:
            return ()
        weg = (toewijzing_niet_verwijderd.retourcode or "",) if self.verwijderd and not self.credit else ()
        return tuple(dict.fromkeys((*self.retourcodes, *weg))) or self.dichtstbij


@dataclass(frozen=True, slots=True)
class Beslisser:
    """Who decides, and what the gemeente has laid down about deciding."""

    door: str
    """A sleutel_id, or DIENST."""
    persoon: str
    """Who that is: two keys of one owner are one person."""
    vier_ogen_vanaf: int | None
    """Cents from which a decision needs a second person."""
    codes: frozenset[str]
    """Codes of WJ001 with which a line may be rejected."""


@dataclass(frozen=True, slots=True)
class Uitvoering:
    """A decision that may be taken, and how."""

    besluit: Besluit
    stand: Prestatiestand
    definitief: bool
    bevestigt: int | None
    retourcodes: tuple[str, ...]
    """Sent with a rejection."""

    @property
    def uitkomst(self) -> str:
        """What becomes of the line."""
        if not self.definitief:
            return self.stand.uitkomst
        return "toegekend" if self.besluit.besluit == "toekennen" else "afgewezen"


@dataclass(frozen=True, slots=True)
class Besluitweigering:
    """Why a decision cannot be taken."""

    soort: Literal["onbekend", "ongeldig", "conflict"]
    melding: str


def check_tekst(tekst: str) -> str | None:
    """What is wrong, in Dutch, with a reason or remark that somebody wrote; None when it may be kept."""
    if not tekst.strip():
        return "De tekst is leeg. Schrijf in een paar woorden wat u bedoelt."
    if len(tekst) > MEEST_TEKENS:
        return f"De tekst is {len(tekst)} tekens lang. Maak er ten hoogste {MEEST_TEKENS} van."
    if _GEEN_TEKST.search(tekst):
        return "De tekst bevat tekens die geen gewone tekst zijn. Typ de tekst opnieuw, zonder plakken uit een ander programma."
    if holds_bsn(tekst):
        return "In de tekst staat een burgerservicenummer. Haal het weg; verwijs naar het referentienummer van de regel."
    return None


def judge_besluit(besluit: Besluit, stand: Prestatiestand | None, beslisser: Beslisser) -> Uitvoering | Besluitweigering:
    """Whether this decision can be taken on a line as it stands; `stand` is None for a line that is not there."""
    if stand is None:
        return Besluitweigering("onbekend", "Deze regel bestaat niet, of hij is niet van uw gemeente. Controleer het nummer.")
    fout = check_tekst(besluit.motivering) or _check_vorm(besluit)
    if fout:
        return Besluitweigering("ongeldig", fout)
    fout = _check_stand(besluit, stand)
    if fout:
        return Besluitweigering("conflict", fout)
    codes: tuple[str, ...] = ()
    if besluit.besluit == "afwijzen":
        codes = (besluit.retourcode,) if besluit.retourcode else stand.proposed_codes()
        if not codes:
            return Besluitweigering("ongeldig", _GEEN_CODE)
        if not beslisser.codes.issuperset(codes):
            return Besluitweigering("ongeldig", _ANDERE_CODE)
    return _with_four_eyes(besluit, stand, beslisser, codes)


def _check_vorm(besluit: Besluit) -> str | None:
    if besluit.besluit == "toekennen" and besluit.retourcode:
        return "Een retourcode hoort alleen bij afwijzen. Laat de retourcode weg, of wijs de regel af."
    if besluit.besluit == "afwijzen" and besluit.terugvragen:
        return "Terugvragen kan alleen bij een regel die u toekent. Laat terugvragen weg, of ken de regel toe."
    return None


def _check_stand(besluit: Besluit, stand: Prestatiestand) -> str | None:
    """Why a line as it stands cannot be decided on."""
    if stand.soort != JW323.naam:
        return "Regels van een JW303 worden niet aangehouden; hierover valt niets te besluiten."
    if stand.status == "afgekeurd":
        return _AFGEKEURD
    if stand.beantwoord:
        return _check_beantwoord(besluit, stand)
    if stand.aangehouden and stand.besluit is None:
        return "Over deze regel is nog niet besloten. Laat volgtOp weg." if besluit.volgt_op else None
    if stand.besluit is None:
        return f"Deze regel is niet aangehouden: bij het verwerken is hij al {_UITKOMST[stand.uitkomst]}."
    if besluit.volgt_op != stand.besluit.besluit_id:
        return f"{_tell(stand.besluit)} Wilt u dat besluit vervangen, geef dan volgtOp {stand.besluit.besluit_id} mee."
    if besluit.besluit == "toekennen" and stand.ruimte_gebruikt:
        return (
            "Deze regel is afgewezen en daarna zijn andere regels op dezelfde toewijzing verwerkt. Toekennen kan niet meer."
            " Laat de aanbieder de regel opnieuw indienen als het antwoord (JW325) er is."
        )
    return None


def _check_beantwoord(besluit: Besluit, stand: Prestatiestand) -> str | None:
    """When the JW325 has left all that remains is to ask an awarded line back."""
    if stand.gecrediteerd:
        return "De aanbieder heeft deze regel inmiddels gecrediteerd. Er valt niets meer te besluiten."
    weg = "Het antwoord (JW325) is al verstuurd."
    eerder = f"{_tell(stand.besluit)} " if stand.besluit else ""
    if stand.uitkomst != "toegekend" or stand.credit:
        soort = "een creditregel" if stand.credit else f"een regel die {_UITKOMST[stand.uitkomst]} is"
        return f"{eerder}{weg} Over {soort} kan daarna niets meer worden besloten."
    if not besluit.terugvragen:
        return f"{eerder}{weg} U kunt deze toegekende regel nu alleen nog terugvragen: toekennen met terugvragen."
    if stand.besluit and stand.besluit.terugvragen:
        return f"{_tell(stand.besluit)} Het verzoek om te crediteren staat nog open; wacht op de creditregel van de aanbieder."
    return None


def _with_four_eyes(
    besluit: Besluit, stand: Prestatiestand, beslisser: Beslisser, codes: tuple[str, ...]
) -> Uitvoering | Besluitweigering:
    """A decision on a large amount waits until another person takes the same one."""
    vanaf = beslisser.vier_ogen_vanaf
    if vanaf is None or abs(stand.bedrag) < vanaf or beslisser.door == DIENST:
        return Uitvoering(besluit, stand, True, None, codes)
    voorstel = stand.voorstel
    gelijk = voorstel is not None and (voorstel.besluit, voorstel.retourcode, voorstel.terugvragen) == (
        besluit.besluit, codes[0] if codes else None, besluit.terugvragen,
    )  # fmt: skip
    if voorstel is None or not gelijk:
        return Uitvoering(besluit, stand, False, None, codes)
    if voorstel.persoon == beslisser.persoon:
        return Besluitweigering("conflict", _ZELF)
    return Uitvoering(besluit, stand, True, voorstel.besluit_id, codes)


def _tell(eerder: EerderBesluit) -> str:
    besluit = "terugvragen" if eerder.terugvragen else eerder.besluit
    dag = datum(eerder.genomen_op)
    return f"Over deze regel is al besloten: {eerder.wie} koos op {dag} voor {besluit}."
