"""Who has the regie over the care of a family answers what stands out in it."""

from berichten.beoordeling.besluit import check_tekst
from berichten.kern.houder import Sleutelhouder
from berichten.kern.nietnu import NietNu
from berichten.kern.rechten import LOKAAL_TEAM
from berichten.opslag.signalen.casussignaalrijen import (
    Casusantwoord,
    Casussignaalrij,
    add_casusantwoord,
    find_casussignaalrij,
)
from berichten.opslag.signalen.signalen import lock_signalen
from berichten.processen.basis.handelingen import Handeling, note_outcome
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.rapporten.signalen.casus import ANTWOORDEN, CONTRACTBEHEER

_VAN_EEN_TEAM = "Dit signaal is van team {team}. Dat team geeft het antwoord; vraag het daar."
_ONBEKEND = "Dit antwoord is er niet. Kies: {keuze}."

Uitkomst = Casussignaalrij | NietNu | None


def answer_casussignaal(
    werkplaats: Werkplaats, houder: Sleutelhouder, casussignaal_id: int, antwoord: str, toelichting: str = ""
) -> Uitkomst:
    """Keep an answer; a later one takes its place. None for a signal that is not there, or another's."""
    gemeente = houder.gemeente
    with werkplaats.opslag.transaction(werkplaats.seen_by(houder).toegang) as lezer:
        zichtbaar = find_casussignaalrij(lezer, gemeente, casussignaal_id)
    with werkplaats.opslag.transaction() as verbinding:
        lock_signalen(verbinding, gemeente)
        rij = find_casussignaalrij(verbinding, gemeente, casussignaal_id) if zichtbaar is not None else None
        uitkomst: Uitkomst = rij
        if rij is not None:
            fout = _judge(houder, rij, antwoord, toelichting)
            if fout:
                uitkomst = NietNu(fout)
            else:
                nieuw = Casusantwoord(antwoord, toelichting.strip(), houder.sleutel_id, werkplaats.instellingen.nu())
                add_casusantwoord(verbinding, gemeente, rij, nieuw)
        handeling = Handeling(gemeente, houder.sleutel_id, "C", "casussignaal", casussignaal_id)
        return note_outcome(verbinding, werkplaats, handeling, uitkomst, [rij.bsn] if rij else ())


def _judge(houder: Sleutelhouder, rij: Casussignaalrij, antwoord: str, toelichting: str) -> str | None:
    if antwoord not in ANTWOORDEN:
        return _ONBEKEND.format(keuze=", ".join(ANTWOORDEN))
    if houder.rol != LOKAAL_TEAM and rij.team != CONTRACTBEHEER:
        return _VAN_EEN_TEAM.format(team=rij.team)
    return check_tekst(toelichting) if toelichting.strip() else None
