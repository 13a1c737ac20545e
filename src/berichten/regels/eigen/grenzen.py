"""The gemeente's own rules on time, volume and budget, for which the message and its allocation are enough."""

import numpy as np

from berichten.dossier.contract import EUROS, MINUUT, UUR
from berichten.dossier.dossier import Dossier
from berichten.dossier.eigen_feiten import Leverperiode
from berichten.dossier.kolommen import ONBEPERKT, Dossierkolommen, Masker
from berichten.kern.kalender import add_maanden, begin_of_maand, count_dagen, einde_of_maand
from berichten.kern.regel import Gegevens, Voorstel, regel
from berichten.kern.taal import telling
from berichten.kern.tekst import datum, hoeveelheid
from berichten.standaard.waarden.berichten import Prestatie

_ALLEEN_SIGNAAL = Voorstel(None, "Dit is alleen een signaal; hierop wordt geen regel afgewezen.")

_MINUTEN_PER_DAG = 24 * 60
ETMAAL, DAGDEEL = "14", "16"


def _is_in_time(regels: Dossierkolommen) -> Masker:
    maanden = np.datetime64(regels.kader.declaratie.dagtekening, "M") - regels.beginmaand
    return maanden.astype(int) <= regels.feiten.grenzen.declaratie_termijn_maanden


@regel(
    "DA07",
    retourcode=None,
    niveau=4,
    klasse="Prestatie",
    element="ProductPeriode",
    berichten=("JW323",),
    gevolg="signaal",
    bron="Alphen aan den Rijn, inkoopdocument 2024, par. 8.1",
    titel="Hulp wordt op tijd gedeclareerd: elke maand, en uiterlijk in de afgesproken maand erna.",
    melding="De hulp van {maand:maand} is gedeclareerd op {dagtekening}. Afgesproken is uiterlijk {uiterlijk}.",
    doen="U hoeft nu niets te doen. Declareer voortaan elke maand; de gemeente ziet dan op tijd wat er van het budget over is.",
    voorstel=_ALLEEN_SIGNAAL,
    onschuldig=_is_in_time,
)
def op_tijd_gedeclareerd(prestatie: Prestatie, dossier: Dossier) -> Gegevens | None:
    """By the DeclaratieDagtekening, in the month after the month of care at the latest (a setting)."""
    kader = dossier.kader
    dagtekening = kader.declaratie.dagtekening
    if (dagtekening.year - prestatie.begindatum.year) * 12 + dagtekening.month - prestatie.begindatum.month <= (
        kader.feiten.grenzen.declaratie_termijn_maanden
    ):
        return None
    maand = begin_of_maand(prestatie.begindatum)
    uiterlijk = einde_of_maand(add_maanden(maand, kader.feiten.grenzen.declaratie_termijn_maanden))
    return {"maand": maand, "dagtekening": dagtekening, "uiterlijk": uiterlijk}


def _has_budget_left(regels: Dossierkolommen) -> Masker:
    """All lines on the allocation together stay below the part of its budget that is told of."""
    gebruikt = regels.used("bedrag") + regels.total(regels.bedrag, regels.op_toewijzing)
    return (regels.budget <= 0) | (gebruikt * 100 < regels.budget * regels.feiten.grenzen.budget_procent)


@regel(
    "DA09",
    retourcode=None,
    niveau=3,
    klasse="Prestatie",
    element="IngediendBedrag",
    berichten=("JW323",),
    gevolg="signaal",
    bron="Alphen aan den Rijn, inkoopdocument 2024, par. 9",
    titel="Is een budget bijna op, dan overlegt de aanbieder op tijd met gezin en lokaal team.",
    melding=(
        "Met deze regel is {gebruikt:euro} van het budget van {budget:euro} gebruikt ({procent} procent). Over is nog {over:euro}."
    ),
    doen="Neem nu contact op met het gezin en het lokale team over de hulp die nog nodig is.",
    voorstel=_ALLEEN_SIGNAAL,
    onschuldig=_has_budget_left,
)
def budget_bijna_op(prestatie: Prestatie, dossier: Dossier) -> Gegevens | None:
    """A budget of which 90 % (a setting) is awarded or held, this line included. What does not fit in it is TR369's."""
    toewijzing = dossier.toewijzing
    if toewijzing is None or not toewijzing.budget:
        return None
    gebruikt, budget = dossier.gebruik.bedrag + prestatie.bedrag, toewijzing.budget
    if gebruikt > budget or gebruikt * 100 < budget * dossier.kader.feiten.grenzen.budget_procent:
        return None
    return {"gebruikt": gebruikt, "budget": budget, "procent": gebruikt * 100 // budget, "over": budget - gebruikt}


@regel(
    "DA13",
    retourcode=None,
    niveau=3,
    klasse="Prestatie",
    element="ProductPeriode",
    berichten=("JW323",),
    gevolg="signaal",
    bron="iJw 3.2, OP364; de start- en stopmeldingen (JW305, JW307) van de aanbieder",
    titel="Hulp valt in de tijd dat de aanbieder volgens zijn eigen meldingen leverde.",
    melding="De hulp van {begindatum} tot en met {einddatum} valt {reden}.",
    doen="Controleer uw start- en stopmeldingen en herstel ze als ze niet kloppen. De regel wordt hier niet om afgewezen.",
    voorstel=_ALLEEN_SIGNAAL,
    onschuldig=lambda r: r.absent(r.each("toewijzingnummer"), r.feiten.leveringen),
)
def binnen_levering(prestatie: Prestatie, dossier: Dossier) -> Gegevens | None:
    """A ProductPeriode that no reported delivery touches. Without any start nothing is known; never a ground to reject (OP364)."""
    leveringen = dossier.kader.feiten.leveringen.get(prestatie.toewijzingnummer or -1)
    if not leveringen:
        return None
    begin, einde = prestatie.begindatum, prestatie.einddatum
    if any(item.begindatum <= einde and (item.einddatum is None or begin <= item.einddatum) for item in leveringen):
        return None
    eerder = [item for item in leveringen if item.einddatum is not None and item.einddatum < begin]
    return {"begindatum": begin, "einddatum": einde, "reden": _tell_outside(eerder, leveringen)}


def _tell_outside(eerder: list[Leverperiode], leveringen: list[Leverperiode]) -> str:
    if not eerder:
        return f"helemaal voor de start die u meldde, op {datum(leveringen[0].begindatum)}"
    laatste = eerder[-1]
    stop = datum(laatste.einddatum or laatste.begindatum)
    return f"in de tijdelijke stop die u meldde, na {stop}" if laatste.tijdelijk else f"na de stop die u meldde, op {stop}"


@regel(
    "DA14",
    retourcode=None,
    niveau=4,
    klasse="Prestatie",
    element="GeleverdVolume",
    berichten=("JW323",),
    gevolg="beoordelen",
    bron="Rekenregel van de dienst: een dag heeft 1.440 minuten, 24 uur en één etmaal; dagdelen per dag volgens de instelling",
    titel="Er wordt niet meer gedeclareerd dan er in de periode past.",
    melding="Het gedeclareerde volume is {volume}. Het meeste dat in de periode ({dagen}) past, is {hoogstens}.",
    doen="Controleer volume en eenheid. Kloppen ze niet, meld dan bij de opmerkingen van de regel wat het juiste volume is.",
    voorstel=Voorstel("9321", "Het volume is meer dan er in de periode past."),
    onschuldig=lambda r: r.volume <= r.once(_most_per_day) * ((r.einddatum - r.begindatum).astype(int) + 1),
)
def volume_is_mogelijk(prestatie: Prestatie, dossier: Dossier) -> Gegevens | None:
    """1,440 minutes or 24 hours a day, one etmaal a day, and as many dagdelen as is set. Other units have no such limit."""
    eenheid, volume, per_dag = prestatie.eenheid, prestatie.volume, _most_per_day(prestatie, dossier)
    if volume <= per_dag:
        return None
    dagen = count_dagen(prestatie.begindatum, prestatie.einddatum)
    if volume <= per_dag * dagen:
        return None
    return {
        "volume": hoeveelheid(volume, eenheid),
        "dagen": telling(dagen, "dag", "dagen"),
        "hoogstens": hoeveelheid(per_dag * dagen, eenheid),
    }


def _most_per_day(prestatie: Prestatie, dossier: Dossier) -> int:
    """Units that a day holds, more than any line has for one without limit."""
    if prestatie.eenheid == DAGDEEL:
        return dossier.kader.feiten.grenzen.dagdelen_per_dag
    return {MINUUT: _MINUTEN_PER_DAG, UUR: 24, ETMAAL: 1}.get(prestatie.eenheid, ONBEPERKT)


@regel(
    "DA15",
    retourcode=None,
    niveau=4,
    klasse="Prestatie",
    element="ProductCode",
    berichten=("JW323",),
    gevolg="beoordelen",
    bron="Alphen aan den Rijn, inkoopdocument 2024, par. 8",
    titel="Een product zonder tarief per eenheid staat in het contract.",
    melding="Product {code} is in euro's gedeclareerd ({bedrag:euro}), maar staat op {dag} niet in uw contract.",
    doen="Vraag de gemeente of dit product in uw contract hoort. Is de regel een vergissing, meld dat dan bij de opmerkingen.",
    voorstel=Voorstel("0611", "Voor een product buiten het contract is geen prijs afgesproken."),
    eens=True,
)
def euros_binnen_contract(prestatie: Prestatie, dossier: Dossier) -> Gegevens | None:
    """Only unit 83: of any other unit the tariff is tested (TR418), and a product outside the contract has none."""
    if prestatie.eenheid != EUROS or not dossier.kader.contract.is_outside(prestatie.code, prestatie.begindatum):
        return None
    return {"code": prestatie.code, "bedrag": prestatie.bedrag, "dag": prestatie.begindatum}
