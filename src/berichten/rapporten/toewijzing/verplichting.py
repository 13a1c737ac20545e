"""What one allocation still binds the gemeente to, and what of that is expected. Pure; amounts in cents, days inclusive.

T is allocated, D declared (awarded less credited), H held for a person; r is what is left of T. By the end of the peildatum p, for
the year asked: care ends on e, the earliest of Einddatum and stop. One without Einddatum is reckoned until the end of the year,
where T grows with its days until `Vraagpunt.open_tot`; as long as it runs on it does not close, but of a year before
`Vraagpunt.open_vanaf` nothing of it is expected any more.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from functools import cached_property

from berichten.kern.kalender import add_maanden, begin_of_maand, count_dagen
from berichten.kern.rekenen import part_between, round_up
from berichten.kern.taal import telling
from berichten.kern.tekst import datum, euro
from berichten.rapporten.toewijzing.toegewezen import Toegewezen

GENERIEK = "Generiek"
"""In place of the category of an allocation that names none."""
ZILVERING_MAANDEN, MINSTE_GESLOTEN = 24, 10
"""What is used of allocations is taken from those that ended in so many months, and from no fewer of them."""


@dataclass(frozen=True)
class Vraagpunt:
    """What is asked: a calendar year, and the day at the end of which it is looked at."""

    jaar: int
    peildatum: date
    termijn: int = 1
    """Months after its month in which care may be declared."""

    @cached_property
    def eerste(self) -> date:
        return date(self.jaar, 1, 1)

    @cached_property
    def laatste(self) -> date:
        return date(self.jaar, 12, 31)

    @cached_property
    def open_tot(self) -> date:
        """Until when one without Einddatum runs: 31 December of the year, or of that of the peildatum where that is later.

        A year that is past neither closes it nor cuts a volume that grows with its days.
        """
        return date(max(self.jaar, self.peildatum.year), 12, 31)

    @cached_property
    def dicht_voor(self) -> date:
        """Care that ended before this day can no longer be declared in time: its month and the months of the term are over."""
        return begin_of_maand(add_maanden(self.peildatum, -self.termijn))

    @cached_property
    def open_vanaf(self) -> date:
        """First day of the earliest year of which care can still be declared: the term of its 31 December is not over."""
        return date(self.dicht_voor.year, 1, 1)

    @cached_property
    def zilvering_na(self) -> date:
        """What ended after this day tells what part is used in the end."""
        return add_maanden(self.peildatum, -ZILVERING_MAANDEN)

    @cached_property
    def vorig_jaar(self) -> date:
        """The same day of the year before; of 29 February the 28th."""
        return add_maanden(self.peildatum, -12)

    def is_closed(self, einde: date) -> bool:
        """Whether care up to `einde` can no longer be declared in time."""
        return einde < self.dicht_voor


@dataclass(slots=True)
class Besteding:
    """What stands on an allocation; of a year by the month of care.

    Nobody changes it, nor what is made of it; they are not frozen because there may be a million.
    """

    gedeclareerd: int = 0
    aangehouden: int = 0
    gedeclareerd_jaar: int = 0
    aangehouden_jaar: int = 0
    gedeclareerd_vorig: int = 0
    """Of the year before."""
    laatste: date | None = None
    """Last day of the last ProductPeriode of which something is awarded or held."""

    @property
    def samen(self) -> int:
        return self.gedeclareerd + self.aangehouden


@dataclass(slots=True)
class Toewijzingstand:
    """An allocation as it stood."""

    toewijzingnummer: int
    agb: str
    categorie: str
    productcode: str | None
    begin: date
    einddatum: date | None
    stop: date | None
    """Last day of care by a stop in force that is not temporary."""
    toegewezen: Toegewezen
    gebruik: Besteding

    def last_day(self, vraag: Vraagpunt) -> date:
        """Einddatum, or the last day over which one without is spread: a fixed total is not spread anew when a year begins."""
        return self.einddatum or (vraag.open_tot if self.toegewezen.groeit else vraag.laatste)

    def end_in(self, vraag: Vraagpunt) -> date:
        """Last day of care (e)."""
        return self._or_stop(self.last_day(vraag))

    def runs_until(self, vraag: Vraagpunt) -> date:
        """Last day of care by which it closes: not before e, and after it where it runs on without Einddatum."""
        return self._or_stop(self.einddatum or vraag.open_tot)

    def _or_stop(self, einde: date) -> date:
        return einde if self.stop is None else min(einde, self.stop)

    def touches(self, vraag: Vraagpunt) -> bool:
        """Whether it is one of the year: in force in it, or with care of it."""
        loopt = self.begin <= vraag.laatste and self.last_day(vraag) >= vraag.eerste
        return loopt or bool(self.gebruik.gedeclareerd_jaar or self.gebruik.aangehouden_jaar)


@dataclass(slots=True)
class Verplichting:
    """What follows for one allocation; None where it is `niet te bepalen`."""

    einde: date
    gesloten: bool
    rest: int | None
    """r: what is left of what is allocated, at least 0."""
    overschrijding: int | None
    verwacht: int | None
    """E: what is expected to be declared still, of all days of care up to e."""
    toegewezen_jaar: int | None
    verwacht_jaar: int | None
    """What of E falls in the year."""

    @property
    def open(self) -> int:
        """What the gemeente is still bound to."""
        return 0 if self.gesloten else self.rest or 0

    @property
    def vrijgevallen(self) -> int:
        """What was allocated and can no longer be declared in time."""
        return self.rest or 0 if self.gesloten else 0


def reckon(stand: Toewijzingstand, vraag: Vraagpunt, zilvering: Fraction = Fraction(1)) -> Verplichting:
    """`zilvering`: what part of the rest is used in the end, of the allocation's category; only where nothing is declared yet."""
    einde = stand.end_in(vraag)
    toegewezen, gebruik = stand.toegewezen.bedrag, stand.gebruik
    rest = None if toegewezen is None else max(0, toegewezen - gebruik.samen)
    over = None if toegewezen is None else max(0, gebruik.samen - toegewezen)
    verwacht = 0 if vraag.is_closed(einde) else _expect(stand, einde, rest, zilvering)
    return Verplichting(
        einde,
        vraag.is_closed(stand.runs_until(vraag)),
        rest,
        over,
        verwacht,
        None if toegewezen is None else in_year(toegewezen, stand.begin, stand.last_day(vraag), vraag),
        _spread(stand, verwacht, vraag, vraag.eerste, vraag.laatste),
    )


def _has_pace(stand: Toewijzingstand) -> bool:
    return stand.gebruik.laatste is not None and stand.gebruik.laatste >= stand.begin


def _day_after(dag: date | None) -> date:
    return (dag or date.min) + timedelta(days=1)


def _expect(stand: Toewijzingstand, einde: date, rest: int | None, zilvering: Fraction) -> int | None:
    """By the pace so far, at most what is left; without lines the part of what is left that is used elsewhere."""
    gebruik, begin = stand.gebruik, stand.begin
    if gebruik.laatste is None or not _has_pace(stand):
        if rest is None or einde < begin:
            return None if rest is None else 0
        return round_up(rest * zilvering.numerator, zilvering.denominator)
    if gebruik.laatste > einde:
        return 0
    tempo = round_up(gebruik.samen * count_dagen(begin, einde), count_dagen(begin, gebruik.laatste)) - gebruik.samen
    return max(0, tempo) if rest is None else min(rest, max(0, tempo))


def in_year(bedrag: int, begin: date, einde: date, vraag: Vraagpunt) -> int:
    """What of an amount over a period falls in the year, by days with cumulative rounding: all years together are the amount."""
    return in_days(bedrag, begin, einde, vraag.eerste, vraag.laatste)


def in_days(bedrag: int, begin: date, einde: date, eerste: date, laatste: date) -> int:
    """The same for the days from `eerste` to `laatste`, both included."""
    if bedrag == 0 or (eerste <= begin and einde <= laatste):
        return bedrag
    geheel = count_dagen(begin, einde)
    tot = min(geheel, count_dagen(begin, laatste))
    return part_between(bedrag, min(tot, count_dagen(begin, eerste - timedelta(days=1))), tot, geheel)


def expected_in(stand: Toewijzingstand, uitkomst: Verplichting, vraag: Vraagpunt, eerste: date, laatste: date) -> int:
    """What of E falls in these days, both included."""
    return _spread(stand, uitkomst.verwacht, vraag, eerste, laatste) or 0


def _spread(stand: Toewijzingstand, verwacht: int | None, vraag: Vraagpunt, eerste: date, laatste: date) -> int | None:
    """E lies over the days of care after the last that was billed; without Einddatum nothing comes of a year whose term is over."""
    vanaf = max(eerste, vraag.open_vanaf) if stand.einddatum is None else eerste
    if vanaf > laatste:
        return 0
    verder = _day_after(stand.gebruik.laatste) if _has_pace(stand) else stand.begin
    return None if verwacht is None else in_days(verwacht, verder, stand.end_in(vraag), vanaf, laatste)


def find_zilvering(standen: Iterable[Toewijzingstand], vraag: Vraagpunt) -> dict[str, Fraction]:
    """By category, what part of what was allocated was declared, of those that closed and ended in 24 months up to the peildatum.

    At most all of it; a category with fewer than ten of them is not in it, and counts as all.
    """
    sommen: dict[str, tuple[int, int, int]] = {}
    for stand in standen:
        einde, toegewezen = stand.runs_until(vraag), stand.toegewezen.bedrag
        if toegewezen is None or not vraag.zilvering_na < einde < vraag.dicht_voor:
            continue
        aantal, gedeclareerd, alles = sommen.get(stand.categorie, (0, 0, 0))
        sommen[stand.categorie] = (aantal + 1, gedeclareerd + stand.gebruik.gedeclareerd, alles + toegewezen)
    return {
        categorie: min(Fraction(1), max(Fraction(0), Fraction(gedeclareerd, alles)))
        for categorie, (aantal, gedeclareerd, alles) in sommen.items()
        if aantal >= MINSTE_GESLOTEN and alles > 0
    }


def new_inflow(standen: Iterable[Toewijzingstand], vraag: Vraagpunt) -> int:
    """What allocations that began after this day last year declared of last year's care: so much may still come in (N)."""
    return sum(stand.gebruik.gedeclareerd_vorig for stand in standen if is_new_inflow(stand, vraag))


def is_new_inflow(stand: Toewijzingstand, vraag: Vraagpunt) -> bool:
    """Whether an allocation tells what may still come in: it began after this day of last year, in that year."""
    return stand.begin > vraag.vorig_jaar and stand.begin.year == vraag.jaar - 1


def part_for(stand: Toewijzingstand, zilvering: Mapping[str, Fraction]) -> Fraction:
    """What part of its rest an allocation is expected to use as long as nothing is declared on it."""
    return zilvering.get(stand.categorie, Fraction(1))


def explain(stand: Toewijzingstand, vraag: Vraagpunt, uitkomst: Verplichting, zilvering: Fraction = Fraction(1)) -> str:
    """The sum in Dutch sentences, as the page of an allocation shows it."""
    gebruik, toegewezen = stand.gebruik, stand.toegewezen.bedrag
    op = f"{euro(gebruik.gedeclareerd)} gedeclareerd en {euro(gebruik.aangehouden)} aangehouden"
    if toegewezen is None or uitkomst.rest is None:
        zinnen = [f"Wat is toegewezen is niet in geld te bepalen: er is geen budget en geen tarief. Er is {op}."]
    elif uitkomst.overschrijding:
        zinnen = [f"Toegewezen is {euro(toegewezen)}. Er is {op}: {euro(uitkomst.overschrijding)} meer dan toegewezen."]
    else:
        zinnen = [f"Toegewezen is {euro(toegewezen)}. Er is {op}; er blijft {euro(uitkomst.rest)} over."]
    if stand.toegewezen.onzeker:
        zinnen.append("Het tarief is onzeker: er zijn meer tarieven mogelijk, of er is nog geen tarief voor elke dag.")
    if uitkomst.gesloten:
        zinnen.append(f"De hulp eindigde op {datum(stand.runs_until(vraag))} en de termijn om te declareren is voorbij.")
        if uitkomst.vrijgevallen:
            zinnen.append(f"De {euro(uitkomst.vrijgevallen)} die overblijft, valt vrij.")
    elif vraag.is_closed(uitkomst.einde):
        zinnen.append(f"De toewijzing loopt door. De termijn om hulp tot en met {datum(uitkomst.einde)} te declareren is voorbij.")
    elif uitkomst.verwacht is None:
        zinnen.append("Wat er nog komt, is niet te bepalen zolang er niets is gedeclareerd.")
    else:
        zinnen.append(_explain_expected(stand, uitkomst, zilvering))
    return " ".join(zinnen)


def _explain_expected(stand: Toewijzingstand, uitkomst: Verplichting, zilvering: Fraction) -> str:
    gebruik, bedrag = stand.gebruik, euro(uitkomst.verwacht or 0)
    tot = datum(uitkomst.einde)
    if gebruik.laatste is None or not _has_pace(stand):
        deel = euro(uitkomst.rest or 0)
        if zilvering == 1:
            return f"Er is nog niets gedeclareerd; we verwachten dat de hele {deel} tot en met {tot} wordt gebruikt."
        procent = f"{round_up(1000 * zilvering.numerator, zilvering.denominator) / 10:.1f}".replace(".", ",")
        return (
            f"Er is nog niets gedeclareerd. Van eerdere toewijzingen in deze categorie werd {procent}% gebruikt;"
            f" van {deel} verwachten we dus nog {bedrag} tot en met {tot}."
        )
    if gebruik.laatste >= uitkomst.einde:
        return f"Er is gedeclareerd tot en met {datum(gebruik.laatste)}; er komt niets meer bij."
    dagen, nog = count_dagen(stand.begin, gebruik.laatste), count_dagen(_day_after(gebruik.laatste), uitkomst.einde)
    zin = (
        f"In {telling(dagen, 'dag', 'dagen')} tot en met {datum(gebruik.laatste)} is {euro(gebruik.samen)} gebruikt; in dat tempo"
        f" komt daar in {telling(nog, 'dag', 'dagen')} tot en met {tot} nog {bedrag} bij"
    )
    return zin + (", want meer is er niet toegewezen." if uitkomst.verwacht == uitkomst.rest else ".")
