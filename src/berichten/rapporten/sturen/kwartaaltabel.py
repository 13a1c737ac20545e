"""A quarterly report as one table, for a workbook: each block under its name, with what was written and agreed. Pure."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from berichten.rapporten.monitor.tabel import Tabel, Waarde

KOLOMMEN = (
    "blok", "rij", "deze_periode", "vorig_jaar_toen", "verschil", "verschil_pct", "vorig_jaar_nu", "begroot", "afwijking",
    "afwijking_pct", "oordeel", "tekst",
)  # fmt: skip
_LEEG: tuple[Waarde, ...] = (None,) * 8


def make_kwartaaltabel(
    cijfers: Mapping[str, Any], teksten: Mapping[str, str], acties: Iterable[tuple[str, str]], status: str
) -> Tabel:
    """`teksten`: by row; `acties`: the row that each hangs on, and the action in words."""
    kern = cijfers["kerncijfers"]
    rijen: list[tuple[Waarde, ...]] = [
        ("kerncijfers", rij["rij"], *(rij[naam] for naam in KOLOMMEN[2:10]), rij["oordeel"], teksten.get(rij["rij"], ""))
        for rij in kern
    ]
    for rij in cijfers["segmenten"]:
        rijen.append((
            "segmenten", rij["segment"], rij["kosten"], None, None, None, None, rij["begroot"], rij["kosten_jaar"],
            rij["uitputting_pct"], "", f"Afwijking is hier kosten dit jaar. Prognose jaar € {rij['prognose']}",
        ))  # fmt: skip
    rijen += [
        ("indicatoren", f"{rij['nr']}. {rij['maat']} ({rij['eenheid']})", rij["waarde"], *_LEEG[:3], rij["vorig_jaar"], None, None,
         None, "", rij["indicator"])
        for rij in cijfers["indicatoren"]
    ]  # fmt: skip
    rijen += [("verplichtingen", rij["naam"], rij["euro"], *_LEEG[1:], "", "") for rij in cijfers["verplichtingen"]]
    rijen += [
        (
            "voorbehoud",
            rij["agb"],
            rij["verwacht"],
            *_LEEG[1:],
            "",
            f"{rij['naam']}, nog niet gedeclareerd over {rij['maand']}".lstrip(", "),
        )
        for rij in cijfers.get("voorbehoud", ())
    ]
    rijen += [
        (blok, rij["soort"], rij["aanbieders"], *_LEEG[1:], "", "aanbieders")
        for blok in ("plafonds", "signalen") for rij in cijfers.get(blok, ())
    ]  # fmt: skip
    rijen += [(rij["blok"], rij["soort"], rij["agb"], *_LEEG[1:], "", rij["naam"]) for rij in cijfers.get("wie", ())]
    rijen += [
        (f"bijgesteld {rij['periode']}", f"{rij['rij']}, {rij['kolom']}", rij["nu"], rij["was"], *_LEEG[2:], "", "")
        for rij in cijfers.get("bijgesteld", ())
    ]
    rijen += [("instellingen", rij["betekenis"], rij["waarde"], *_LEEG[1:], "", "standaard" if rij["vanaf"] is None else
               f"sinds {rij['vanaf']}") for rij in cijfers.get("instellingen", ())]  # fmt: skip
    rijen += [("acties", rij, *_LEEG, "", tekst) for rij, tekst in acties]
    exact = tuple(tuple(Decimal(str(item)) if isinstance(item, float) else item for item in rij) for rij in rijen)
    return Tabel("kwartaalrapport", KOLOMMEN, exact, (f"Status: {status}.", *cijfers["toelichting"]))
