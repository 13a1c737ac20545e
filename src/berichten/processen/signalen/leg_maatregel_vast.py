"""Register a measure, let a second person confirm one of step 4 or 5, and keep what happens to it. Nothing follows by itself."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from berichten.beoordeling.besluit import check_tekst
from berichten.kern.nietnu import NietNu
from berichten.opslag.financien.blokkades import knows_aanbieder
from berichten.opslag.signalen.maatregelen import (
    STOP,
    Maatregelrij,
    Maatregelstap,
    add_maatregelstap,
    find_maatregel,
    insert_maatregel,
)
from berichten.opslag.signalen.signalen import find_signaal, lock_signalen
from berichten.opslag.toegang.sleutels import same_person
from berichten.processen.basis.handelingen import Handeling, note_outcome
from berichten.processen.basis.werkplaats import Werkplaats

SOORTEN_PER_TREDE = {
    1: ("informatie", "bestuursgesprek"),
    2: ("herstelaanbod", "verbeterplan", "verscherpt_toezicht"),
    3: ("waarschuwing", "overleg_en_overreding"),
    4: ("last_onder_bestuursdwang", "last_onder_dwangsom", STOP),
    5: ("ontbinding", "invordering"),
}
"""What a measure of each step can be. The steps have no order: a light one need not come first (procurement document 9.4)."""
GRONDEN = ("kwaliteit", "samenwerking", "declaratie", "anders")
STAPPEN = ("bevestigd", "teruggenomen", "hersteld", "beeindigd", "gedeeld")
_TWEE = 4
"""From this step on a second person confirms, and there is a date of zienswijze or why there is none (Awb 4:8)."""
_INGEBREKE = 5


@dataclass(frozen=True, slots=True)
class NieuweMaatregel:
    """A measure as somebody fills it in; days inclusive, amounts in cents."""

    agb: str
    trede: int
    soort: str
    grond: str
    toelichting: str
    besluitdatum: date
    van: date
    tot: date | None = None
    hersteltermijn: date | None = None
    signalen: tuple[int, ...] = ()
    zaaknummer: str = ""
    zienswijze_op: date | None = None
    geen_zienswijze: str = ""
    """Why the aanbieder was not heard."""
    ingebrekestelling_op: date | None = None
    dwangsom: int | None = None
    """Noted, never booked."""
    categorie: str = ""
    segment: str = ""
    """Of a cliëntenstop: for which clients; empty is all."""


Uitkomst = Maatregelrij | NietNu | None


def judge_maatregel(nieuw: NieuweMaatregel) -> str | None:
    """What is wrong with it, in Dutch; None when it can be registered. Pure."""
    if nieuw.soort not in SOORTEN_PER_TREDE.get(nieuw.trede, ()):
        return f"Deze maatregel hoort niet bij trede {nieuw.trede}. Kies uit: {', '.join(SOORTEN_PER_TREDE.get(nieuw.trede, ()))}."
    if nieuw.grond not in GRONDEN:
        return f"Deze grond kennen we niet. Kies uit: {', '.join(GRONDEN)}."
    teksten = [nieuw.toelichting, *(tekst for tekst in (nieuw.geen_zienswijze, nieuw.zaaknummer) if tekst)]
    fout = next((fout for fout in map(check_tekst, teksten) if fout), None)
    if fout:
        return fout
    if nieuw.trede >= _TWEE and nieuw.zienswijze_op is None and not nieuw.geen_zienswijze:
        return "Vul in wanneer de aanbieder zijn zienswijze gaf, of waarom dat niet hoefde (Awb 4:8)."
    if nieuw.trede >= _INGEBREKE and nieuw.ingebrekestelling_op is None:
        return "Vul de datum van de ingebrekestelling in. Zonder die datum kan een maatregel van trede 5 niet."
    if nieuw.zienswijze_op is not None and nieuw.zienswijze_op > nieuw.besluitdatum:
        return "De zienswijze ligt na het besluit. Verbeter een van beide dagen: u hoort de aanbieder voordat u besluit (Awb 4:8)."
    if nieuw.ingebrekestelling_op is not None and nieuw.ingebrekestelling_op > nieuw.besluitdatum:
        return "De ingebrekestelling ligt na het besluit. Verbeter een van beide dagen: zij gaat aan trede 5 vooraf."
    if nieuw.tot is not None and nieuw.tot < nieuw.van:
        return "De laatste dag ligt voor de eerste. Verbeter een van beide."
    if nieuw.soort != STOP and (nieuw.categorie or nieuw.segment):
        return "Een categorie of segment hoort alleen bij een cliëntenstop. Laat ze leeg."
    return None


def register_maatregel(werkplaats: Werkplaats, gemeente: str, door: str, nieuw: NieuweMaatregel) -> Uitkomst:
    """Keep it. Step 1 to 3 holds at once, 4 and 5 when a second person confirmed it. None for an aanbieder nobody knows."""
    with werkplaats.opslag.transaction() as verbinding:
        lock_signalen(verbinding, gemeente)
        uitkomst: Uitkomst = None
        if knows_aanbieder(verbinding, gemeente, nieuw.agb):
            fout = judge_maatregel(nieuw) or _judge_signalen(verbinding, gemeente, nieuw)
            rij = _as_row(werkplaats, nieuw, door)
            uitkomst = NietNu(fout) if fout else insert_maatregel(verbinding, gemeente, rij)
        nummer = uitkomst.maatregel_id if isinstance(uitkomst, Maatregelrij) else ""
        return note_outcome(verbinding, werkplaats, Handeling(gemeente, door, "C", "maatregel", nummer), uitkomst)


def _judge_signalen(verbinding: Connection, gemeente: str, nieuw: NieuweMaatregel) -> str | None:
    for nummer in nieuw.signalen:
        signaal = find_signaal(verbinding, gemeente, nummer)
        if signaal is None or signaal.agb != nieuw.agb:
            return f"Signaal {nummer} is er niet, of het gaat over een andere aanbieder. Kies het uit de lijst."
    return None


def _as_row(werkplaats: Werkplaats, nieuw: NieuweMaatregel, door: str) -> Maatregelrij:
    return Maatregelrij(
        maatregel_id=0, agb=nieuw.agb, trede=nieuw.trede, soort=nieuw.soort, grond=nieuw.grond, signalen=list(nieuw.signalen),
        toelichting=nieuw.toelichting, besluitdatum=nieuw.besluitdatum, van=nieuw.van, tot=nieuw.tot,
        hersteltermijn=nieuw.hersteltermijn, zaaknummer=nieuw.zaaknummer, zienswijze_op=nieuw.zienswijze_op,
        geen_zienswijze=nieuw.geen_zienswijze, ingebrekestelling_op=nieuw.ingebrekestelling_op, dwangsom=nieuw.dwangsom,
        categorie=nieuw.categorie, segment=nieuw.segment, door=door, geregistreerd_op=werkplaats.instellingen.nu(), stappen=0,
        geldig_op=None, herstel_op=None, einde=None, gedeeld_op=None,
    )  # fmt: skip


def step_maatregel(
    werkplaats: Werkplaats, gemeente: str, door: str, maatregel_id: int, soort: str, dag: date | None = None, reden: str = ""
) -> Uitkomst:
    """Confirm it as a second person, take it back, note that it was mended, end it, or share it with the aanbieder.

    `dag`: when it was, today if it is not given. None when this gemeente has no such measure.
    """
    vandaag = werkplaats.instellingen.vandaag()
    with werkplaats.opslag.transaction() as verbinding:
        lock_signalen(verbinding, gemeente)
        uitkomst: Uitkomst = None
        rij = find_maatregel(verbinding, gemeente, maatregel_id)
        if rij is not None:
            fout = judge_maatregelstap(rij, soort, dag or vandaag, reden)
            if fout is None and soort == "bevestigd" and same_person(verbinding, gemeente, rij.door, door):
                fout = "U registreerde deze maatregel zelf. Vraag een collega om haar te bevestigen."
            stap = Maatregelstap(soort, dag or vandaag, reden, door, werkplaats.instellingen.nu())
            uitkomst = NietNu(fout) if fout else add_maatregelstap(verbinding, gemeente, rij, stap)
        return note_outcome(verbinding, werkplaats, Handeling(gemeente, door, "U", "maatregel", maatregel_id), uitkomst)


def judge_maatregelstap(rij: Maatregelrij, soort: str, dag: date, reden: str) -> str | None:
    """What is wrong with a step, in Dutch; None when it can be kept. Pure."""
    if soort not in STAPPEN:
        return f"Deze stap kennen we niet. Kies uit: {', '.join(STAPPEN)}."
    if rij.einde is not None and soort != "gedeeld":
        return "Deze maatregel is al beëindigd of teruggenomen. U hoeft niets te doen."
    if soort == "bevestigd" and rij.geldig_op is not None:
        return "Deze maatregel geldt al. U hoeft niets te bevestigen."
    if soort in ("hersteld", "beeindigd", "gedeeld") and rij.geldig_op is None:
        return "Deze maatregel geldt nog niet: een collega bevestigt haar eerst."
    if soort == "gedeeld" and rij.gedeeld_op is not None:
        return "Deze maatregel is al gedeeld met de aanbieder. U hoeft niets te doen."
    if soort == "hersteld" and dag < rij.besluitdatum:
        return "Die dag ligt voor het besluit. Vul in wanneer het daarna is hersteld."
    if soort == "hersteld" and rij.herstel_op is not None:
        return "Er staat al dat het is hersteld. U hoeft niets te doen."
    if soort == "beeindigd" and dag < rij.van:
        return "De laatste dag ligt voor de eerste. Verbeter de dag, of neem de maatregel terug."
    return check_tekst(reden) if soort in ("teruggenomen", "beeindigd") or reden else None
