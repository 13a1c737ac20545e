"""What people do with a signal: a step with a reason, sharing it with its aanbieder, and what the aanbieder explains."""

from dataclasses import dataclass
from datetime import date

from berichten.beoordeling.besluit import check_tekst
from berichten.kern.nietnu import NietNu
from berichten.kern.tekst import datum
from berichten.opslag.basis.verbinding import Toegang
from berichten.opslag.signalen.maatregelen import has_maatregel_for
from berichten.opslag.signalen.signalen import (
    GESLOTEN,
    Signaalrij,
    Signaalstap,
    add_signaalstap,
    add_verklaring,
    find_signaal,
    lock_signalen,
    share_signaal,
)
from berichten.processen.basis.handelingen import Handeling, note_outcome
from berichten.processen.basis.werkplaats import Werkplaats

MAG_NAAR = {
    "nieuw": ("in_behandeling",),
    "in_behandeling": ("verklaard", "gesprek", "maatregel", "afgesloten"),
    "gesprek": ("gesprek", "verklaard", "maatregel", "afgesloten"),
    "maatregel": ("afgesloten",),
    "verklaard": (),
    "afgesloten": (),
}
"""Which steps can follow on a state. No step is needed before another but to take a signal up."""
_MEEST = 1000
"""Lines that one explanation names at most."""


@dataclass(frozen=True, slots=True)
class Gewenstestap:
    """What somebody wants of a signal. `nummers` (none: all) and `tot` only to explain it, `termijn` only of a talk."""

    staat: str
    reden: str
    nummers: tuple[int, ...] = ()
    tot: date | None = None
    """Last day that the explanation covers, at most the last of the window; without one it is that day."""
    termijn: date | None = None


Uitkomst = Signaalrij | NietNu | None


def step_signaal(werkplaats: Werkplaats, gemeente: str, door: str, signaal_id: int, stap: Gewenstestap) -> Uitkomst:
    """Keep a step; None when this gemeente has no such signal. Nothing else follows: what a step means is for people."""
    with werkplaats.opslag.transaction() as verbinding:
        lock_signalen(verbinding, gemeente)
        signaal = find_signaal(verbinding, gemeente, signaal_id)
        uitkomst: Uitkomst = signaal
        if signaal is not None:
            met_maatregel = has_maatregel_for(verbinding, gemeente, signaal.agb, signaal_id)
            fout = judge_step(signaal, stap, werkplaats.instellingen.vandaag(), met_maatregel=met_maatregel)
            if fout:
                uitkomst = NietNu(fout)
            else:
                add_signaalstap(verbinding, gemeente, signaal, _as_step(werkplaats, signaal, stap, door))
                uitkomst = find_signaal(verbinding, gemeente, signaal_id)
        return note_outcome(verbinding, werkplaats, Handeling(gemeente, door, "U", "signaal", signaal_id), uitkomst)


def judge_step(signaal: Signaalrij, stap: Gewenstestap, vandaag: date, *, met_maatregel: bool) -> str | None:
    """What is wrong with a step, in Dutch; None when it can be kept. Pure."""
    if stap.staat not in MAG_NAAR[signaal.staat]:
        if signaal.staat in GESLOTEN:
            return "Dit signaal is al verklaard of afgesloten. Gaat het opnieuw af, dan komt er een nieuw signaal."
        return (
            f"Van '{WOORDEN[signaal.staat]}' kan dit nu niet. Kies: {', '.join(WOORDEN[naam] for naam in MAG_NAAR[signaal.staat])}."
        )
    fout = check_tekst(stap.reden)
    if fout:
        return fout
    if stap.staat == "maatregel" and not met_maatregel:
        return "Er is geen geldige maatregel die dit signaal noemt. Registreer eerst de maatregel; een tweede bevestigt zo nodig."
    if stap.termijn is not None and (stap.staat != "gesprek" or stap.termijn < vandaag):
        return "Een termijn hoort bij een gesprek en ligt niet voor vandaag. Verbeter de termijn, of laat hem leeg."
    return _judge_explanation(signaal, stap)


def _judge_explanation(signaal: Signaalrij, stap: Gewenstestap) -> str | None:
    if stap.staat != "verklaard":
        return "Regels en 'tot' horen alleen bij een verklaring. Laat ze leeg." if stap.nummers or stap.tot else None
    if stap.tot is not None and not signaal.venster_van <= stap.tot <= signaal.venster_tot:
        van, tot = datum(signaal.venster_van), datum(signaal.venster_tot)
        return f"De verklaring geldt tot een dag van {van} tot en met {tot}. Kies zo'n dag."
    onbekend = sorted(set(stap.nummers) - set(signaal.nummers))
    if onbekend:
        return f"Nummer {onbekend[0]} hoort niet bij dit signaal. Kies uit de regels die het signaal noemt."
    return None


def _as_step(werkplaats: Werkplaats, signaal: Signaalrij, stap: Gewenstestap, door: str) -> Signaalstap:
    verklaard = stap.staat == "verklaard"
    nummers = list(stap.nummers or signaal.nummers) if verklaard else []
    tot = (stap.tot or signaal.venster_tot) if verklaard else None
    return Signaalstap(stap.staat, stap.reden, nummers, tot, stap.termijn, door, werkplaats.instellingen.nu())


WOORDEN = {
    "nieuw": "nieuw",
    "in_behandeling": "in behandeling",
    "verklaard": "verklaard",
    "gesprek": "gesprek",
    "maatregel": "maatregel",
    "afgesloten": "afgesloten",
}
"""How a state is called."""


def share_with_aanbieder(werkplaats: Werkplaats, gemeente: str, door: str, signaal_id: int) -> Uitkomst:
    """From now on the aanbieder sees the signal and can explain it; None when this gemeente has no such signal."""
    with werkplaats.opslag.transaction() as verbinding:
        lock_signalen(verbinding, gemeente)
        uitkomst: Uitkomst = find_signaal(verbinding, gemeente, signaal_id)
        if uitkomst is not None:
            gedeeld = share_signaal(verbinding, gemeente, signaal_id, werkplaats.instellingen.nu())
            al = NietNu("Dit signaal is al gedeeld met de aanbieder. U hoeft niets te doen.")
            uitkomst = find_signaal(verbinding, gemeente, signaal_id) if gedeeld else al
        return note_outcome(verbinding, werkplaats, Handeling(gemeente, door, "U", "signaal", signaal_id), uitkomst)


def explain_signaal(
    werkplaats: Werkplaats, gemeente: str, agb: str, door: str, signaal_id: int, tekst: str, nummers: tuple[int, ...] = ()
) -> Uitkomst:
    """What the aanbieder says of a signal that was shared with it; it counts once somebody of the gemeente takes it over.

    None for a signal that is not there, another's, or not shared.
    """
    with werkplaats.opslag.transaction(Toegang(gemeente, agb)) as lezer:
        zichtbaar = find_signaal(lezer, gemeente, signaal_id)
    with werkplaats.opslag.transaction() as verbinding:
        lock_signalen(verbinding, gemeente)
        signaal = find_signaal(verbinding, gemeente, signaal_id) if zichtbaar is not None else None
        uitkomst: Uitkomst = signaal
        if signaal is not None:
            fout = _judge_words(signaal, tekst, nummers)
            if fout:
                uitkomst = NietNu(fout)
            else:
                add_verklaring(verbinding, gemeente, signaal, tekst, nummers, door, werkplaats.instellingen.nu())
        return note_outcome(verbinding, werkplaats, Handeling(gemeente, door, "C", "signaal", signaal_id), uitkomst)


def _judge_words(signaal: Signaalrij, tekst: str, nummers: tuple[int, ...]) -> str | None:
    if signaal.staat in GESLOTEN:
        return "Dit signaal is al afgehandeld. U hoeft niets te verklaren."
    if len(nummers) > _MEEST:
        return f"Noem ten hoogste {_MEEST} regels, of noem er geen: dan geldt de verklaring voor alles."
    onbekend = sorted(set(nummers) - set(signaal.nummers))
    if onbekend:
        return f"Nummer {onbekend[0]} hoort niet bij dit signaal. Kies uit de regels die het signaal noemt."
    return check_tekst(tekst)
