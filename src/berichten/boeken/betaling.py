"""What a payment run does with what is open of an aanbieder, and under which names it is paid. Pure; amounts in eurocents."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from berichten.beoordeling.besluit import check_tekst
from berichten.kern.nietnu import NietNu
from berichten.kern.taal import telling
from berichten.kern.tekst import euro
from berichten.standaard.waarden.iban import explain_iban

Uitkomst = Literal["betalen", "doorschuiven", "zonder_rekening", "geblokkeerd"]
_NIET_BETAALD = {
    "doorschuiven": "door credits niets te goed",
    "zonder_rekening": "zonder bankrekening",
    "geblokkeerd": "geblokkeerd",
}
_MEEST_NAAM = 70
"""Characters of a name that a bank takes."""
_GENOEMD = 5
"""Aanbieders named in one refusal."""


@dataclass(frozen=True, slots=True)
class Rekening:
    """A bank account, or that of the gemeente itself."""

    iban: str
    tenaamstelling: str


def check_rekening(rekening: Rekening) -> Iterator[tuple[str, str]]:
    """Field and Dutch sentence of each fault; a name must be one that a bank can print."""
    fout = explain_iban(rekening.iban)
    if fout:
        yield "iban", fout
    naam = rekening.tenaamstelling
    fout = check_tekst(naam)
    if fout:
        yield "tenaamstelling", fout
    elif len(naam) > _MEEST_NAAM or not any(teken.isascii() and teken.isalpha() for teken in naam):
        yield "tenaamstelling", f"Schrijf de naam in gewone letters, zoals de bank hem kent, met hoogstens {_MEEST_NAAM} tekens."


@dataclass(frozen=True, slots=True)
class Openstaand:
    """Entries of an aanbieder that no run has paid: what may be paid, and beside it what is blocked."""

    agb: str
    bedrag: int
    aantal_boekingen: int
    geblokkeerd_bedrag: int
    rekening: Rekening | None


@dataclass(frozen=True, slots=True)
class Betaalopdracht:
    """What a run does with an aanbieder. Entries belong to the run only when it pays."""

    agb: str
    uitkomst: Uitkomst
    bedrag: int
    aantal_boekingen: int
    geblokkeerd_bedrag: int
    iban: str | None
    tenaamstelling: str | None


def is_gewijzigd(opdracht: Betaalopdracht, vorige: Rekening | None) -> bool:
    """Whether a payment goes to another account, or to another name, than the last one; a first payment does not."""
    betaald = opdracht.uitkomst == "betalen" and vorige is not None
    return betaald and vorige != Rekening(opdracht.iban or "", opdracht.tenaamstelling or "")


def decide_opdracht(open_: Openstaand) -> Betaalopdracht:
    """Pay a positive sum to a known account; carry over what comes to nothing or less until later awards make up for it."""
    rekening = open_.rekening
    return Betaalopdracht(
        open_.agb,
        _decide_uitkomst(open_),
        open_.bedrag,
        open_.aantal_boekingen,
        open_.geblokkeerd_bedrag,
        rekening.iban if rekening else None,
        rekening.tenaamstelling if rekening else None,
    )


def _decide_uitkomst(open_: Openstaand) -> Uitkomst:
    if not open_.aantal_boekingen:
        return "geblokkeerd"
    if open_.bedrag <= 0:
        return "doorschuiven"
    return "betalen" if open_.rekening else "zonder_rekening"


def name_run(gemeente: str, run_id: int) -> str:
    """The id of the file of a run at the bank; unique for each gemeente and run (35 characters at most)."""
    return f"{gemeente}-BETAALRUN-{run_id}"


def name_betaling(gemeente: str, run_id: int, agb: str) -> str:
    """The end-to-end id of a payment: it leads back to the run and the aanbieder (35 characters at most)."""
    return f"{gemeente}-{run_id}-{agb}"


def describe_betaling(gemeentenaam: str, run_id: int, agb: str) -> str:
    """What the aanbieder reads on its statement. It names no client (140 characters at most)."""
    return f"Jeugdhulp gemeente {gemeentenaam}, betaalrun {run_id}, AGB {agb}"


@dataclass(frozen=True, slots=True)
class Stand:
    """A payment of a proposal, and what journal, blocks and accounts say of it at the moment of approval."""

    agb: str
    bedrag: int
    rekening: Rekening
    bedrag_nu: int
    """Sum of its entries as they stand in the journal."""
    volledig: bool
    """Whether every one of its entries is still in the journal, and its own."""
    aanbieder_geblokkeerd: bool
    aantal_geblokkeerd: int


def judge_goedkeuring(standen: Sequence[Stand], rekeningen: Mapping[str, Rekening]) -> NietNu | None:
    """Whether what was proposed may still be paid. `rekeningen`: the accounts of the day of payment, by AGB code."""
    bezwaren = [bezwaar for stand in standen if (bezwaar := _object(stand, rekeningen.get(stand.agb)))]
    if not bezwaren:
        return None
    meer = (
        f" Dit geldt voor nog {telling(len(bezwaren) - _GENOEMD, 'aanbieder', 'aanbieders')}." if len(bezwaren) > _GENOEMD else ""
    )
    return NietNu(f"{' '.join(bezwaren[:_GENOEMD])}{meer} Trek het voorstel in en maak een nieuw.")


def _object(stand: Stand, rekening: Rekening | None) -> str | None:
    if not stand.volledig or stand.bedrag_nu != stand.bedrag:
        return (
            f"Het bedrag voor aanbieder {stand.agb} is in het voorstel {euro(stand.bedrag)}, en volgens het journaal"
            f" {euro(stand.bedrag_nu)}: laat de beheerder eerst de boeken controleren."
        )
    if stand.aanbieder_geblokkeerd:
        return f"Aanbieder {stand.agb} is sinds het voorstel geblokkeerd."
    if stand.aantal_geblokkeerd:
        return f"Van aanbieder {stand.agb} zijn sinds het voorstel regels geblokkeerd: {stand.aantal_geblokkeerd}."
    if rekening != stand.rekening:
        return f"De bankrekening van aanbieder {stand.agb} is sinds het voorstel veranderd."
    return None


def explain_aandeel(wat: str, agb: str) -> NietNu:
    """Why somebody who had a hand in an account or a block of a run may not approve it."""
    van = f"aanbieder {agb}" if agb else "de gemeente"
    deed = (
        f"U legde de bankrekening van {van} vast of bevestigde haar"
        if wat == "rekening"
        else f"U stelde voor een blokkade van {van} op te heffen, of hief haar op"
    )
    return NietNu(f"{deed}. Laat een collega die daar niets aan deed deze betaalrun goedkeuren.")


def explain_nothing(opdrachten: Sequence[Betaalopdracht]) -> NietNu:
    """Why no run can be made of what is open, if anything is."""
    redenen = [
        f"{tekst}: {aantal}"
        for uitkomst, tekst in _NIET_BETAALD.items()
        if (aantal := sum(item.uitkomst == uitkomst for item in opdrachten))
    ]
    meer = f" Aanbieders met iets open dat nu niet wordt betaald: {', '.join(redenen)}." if redenen else ""
    return NietNu(f"Er is nu niets te betalen.{meer} Kijk bij de blokkades en de rekeningen, of wacht op nieuwe toekenningen.")
