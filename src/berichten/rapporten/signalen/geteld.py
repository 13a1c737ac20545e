"""Signals that count lines or allocations: S1 to S6. Pure; each gives what it says of one aanbieder, in a sentence.

Source: procurement document 8.1, 9 and 9.4; choices of ours stand in docs/sturen.md.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from berichten.kern.kalender import einde_of_maand
from berichten.kern.taal import meervoud, telling
from berichten.kern.tekst import euro, getal
from berichten.rapporten.signalen.drempels import Drempel, is_least, is_more, percent_text, promille_text
from berichten.rapporten.signalen.waarneming import Geval, Uitleg, Waarneming, numbers_of, unexplained


@dataclass(frozen=True, slots=True)
class Budgetgebruik:
    """An allocation with a budget that ran in the window. Cents."""

    nummer: int
    budget: int
    einde: date
    """Einddatum (e0); without one the last day of the year."""
    gebruikt: int
    """Awarded and held (D + H)."""
    bereikt_op: date | None
    """Last day of the first ProductPeriode with which the budget was reached."""
    laatst_op: date | None = None
    """Last day of the last ProductPeriode that stands at or beyond the budget, at most that of the window."""
    afgewezen_op: date | None = None
    """Dagtekening of the last line that was rejected because budget (TR369) or volume (TR322) was used up, at most that day too."""

    @property
    def is_op(self) -> bool:
        """Used up before its last month was over."""
        return self.bereikt_op is not None and self.bereikt_op < einde_of_maand(self.einde)

    @property
    def is_te_snel(self) -> bool:
        """Used up too early, gone beyond, or tried to."""
        return self.is_op or self.gebruikt > self.budget or self.afgewezen_op is not None

    @property
    def dag(self) -> date:
        """The last of what went too fast: what was explained up to an earlier day does not explain this."""
        return max((dag for dag in (self.laatst_op, self.afgewezen_op) if dag is not None), default=date.min)


def signal_budget(agb: str, toewijzingen: Sequence[Budgetgebruik], uitleg: Uitleg, drempel: Drempel) -> Waarneming:
    """S1: budgets that are used up too early or gone beyond; each allocation once."""
    te_snel = [Geval(item.nummer, item.dag) for item in toewijzingen if item.is_te_snel]
    gevallen = unexplained(te_snel, uitleg)
    teller, noemer = len(gevallen), len(toewijzingen)
    zin = (
        f"Van {telling(noemer, 'toewijzing', 'toewijzingen')} met een budget {meervoud(teller, 'is', 'zijn')} er {getal(teller)}"
        f" te vroeg op of overschreden ({percent_text(teller, noemer)}). Het signaal gaat af bij {drempel.aantal} of meer"
        f" toewijzingen en {promille_text(drempel.promille or 0)} of meer."
    )
    gaat_af = teller >= (drempel.aantal or 0) and is_least(teller, noemer, drempel.promille)
    return Waarneming(agb, "S1", teller, noemer, drempel, zin, gaat_af, numbers_of(gevallen))


@dataclass(frozen=True, slots=True)
class Ingediend:
    """What an aanbieder declared with a Dagtekening in the window: debit lines, and cents."""

    regels: int
    bedrag: int


def signal_te_laat(agb: str, laat: Sequence[Geval], alles: Ingediend, uitleg: Uitleg, drempel: Drempel) -> Waarneming:
    """S2: lines that came too late (DA07), by Dagtekening."""
    gevallen = unexplained(laat, uitleg)
    teller = len(gevallen)
    zin = (
        f"Van {telling(alles.regels, 'regel', 'regels')} {meervoud(teller, 'is', 'zijn')} er {getal(teller)} te laat gedeclareerd"
        f" ({percent_text(teller, alles.regels)}). Het signaal gaat af bij {drempel.aantal} of meer regels en meer dan"
        f" {promille_text(drempel.promille or 0)}."
    )
    gaat_af = teller >= (drempel.aantal or 0) and is_more(teller, alles.regels, drempel.promille)
    return Waarneming(agb, "S2", teller, alles.regels, drempel, zin, gaat_af, numbers_of(gevallen))


@dataclass(frozen=True, slots=True)
class Afgewezenregel:
    """A debit line that was rejected and of which the same care was not awarded since. Cents."""

    nummer: int
    dag: date
    bedrag: int


def signal_afgewezen(
    agb: str, afgewezen: Sequence[Afgewezenregel], alles: Ingediend, uitleg: Uitleg, drempel: Drempel
) -> Waarneming:
    """S3: what was rejected of what was submitted, in euros."""
    gevallen = unexplained((Geval(item.nummer, item.dag) for item in afgewezen), uitleg)
    over = {geval.nummer for geval in gevallen}
    bedrag = sum(item.bedrag for item in afgewezen if item.nummer in over)
    zin = (
        f"Van {euro(alles.bedrag)} is {euro(bedrag)} afgewezen en daarna niet alsnog toegekend"
        f" ({percent_text(bedrag, alles.bedrag)}), in {telling(len(gevallen), 'regel', 'regels')}. Het signaal gaat af bij"
        f" {drempel.aantal} of meer regels en meer dan {promille_text(drempel.promille or 0)}."
    )
    gaat_af = len(gevallen) >= (drempel.aantal or 0) and is_more(bedrag, alles.bedrag, drempel.promille)
    return Waarneming(agb, "S3", bedrag, alles.bedrag, drempel, zin, gaat_af, numbers_of(gevallen))


_OVER = {
    "S4": "met minder verantwoorde tijd dan gedeclareerd, of met tijd die niet mag worden gedeclareerd",
    "S5": "waarvan het niveau, de registratie of het tarief van de medewerker niet klopt",
}
REGELS_BIJ = {"S2": ("DA07",), "S4": ("DA01", "DA04"), "S5": ("DA02", "DA03", "DA05")}
"""By signal, the rules that find what it counts."""


def signal_regels(
    agb: str, soort: str, treffers: Sequence[Geval], alles: Ingediend, uitleg: Uitleg, drempel: Drempel
) -> Waarneming:
    """S4 (DA01, DA04) and S5 (DA02, DA03, DA05): a line counts once, however many of these rules found something on it."""
    nummers = numbers_of(unexplained(treffers, uitleg))
    zin = (
        f"Er {meervoud(len(nummers), 'is', 'zijn')} {telling(len(nummers), 'regel', 'regels')} {_OVER[soort]}. Het signaal gaat af"
        f" bij {drempel.aantal} of meer regels."
    )
    gaat_af = len(nummers) >= (drempel.aantal or 0)
    return Waarneming(agb, soort, len(nummers), alles.regels, drempel, zin, gaat_af, nummers)


def signal_starts(
    agb: str, aantal: int, te_laat: Sequence[Geval], uitleg: Uitleg, drempel: Drempel, binnen_dagen: int
) -> Waarneming:
    """S6: indicator 7 of one aanbieder. A late start that was explained stays among all, and is no late one."""
    gevallen = unexplained(te_laat, uitleg)
    op_tijd = aantal - len(gevallen)
    zin = (
        f"Van {telling(aantal, 'toewijzing', 'toewijzingen')} begon de hulp bij {getal(op_tijd)} binnen {binnen_dagen} dagen"
        f" ({percent_text(op_tijd, aantal)}). Het signaal gaat af bij minder dan {promille_text(drempel.promille or 0)} van"
        f" {drempel.aantal} of meer toewijzingen."
    )
    gaat_af = aantal >= (drempel.aantal or 0) and not is_least(op_tijd, aantal, drempel.promille)
    return Waarneming(agb, "S6", op_tijd, aantal, drempel, zin, gaat_af, numbers_of(gevallen))
