"""The gemeente's own rule on fte financing: a line in euros is a part of an fte at the price that the gemeente loaded."""

from berichten.dossier.contract import EUROS
from berichten.dossier.dossier import Dossier
from berichten.dossier.fte import fte_bedrag_dagen, whole_hundredths
from berichten.kern.feit import Feit
from berichten.kern.regel import Gegevens, Voorstel, regel
from berichten.standaard.waarden.berichten import Prestatie

_FTE = "fte-financiering"
"""The zorgvorm of a product that is paid by the fte; its tariff in euros is the price of one fte a year."""


@regel(
    "DA18",
    retourcode=None,
    niveau=4,
    klasse="Prestatie",
    element="IngediendBedrag",
    berichten=("JW323",),
    gevolg="beoordelen",
    bron="Alphen aan den Rijn, inkoopdocument 2024, par. 8.2",
    nodig=Feit.FTE_PRIJS,
    titel="Het bedrag van fte-financiering is een deel van de prijs van een fte.",
    melding=(
        "Het bedrag is {bedrag:euro} voor {begindatum} tot en met {einddatum}. Een fte kost {jaarprijs:euro} per jaar, en in deze"
        " periode {periodeprijs:euro} (een maand is een twaalfde). Daarvan is {deel} fte {deelbedrag:euro} en {meer} fte"
        " {meerbedrag:euro}."
    ),
    doen="Declareer de prijs van het aantal fte dat is afgesproken, in hele honderdsten. Vraag de gemeente welke prijs geldt.",
    voorstel=Voorstel("0611", "Het bedrag past niet bij de prijs van een fte. Noem prijs en deel in de motivering."),
    onschuldig=lambda r: ~r.once(is_fte),
)
def bedrag_past_bij_fte(prestatie: Prestatie, dossier: Dossier) -> Gegevens | None:
    """Linear in the part and in the time, to the cent, for whole hundredths of an fte; with several prices one of them has to fit.

    How many fte were agreed stands in no reference file: volume or budget of the allocation bounds it (TR321, TR322, TR369).
    """
    begin, einde, bedrag = prestatie.begindatum, prestatie.einddatum, prestatie.bedrag
    delen = {prijs: whole_hundredths(prijs, bedrag, begin, einde) for prijs in fte_prices(prestatie, dossier)}
    if any(fte_bedrag_dagen(prijs, deel, begin, einde) == bedrag for prijs, deel in delen.items()):
        return None
    if not delen:
        return None
    prijs = min(delen)
    deel = delen[prijs]
    return {
        "bedrag": bedrag, "begindatum": begin, "einddatum": einde, "jaarprijs": prijs,
        "periodeprijs": fte_bedrag_dagen(prijs, 100, begin, einde),
        "deel": _hundredths(deel), "deelbedrag": fte_bedrag_dagen(prijs, deel, begin, einde),
        "meer": _hundredths(deel + 1), "meerbedrag": fte_bedrag_dagen(prijs, deel + 1, begin, einde),
    }  # fmt: skip


def is_fte(prestatie: Prestatie, dossier: Dossier) -> bool:
    """Whether a line is for a product that is paid by the fte, in euros; in any other unit its tariff is tested (TR418)."""
    if prestatie.eenheid != EUROS:
        return False
    product = dossier.kader.contract.product_on(prestatie.code, prestatie.begindatum)
    return product is not None and product.zorgvorm.casefold() == _FTE


def fte_prices(prestatie: Prestatie, dossier: Dossier) -> tuple[int, ...]:
    """Cents of one fte a year, for a product that is paid by the fte; none where the gemeente has loaded none."""
    if not is_fte(prestatie, dossier):
        return ()
    prijzen = dossier.kader.contract.rates(prestatie.code, prestatie.begindatum, EUROS, dossier.ingang_for(prestatie))
    return tuple(sorted(prijs for prijs in prijzen if prijs > 0))


def _hundredths(deel: int) -> str:
    return f"{deel // 100},{deel % 100:02d}"
