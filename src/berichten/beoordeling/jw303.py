"""Levels 3 and 4 of a JW303: those of a declaration, with two differences.

A line of a declaration may be awarded in part; one of an invoice is awarded whole or not at all (IV056, OP287). And a fault in the
header, there being no class Declaratie, rejects the whole message. Pure.
"""

from berichten.beoordeling.declaratie import Declaratiebeoordeling, Declaratiestappen, begin, in_order
from berichten.dossier.dossier import Dossier, Jw303Kader, Toekenning
from berichten.kern.regel import Gegevens, Plaats, Regel
from berichten.regels import register
from berichten.regels.jw303.credit import settle_credit
from berichten.regels.jw303.koppeling import link_to_toewijzingen
from berichten.regels.jw303.volume import find_room
from berichten.standaard.waarden.jw303 import Jw303bericht, Jw303Prestatie


def judge_jw303(bericht: Jw303bericht, kader: Jw303Kader) -> Declaratiebeoordeling:
    """Its lines are put on their allocations (IV051); then it goes the way of every declaration."""
    return begin(link_to_toewijzingen(bericht.declaratie, kader), kader, _JW303)


def settle(prestatie: Jw303Prestatie, dossier: Dossier, gebroken: list[tuple[Regel, Gegevens]]) -> Toekenning | None:
    """What of a line counts, when that is not all or nothing."""
    if prestatie.credit:
        return None if gebroken else settle_credit(prestatie, dossier)
    if not gebroken or dossier.kader.is_factuur or not all(item.te_verminderen for item, _ in gebroken):
        return None
    return find_room(prestatie, dossier)


_JW303 = Declaratiestappen(
    register.JW303_AFSPRAAK,
    Plaats("Header", "Bericht/Header"),
    register.JW303_CLIENT,
    debet=in_order(register.JW303_REFERENTIE, register.JW303_GROND, register.JW303_DEBET, grond=register.JW303_GROND),
    credit=in_order(register.JW303_REFERENTIE, register.JW303_CREDIT, grond=()),
    settle=settle,
    deels=register.JW303_DEELS,
)


def returned_lines(beoordeling: Declaratiebeoordeling) -> dict[int, int]:
    """Lines that go back in the JW304, because they are not awarded whole, with the cents awarded to each, by volgnummer."""
    return {
        item.volgnummer: toegekend
        for item in beoordeling.declaratie.prestaties
        if (toegekend := beoordeling.answered(item)) != item.bedrag or beoordeling.uitkomsten[item.volgnummer - 1] != "toegekend"
    }
