"""What a request is called, how it stands and what comes next, in words that need no code list."""

from dataclasses import dataclass
from typing import Any, Literal

from api.portaal.schil.opmaak import LEEG, datum, euro, hoeveelheid, termijn
from berichten.beoordeling.verzoeken.verzoekbesluit import REDENEN
from berichten.dossier.contract import MINUUT, UUR
from berichten.inzage.verzoeken.verzoekblad import Stand
from berichten.inzage.verzoeken.verzoeklijst import Omvang, Product, Verwijzer, Verzoek
from berichten.rapporten.toewijzing.benutting import Benutting
from berichten.rapporten.uitvoer.namen import Codenamen
from berichten.standaard.waarden.gemeenten import name_of_gemeente

SOORTEN = {"JW315": "Verzoek om toewijzing", "JW317": "Verzoek om wijziging"}
STATUSSEN = {
    "ontvangen": "Nog geen besluit",
    "in_onderzoek": "In onderzoek",
    "te_honoreren": "Toewijzing volgt",
    "toegewezen": "Toegewezen",
    "afgewezen": "Afgewezen",
}
KLEUREN = {"in_onderzoek": "oranje", "te_honoreren": "blauw", "toegewezen": "groen", "afgewezen": "rood"}
VERWIJZERS = {
    "01": "gemeente",
    "02": "huisarts",
    "03": "jeugdarts",
    "04": "gecertificeerde instelling",
    "05": "medisch specialist",
    "06": "geen verwijzer",
    "08": "rechter, officier van justitie of jeugdinrichting",
}
"""COD327."""
BESLUITEN = {"honoreren": "Honoreren", "in_onderzoek": "In onderzoek nemen", "afwijzen": "Afwijzen"}
GEDAAN = {"honoreren": "gehonoreerd", "in_onderzoek": "in onderzoek genomen", "afwijzen": "afgewezen"}
REDEN_VERZOEK = {"1": "de situatie van de cliënt is veranderd", "2": "het plan van de hulp is veranderd"}
"""WJ758."""
_FREQUENTIES = {"1": "per dag", "2": "per week", "4": "per maand", "6": "in de hele periode"}


@dataclass(frozen=True, slots=True)
class Verzoekwoorden:
    """How a request stands for its aanbieder: a few words, the colour of their badge, and what happens next."""

    tekst: str
    kleur: str
    vervolg: str


def tell_omvang(omvang: Omvang | None, budget: int | None) -> str:
    """`4 uur per week`, or a budget; a dash for neither."""
    if omvang is not None:
        return f"{hoeveelheid(omvang.volume, omvang.eenheid)} {_FREQUENTIES.get(omvang.frequentie, '')}".strip()
    return LEEG if budget is None else f"budget {euro(budget)}"


def tell_stand(stand: Stand | None) -> str:
    """Amount of help of one side of a change."""
    return LEEG if stand is None else tell_omvang(stand.omvang, stand.budget)


def tell_gebruik(gebruik: Benutting, deel: Literal["toegekend", "aangehouden", "resterend"]) -> str:
    """What of an allocation was awarded, is held or is left: of a budget in money, else in its unit; a dash without bound."""
    if gebruik.budget is not None or gebruik.eenheid is None:
        bedragen = {
            "toegekend": gebruik.toegekend_bedrag, "aangehouden": gebruik.aangehouden_bedrag, "resterend": gebruik.resterend_budget,
        }  # fmt: skip
        bedrag = bedragen[deel]
        return LEEG if bedrag is None else euro(bedrag)
    volumes = {
        "toegekend": gebruik.toegekend_volume, "aangehouden": gebruik.aangehouden_volume, "resterend": gebruik.resterend_volume,
    }  # fmt: skip
    volume = volumes[deel]
    if volume is None:
        return LEEG
    if gebruik.eenheid == MINUUT and volume % 60 == 0:
        # An allocation in hours is counted in minutes.
        return hoeveelheid(volume // 60, UUR)
    return hoeveelheid(volume, gebruik.eenheid)


def tell_verwijzer(verwijzer: Verwijzer | None) -> str:
    """`huisarts, AGB-code 01012345`."""
    if verwijzer is None:
        return LEEG
    code = f"AGB-code {verwijzer.zorgverlenercode}" if verwijzer.zorgverlenercode else ""
    return ", ".join(filter(None, (VERWIJZERS.get(verwijzer.type, verwijzer.type), verwijzer.naam, code)))


def tell_product(product: Product | None, namen: Codenamen) -> str:
    """Its name in the catalogue, or that of its category."""
    if product is None:
        return "Alle hulp (alleen een budget)"
    if product.code is None:
        return f"{namen.categorieen.get(product.categorie, product.categorie)} (hele categorie)"
    return namen.producten.get(product.code, product.code)


def tell_waarom(reden: str | None, gemeente: str | None) -> str:
    """`, want er is geen contract`, and the gemeente that goes with it; nothing without a reason (WJ759)."""
    tekst = REDENEN.get(reden or "")
    waar = f": {name_of_gemeente(gemeente) or f'gemeente {gemeente}'}" if gemeente else ""
    return f", want {tekst}{waar}" if tekst else ""


def name_verzoek(verzoek: Verzoek, namen: Codenamen) -> str:
    """What is asked for in a few words."""
    return SOORTEN[verzoek.soort] if verzoek.soort == "JW317" else tell_product(verzoek.product, namen)


def tell_aanbieder(verzoek: Verzoek) -> Verzoekwoorden:
    """How it stands for who made it."""
    uiterlijk = f"{datum(verzoek.termijn)}" if verzoek.termijn else ""
    vervolg = {
        "ontvangen": f"De gemeente reageert uiterlijk {uiterlijk}.",
        "in_onderzoek": f"De gemeente zoekt iets uit en besluit uiterlijk {uiterlijk}.",
        "te_honoreren": f"De gemeente is akkoord. De toewijzing (JW301) volgt uiterlijk {uiterlijk}.",
        "toegewezen": "U kunt met de hulp beginnen. De toewijzing (JW301) staat bij uw berichten.",
        "afgewezen": "Hieronder staat waarom. U kunt een nieuw verzoek sturen, met een nieuw kenmerk.",
    }[verzoek.status]
    return Verzoekwoorden(STATUSSEN[verzoek.status], KLEUREN.get(verzoek.status, ""), vervolg)


WOORDEN: dict[str, Any] = {
    "tell_omvang": tell_omvang, "tell_stand": tell_stand, "tell_verwijzer": tell_verwijzer, "tell_product": tell_product,
    "tell_waarom": tell_waarom, "tell_gebruik": tell_gebruik,
    "soorten": SOORTEN, "statussen": STATUSSEN, "kleuren": KLEUREN, "gedaan": GEDAAN, "termijn_van": termijn,
}  # fmt: skip
"""For templates."""
