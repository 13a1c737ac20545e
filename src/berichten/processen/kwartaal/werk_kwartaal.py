"""Make a quarterly report, explain it, agree on actions, and establish it; from then on it does not change.

Refusals (`NietNu`) say in Dutch what to do; None is what is not there.
"""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection

from berichten.beoordeling.besluit import check_tekst
from berichten.inzage.basis.objecten import Actie
from berichten.kern.nietnu import NietNu
from berichten.kern.tekst import datum
from berichten.opslag.basis.verbinding import Toegang
from berichten.opslag.kwartaal.kwartaalrapporten import (
    GESLOTEN,
    STANDEN,
    Actiestap,
    Bewaardrapport,
    NieuweActie,
    add_actie,
    add_stap,
    add_tekst,
    establish,
    find_rapport,
    judge_uitleg,
    list_acties,
    list_rapporten,
    list_teksten,
    lock_kwartaal,
    save_concept,
)
from berichten.processen.basis.handelingen import Handeling, note_outcome
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.kwartaal.kies_ritme import RITMEWOORDEN, find_ritme
from berichten.processen.kwartaal.reken_kwartaal import reckon_kwartaal
from berichten.processen.monitor.publiceer import Lezer
from berichten.rapporten.sturen.kwartaalbijstelling import list_adjusted
from berichten.rapporten.sturen.kwartaalperiode import Kwartaal, read_kwartaal

Uitkomst = Bewaardrapport | NietNu | None
Verandering = Callable[[Connection, Bewaardrapport], str | None]
"""Does something with a concept, or says in Dutch why it cannot be done."""
ROLLEN = ("contractbeheer", "financien", "beheer", "controle")
"""Who may read a report."""
_VAST = "Dit rapport is vastgesteld en verandert niet meer. Wat nu anders is, staat in het volgende rapport als bijgesteld."


@dataclass(frozen=True, slots=True)
class Rapporteur:
    """Of which gemeente, and in whose name (as a column `door` has it)."""

    gemeente: str
    door: str


def make_concept(werkplaats: Werkplaats, wie: Rapporteur, periode: Kwartaal, peildatum: date | None = None) -> Uitkomst:
    """The report of a period as it is known at the end of the peildatum, today unless told; made anew while it is a concept."""
    dag = peildatum or werkplaats.instellingen.vandaag()
    with werkplaats.opslag.transaction() as verbinding:
        weigering = _refuse(verbinding, werkplaats, wie.gemeente, periode, dag)
        vorig = None if weigering else _find_established_before(verbinding, wie.gemeente, periode)
    cijfers: dict[str, Any] = {}
    if weigering is None:
        lezer = Lezer(werkplaats, Toegang(wie.gemeente, None))
        cijfers = reckon_kwartaal(lezer, wie.gemeente, periode, dag)
        cijfers["bijgesteld"] = []
        if vorig is not None:
            nu = reckon_kwartaal(lezer, wie.gemeente, read_kwartaal(vorig.kop.periode), dag)
            cijfers["bijgesteld"] = [{"periode": vorig.kop.periode, **asdict(rij)} for rij in list_adjusted(vorig.cijfers, nu)]
    with werkplaats.opslag.transaction() as verbinding:
        lock_kwartaal(verbinding, wie.gemeente)
        weigering = weigering or _refuse(verbinding, werkplaats, wie.gemeente, periode, dag)
        uitkomst: Uitkomst = None if weigering is None else NietNu(weigering)
        if weigering is None:
            save_concept(verbinding, wie.gemeente, periode.naam, dag, cijfers, wie.door, werkplaats.instellingen.nu())
            uitkomst = find_rapport(verbinding, wie.gemeente, periode.naam)
        return note_outcome(verbinding, werkplaats, _act(wie, "C", periode.naam), uitkomst)


def _refuse(verbinding: Connection, werkplaats: Werkplaats, gemeente: str, periode: Kwartaal, dag: date) -> str | None:
    """Why it cannot be made now: too early, established already, or in another rhythm than the rest of that year."""
    if dag > werkplaats.instellingen.vandaag():
        return "Die peildatum is nog niet geweest. Kies vandaag of een eerdere dag."
    if dag <= periode.tot:
        return f"Deze periode is dan nog niet voorbij. Kies een peildatum na {datum(periode.tot)}."
    koppen = list_rapporten(verbinding, gemeente)
    if any(kop.periode == periode.naam and kop.vastgesteld_op is not None for kop in koppen):
        return _VAST
    ritme = find_ritme(verbinding, gemeente, periode.jaar, koppen, werkplaats.instellingen.nu())
    if ritme != periode.ritme:
        ander = RITMEWOORDEN[ritme]
        return (
            f"Over {periode.jaar} rapporteert uw gemeente per {ander}. Beide naast elkaar zouden kleine aantallen verraden."
            f" Kies een periode van {ander}. Het ritme van een jaar staat bij de instellingen, met 1 januari van dat jaar."
        )
    return None


def _find_established_before(verbinding: Connection, gemeente: str, periode: Kwartaal) -> Bewaardrapport | None:
    """The last established report on a period before this one."""
    eerder = [
        gelezen for kop in list_rapporten(verbinding, gemeente)
        if kop.vastgesteld_op is not None and (gelezen := read_kwartaal(kop.periode)).tot < periode.van
    ]  # fmt: skip
    vorig = max(eerder, key=lambda item: item.tot, default=None)
    return None if vorig is None else find_rapport(verbinding, gemeente, vorig.naam)


def write_tekst(werkplaats: Werkplaats, wie: Rapporteur, periode: str, rij: str, tekst: str) -> Uitkomst:
    """Explain a row of a concept; an empty text takes the explanation away."""

    def act(verbinding: Connection, rapport: Bewaardrapport) -> str | None:
        if rij not in _rows(rapport):
            return f"Deze rij staat niet in het rapport. Kies uit: {', '.join(_rows(rapport))}."
        fout = check_tekst(tekst) if tekst.strip() else None
        if fout is None:
            add_tekst(verbinding, wie.gemeente, periode, rij, tekst.strip(), wie.door, werkplaats.instellingen.nu())
        return fout

    return _change(werkplaats, wie, periode, act)


def begin_actie(werkplaats: Werkplaats, wie: Rapporteur, periode: str, nieuw: NieuweActie) -> Uitkomst:
    """Agree on an action because of a row of a concept; it comes back in each later report until it is closed."""

    def act(verbinding: Connection, rapport: Bewaardrapport) -> str | None:
        if nieuw.rij not in _rows(rapport):
            return f"Deze rij staat niet in het rapport. Kies uit: {', '.join(_rows(rapport))}."
        fout = check_tekst(nieuw.actie) or check_tekst(nieuw.eigenaar)
        if fout is None:
            add_actie(verbinding, wie.gemeente, periode, nieuw, wie.door, werkplaats.instellingen.nu())
        return fout

    return _change(werkplaats, wie, periode, act)


def take_stap(werkplaats: Werkplaats, wie: Rapporteur, periode: str, nr: int, stap: Actiestap) -> Uitkomst:
    """Move an action on, in the concept that it is shown in. Closing it takes a result."""

    def act(verbinding: Connection, _: Bewaardrapport) -> str | None:
        nu = werkplaats.instellingen.nu()
        actie = next((item for item in list_acties(verbinding, wie.gemeente, nu) if item.nr == nr), None)
        if actie is None:
            return f"Actie {nr} is er niet. Kies een actie uit het rapport."
        if actie.stand == GESLOTEN:
            return f"Actie {nr} is al gesloten."
        if stap.stand not in STANDEN:
            return f"Deze stand kennen we niet. Kies uit: {', '.join(STANDEN)}."
        # What was told of an action before stays, unless it is told anew.
        gemeten = actie.effect_gemeten if stap.effect_gemeten is None else stap.effect_gemeten
        verder = Actiestap(stap.stand, stap.resultaat.strip() or actie.resultaat, gemeten)
        if verder.stand == GESLOTEN and not verder.resultaat:
            return "Schrijf eerst wat het resultaat is. Zonder resultaat kan een actie niet dicht."
        fout = check_tekst(verder.resultaat) if verder.resultaat else None
        if fout is None:
            add_stap(verbinding, wie.gemeente, nr, verder, wie.door, nu)
        return fout

    return _change(werkplaats, wie, periode, act)


def establish_kwartaal(werkplaats: Werkplaats, wie: Rapporteur, periode: str, versie: int) -> Uitkomst:
    """From now on the figures are those of this version. Refused while an explanation lacks, or is older than the figures."""

    def act(verbinding: Connection, rapport: Bewaardrapport) -> str | None:
        kop = rapport.kop
        if kop.versie != versie:
            return f"Het concept is opnieuw gemaakt: u zag versie {versie} en nu is er versie {kop.versie}. Lees het opnieuw."
        stand = judge_uitleg(rapport, list_teksten(verbinding, wie.gemeente, periode))
        if stand.missen:
            return f"Leg eerst uit: {', '.join(stand.missen)}. Schrijf bij elke rij wat het verschil verklaart."
        if stand.verouderd:
            return (
                f"De cijfers zijn opnieuw gemaakt na de uitleg bij: {', '.join(stand.verouderd)}. Lees of die nog klopt en"
                " bewaar haar opnieuw."
            )
        establish(verbinding, wie.gemeente, periode, wie.door, werkplaats.instellingen.nu())
        return None

    return _change(werkplaats, wie, periode, act)


def _change(werkplaats: Werkplaats, wie: Rapporteur, periode: str, act: Verandering) -> Uitkomst:
    """Do something with a concept, which says what is wrong, and keep in the log what came of it."""
    with werkplaats.opslag.transaction() as verbinding:
        lock_kwartaal(verbinding, wie.gemeente)
        uitkomst: Uitkomst = find_rapport(verbinding, wie.gemeente, periode)
        if isinstance(uitkomst, Bewaardrapport):
            weigering = _VAST if uitkomst.kop.vastgesteld_op is not None else act(verbinding, uitkomst)
            uitkomst = NietNu(weigering) if weigering else find_rapport(verbinding, wie.gemeente, periode)
        return note_outcome(verbinding, werkplaats, _act(wie, "U", periode), uitkomst)


def _rows(rapport: Bewaardrapport) -> list[str]:
    return [rij["rij"] for rij in rapport.cijfers["kerncijfers"]]


def _act(wie: Rapporteur, actie: Actie, periode: str) -> Handeling:
    return Handeling(wie.gemeente, wie.door, actie, "kwartaalrapport", periode)
