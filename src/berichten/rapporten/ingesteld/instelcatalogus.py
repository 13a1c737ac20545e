"""What a gemeente may set for its steering: what it means, its unit, what it is ordinarily, and whence that comes. Pure.

A value is a whole number (tenths of percents, cents, a count, days) or, of a choice, its word; None where there is none.
"""

from dataclasses import dataclass
from typing import Literal

from berichten.kern.taal import telling
from berichten.kern.tekst import euro, getal

Eenheid = Literal["procent", "eurocent", "aantal", "dagen", "keuze"]
Beheerder = Literal["contractbeheer", "financien", "beheer"]
Instelwaarde = int | str | None
JA, NEE = "ja", "nee"
KWARTAAL, VIER_MAANDEN = "kwartaal", "vier_maanden"
AANGETOOND, ONZEKER = "aangetoond", "onzeker"
_GEBRUIK, _KEUZE, _OOG, _TAAKGROEP = "gemeentelijke praktijk", "keuze van deze dienst", "Oog voor thuis", "regionale taakgroep"
_CONTRACT: Beheerder = "contractbeheer"
_BEHEER: Beheerder = "beheer"
_HEEL, _VEEL, _TIEN_JAAR = 1000, 1_000_000, 3660
"""100.0%, and as many or as long as makes sense of anything."""
_REGELMATIG = "keuze van deze dienst: inkoopdocument 8.1 zegt 'regelmatig'"


@dataclass(frozen=True, slots=True)
class Instelsoort:
    """One setting."""

    naam: str
    betekenis: str
    eenheid: Eenheid
    standaard: Instelwaarde
    bron: str
    """Whence what is ordinary comes."""
    beheerder: Beheerder = "financien"
    """Who sets it, besides `beheer`: never who is measured by it. What an accountant judges by, `beheer` alone sets."""
    keuzen: tuple[str, ...] = ()
    minste: int = 0
    grens: int | None = None
    """The most that may be set, in its unit; None for as much as makes sense of any."""

    @property
    def meeste(self) -> int:
        """The most that may be set: of percents in tenths."""
        return self.grens or {"procent": _HEEL, "dagen": _TIEN_JAAR}.get(self.eenheid, _VEEL)

    def tell(self, waarde: Instelwaarde) -> str:
        """`2,5%`, `€ 50.000,00`, `28 dagen`, `ja`; `geen` where there is none."""
        if waarde is None:
            return "geen"
        if isinstance(waarde, str):
            return waarde.replace("_", " ")
        if self.eenheid == "procent":
            return f"{getal(waarde // 10)},{waarde % 10}%"
        if self.eenheid == "eurocent":
            return euro(waarde)
        return telling(waarde, "dag", "dagen") if self.eenheid == "dagen" else getal(waarde)

    def write(self, waarde: Instelwaarde) -> str:
        """As it stands in a file and is kept; empty for none."""
        if waarde is None:
            return ""
        return f"{waarde // 10},{waarde % 10}" if self.eenheid == "procent" and isinstance(waarde, int) else str(waarde)

    def parse(self, tekst: str) -> Instelwaarde:
        """What was written by `write`; empty is what is ordinary."""
        if not tekst:
            return self.standaard
        return tekst if self.eenheid == "keuze" else int(tekst.replace(",", "") if self.eenheid == "procent" else tekst)


def _signal(soort: str, wat: str, aantal: int | None, promille: int | None, eenheid: Eenheid = "aantal") -> list[Instelsoort]:
    delen = (("aantal", f"Signaal {soort}: {wat}, vanaf hoeveel", aantal, eenheid),
             ("procent", f"Signaal {soort}: {wat}, welk deel", promille, "procent"))  # fmt: skip
    return [
        Instelsoort(
            f"{soort.lower()}_{deel}",
            betekenis,
            maat,  # type: ignore[arg-type]
            waarde,
            _REGELMATIG,
            _CONTRACT,
            minste=0 if deel == "procent" else 1,
        )
        for deel, betekenis, waarde, maat in delen
        if waarde is not None
    ]


_ALLE = (
    Instelsoort("kwartaal_op_koers", "Kwartaalrapport: tot welk verschil met de begroting het op koers is", "procent", 20, _KEUZE),
    Instelsoort("kwartaal_let_op", "Kwartaalrapport: tot welk verschil het let op is; daarboven bijsturen", "procent", 50, _KEUZE),
    Instelsoort("kwartaal_uitleg", "Kwartaalrapport: boven welk verschil met vorig jaar uitleg moet", "procent", 100, _KEUZE),
    Instelsoort(
        "kwartaal_ritme", "Kwartaalrapport: over welke perioden van een jaar wordt gerapporteerd; op 1 januari van dat jaar",
        "keuze", KWARTAAL, _OOG, keuzen=(KWARTAAL, VIER_MAANDEN),
    ),
    Instelsoort("controle_fouten", "Verantwoording: grens voor fouten", "procent", 10, _GEBRUIK, _BEHEER, grens=30),
    Instelsoort("controle_onzeker", "Verantwoording: grens voor onzekerheden", "procent", 30, _GEBRUIK, _BEHEER, grens=30),
    Instelsoort(
        "beschikking_vereist", "Verantwoording: of hulp zonder beschikking onzeker is (norm recht)", "keuze", NEE, _TAAKGROEP,
        _BEHEER, (JA, NEE),
    ),
    Instelsoort(
        "niveau_zonder_afspraak", "Verantwoording: wat een regel is zonder afspraak over het niveau (norm omvang)",
        "keuze", AANGETOOND, _KEUZE, _BEHEER, (AANGETOOND, ONZEKER),
    ),
    Instelsoort(
        "resultaat_norm", "Contractdossier: boven welk deel van de omzet het resultaat opvalt", "procent", None,
        "inkoopdocument 9.3 noemt geen norm",
    ),
    Instelsoort("casus_kader", "Casussignaal L1: vanaf welk deel van het kader", "procent", 800, _TAAKGROEP, _CONTRACT),
    Instelsoort(
        "casus_keer", "Casussignaal L3: boven hoeveel keer het middelste traject", "aantal", 2, _TAAKGROEP, _CONTRACT,
        minste=1,
    ),
    Instelsoort(
        "casus_trajecten", "Casussignaal L3: van hoeveel trajecten van een zorgvorm ten minste", "aantal", 20, _KEUZE, _CONTRACT,
        minste=20,
    ),
    Instelsoort(
        "casus_duur", "Casussignaal L2: boven welk bedrag in twaalf maanden", "eurocent", 5_000_000, _TAAKGROEP, _CONTRACT,
        minste=1,
    ),
    Instelsoort(
        "casus_zeer_duur", "Casussignaal L6: boven welk bedrag in een kalenderjaar", "eurocent", 50_000_000, _TAAKGROEP, _CONTRACT,
        minste=1,
    ),
    Instelsoort(
        "casus_aanbieders", "Casussignaal L5: vanaf hoeveel aanbieders in een maand", "aantal", 3, _TAAKGROEP, _CONTRACT,
        minste=1,
    ),
    Instelsoort(
        "casus_herindicatie", "Casussignaal L4: hoe dicht een toewijzing op de vorige volgt", "dagen", 31, _TAAKGROEP, _CONTRACT
    ),
    Instelsoort(
        "casus_evaluatie", "Casussignaal L4: hoe kort ervoor een evaluatie is gehouden", "dagen", 92, _TAAKGROEP, _CONTRACT
    ),
    Instelsoort(
        "casus_antwoord", "Casussignalen: binnen hoeveel dagen het lokale team antwoordt", "dagen", 28, _TAAKGROEP, _CONTRACT,
        minste=1,
    ),
    *_signal("S1", "budget te vroeg op of overschreden", 3, 100),
    *_signal("S2", "te laat gedeclareerd", 10, 100),
    *_signal("S3", "afgewezen", 20, 50),
    *_signal("S4", "minder verantwoord dan gedeclareerd", 3, None),
    *_signal("S5", "DA02, DA03 of DA05", 3, None),
    *_signal("S6", "start op tijd", 20, 800),
    *_signal("S7", "bestedingsruimte of plafond", None, 1000),
    *_signal("S8", "keurmerk loopt af", 60, None, "dagen"),
    *_signal("DA22", "nieuwe cliënten in een cliëntenstop", 1, None),
)  # fmt: skip
CATALOGUS: dict[str, Instelsoort] = {soort.naam: soort for soort in _ALLE}
"""By name, in the order in which they are listed."""


def may_set(rol: str, soort: Instelsoort) -> bool:
    """Whether a role sets it."""
    return rol in ("beheer", soort.beheerder)
