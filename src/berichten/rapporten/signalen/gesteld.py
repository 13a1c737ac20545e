"""Signals that are about something by itself: room to spend, papers, accounts, terms and new clients in a stop (S7 to S10, DA22).

Pure; each gives what it says of one aanbieder, in a sentence with its numbers.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from berichten.kern.taal import meervoud, telling
from berichten.kern.tekst import datum, euro
from berichten.rapporten.signalen.drempels import Drempel, is_more, percent_text, promille_text
from berichten.rapporten.signalen.waarneming import Geval, Uitleg, Waarneming, numbers_of, unexplained

VERANTWOORD_VOOR = (4, 1)
"""Month and day before which an aanbieder accounts for the year before; one that came on the day itself is in time."""


@dataclass(frozen=True, slots=True)
class Ruimtegebruik:
    """What an aanbieder may spend and what was awarded or is held of it. Cents."""

    segment: str
    soort: str
    periode_van: date
    bedrag: int
    gebruikt: int
    verwacht: int = 0
    """What is expected still, in the year that runs."""


def signal_ruimte(agb: str, ruimte: Ruimtegebruik, drempel: Drempel) -> Waarneming | None:
    """S7: used beyond what may be spent; early, when it is expected to be by the end of the year. None where neither is so."""
    naam = "bestedingsruimte" if ruimte.soort == "indicatief" else "het plafond"
    waarvan = f" van segment {ruimte.segment}" if ruimte.segment else ""
    grens = promille_text(drempel.promille or 0)
    plek = f"{ruimte.segment}|{ruimte.soort}|{ruimte.periode_van}"
    deel = percent_text(ruimte.gebruikt, ruimte.bedrag)
    if is_more(ruimte.gebruikt, ruimte.bedrag, drempel.promille):
        zin = (
            f"Van {euro(ruimte.bedrag)} {naam}{waarvan} is {euro(ruimte.gebruikt)} toegekend of aangehouden ({deel})."
            f" Het signaal gaat af boven {grens}."
        )
        return Waarneming(agb, "S7", ruimte.gebruikt, ruimte.bedrag, drempel, zin, True, sleutel=plek)
    samen = ruimte.gebruikt + ruimte.verwacht
    if ruimte.verwacht > 0 and is_more(samen, ruimte.bedrag, drempel.promille):
        zin = (
            f"Van {euro(ruimte.bedrag)} {naam}{waarvan} is {euro(ruimte.gebruikt)} gebruikt ({deel}). We verwachten dit jaar nog"
            f" {euro(ruimte.verwacht)}, samen {percent_text(samen, ruimte.bedrag)}. Het signaal gaat af boven {grens}."
        )
        return Waarneming(agb, "S7", samen, ruimte.bedrag, drempel, zin, True, sleutel=f"{plek}|verwacht")
    return None


@dataclass(frozen=True, slots=True)
class Dossierstuk:
    """A paper of an aanbieder, in force on both its days. Cents."""

    soort: str
    kenmerk: str
    naam: str
    van: date
    tot: date | None
    toestemming_op: date | None
    omzet: int | None = None
    resultaat: int | None = None
    waarde: int | None = None


def signal_papieren(
    agb: str, stukken: Sequence[Dossierstuk], contract_loopt: bool, dag: date, drempel: Drempel
) -> Iterator[Waarneming]:
    """S8: no keurmerk on a day of the contract, one that ends soon, and a subcontractor who began without consent.

    Only of an aanbieder of whom the gemeente keeps a file, and only as long as a contract runs.
    """
    if not stukken or not contract_loopt:
        return
    keurmerken = [stuk for stuk in stukken if stuk.soort == "keurmerk" and stuk.van <= dag <= (stuk.tot or date.max)]
    laatste = max((stuk.tot or date.max for stuk in keurmerken), default=None)
    binnen = dag + timedelta(days=drempel.aantal or 0)
    if laatste is None:
        geweest = max((stuk.tot for stuk in stukken if stuk.soort == "keurmerk" and stuk.tot and stuk.tot < dag), default=None)
        hoe = f"Het laatste keurmerk gold tot en met {datum(geweest)}." if geweest else "Er is geen keurmerk geladen."
        yield _paper(
            agb, drempel, f"Er is op {datum(dag)} geen geldig keurmerk, en er loopt een contract. {hoe}", f"keurmerk|geen|{geweest}"
        )
    elif laatste <= binnen and not any(stuk.soort == "keurmerk" and dag < stuk.van <= laatste + _DAG for stuk in stukken):
        zin = (
            f"Het keurmerk geldt tot en met {datum(laatste)}, nog {telling((laatste - dag).days, 'dag', 'dagen')}. Het signaal gaat"
            f" af vanaf {drempel.aantal} dagen."
        )
        yield _paper(agb, drempel, zin, f"keurmerk|{laatste}")
    for stuk in stukken:
        aan_het_werk = stuk.soort == "onderaannemer" and stuk.van <= dag <= (stuk.tot or date.max)
        if aan_het_werk and (stuk.toestemming_op is None or stuk.toestemming_op > stuk.van):
            wanneer = f"pas op {datum(stuk.toestemming_op)}" if stuk.toestemming_op else "niet"
            zin = f"Onderaannemer {stuk.naam} begon op {datum(stuk.van)}; de toestemming kwam {wanneer}."
            yield _paper(agb, drempel, zin, f"onderaannemer|{stuk.kenmerk}|{stuk.van}")


_DAG = timedelta(days=1)


def signal_resultaat(agb: str, stukken: Sequence[Dossierstuk], norm: int, dag: date, drempel: Drempel) -> Iterator[Waarneming]:
    """S8: the result of the last annual account that ended is more than the norm, in tenths of percents of the turnover (M39)."""
    rekeningen = [stuk for stuk in stukken if stuk.soort == "jaarrekening" and (stuk.tot or date.max) < dag]
    laatste = max(rekeningen, key=lambda stuk: (stuk.tot or date.max, stuk.van), default=None)
    if laatste is None or laatste.resultaat is None or not laatste.omzet or not is_more(laatste.resultaat, laatste.omzet, norm):
        return
    zin = (
        f"Volgens de jaarrekening {laatste.kenmerk} was het resultaat {euro(laatste.resultaat)} op een omzet van"
        f" {euro(laatste.omzet)} ({percent_text(laatste.resultaat, laatste.omzet)}). De norm van uw gemeente is"
        f" {promille_text(norm)}."
    )
    yield _paper(agb, drempel, zin, f"jaarrekening|{laatste.kenmerk}|{laatste.van}")


def _paper(agb: str, drempel: Drempel, zin: str, sleutel: str) -> Waarneming:
    return Waarneming(agb, "S8", 1, 1, drempel, zin, True, sleutel=sleutel)


def signal_productieverantwoording(
    zorg: Iterable[str], verantwoord: Collection[str], dag: date, drempel: Drempel
) -> Iterator[Waarneming]:
    """S9: after 1 April no account of the year before, of aanbieders with care in it. Nothing where the gemeente loaded none."""
    if (dag.month, dag.day) <= VERANTWOORD_VOOR or not verantwoord:
        return
    for agb in sorted(set(zorg) - set(verantwoord)):
        zin = (
            f"De productieverantwoording over {dag.year - 1} is er niet. Zij had er op 1 april {dag.year} moeten zijn. Onder"
            " € 125.000 omzet voor de Jeugdwet in heel Nederland is zij op verzoek niet nodig; dat weet deze dienst niet."
        )
        yield Waarneming(agb, "S9", 1, 1, drempel, zin, True, sleutel=str(dag.year - 1))


@dataclass(frozen=True, slots=True)
class Termijn:
    """What was agreed with an aanbieder, and until when."""

    agb: str
    wat: str
    """`maatregel` or `afspraak`."""
    nummer: int
    termijn: date


def signal_termijn(item: Termijn, dag: date, drempel: Drempel) -> Waarneming | None:
    """S10: a measure of which the term to recover, or an agreement of which the term, is over; its last day is still in time."""
    if item.termijn >= dag:
        return None
    over = telling((dag - item.termijn).days, "dag", "dagen")
    wat = "De hersteltermijn van een maatregel" if item.wat == "maatregel" else "De termijn van een afspraak over een signaal"
    zin = f"{wat} liep af op {datum(item.termijn)}, {over} geleden, en er is niet genoteerd dat het in orde is."
    return Waarneming(item.agb, "S10", 1, 1, drempel, zin, True, sleutel=f"{item.wat}|{item.nummer}|{item.termijn}")


def signal_stop(agb: str, maatregel_id: int, van: date, nieuw: Sequence[Geval], uitleg: Uitleg, drempel: Drempel) -> Waarneming:
    """DA22: allocations for clients who had none at this aanbieder on the day before a stop. Nothing of them is refused."""
    gevallen = unexplained(nieuw, uitleg)
    zin = (
        f"Sinds {datum(van)} geldt een cliëntenstop. Daarna {meervoud(len(gevallen), 'is', 'zijn')}"
        f" {telling(len(gevallen), 'toewijzing', 'toewijzingen')} afgegeven voor cliënten die er op"
        f" {datum(van - _DAG)} nog niet waren. Er is niets geweigerd: kijk of dit zo bedoeld is."
    )
    gaat_af = len(gevallen) >= (drempel.aantal or 1)
    return Waarneming(agb, "DA22", len(gevallen), 0, drempel, zin, gaat_af, numbers_of(gevallen), sleutel=str(maatregel_id))
