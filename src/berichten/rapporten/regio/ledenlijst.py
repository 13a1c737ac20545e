"""Who is in a region in a period: those who are on its last day; and who joined or left in it. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from berichten.kern.tekst import datum
from berichten.opslag.kwartaal.regioleden import Lidmaatschap
from berichten.rapporten.boeken.periode import Vraagfout
from berichten.standaard.waarden.gemeenten import name_of_gemeente

GEEN = "Uw gemeente hoort in deze periode niet bij een regio. Vraag beheer om de leden van de regio te laden (regio)."


@dataclass(frozen=True, slots=True)
class Regio:
    """A region as it was in a period."""

    naam: str
    leden: tuple[str, ...]
    """Gemeenten in order of their code."""
    wisselingen: tuple[str, ...]
    """Dutch sentences on who joined or left."""
    rijen: tuple[Lidmaatschap, ...] = ()
    """Every membership that is loaded of it; none where the operator chose the gemeenten."""

    @property
    def titel(self) -> str:
        """As it is named under a table."""
        return f"Regio {self.naam}" if self.rijen else f"Gekozen gemeenten ({', '.join(map(name_of_gemeente, self.leden))})"

    def last_day_of(self, gemeente: str, dag: date) -> date | None:
        """Of a member that is none any more on this day, its last one before it; None for who is a member."""
        eigen = [rij for rij in self.rijen if rij.gemeente == gemeente and rij.van <= dag]
        if any(rij.holds_on(dag) for rij in eigen):
            return None
        return max((rij.tot for rij in eigen if rij.tot is not None), default=None)


def find_regio(rijen: Iterable[Lidmaatschap], gemeente: str, van: date, tot: date, vandaag: date, naam: str | None = None) -> Regio:
    """The region of this gemeente, which is a member on the last day of the period and is one today.

    Raises Vraagfout for who is in none, and for who is in more than one and does not say which.
    """
    per_regio: dict[str, list[Lidmaatschap]] = {}
    for rij in rijen:
        per_regio.setdefault(rij.regio, []).append(rij)
    eigen = [
        regio for regio, leden in per_regio.items()
        if all(any(lid.gemeente == gemeente and lid.holds_on(dag) for lid in leden) for dag in (tot, vandaag))
    ]  # fmt: skip
    gekozen = [regio for regio in eigen if naam in (None, regio)]
    if not gekozen:
        raise Vraagfout(GEEN)
    if len(gekozen) > 1:
        raise Vraagfout(f"Uw gemeente hoort bij meer dan een regio. Kies met 'regio' uit: {', '.join(sorted(eigen))}.")
    [regio] = gekozen
    return _as_regio(regio, per_regio[regio], van, tot)


def find_by_name(rijen: Sequence[Lidmaatschap], naam: str, van: date, tot: date, bekend: Sequence[str]) -> Regio:
    """A region for the operator, who is in none. Raises Vraagfout for one without members, with the names of those there are."""
    regio = _as_regio(naam, rijen, van, tot)
    if not regio.leden:
        namen = f"Kies uit: {', '.join(bekend)}." if bekend else "Laad eerst de leden van de regio (berichten laad regio)."
        raise Vraagfout(f"Regio '{naam[:60]}' heeft op {datum(tot)} geen leden. {namen}")
    return regio


def gather(gemeenten: Iterable[str]) -> Regio:
    """Gemeenten that the operator puts together, whatever region they are in."""
    return Regio("Gekozen gemeenten", tuple(sorted(set(gemeenten))), ())


def list_regios(rijen: Iterable[Lidmaatschap], gemeente: str, vandaag: date) -> list[str]:
    """Names of those that this gemeente is in today."""
    return sorted({rij.regio for rij in rijen if rij.gemeente == gemeente and rij.holds_on(vandaag)})


def _as_regio(naam: str, rijen: Sequence[Lidmaatschap], van: date, tot: date) -> Regio:
    leden = sorted({rij.gemeente for rij in rijen if rij.holds_on(tot)})
    zinnen = []
    for rij in rijen:
        if van < rij.van <= tot:
            zinnen.append(f"{name_of_gemeente(rij.gemeente)} is erbij gekomen op {datum(rij.van)}.")
        # Who is there on the last day joins the report, also when that is the last day in the region.
        if rij.tot is not None and van <= rij.tot <= tot and rij.gemeente not in leden:
            zinnen.append(f"{name_of_gemeente(rij.gemeente)} is vertrokken na {datum(rij.tot)} en telt niet mee.")
    return Regio(naam, tuple(leden), tuple(zinnen), tuple(rijen))
