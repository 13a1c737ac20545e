"""From a message and what is known about it to an outcome for each of its classes (DOMAIN: levels of control, IV028, IV087).

Pure: no database, no clock. The levels follow one another: what the message itself shows (2), its header, and then everything that
must be held against other messages (3) and other sources (4), together.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Literal

from berichten.beoordeling.release import as_of
from berichten.dossier.dossier import DeclaratieKader, Dossier, HeaderKader
from berichten.kern.regel import Bevinding, Feiten, Plaats, Regel, Toets, check
from berichten.regels import register
from berichten.regels.eigen.toetsbaar import missing_facts
from berichten.standaard.waarden.berichten import Declaratie, Declaratiebericht, Header, Prestatie
from berichten.standaard.waarden.paden import client_pad, prestatie_pad

Uitkomst = Literal["toegekend", "afgewezen", "ter_beoordeling", "niet_beoordeeld"]
Status = Literal["afgekeurd", "ter_beoordeling", "verwerkt"]

TECHNISCH = "0001"
IN_ORDE = "0200"
NIET_BEOORDEELD = "0233"
VOLLEDIG_TOEGEKEND = "8001"


@dataclass(frozen=True, slots=True)
class Afkeuring:
    """A message rejected before its classes were judged: only the header goes back, with these codes."""

    retourcodes: tuple[str, ...]
    bevindingen: tuple[Bevinding, ...]


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

    status: Status
    bevindingen: list[Bevinding] = field(default_factory=list)
    declaratie_codes: tuple[str, ...] = (IN_ORDE,)
    client_codes: dict[int, tuple[str, ...]] = field(default_factory=dict)
    """By index of the client; a client that is not in here is sound."""
    uitkomsten: list[Uitkomst] = field(default_factory=list)
    """By volgnummer of the line, less one."""
    prestatie_codes: dict[int, tuple[str, ...]] = field(default_factory=dict)
    """By volgnummer: codes sent, or proposed for a held line."""
    dubbel: set[int] = field(default_factory=set)
    """By volgnummer: lines whose reference was used before (TR314), and that do not use it now."""
    zonder_feiten: dict[int, int] = field(default_factory=dict)
    """By volgnummer: the facts (`Feit`) that were missing; none for a line that is not in here."""


def check_header(header: Header, kader: HeaderKader) -> list[Bevinding]:
    """The header's own faults on levels 3 and 4."""
    return check(register.HEADER, header, kader, Plaats("Header", "Bericht/Header"))


def reject_inhoud(bevindingen: Iterable[Bevinding]) -> Afkeuring:
    """A fault on level 2 rejects the whole message with 0001, whatever rule it was."""
    return Afkeuring((TECHNISCH,), tuple(bevindingen))


def reject_header(bevindingen: Iterable[Bevinding]) -> Afkeuring:
    """A fault in the header goes back in the header, with its own code."""
    gevonden = tuple(bevindingen)
    return Afkeuring(_codes(gevonden), gevonden)


def judge_declaratie(bericht: Declaratiebericht, kader: DeclaratieKader) -> Declaratiebeoordeling:
    """Levels 3 and 4 of a JW323: what becomes of it and of each of its lines."""
    beoordeling = begin_declaratie(bericht.declaratie, kader)
    for _ in judge_lines(bericht.declaratie, kader, beoordeling):
        pass
    conclude_declaratie(beoordeling)
    return beoordeling


def begin_declaratie(declaratie: Declaratie, kader: DeclaratieKader) -> Declaratiebeoordeling:
    """Judge the Declaratie itself and its clients; their lines come next (`judge_lines`)."""
    aantal = sum(len(client.prestaties) for client in declaratie.clienten)
    fouten = check(register.DECLARATIE, declaratie, kader, Plaats("Declaratie", "Bericht/Declaratie"))
    if fouten:
        return Declaratiebeoordeling("afgekeurd", fouten, _codes(fouten), uitkomsten=["niet_beoordeeld"] * aantal)
    beoordeling = Declaratiebeoordeling("verwerkt", uitkomsten=["toegekend"] * aantal)
    _judge_clients(declaratie, kader, beoordeling)
    return beoordeling


def judge_lines(declaratie: Declaratie, kader: DeclaratieKader, beoordeling: Declaratiebeoordeling) -> Iterator[Prestatie]:
    """Judge the lines one by one and give each as soon as its outcome stands, so that storing goes on while judging does.

    Credit lines go first, then debit lines in message order (OP366). Lines that are not judged come along.
    """
    over = beoordeling.status == "afgekeurd"
    for credit in (True, False):
        for index, client in enumerate(declaratie.clienten):
            niet = over or index in beoordeling.client_codes
            for prestatie in client.prestaties:
                if prestatie.credit is credit:
                    if not niet:
                        _judge_prestatie(prestatie, kader.dossier(prestatie.toewijzingnummer), index, declaratie, beoordeling)
                    yield prestatie


def _judge_clients(declaratie: Declaratie, kader: DeclaratieKader, beoordeling: Declaratiebeoordeling) -> None:
    """Lines of a client that cannot be judged go back with 0233."""
    for index, client in enumerate(declaratie.clienten):
        plaats = Plaats("Client", client_pad(index, declaratie), client.regelnummer)
        fouten = check(register.CLIENT, client, kader, plaats)
        if fouten:
            beoordeling.bevindingen += fouten
            beoordeling.client_codes[index] = _codes(fouten)
            for prestatie in client.prestaties:
                beoordeling.uitkomsten[prestatie.volgnummer - 1] = "niet_beoordeeld"
                beoordeling.prestatie_codes[prestatie.volgnummer] = (NIET_BEOORDEELD,)


def _judge_prestatie(
    prestatie: Prestatie, dossier: Dossier, client: int, declaratie: Declaratie, beoordeling: Declaratiebeoordeling
) -> None:
    """Judge one line and let the dossier see what became of it."""
    uitkomst: Uitkomst = "toegekend"
    gevonden = _broken(prestatie, dossier, beoordeling.zonder_feiten)
    if gevonden:
        plaats = Plaats("Prestatie", prestatie_pad(prestatie, client, declaratie), prestatie.regelnummer, prestatie.volgnummer)
        bevindingen = _apply_beleid(gevonden, prestatie, dossier, plaats)
        beoordeling.bevindingen += bevindingen
        if any(item.regel.id == "TR314" for item in bevindingen):
            beoordeling.dubbel.add(prestatie.volgnummer)
        uitkomst, codes = outcome_of(bevindingen)
        if codes:
            beoordeling.prestatie_codes[prestatie.volgnummer] = codes
        beoordeling.uitkomsten[prestatie.volgnummer - 1] = uitkomst
    dossier.register(prestatie, uitkomst)


def outcome_of(bevindingen: Sequence[Bevinding]) -> tuple[Uitkomst, tuple[str, ...]]:
    """What becomes of a line with these findings, and the codes that go with it: sent, or proposed for a held line."""
    gevolgen = {item.regel.gevolg for item in bevindingen}
    uitkomst: Uitkomst = "toegekend"
    if "afwijzen" in gevolgen:
        uitkomst = "afgewezen"
    elif "beoordelen" in gevolgen:
        uitkomst = "ter_beoordeling"
    return uitkomst, _codes(item for item in bevindingen if item.regel.gevolg == _deciding(uitkomst))


def recheck_prestatie(prestatie: Prestatie, dossier: Dossier, plaats: Plaats) -> tuple[list[Bevinding], int]:
    """The gemeente's own rules once more on a line that is held, and the facts that are missing now (`Feit`).

    The dossier is as it was without the line; afterwards it counts again.
    """
    zonder_feiten: dict[int, int] = {}
    gevonden = _broken_own(prestatie, dossier, zonder_feiten)
    dossier.register(prestatie, "ter_beoordeling")
    return _apply_beleid(gevonden, prestatie, dossier, plaats), zonder_feiten.get(prestatie.volgnummer, 0)


def _apply_beleid(
    gevonden: Iterable[tuple[Regel, Feiten]], prestatie: Prestatie, dossier: Dossier, plaats: Plaats
) -> list[Bevinding]:
    """Findings with the consequence that the gemeente has set for the day of the line; what is off is left out."""
    beleid, dag = dossier.kader.feiten.beleid, prestatie.begindatum
    geldend = ((beleid.apply(item, dag), feiten) for item, feiten in gevonden)
    return [Bevinding(item, plaats, feiten) for item, feiten in geldend if item is not None]


def _broken(prestatie: Prestatie, dossier: Dossier, zonder_feiten: dict[int, int]) -> list[tuple[Regel, Feiten]]:
    """The rules that a line breaks; the allocation may be lacking (`zonder_toewijzing`). The hot path: no objects for sound lines.

    The gemeente's own rules come after those of the standard, and only for a line that these leave standing.
    """
    gevonden = _NIETS
    zonder_grond = False
    for item, toets, is_grond in _line_rules(dossier.kader.release, prestatie.credit):
        if zonder_grond and not (is_grond or item.zonder_toewijzing):
            continue
        feiten = toets(prestatie, dossier)
        if feiten is not None:
            gevonden = [*gevonden, (item, feiten)]
            zonder_grond = zonder_grond or is_grond
    return gevonden if gevonden or prestatie.credit else _broken_own(prestatie, dossier, zonder_feiten)


def _broken_own(prestatie: Prestatie, dossier: Dossier, zonder_feiten: dict[int, int]) -> list[tuple[Regel, Feiten]]:
    """The gemeente's own rules that a line breaks; which facts are missing to check others is noted in `zonder_feiten`."""
    gevonden = _NIETS
    ontbreekt = missing_facts(prestatie, dossier)
    if ontbreekt:
        zonder_feiten[prestatie.volgnummer] = ontbreekt
    for item, toets in _testable(ontbreekt):
        feiten = toets(prestatie, dossier)
        if feiten is not None:
            gevonden = [*gevonden, (item, feiten)]
    return gevonden


@cache
def _testable(ontbreekt: int) -> tuple[tuple[Regel, Toets], ...]:
    """The gemeente's own rules that can be checked when these facts are missing."""
    return tuple((item, item.toets) for item in register.PRESTATIE_EIGEN if not item.nodig & ontbreekt)


def _in_order(regels: tuple[Regel, ...]) -> tuple[tuple[Regel, Toets, bool], ...]:
    """The rules of a line in the order in which they are judged, with their functions looked up once, and whether each is a ground.

    The loop over them runs a million times for a large declaration.
    """
    volgorde = (*register.PRESTATIE_REFERENTIE, *register.PRESTATIE_GROND, *regels)
    return tuple((item, item.toets, item in register.PRESTATIE_GROND) for item in volgorde)


@cache
def _line_rules(release: str, credit: bool) -> tuple[tuple[Regel, Toets, bool], ...]:
    """The rules of a credit or debit line that held in this release."""
    regels = _in_order(register.PRESTATIE_CREDIT if credit else register.PRESTATIE_DEBET)
    toen = ((as_of(item, release), toets, is_grond) for item, toets, is_grond in regels)
    return tuple((item, toets, is_grond) for item, toets, is_grond in toen if item is not None)


_NIETS: list[tuple[Regel, Feiten]] = []


def _deciding(uitkomst: Uitkomst) -> str:
    """The consequence whose codes an outcome carries."""
    return "beoordelen" if uitkomst == "ter_beoordeling" else "afwijzen"


def conclude_declaratie(beoordeling: Declaratiebeoordeling) -> None:
    """Status and code of the whole, from what became of its lines; findings in message order."""
    if beoordeling.status == "afgekeurd":
        return
    beoordeling.bevindingen.sort(key=lambda item: item.plaats.volgnummer or 0)
    if "ter_beoordeling" in beoordeling.uitkomsten:
        beoordeling.status = "ter_beoordeling"
    elif all(item == "toegekend" for item in beoordeling.uitkomsten):
        beoordeling.declaratie_codes = (VOLLEDIG_TOEGEKEND,)


def sum_bedragen(declaratie: Declaratie, beoordeling: Declaratiebeoordeling) -> Bedragen:
    """What was submitted, awarded, rejected and held; a declaration rejected as a whole counts as rejected."""
    if beoordeling.status == "afgekeurd":
        return rejected_bedragen(declaratie)
    sommen = {"toegekend": 0, "afgewezen": 0, "ter_beoordeling": 0, "niet_beoordeeld": 0}
    uitkomsten = iter(beoordeling.uitkomsten)
    for client in declaratie.clienten:
        for prestatie in client.prestaties:
            sommen[next(uitkomsten)] += prestatie.bedrag
    return Bedragen(
        declaratie.totaal_ingediend,
        sommen["toegekend"],
        sommen["afgewezen"] + sommen["niet_beoordeeld"],
        sommen["ter_beoordeling"],
    )


def rejected_bedragen(declaratie: Declaratie) -> Bedragen:
    """The amounts of a declaration of which nothing is awarded."""
    return Bedragen(declaratie.totaal_ingediend, 0, declaratie.totaal_ingediend, 0)


def _codes(bevindingen: Iterable[Bevinding]) -> tuple[str, ...]:
    """The retourcodes of findings, each once, in their order."""
    return tuple(dict.fromkeys(item.regel.retourcode for item in bevindingen if item.regel.retourcode))
