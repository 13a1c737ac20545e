"""With which retourcode a person who rejects a held line tells it best, for each rule of the gemeente's own, and why that one.

WJ001 has no codes for what a gemeente and its aanbieders agree on themselves, so most are the nearest that a JW325 can carry; what
is really the matter stands in the reason of the decision.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from berichten.regels import register


@dataclass(frozen=True, slots=True)
class Voorstel:
    """A code of WJ001, or None for a rule on which no line can be rejected."""

    retourcode: str | None
    reden: str


_TE_VEEL = "Het volume is hoger dan wat telt. Een code voor niet geleverde minuten is er niet: noem de minuten in de motivering."
_ALLEEN_SIGNAAL = "Dit is alleen een signaal; hierop wordt geen regel afgewezen."
_TOEWIJZING = "Dit gaat over een toewijzing (JW301) en niet over een gedeclareerde regel."

VOORSTELLEN: dict[str, Voorstel] = {
    "DA01": Voorstel("9321", _TE_VEEL),
    "DA02": Voorstel("0611", "Het tarief hoort bij een hoger niveau dan het gezinsplan vraagt."),
    "DA03": Voorstel("0611", "Het tarief hoort bij een lager niveau dan het gezinsplan goedkeurt."),
    "DA04": Voorstel("9321", _TE_VEEL),
    "DA05": Voorstel("0611", "Het tarief hoort bij iemand met een ander niveau of een andere registratie dan de hulp gaf."),
    "DA06": Voorstel("9321", _TE_VEEL),
    "DA07": Voorstel(None, _ALLEEN_SIGNAAL),
    "DA08": Voorstel(None, _TOEWIJZING),
    "DA09": Voorstel(None, _ALLEEN_SIGNAAL),
    "DA10": Voorstel("9322", "De hulp is samen meer dan het kader toelaat. Noem het kader in de motivering."),
    "DA11": Voorstel("9308", "De hulp valt na de laatste dag waarop jeugdhulp kan. Noem de leeftijd in de motivering."),
    "DA12": Voorstel("9369", "De hulp is samen meer dan het plafond. Noem het plafond in de motivering."),
    "DA13": Voorstel(None, _ALLEEN_SIGNAAL),
    "DA14": Voorstel("9321", "Het volume is meer dan er in de periode past."),
    "DA15": Voorstel("0611", "Voor een product buiten het contract is geen prijs afgesproken."),
    "DA16": Voorstel(None, _TOEWIJZING),
    "DA17": Voorstel(None, _TOEWIJZING),
    "DA18": Voorstel("0611", "Het bedrag past niet bij de prijs van een fte. Noem prijs en deel in de motivering."),
}
"""By rule id."""

AFWIJSCODES = frozenset(
    item.retourcode
    for item in (
        *register.PRESTATIE_REFERENTIE,
        *register.PRESTATIE_GROND,
        *register.PRESTATIE_DEBET,
        *register.PRESTATIE_EIGEN,
    )
    if item.retourcode
) | {item.retourcode for item in VOORSTELLEN.values() if item.retourcode}
"""Codes that say something of one debit line: what a reviewer can tell an aanbieder with a rejection."""


@dataclass(frozen=True, slots=True)
class Codevoorstel:
    """A code with which a held line is rejected when nobody chooses one, and why that one."""

    retourcode: str
    regel: str
    reden: str


_EIGEN_CODE = "Deze code hoort bij de regel waardoor de gedeclareerde regel wacht."


def propose(bevindingen: Iterable[tuple[str, str | None]]) -> tuple[Codevoorstel, ...]:
    """Codes for the findings that hold a line, each a rule with its code or None; every code once, in their order.

    What carries a code of its own (the standard's, or the one that the gemeente chose) goes before the nearest code for another.
    """
    wachten = list(bevindingen)
    eigen = [Codevoorstel(code, regel, _reason(regel, code)) for regel, code in wachten if code]
    dichtbij = [_nearest(regel) for regel, code in wachten if not code]
    per_code: dict[str, Codevoorstel] = {}
    for item in eigen or dichtbij:
        if item is not None:
            per_code.setdefault(item.retourcode, item)
    return tuple(per_code.values())


def _nearest(regel: str) -> Codevoorstel | None:
    voorstel = VOORSTELLEN.get(regel)
    return Codevoorstel(voorstel.retourcode, regel, voorstel.reden) if voorstel and voorstel.retourcode else None


def _reason(regel: str, code: str) -> str:
    voorstel = VOORSTELLEN.get(regel)
    return voorstel.reden if voorstel and voorstel.retourcode == code else _EIGEN_CODE
