"""Rules on the start (JW305) and stop (JW307) of delivery.

A removal (StatusAanlevering 3) is judged by TR063 and TR071 only; what a message adds, by all the others.
"""

from berichten.dossier.dossier import LeveringKader
from berichten.dossier.leveringen import TIJDELIJK, Levering, as_levering
from berichten.kern.regel import Gegevens, regel
from berichten.kern.tekst import datum
from berichten.standaard.waarden.berichten import StartProduct, StopProduct
from berichten.standaard.waarden.soorten import BEGIN_RELEASE

_BEIDE = ("JW305", "JW307")
_KLASSEN = "StartProduct of StopProduct"


@regel(
    "TR019",
    retourcode="9019",
    niveau=3,
    klasse=_KLASSEN,
    element="ToewijzingNummer",
    berichten=_BEIDE,
    gevolg="afkeuren",
    titel="Een start of stop hoort bij een toewijzing van de aanbieder.",
    melding="Bij ToewijzingNummer {toewijzingnummer} {oorzaak}.",
    doen="Neem het nummer over uit het toewijzingsbericht van de gemeente en stuur de melding opnieuw.",
)
def levering_bij_toewijzing(product: StartProduct | StopProduct, kader: LeveringKader) -> Gegevens | None:
    """Task-based work has no ToewijzingNummer and is tied to the client only; a removed allocation cannot be started."""
    if product.toewijzingnummer is None:
        return None
    toewijzing = kader.toewijzingen.get(product.toewijzingnummer)
    if toewijzing is None:
        oorzaak = "is bij u geen toewijzing bekend"
    elif toewijzing.bsn != kader.bsn:
        oorzaak = "hoort een andere cliënt dan degene in dit bericht"
    elif toewijzing.verwijderd:
        oorzaak = "is de toewijzing door de gemeente verwijderd"
    else:
        return None
    return {"toewijzingnummer": product.toewijzingnummer, "oorzaak": oorzaak}


@regel(
    "TR063",
    retourcode="9063",
    niveau=3,
    klasse=_KLASSEN,
    element="StatusAanlevering",
    berichten=_BEIDE,
    gevolg="afkeuren",
    titel="Alleen een start of stop die eerder is doorgegeven, kan worden verwijderd.",
    melding="U wilt de {wat} verwijderen, maar bij ons staat geen {soort} met precies deze gegevens.",
    doen="Neem alle gegevens over uit de eerdere melding. Is die melding al verwijderd, dan hoeft u niets te doen.",
)
def verwijdering_van_eerdere_levering(product: StartProduct | StopProduct, kader: LeveringKader) -> Gegevens | None:
    """A removal names, by its whole logical key, a delivery that still stands."""
    return None if as_levering(product) in kader.stand else _about(product)


@regel(
    "TR071",
    retourcode="9071",
    niveau=3,
    klasse="StartProduct",
    element="StatusAanlevering",
    berichten=("JW305",),
    gevolg="afkeuren",
    titel="Een start waarop al een stop is gevolgd, kan niet worden verwijderd.",
    melding="U wilt de {wat} verwijderen, maar daarvoor staat al een stop op {einddatum}.",
    doen="Verwijder eerst die stop met een stopbericht, en stuur daarna deze verwijdering opnieuw.",
)
def start_zonder_stop_verwijderd(product: StartProduct | StopProduct, kader: LeveringKader) -> Gegevens | None:
    """A start on which a stop leans can only go after that stop."""
    stops = kader.stand.stops_of(as_levering(product))
    return _about(product) | {"einddatum": stops[-1].einddatum} if stops else None


@regel(
    "TR074",
    retourcode="9074",
    niveau=3,
    klasse=_KLASSEN,
    element="StatusAanlevering",
    berichten=_BEIDE,
    gevolg="afkeuren",
    titel="Dezelfde start of stop wordt maar één keer doorgegeven.",
    melding="De {wat} is al eerder doorgegeven.",
    doen="U hoeft niets te doen als de melding klopt. Wilt u iets verbeteren, verwijder dan eerst de eerdere melding.",
    zonder_toewijzing=True,
)
def levering_maar_een_keer(product: StartProduct | StopProduct, kader: LeveringKader) -> Gegevens | None:
    """The logical key is unique over all messages; a delivery that was removed may come again."""
    return _about(product) if as_levering(product) in kader.stand else None


@regel(
    "TR326",
    retourcode="9326",
    niveau=3,
    klasse="StartProduct",
    berichten=("JW305",),
    gevolg="afkeuren",
    titel="Een toewijzing heeft hoogstens één lopende start.",
    melding="Op toewijzing {toewijzingnummer} loopt de levering al sinds {lopend_sinds}; de nieuwe start is op {begindatum}.",
    doen="Meld eerst de stop van de lopende levering, of verwijder de eerdere start als die niet klopt.",
)
def geen_lopende_start(product: StartProduct, kader: LeveringKader) -> Gegevens | None:
    """A start is current while it has no stop and is not removed (OP289). Task-based work has no allocation to ask this of."""
    if product.toewijzingnummer is None:
        return None
    lopend = kader.stand.current_start(product.toewijzingnummer)
    return None if lopend is None else _about(product) | {"lopend_sinds": lopend.begindatum}


@regel(
    "TR382",
    retourcode="9069",
    niveau=3,
    klasse="StopProduct",
    berichten=("JW307",),
    gevolg="afkeuren",
    titel="Een stop neemt de gegevens van de start ongewijzigd over.",
    melding="Bij de {wat} staat geen start met hetzelfde nummer, hetzelfde product en begindatum {begindatum}.",
    doen="Meld eerst de start, of neem ToewijzingNummer, Product en Begindatum precies over uit de start die u al meldde.",
)
def stop_bij_start(product: StopProduct, kader: LeveringKader) -> Gegevens | None:
    """No stop without its start (OP072): client, ToewijzingNummer, Product and Begindatum are those of a start that stands."""
    return _about(product) if kader.stand.start_of(as_levering(product)) is None else None


@regel(
    "TR413",
    vanaf=BEGIN_RELEASE["3.2"],
    retourcode="9413",
    niveau=3,
    klasse="StopProduct",
    element="RedenBeeindiging",
    berichten=("JW307",),
    gevolg="afkeuren",
    titel="Na een tijdelijke stop volgt geen tweede tijdelijke stop van dezelfde start.",
    melding="De {wat} is tijdelijk, maar deze levering is al tijdelijk gestopt op {eerdere_einddatum}.",
    doen="Meld eerst een nieuwe start, of meld een definitieve stop met een andere RedenBeeindiging.",
    zonder_toewijzing=True,
)
def geen_tweede_tijdelijke_stop(product: StopProduct, kader: LeveringKader) -> Gegevens | None:
    """Without a start in between only a definitive stop may follow a temporary one (OP378)."""
    if product.reden_beeindiging != TIJDELIJK:
        return None
    eerder = [stop for stop in _earlier_stops(product, kader) if stop.reden_beeindiging == TIJDELIJK]
    return _about(product) | {"eerdere_einddatum": eerder[-1].einddatum} if eerder else None


@regel(
    "TR414",
    vanaf=BEGIN_RELEASE["3.2"],
    retourcode="9414",
    niveau=3,
    klasse="StopProduct",
    element="Einddatum",
    berichten=("JW307",),
    gevolg="afkeuren",
    titel="Een volgende stop ligt niet vóór de stop die al staat.",
    melding="De {wat} ligt vóór de stop op {eerdere_einddatum} die voor deze levering al staat.",
    doen="Kies een einddatum op of na {eerdere_einddatum}, of verwijder eerst de eerdere stop als die niet klopt.",
    zonder_toewijzing=True,
)
def stop_niet_voor_eerdere_stop(product: StopProduct, kader: LeveringKader) -> Gegevens | None:
    """Einddatum is on or after the one of the stop that is current for this allocation and Begindatum."""
    laatste = max((stop.einddatum for stop in _earlier_stops(product, kader) if stop.einddatum), default=None)
    if laatste is None or product.einddatum >= laatste:
        return None
    return _about(product) | {"eerdere_einddatum": laatste}


@regel(
    "TR415",
    vanaf=BEGIN_RELEASE["3.2"],
    retourcode="9415",
    niveau=3,
    klasse="StopProduct",
    element="RedenBeeindiging",
    berichten=("JW307",),
    gevolg="afkeuren",
    titel="Na een definitieve stop volgt geen stop van dezelfde start meer.",
    melding="De {wat} kan niet, want deze levering is al definitief gestopt op {eerdere_einddatum}.",
    doen="Verwijder eerst de eerdere stop als die niet klopt, of meld een nieuwe start als de levering is hervat.",
    zonder_toewijzing=True,
)
def geen_stop_na_definitieve_stop(product: StopProduct, kader: LeveringKader) -> Gegevens | None:
    """A definitive stop ends its start for good (OP377)."""
    eerder = [stop for stop in _earlier_stops(product, kader) if stop.reden_beeindiging != TIJDELIJK]
    return _about(product) | {"eerdere_einddatum": eerder[-1].einddatum} if eerder else None


def _earlier_stops(product: StopProduct, kader: LeveringKader) -> list[Levering]:
    """Stops of the same start. Without that start there is nothing to say of them, and TR382 says so."""
    levering = as_levering(product)
    return [] if kader.stand.start_of(levering) is None else kader.stand.stops_beside(levering)


def _about(product: StartProduct | StopProduct) -> dict[str, object]:
    """The delivery in words and by its key: what every sentence above begins with."""
    gegevens: dict[str, object] = {"begindatum": product.begindatum}
    soort, dag = product.melding, product.einddatum or product.begindatum
    if product.einddatum is not None:
        gegevens |= {"einddatum": dag, "reden_beeindiging": product.reden_beeindiging}
    if product.toewijzingnummer is not None:
        gegevens["toewijzingnummer"] = product.toewijzingnummer
    return gegevens | {"soort": soort, "wat": f"{soort} op {datum(dag)} {_target(product)}"}


def _target(product: StartProduct | StopProduct) -> str:
    if product.toewijzingnummer is not None:
        return f"bij toewijzing {product.toewijzingnummer}"
    if product.product is None:
        return "zonder toewijzing"
    return f"van product {product.product.code or product.product.categorie} zonder toewijzing"
