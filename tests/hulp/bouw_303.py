"""Amounts of a JW303 that follow from its lines, where a case does not give its own."""

from typing import Any

Boom = dict[str, Any]


def with_nota_amounts(boom: Boom) -> Boom:
    """The tree with its amounts filled in. The tree given is changed."""
    totaal = btw = 0
    for client in _as_list(boom["Clienten"]["Client"]):
        for prestatie in _as_list(client["Prestaties"]["Prestatie"]):
            eigen, eigen_btw = _fill_line(prestatie["IngediendeBedragPrestatie"])
            totaal += eigen
            btw += eigen_btw
    bedragen = boom["Header"]["DeclaratieFactuurBedragen"]
    for naam, som in (("DeclaratieFactuurTotaalBedrag", totaal), ("BtwTotaalBedrag", btw)):
        if bedragen.get(naam) is not None:
            richting = "C" if som < 0 else "D"
            woorden = {"{totaal}": str(abs(som)), "{btw}": str(abs(som)), "{richting}": richting, "{btwrichting}": richting}
            bedragen[naam] = {deel: woorden.get(waarde, waarde) for deel, waarde in bedragen[naam].items()}
    return boom


def _fill_line(bedragen: Boom) -> tuple[int, int]:
    """Fill in the amounts of a line; what it asks and its VAT, in signed cents."""
    bedrag, tarief = bedragen["DeclaratieFactuurBedrag"], bedragen.get("ProductTarief")
    kant = bedrag["DebetCredit"]
    berekend = int(bedragen["GeleverdVolume"]) * (1 if tarief is None else int(tarief))
    if tarief is None and (bedragen.get("BerekendBedrag") or {}).get("Bedrag") == "{berekend}":
        bedragen["BerekendBedrag"] = None
    woorden = {"{bedrag}": str(berekend), "{berekend}": str(berekend), "{kant}": kant}
    for naam in ("DeclaratieFactuurBedrag", "BerekendBedrag", "BtwBedrag"):
        if bedragen.get(naam) is not None:
            bedragen[naam] = {deel: woorden.get(waarde, waarde) for deel, waarde in bedragen[naam].items()}
    return _signed(bedragen["DeclaratieFactuurBedrag"]), _signed(bedragen.get("BtwBedrag"))


def _signed(bedrag: Boom | None) -> int:
    if bedrag is None:
        return 0
    return int(bedrag["Bedrag"]) * (-1 if bedrag["DebetCredit"] == "C" else 1)


def _as_list(waarde: Any) -> list[Any]:
    return waarde if isinstance(waarde, list) else [waarde]
