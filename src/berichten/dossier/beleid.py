"""What follows from a rule of the gemeente's own: set per gemeente, aanbieder and date, else the default of the rule."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal

from berichten.dossier.contract import is_valid_on
from berichten.kern.regel import Bevinding, Gevolg, Regel

EIGEN = ("DA", "VZ")
"""How the ids of the gemeente's own rules begin: those on messages, and those on requests."""


@dataclass(frozen=True, slots=True)
class Beleidsregel:
    """What one gemeente wants to follow from one rule in a period, both ends inclusive; None is open."""

    agb: str
    """Empty when it holds for every aanbieder that has no row of its own."""
    regel: str
    gevolg: Literal["beoordelen", "signaal", "afwijzen", "uit"]
    retourcode: str
    """Sent with `afwijzen`, proposed with `beoordelen`; empty keeps the code of the rule."""
    ingangsdatum: date
    einddatum: date | None


@dataclass(slots=True)
class Beleid:
    """Everything that holds between one gemeente and one aanbieder."""

    regels: tuple[Beleidsregel, ...] = ()
    _toegepast: dict[tuple[int, date], Regel | None] = field(default_factory=dict)

    def apply(self, regel: Regel, dag: date) -> Regel | None:
        """The rule with the consequence that it has on a day; None when it is off. Rules of the standard stay as they are."""
        if not self.regels or not regel.id.startswith(EIGEN):
            return regel
        sleutel = id(regel), dag
        if sleutel not in self._toegepast:
            self._toegepast[sleutel] = self._find(regel, dag)
        return self._toegepast[sleutel]

    def apply_to_product(self, bevindingen: Iterable[Bevinding], dag: date) -> list[Bevinding]:
        """The same for classes of a JW301: these cannot be held, so `beoordelen` is a signal, and `afwijzen` rejects (IV032)."""
        gevonden = []
        for item in bevindingen:
            regel = self.apply(item.regel, dag)
            if regel is None:
                continue
            if regel is not item.regel:
                regel = replace(regel, gevolg=_AAN_TOEWIJZING.get(regel.gevolg, regel.gevolg))
            gevonden.append(replace(item, regel=regel))
        return gevonden

    def _find(self, regel: Regel, dag: date) -> Regel | None:
        geldig = [item for item in self.regels if item.regel == regel.id and is_valid_on(item.ingangsdatum, item.einddatum, dag)]
        gekozen = next((item for item in geldig if item.agb), None) or next(iter(geldig), None)
        if gekozen is None:
            return regel
        if gekozen.gevolg == "uit":
            return None
        code = None if gekozen.gevolg == "signaal" else gekozen.retourcode or regel.retourcode
        return replace(regel, gevolg=gekozen.gevolg, retourcode=code)


_AAN_TOEWIJZING: dict[str, Gevolg] = {"afwijzen": "afkeuren", "beoordelen": "signaal"}
