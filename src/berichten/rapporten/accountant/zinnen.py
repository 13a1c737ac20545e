"""The verklaring of a line in Dutch: one sentence for each norm, with its numbers, and every rule that it was held against."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from berichten.kern.taal import telling
from berichten.kern.tekst import datum, euro, getal, hoeveelheid
from berichten.opslag.controle.controleregels import Controleregel
from berichten.rapporten.accountant.normen import NORM_VAN, Toetsnorm, Waarde
from berichten.rapporten.accountant.verklaring import Normoordeel, Regelverklaring, count_minutes
from berichten.regels.register import ALLE, untestable
from berichten.standaard.waarden.soorten import JW323

_WOORDEN = {
    Waarde.AANGETOOND: "aangetoond",
    Waarde.BESLUIT: "aangetoond door een besluit",
    Waarde.ONZEKER: "onzeker",
    Waarde.FOUT: "fout",
}
_KOP = {Toetsnorm.RECHT: "Recht", Toetsnorm.OMVANG: "Omvang", Toetsnorm.DECLARATIE: "Declaratie", Toetsnorm.LEVERING: "Levering"}
_CREDIT = frozenset({"TR323", "TR390", "IV053", "IV054"})
"""Only credit lines are held against these."""

Regeluitkomst = Literal["voldaan", "overtreden", "niet_te_toetsen"]


@dataclass(frozen=True, slots=True)
class Getoetst:
    """A rule that a line was held against."""

    regel: str
    titel: str
    uitkomst: Regeluitkomst


def list_tested(regel: Controleregel, norm: Toetsnorm) -> list[Getoetst]:
    """Rules of a norm on this kind of line, those that were broken first, then by id."""
    gebroken = {item["regel"] for item in regel.bevindingen}
    gemist = untestable(regel.zonder_feiten)
    alle = [Getoetst(naam, titel, _outcome(naam, gebroken, gemist)) for naam, titel in _rules_of(norm, regel.soort)]
    return sorted(alle, key=lambda item: (item.uitkomst != "overtreden", item.regel))


def _outcome(regel: str, gebroken: set[str], gemist: dict[str, int]) -> Regeluitkomst:
    if regel in gebroken:
        return "overtreden"
    return "niet_te_toetsen" if regel in gemist else "voldaan"


@cache
def _rules_of(norm: Toetsnorm, soort: str) -> tuple[tuple[str, str], ...]:
    """By id; of rules that share one the first title."""
    bericht = "JW303" if soort == "JW303" else JW323.naam
    gevonden: dict[str, str] = {}
    for item in ALLE:
        if bericht in item.berichten and NORM_VAN.get(item.id) is norm and item.id not in _CREDIT:
            gevonden.setdefault(item.id, item.titel)
    return tuple(gevonden.items())


def tell_norm(verklaring: Regelverklaring, norm: Toetsnorm) -> str:
    """One sentence: the value, what it rests on, and the rules that were passed and broken, counted."""
    regel, oordeel = verklaring.regel, verklaring.normen[norm]
    delen = [_GROND[norm](regel), *_tell_grounds(oordeel), _tell_rules(regel, norm)]
    return f"{_KOP[norm]} is {_WOORDEN[oordeel.waarde]}{_tell_amount(oordeel)}: {'; '.join(deel for deel in delen if deel)}."


def _tell_amount(oordeel: Normoordeel) -> str:
    delen = [f"{euro(bedrag)} {wat}" for wat, bedrag in (("fout", oordeel.fout), ("onzeker", oordeel.onzeker)) if bedrag]
    return f" ({', '.join(delen)})" if delen else ""


def _tell_grounds(oordeel: Normoordeel) -> Iterator[str]:
    for grond in oordeel.gronden:
        tekst = grond.tekst.rstrip(".")
        yield f"{grond.regel}, {tekst[0].lower()}{tekst[1:]}" if grond.regel else tekst


def _tell_rules(regel: Controleregel, norm: Toetsnorm) -> str:
    alle = list_tested(regel, norm)
    voldaan = sum(item.uitkomst == "voldaan" for item in alle)
    gemist = sum(item.uitkomst == "niet_te_toetsen" for item in alle)
    overtreden = [item.regel for item in alle if item.uitkomst == "overtreden"]
    delen = [f"aan {telling(voldaan, 'regel', 'regels')} is voldaan"]
    if overtreden:
        delen.append(f"overtreden: {', '.join(overtreden)}")
    if gemist:
        delen.append(f"niet te toetsen: {getal(gemist)}")
    return ", ".join(delen)


def _tell_right(regel: Controleregel) -> str:
    if regel.versie is None or regel.ingangsdatum is None or regel.toegewezen_op is None:
        return "de regel noemt geen toewijzing die hier bekend is"
    einde = f"tot en met {datum(regel.toewijzing_einde)}" if regel.toewijzing_einde else "zonder einddatum"
    return (
        f"toewijzing {regel.toewijzingnummer} (versie {regel.versie}, toegewezen op {datum(regel.toegewezen_op)}) geldt van"
        f" {datum(regel.ingangsdatum)} {einde}, en de hulp is van {datum(regel.begindatum)} tot en met {datum(regel.einddatum)}"
    )


def _tell_size(regel: Controleregel) -> str:
    omvang = hoeveelheid(regel.volume, regel.eenheid)
    if regel.budget is not None:
        return f"{omvang} voor {euro(regel.bedrag)}, binnen een budget van {euro(regel.budget)}"
    if regel.toewijzing_volume is not None:
        toegewezen = hoeveelheid(regel.toewijzing_volume, regel.toewijzing_eenheid or "")
        return f"{omvang} voor {euro(regel.bedrag)}, op een toewijzing van {toegewezen} per afgesproken periode"
    return f"{omvang} voor {euro(regel.bedrag)}, op een toewijzing zonder omvang"


def _tell_bill(regel: Controleregel) -> str:
    tarief = f" tegen {euro(regel.tarief)}" if regel.tarief is not None else ""
    return (
        f"regel {regel.referentienummer} van declaratie {regel.declaratienummer or 'zonder nummer'} is ontvangen op"
        f" {datum(regel.ontvangen_op)}: {hoeveelheid(regel.volume, regel.eenheid)}{tarief} is {euro(regel.bedrag)}"
    )


def _tell_delivery(regel: Controleregel) -> str:
    gemeld = f"start gemeld op {datum(regel.start)}" if regel.start else "geen start gemeld"
    if regel.stop:
        gemeld += f" en stop na {datum(regel.stop)}"
    minuten = count_minutes(regel)
    if minuten is not None:
        return f"{gemeld}; {hoeveelheid(minuten.gedeclareerd, '01')} gedeclareerd en {getal(minuten.geleverd)} verantwoord"
    if regel.verantwoord:
        return f"{gemeld}; er is verantwoording van {hoeveelheid(regel.clientgebonden, '01')} aan de cliënt"
    return gemeld


_GROND = {
    Toetsnorm.RECHT: _tell_right, Toetsnorm.OMVANG: _tell_size, Toetsnorm.DECLARATIE: _tell_bill,
    Toetsnorm.LEVERING: _tell_delivery,
}  # fmt: skip
