"""Levels 3 and 4 of a declaration: what becomes of it and of each of its lines (DOMAIN: levels of control, IV087). Pure.

Every kind of declaration goes the same way; in which rules they differ is a row (`Declaratiestappen`). This file has that of a
JW323, `jw303` that of a JW303.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any, Literal

from berichten.beoordeling.kolommen import onschuld
from berichten.beoordeling.kolommen.verdachten import split_lines
from berichten.beoordeling.release import as_of
from berichten.dossier.dossier import DeclaratieKader, Dossier, Toekenning
from berichten.kern.regel import Bevinding, Gegevens, Plaats, Regel, Toets, check, codes_of, is_sound
from berichten.regels import register
from berichten.regels.eigen.toetsbaar import missing_facts
from berichten.standaard.waarden.berichten import Declaratie, Declaratiebericht, Prestatie
from berichten.standaard.waarden.paden import client_pad, prestatie_pad

Uitkomst = Literal["toegekend", "afgewezen", "ter_beoordeling", "niet_beoordeeld"]
Status = Literal["afgekeurd", "ter_beoordeling", "verwerkt"]

TECHNISCH = "0001"
IN_ORDE = "0200"
NIET_BEOORDEELD = "0233"
VOLLEDIG_TOEGEKEND = "8001"


@dataclass(frozen=True, slots=True)
class Bedragen:
    """Signed eurocents; ingediend is always the sum of the other three."""

    ingediend: int
    toegekend: int
    afgewezen: int
    te_beoordelen: int


@dataclass(slots=True)
class Declaratiebeoordeling:
    """What became of a declaration and each of its lines."""

    declaratie: Declaratie
    """With its lines on the allocations on which they were judged."""
    status: Status = "verwerkt"
    bevindingen: list[Bevinding] = field(default_factory=list)
    codes: tuple[str, ...] = (IN_ORDE,)
    """Of the whole: in the class Declaratie of a JW325, in the header of a JW304."""
    client_codes: dict[int, tuple[str, ...]] = field(default_factory=dict)
    """By index of the client; a client that is not in here is sound."""
    uitkomsten: list[Uitkomst] = field(default_factory=list)
    """By volgnummer of the line, less one."""
    prestatie_codes: dict[int, tuple[str, ...]] = field(default_factory=dict)
    """By volgnummer: codes sent, or proposed for a held line."""
    toekenningen: dict[int, Toekenning] = field(default_factory=dict)
    """By volgnummer: lines of a JW303 of which something else counts than all that they ask."""
    dubbel: set[int] = field(default_factory=set)
    """By volgnummer: lines whose reference was used before (`Regel.dubbel`), and that do not use it now."""
    zonder_feiten: dict[int, int] = field(default_factory=dict)
    """By volgnummer: the facts (`Feit`) that were missing; none for a line that is not in here."""

    def answered(self, prestatie: Prestatie) -> int:
        """Cents, signed, that the answer awards to a line."""
        if self.uitkomsten[prestatie.volgnummer - 1] != "toegekend":
            return 0
        toekenning = self.toekenningen.get(prestatie.volgnummer)
        return prestatie.bedrag if toekenning is None else toekenning.beantwoord


Regelreeks = tuple[tuple[Regel, Toets, bool], ...]
"""The rules of a line in the order in which they are judged, with their functions looked up once, and whether each is a ground: a
loop over them runs a million times for a large declaration."""


@dataclass(frozen=True, slots=True, eq=False)
class Declaratiestappen:
    """The rules by which a kind of declaration is judged, from the whole to its lines; every kind goes the same way."""

    kop: tuple[Regel, ...]
    kop_plaats: Plaats
    """A fault here rejects the message as a whole."""
    client: tuple[Regel, ...]
    debet: Regelreeks
    credit: Regelreeks
    eigen: bool = False
    """Whether the gemeente's own rules look at its debit lines."""
    settle: Callable[[Any, Dossier, list[tuple[Regel, Gegevens]]], Toekenning | None] | None = None
    """What of a line counts, given the rules that it broke, when that is not all or nothing."""
    deels: tuple[Regel, ...] = ()
    """Said of a line that is awarded in part."""


def in_order(*reeksen: tuple[Regel, ...], grond: tuple[Regel, ...]) -> Regelreeks:
    """Rules as the loop over a line wants them; those of `grond` say that others have no ground."""
    return tuple((item, item.toets, item in grond) for reeks in reeksen for item in reeks)


_GROND = register.PRESTATIE_GROND
JW323_STAPPEN = Declaratiestappen(
    register.DECLARATIE,
    Plaats("Declaratie", "Bericht/Declaratie"),
    register.CLIENT,
    debet=in_order(register.PRESTATIE_REFERENTIE, _GROND, register.PRESTATIE_DEBET, grond=_GROND),
    credit=in_order(register.PRESTATIE_REFERENTIE, _GROND, register.PRESTATIE_CREDIT, grond=_GROND),
    eigen=True,
)


def judge_jw323(bericht: Declaratiebericht, kader: DeclaratieKader) -> Declaratiebeoordeling:
    """Levels 3 and 4 of a JW323."""
    return begin(bericht.declaratie, kader, JW323_STAPPEN)


def begin(declaratie: Declaratie, kader: DeclaratieKader, stappen: Declaratiestappen) -> Declaratiebeoordeling:
    """Judge the declaration itself, its clients and their lines."""
    beoordeling = Declaratiebeoordeling(declaratie)
    fouten = check(stappen.kop, declaratie, kader, stappen.kop_plaats)
    beoordeling.uitkomsten = ["niet_beoordeeld" if fouten else "toegekend"] * declaratie.aantal_prestaties
    if fouten:
        beoordeling.status, beoordeling.bevindingen, beoordeling.codes = "afgekeurd", fouten, codes_of(fouten)
    else:
        _judge_clients(declaratie, kader, stappen, beoordeling)
        _judge_lines(declaratie, kader, stappen, beoordeling)
        conclude(beoordeling)
    return beoordeling


def leave_unjudged(declaratie: Declaratie) -> Declaratiebeoordeling:
    """Of a declaration whose message stopped at level 2 or at its header: its lines are not judged and use nothing up."""
    uitkomsten: list[Uitkomst] = ["niet_beoordeeld"] * declaratie.aantal_prestaties
    return Declaratiebeoordeling(declaratie, "afgekeurd", uitkomsten=uitkomsten)


def _judge_lines(
    declaratie: Declaratie, kader: DeclaratieKader, stappen: Declaratiestappen, beoordeling: Declaratiebeoordeling
) -> None:
    """Credit lines go first, then debit lines in message order (OP366). Not those of a client that cannot be judged."""
    verdacht, ontbreekt = _split_lines(declaratie, kader, stappen)
    stand = zip(ontbreekt, verdacht, beoordeling.uitkomsten, strict=True)
    beoordeling.zonder_feiten = {
        nummer: feiten
        for nummer, (feiten, zelf, uitkomst) in enumerate(stand, 1)
        if feiten and not zelf and uitkomst == "toegekend"
    }
    gekozen = [(index, item) for index, item in declaratie.choose(verdacht) if index not in beoordeling.client_codes]
    for credit in (True, False):
        for index, prestatie in gekozen:
            if prestatie.credit is credit:
                _judge_prestatie(prestatie, kader.dossier(prestatie.toewijzingnummer), index, stappen, beoordeling)


def _split_lines(declaratie: Declaratie, kader: DeclaratieKader, stappen: Declaratiestappen) -> tuple[list[bool], list[int]]:
    """By volgnummer less one: which lines have to be judged, in a small message all, and which facts are missing for the others."""
    aantal = declaratie.aantal_prestaties
    if not stappen.eigen or aantal < onschuld.VEEL:
        return [True] * aantal, [0] * aantal
    regels = [item for item, _, _ in _line_rules(stappen, kader.release, credit=False)]
    return split_lines(declaratie, kader, regels, register.PRESTATIE_EIGEN)


def _judge_clients(
    declaratie: Declaratie, kader: DeclaratieKader, stappen: Declaratiestappen, beoordeling: Declaratiebeoordeling
) -> None:
    """Lines of a client that cannot be judged go back with 0233."""
    for index, client in enumerate(declaratie.clienten):
        if is_sound(stappen.client, client, kader):
            continue
        plaats = Plaats("Client", client_pad(index, declaratie), client.regelnummer)
        fouten = check(stappen.client, client, kader, plaats)
        beoordeling.bevindingen += fouten
        beoordeling.client_codes[index] = codes_of(fouten)
        for prestatie in client.prestaties:
            beoordeling.uitkomsten[prestatie.volgnummer - 1] = "niet_beoordeeld"
            beoordeling.prestatie_codes[prestatie.volgnummer] = (NIET_BEOORDEELD,)


def _judge_prestatie(
    prestatie: Prestatie, dossier: Dossier, client: int, stappen: Declaratiestappen, beoordeling: Declaratiebeoordeling
) -> None:
    """Judge one line and let the dossier see what became of it."""
    uitkomst: Uitkomst = "toegekend"
    gevonden = _broken(prestatie, dossier, stappen, beoordeling.zonder_feiten)
    toekenning = None if stappen.settle is None else stappen.settle(prestatie, dossier, gevonden)
    if toekenning is not None:
        beoordeling.toekenningen[prestatie.volgnummer] = toekenning
    if gevonden:
        pad = prestatie_pad(prestatie, client, beoordeling.declaratie)
        plaats = Plaats("Prestatie", pad, prestatie.regelnummer, prestatie.volgnummer)
        bevindingen = _apply_beleid(gevonden, prestatie, dossier, plaats)
        uitkomst, codes = outcome_of(bevindingen)
        if toekenning is not None:
            uitkomst, codes = "toegekend", codes_of(bevindingen)
            bevindingen = [*_as_signals(bevindingen), *check(stappen.deels, prestatie, toekenning, plaats)]
        beoordeling.bevindingen += bevindingen
        if any(item.regel.dubbel for item in bevindingen):
            beoordeling.dubbel.add(prestatie.volgnummer)
        if codes:
            beoordeling.prestatie_codes[prestatie.volgnummer] = codes
        beoordeling.uitkomsten[prestatie.volgnummer - 1] = uitkomst
    dossier.register(prestatie, uitkomst, toekenning)


def _as_signals(bevindingen: Iterable[Bevinding]) -> Iterator[Bevinding]:
    """What brought an award down, told of a line that is awarded."""
    return (replace(item, regel=replace(item.regel, gevolg="signaal")) for item in bevindingen)


def outcome_of(bevindingen: Sequence[Bevinding]) -> tuple[Uitkomst, tuple[str, ...]]:
    """What becomes of a line with these findings, and the codes that go with it: sent, or proposed for a held line."""
    gevolgen = {item.regel.gevolg for item in bevindingen}
    uitkomst: Uitkomst = "toegekend"
    if "afwijzen" in gevolgen:
        uitkomst = "afgewezen"
    elif "beoordelen" in gevolgen:
        uitkomst = "ter_beoordeling"
    return uitkomst, codes_of(item for item in bevindingen if item.regel.gevolg == _deciding(uitkomst))


def recheck_prestatie(prestatie: Prestatie, dossier: Dossier, plaats: Plaats) -> tuple[list[Bevinding], int]:
    """The gemeente's own rules once more on a line that is held, and the facts that are missing now (`Feit`).

    The dossier is as it was without the line; afterwards it counts again.
    """
    zonder_feiten: dict[int, int] = {}
    gevonden = _broken_own(prestatie, dossier, zonder_feiten)
    dossier.register(prestatie, "ter_beoordeling")
    return _apply_beleid(gevonden, prestatie, dossier, plaats), zonder_feiten.get(prestatie.volgnummer, 0)


def _apply_beleid(
    gevonden: Iterable[tuple[Regel, Gegevens]], prestatie: Prestatie, dossier: Dossier, plaats: Plaats
) -> list[Bevinding]:
    """Findings with the consequence that the gemeente has set for the day of the line; what is off is left out."""
    beleid, dag = dossier.kader.feiten.beleid, prestatie.begindatum
    geldend = ((beleid.apply(item, dag), gegevens) for item, gegevens in gevonden)
    return [Bevinding(item, plaats, gegevens) for item, gegevens in geldend if item is not None]


def _broken(
    prestatie: Prestatie, dossier: Dossier, stappen: Declaratiestappen, zonder_feiten: dict[int, int]
) -> list[tuple[Regel, Gegevens]]:
    """The rules that a line breaks; the allocation may be lacking (`zonder_toewijzing`). The hot path: no objects for sound lines.

    The gemeente's own rules come after those of the standard, and only for a line that these leave standing.
    """
    gevonden = _NIETS
    zonder_grond = False
    for item, toets, is_grond in _line_rules(stappen, dossier.kader.release, prestatie.credit):
        if zonder_grond and not (is_grond or item.zonder_toewijzing):
            continue
        gegevens = toets(prestatie, dossier)
        if gegevens is not None:
            gevonden = [*gevonden, (item, gegevens)]
            zonder_grond = zonder_grond or is_grond
    if gevonden or prestatie.credit or not stappen.eigen:
        return gevonden
    return _broken_own(prestatie, dossier, zonder_feiten)


def _broken_own(prestatie: Prestatie, dossier: Dossier, zonder_feiten: dict[int, int]) -> list[tuple[Regel, Gegevens]]:
    """The gemeente's own rules that a line breaks; which facts are missing to check others is noted in `zonder_feiten`."""
    gevonden = _NIETS
    ontbreekt = missing_facts(prestatie, dossier)
    if ontbreekt:
        zonder_feiten[prestatie.volgnummer] = ontbreekt
    for item, toets in _testable(ontbreekt):
        gegevens = toets(prestatie, dossier)
        if gegevens is not None:
            gevonden = [*gevonden, (item, gegevens)]
    return gevonden


@cache
def _testable(ontbreekt: int) -> tuple[tuple[Regel, Toets], ...]:
    """The gemeente's own rules that can be checked when these facts are missing."""
    return tuple((item, item.toets) for item in register.PRESTATIE_EIGEN if not item.nodig & ontbreekt)


@cache
def _line_rules(stappen: Declaratiestappen, release: str, credit: bool) -> Regelreeks:
    """The rules of a credit or debit line that held in this release."""
    regels = stappen.credit if credit else stappen.debet
    toen = ((as_of(item, release), toets, is_grond) for item, toets, is_grond in regels)
    return tuple((item, toets, is_grond) for item, toets, is_grond in toen if item is not None)


_NIETS: list[tuple[Regel, Gegevens]] = []


def _deciding(uitkomst: Uitkomst) -> str:
    """The consequence whose codes an outcome carries."""
    return "beoordelen" if uitkomst == "ter_beoordeling" else "afwijzen"


def conclude(beoordeling: Declaratiebeoordeling) -> None:
    """Status and code of the whole, from what became of its lines; findings in message order."""
    if beoordeling.status == "afgekeurd":
        return
    beoordeling.bevindingen.sort(key=lambda item: item.plaats.volgnummer or 0)
    if "ter_beoordeling" in beoordeling.uitkomsten:
        beoordeling.status = "ter_beoordeling"
    elif all(item == "toegekend" for item in beoordeling.uitkomsten) and not _cut(beoordeling):
        beoordeling.codes = (VOLLEDIG_TOEGEKEND,)


def _cut(beoordeling: Declaratiebeoordeling) -> int:
    """Cents that were asked by lines that are awarded in part, and not awarded."""
    if not beoordeling.toekenningen:
        return 0
    deels = (item for item in beoordeling.declaratie.prestaties if item.volgnummer in beoordeling.toekenningen)
    return sum(item.bedrag - beoordeling.toekenningen[item.volgnummer].beantwoord for item in deels)


def sum_bedragen(beoordeling: Declaratiebeoordeling) -> Bedragen:
    """What was submitted, awarded, rejected and held, as the answer states it; of what is rejected as a whole all is rejected."""
    declaratie = beoordeling.declaratie
    if beoordeling.status == "afgekeurd":
        return Bedragen(declaratie.totaal_ingediend, 0, declaratie.totaal_ingediend, 0)
    sommen = {"toegekend": 0, "afgewezen": _cut(beoordeling), "ter_beoordeling": 0, "niet_beoordeeld": 0}
    for uitkomst, bedrag in zip(beoordeling.uitkomsten, declaratie.each_field()["bedrag"], strict=True):
        sommen[uitkomst] += bedrag
    return Bedragen(
        declaratie.totaal_ingediend,
        sommen["toegekend"] - _cut(beoordeling),
        sommen["afgewezen"] + sommen["niet_beoordeeld"],
        sommen["ter_beoordeling"],
    )
