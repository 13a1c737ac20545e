"""Real XML from a few words: a sound message, and what is different in it, by the element names of the standard.

    bouw("JW323", {"Prestatie": {"ProductPeriode": {"Begindatum": "2026-03-15"}}})

Children stand in the order and the namespaces of our own schemas, whatever the order in which a case names them.
"""

from collections import Counter
from copy import deepcopy
from dataclasses import replace
from functools import cache
from typing import Any

from lxml import etree

from berichten.standaard.schema.schema import Schemas, own_schemas_dir
from berichten.standaard.uitleg.model import Klasse, Onderdeel
from berichten.standaard.waarden.soorten import JW303_2_3, OP_NAAM, VAN_TOEN
from tests.hulp.bouw_303 import with_nota_amounts
from tests.hulp.bouwstenen import BASIS, KORT, WEGGELATEN, Boom


@cache
def schemas() -> Schemas:
    """Our own schemas, read once for all tests."""
    return Schemas(own_schemas_dir())


def bouw(soort: str, afwijkingen: Boom | None = None, release: str | None = None) -> bytes:
    """A sound message of this kind with these deviations; a JW303 also of release 2.3, the others also of 3.0 and 3.1.

    A value of None takes an element out, a list repeats it, each item upon the element of the sound message. A key may be a path
    (`Client/Contactgegevens/Contact`) or a short name (`KORT`). Raises ValueError for a name that the schema does not have there.
    """
    boom: Any = BASIS[soort]
    for naam, waarde in (afwijkingen or {}).items():
        boom = merge(boom, {KORT.get(naam, naam): waarde})
    bericht = OP_NAAM[soort]
    if release in VAN_TOEN:
        bericht = replace(bericht, release=release)
        boom = {**boom, "Header": {**boom["Header"], "BerichtSubversie": release[-1]}}
    if soort == "JW323":
        boom = _with_amounts(deepcopy(boom))
    elif soort == "JW303":
        boom = with_nota_amounts(deepcopy(boom))
        if release == JW303_2_3.release:
            bericht = JW303_2_3
            boom["Header"] |= {"BerichtVersie": "2", "BerichtSubversie": "3"}
            del boom["Header"]["XsdVersie"]
    wortel = schemas().model(bericht)
    element = etree.Element(wortel.tag, nsmap={"ijw": bericht.basis_namespace, soort.lower(): bericht.namespace})
    _fill(element, wortel, boom, Counter())
    etree.indent(element, "\t")
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + etree.tostring(element, encoding="UTF-8") + b"\n"


def merge(basis: Any, afwijking: Any) -> Any:
    """`basis` with what `afwijking` says otherwise. Neither is changed."""
    if isinstance(afwijking, list):
        return [merge(basis, item) for item in afwijking]
    if not isinstance(afwijking, dict):
        return None if afwijking is None else str(afwijking)
    if isinstance(basis, list):
        return [merge(item, afwijking) for item in basis]
    boom = dict(basis) if isinstance(basis, dict) else {}
    for sleutel, waarde in afwijking.items():
        naam, _, rest = sleutel.partition("/")
        boom[naam] = merge(boom.get(naam) or WEGGELATEN.get(naam), {rest: waarde} if rest else waarde)
    return boom


def _with_amounts(boom: Boom) -> Boom:
    """Amounts and total that follow from the lines, where the case does not give its own."""
    totaal = 0
    for client in _as_list(boom["Declaratie"]["Clienten"]["Client"]):
        for prestatie in _as_list(client["Prestaties"]["Prestatie"]):
            bedrag = prestatie["IngediendBedrag"]
            if bedrag["Bedrag"] == "{bedrag}":
                tarief = prestatie.get("ProductTarief")
                centen = int(prestatie["GeleverdVolume"]) * (1 if tarief is None else int(tarief))
                bedrag = prestatie["IngediendBedrag"] = {**bedrag, "Bedrag": str(centen)}
            totaal += int(bedrag["Bedrag"]) * (-1 if bedrag["DebetCredit"] == "C" else 1)
    richting = "C" if totaal < 0 else "D"
    totaalbedrag = {
        naam: str(waarde).replace("{totaal}", str(abs(totaal))).replace("{richting}", richting)
        for naam, waarde in boom["Declaratie"]["TotaalIngediendBedrag"].items()
    }
    return {**boom, "Declaratie": {**boom["Declaratie"], "TotaalIngediendBedrag": totaalbedrag}}


def _as_list(waarde: Any) -> list[Any]:
    return waarde if isinstance(waarde, list) else [waarde]


def _fill(element: Any, onderdeel: Onderdeel, waarde: Any, geteld: Counter[str]) -> None:
    """Write a value below its element; a count for each name gives `{n}`."""
    geteld[onderdeel.naam] += 1
    if not isinstance(onderdeel.type, Klasse):
        element.text = str(waarde).replace("{n}", str(geteld[onderdeel.naam]))
        return
    delen = onderdeel.type.onderdelen or ()
    onbekend = set(waarde) - {deel.naam for deel in delen}
    if onbekend:
        raise ValueError(f"{onderdeel.naam} heeft volgens het schema geen {', '.join(sorted(onbekend))}")
    for deel in delen:
        inhoud = waarde.get(deel.naam)
        for item in _as_list(inhoud) if inhoud is not None else ():
            _fill(etree.SubElement(element, deel.tag), deel, item, geteld)
