"""Levels 3 and 4 of a JW303: as of a JW323, with two differences.

A line of a declaration may be awarded in part; one of an invoice is awarded whole or not at all (IV056, OP287). And a fault in the
header, there being no class Declaratie, rejects the whole message. Pure, like `beoordeling`.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from berichten.beoordeling.declaratie import IN_ORDE, NIET_BEOORDEELD, VOLLEDIG_TOEGEKEND, Bedragen, Declaratiebeoordeling, Uitkomst
from berichten.dossier.dossier import Dossier, HeaderKader, NotaKader, Toekenning
from berichten.kern.regel import Bevinding, Plaats, check
from berichten.regels import register
from berichten.regels.jw303.credit import settle_credit
from berichten.regels.jw303.volume import TE_VERMINDEREN, find_room
from berichten.standaard.waarden.berichten import Header
from berichten.standaard.waarden.jw303 import Nota, NotaPrestatie
from berichten.standaard.waarden.paden import client_pad, prestatie_pad

_NOTA_LOS = tuple(item for item in register.NOTA_DEBET if item.zonder_toewijzing)


@dataclass(slots=True)
class Notabeoordeling(Declaratiebeoordeling):
    """What became of a JW303 and each of its lines."""

    declaratie_codes: tuple[str, ...] = ()
    """Always empty: the codes of the whole stand in the header."""
    header_codes: tuple[str, ...] = (IN_ORDE,)
    toekenningen: dict[int, Toekenning] = field(default_factory=dict)
    """By volgnummer: lines of which something else counts than all that they ask."""

    def answered(self, prestatie: NotaPrestatie) -> int:
        """Cents, signed, that the answer awards to a line."""
        if self.uitkomsten[prestatie.volgnummer - 1] != "toegekend":
            return 0
        toekenning = self.toekenningen.get(prestatie.volgnummer)
        return prestatie.bedrag if toekenning is None else toekenning.beantwoord


def check_nota_header(header: Header, kader: HeaderKader) -> list[Bevinding]:
    """The header's own faults on levels 3 and 4, but for those that need allocations or earlier messages (`judge_nota`)."""
    return check(register.NOTA_KOP, header, kader, Plaats("Header", "Bericht/Header"))


def judge_nota(nota: Nota, kader: NotaKader) -> Notabeoordeling:
    """Header, clients and lines; credit lines first, then debit lines in message order."""
    aantal = sum(len(client.prestaties) for client in nota.clienten)
    fouten = check(register.NOTA_AFSPRAAK, nota, kader, Plaats("Header", "Bericht/Header"))
    if fouten:
        codes = _codes(fouten)
        return Notabeoordeling("afgekeurd", fouten, uitkomsten=["niet_beoordeeld"] * aantal, header_codes=codes)
    beoordeling = Notabeoordeling("verwerkt", uitkomsten=["toegekend"] * aantal)
    _judge_clients(nota, kader, beoordeling)
    for credit in (True, False):
        for index, client in enumerate(nota.clienten):
            if index in beoordeling.client_codes:
                continue
            for prestatie in client.prestaties:
                if prestatie.credit is credit:
                    plaats = Plaats("Prestatie", prestatie_pad(prestatie, index, nota), prestatie.regelnummer, prestatie.volgnummer)
                    _judge_prestatie(prestatie, kader.dossier(prestatie.toewijzingnummer), plaats, beoordeling)
    _conclude(nota, beoordeling)
    return beoordeling


def _judge_clients(nota: Nota, kader: NotaKader, beoordeling: Notabeoordeling) -> None:
    """Lines of a client that cannot be judged go back with 0233."""
    for index, client in enumerate(nota.clienten):
        fouten = check(register.NOTA_CLIENT, client, kader, Plaats("Client", client_pad(index, nota), client.regelnummer))
        if not fouten:
            continue
        beoordeling.bevindingen += fouten
        beoordeling.client_codes[index] = _codes(fouten)
        for prestatie in client.prestaties:
            beoordeling.uitkomsten[prestatie.volgnummer - 1] = "niet_beoordeeld"
            beoordeling.prestatie_codes[prestatie.volgnummer] = (NIET_BEOORDEELD,)


def _judge_prestatie(prestatie: NotaPrestatie, dossier: Dossier, plaats: Plaats, beoordeling: Notabeoordeling) -> None:
    """Judge one line and let the dossier see what became of it."""
    fouten = _find_faults(prestatie, dossier, plaats)
    toekenning = _settle(prestatie, dossier, fouten)
    uitkomst: Uitkomst = "toegekend"
    if fouten and toekenning is None:
        uitkomst = "afgewezen"
    elif fouten and toekenning is not None:
        fouten = [replace(item, regel=replace(item.regel, gevolg="signaal")) for item in fouten]
        fouten += check(register.NOTA_DEELS, prestatie, toekenning, plaats)
    if any(item.regel.id == "TR314" for item in fouten):
        beoordeling.dubbel.add(prestatie.volgnummer)
    if fouten:
        beoordeling.bevindingen += fouten
        beoordeling.prestatie_codes[prestatie.volgnummer] = _codes(fouten)
    if toekenning is not None:
        beoordeling.toekenningen[prestatie.volgnummer] = toekenning
    beoordeling.uitkomsten[prestatie.volgnummer - 1] = uitkomst
    dossier.register(prestatie, uitkomst, toekenning)


def _find_faults(prestatie: NotaPrestatie, dossier: Dossier, plaats: Plaats) -> list[Bevinding]:
    """The rules that a line breaks; those that need its allocation are not judged without."""
    fouten = check(register.NOTA_REFERENTIE, prestatie, dossier, plaats)
    if prestatie.credit:
        return fouten + check(register.NOTA_CREDIT, prestatie, dossier, plaats)
    zonder_grond = check(register.NOTA_GROND, prestatie, dossier, plaats)
    return fouten + zonder_grond + check(_NOTA_LOS if zonder_grond else register.NOTA_DEBET, prestatie, dossier, plaats)


def _settle(prestatie: NotaPrestatie, dossier: Dossier, fouten: Iterable[Bevinding]) -> Toekenning | None:
    """What of a line counts, when that is not all or nothing."""
    gebroken = {item.regel.id for item in fouten}
    if prestatie.credit:
        return None if gebroken else settle_credit(prestatie, dossier)
    nota = dossier.kader.declaratie
    if not gebroken or not gebroken <= TE_VERMINDEREN or (isinstance(nota, Nota) and nota.is_factuur):
        return None
    return find_room(prestatie, dossier)


def _conclude(nota: Nota, beoordeling: Notabeoordeling) -> None:
    """Code of the whole, from what became of its lines; findings in message order."""
    beoordeling.bevindingen.sort(key=lambda item: item.plaats.volgnummer or 0)
    if not returned_lines(nota, beoordeling):
        beoordeling.header_codes = (VOLLEDIG_TOEGEKEND,)


def returned_lines(nota: Nota, beoordeling: Notabeoordeling) -> dict[int, int]:
    """Lines that go back in the JW304, because they are not awarded whole, with the cents awarded to each, by volgnummer."""
    prestaties = (prestatie for client in nota.clienten for prestatie in client.prestaties)
    return {
        item.volgnummer: toegekend
        for item in prestaties
        if (toegekend := beoordeling.answered(item)) != item.bedrag or beoordeling.uitkomsten[item.volgnummer - 1] != "toegekend"
    }


def sum_nota(nota: Nota, beoordeling: Notabeoordeling) -> Bedragen:
    """What was submitted, awarded and rejected, as the JW304 states it; no line of a JW303 is held."""
    if beoordeling.status == "afgekeurd":
        return Bedragen(nota.totaal_ingediend, 0, nota.totaal_ingediend, 0)
    toegekend = sum(beoordeling.answered(prestatie) for client in nota.clienten for prestatie in client.prestaties)
    return Bedragen(nota.totaal_ingediend, toegekend, nota.totaal_ingediend - toegekend, 0)


def _codes(bevindingen: Iterable[Bevinding]) -> tuple[str, ...]:
    """The retourcodes of findings, each once, in their order."""
    return tuple(dict.fromkeys(item.regel.retourcode for item in bevindingen if item.regel.retourcode))
