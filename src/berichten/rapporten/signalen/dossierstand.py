"""What of decisions and evaluations is not in order (M38): each allocation in force under every heading that fits. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from berichten.kern.kalender import age_on
from berichten.kern.tekst import datum
from berichten.opslag.signalen.bewijsstukken import Toewijzingdossier

HERINNER_DAGEN = 56
"""So many days before its Einddatum somebody is reminded of an allocation [T 3.9]."""
BIG5_LEEFTIJD = 16
ZONDER, DEELS, TE_LAAT, JONGERE, LOOPT_AF = "zonder_beschikking", "deels_buiten", "evaluatie_te_laat", "zestien_zonder", "loopt_af"
KOPPEN = {
    ZONDER: "Zonder beschikking",
    DEELS: "Deels buiten de beschikking",
    TE_LAAT: "Evaluatie over tijd",
    JONGERE: "16 jaar of ouder zonder gehouden evaluatie",
    LOOPT_AF: "Loopt binnen 56 dagen af",
}
"""By heading, what it is called."""


@dataclass(frozen=True, slots=True)
class Dossierpunt:
    """One thing that is not in order with one allocation."""

    kop: str
    toewijzingnummer: int
    agb: str
    dag: date
    """When it was or will be so; by this day the list is ordered."""
    zin: str


def judge_dossier(item: Toewijzingdossier, dag: date, *, beschikkingen: bool, evaluaties: bool) -> list[Dossierpunt]:
    """Of one allocation. Where the gemeente loaded no decisions (or evaluations) at all, that says nothing of any."""
    punten = [
        *(_of_decision(item) if beschikkingen else ()),
        *(_of_evaluation(item, dag) if evaluaties else ()),
    ]
    if item.einddatum is not None and item.einddatum - timedelta(days=HERINNER_DAGEN) <= dag:
        dagen = (item.einddatum - dag).days
        punten.append((LOOPT_AF, item.einddatum, f"Loopt af op {datum(item.einddatum)}, over {dagen} dagen."))
    return [Dossierpunt(kop, item.nummer, item.agb, wanneer, zin) for kop, wanneer, zin in punten]


def _of_decision(item: Toewijzingdossier) -> Iterable[tuple[str, date, str]]:
    if not item.beschikt:
        yield ZONDER, item.ingangsdatum, f"Begon op {datum(item.ingangsdatum)}; er is geen beschikking geladen."
        return
    begin, tot = item.beschikt_van or item.ingangsdatum, item.beschikt_tot
    if begin > item.ingangsdatum:
        yield DEELS, item.ingangsdatum, f"Begon op {datum(item.ingangsdatum)}; de beschikking gaat in op {datum(begin)}."
    elif item.gat is not None and (tot is None or item.gat <= tot):
        yield DEELS, item.gat, f"Op {datum(item.gat)} geldt geen beschikking, terwijl er ervoor en erna wel een is."
    elif not item.beschikt_open and tot is not None and (item.einddatum is None or item.einddatum > tot):
        tot_wanneer = datum(item.einddatum) if item.einddatum else "een dag die niet is genoemd"
        yield DEELS, tot, f"De beschikking loopt tot en met {datum(tot)}, de toewijzing tot {tot_wanneer}."


def _of_evaluation(item: Toewijzingdossier, dag: date) -> Iterable[tuple[str, date, str]]:
    if item.gepland_op is not None and item.gepland_op < dag:
        yield TE_LAAT, item.gepland_op, f"De evaluatie was gepland op {datum(item.gepland_op)} en is niet gehouden."
    if item.gehouden_op is None and item.geboortedatum is not None and age_on(item.geboortedatum, dag) >= BIG5_LEEFTIJD:
        yield JONGERE, item.ingangsdatum, f"Is {age_on(item.geboortedatum, dag)} jaar; er is nog geen evaluatie gehouden."


def count_points(punten: Iterable[Dossierpunt]) -> dict[str, int]:
    """By heading, how many allocations."""
    aantallen = dict.fromkeys(KOPPEN, 0)
    for punt in punten:
        aantallen[punt.kop] += 1
    return aantallen
