"""To which allocation a line of a JW303 belongs when it names none (IV051). Pure."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from berichten.dossier.dossier import EerderePrestatie, Jw303Kader, Toewijzing
from berichten.standaard.waarden.jw303 import Jw303Client, Jw303Declaratie, Jw303Prestatie


def link_to_toewijzingen(declaratie: Jw303Declaratie, kader: Jw303Kader) -> Jw303Declaratie:
    """The message with its lines on their allocations, and the kader with what that tells of them."""
    gekoppeld, kader.niet_gekoppeld = link_lines(declaratie, kader.toewijzingen.values(), kader.eerdere_prestaties)
    kader.declaratie = gekoppeld
    kader.alles_van_anderen |= is_all_of_others(declaratie, kader.van_anderen, kader.eerdere_prestaties)
    kader.bekende_bsns |= find_withdrawn(declaratie, kader.eerdere_prestaties)
    return gekoppeld


def link_lines(
    declaratie: Jw303Declaratie, toewijzingen: Iterable[Toewijzing], eerdere: Mapping[str, EerderePrestatie]
) -> tuple[Jw303Declaratie, dict[int, str]]:
    """The same message with its lines on their allocations, and by volgnummer why a line without number is on none.

    `toewijzingen` are those of the aanbieder for the clients of the message. A credit goes where its debit went. A debit goes to
    the one allocation of its client that covers its category, code and period; a specific one before a wider one.
    """
    van_client: dict[str, list[Toewijzing]] = defaultdict(list)
    for toewijzing in toewijzingen:
        if not toewijzing.verwijderd:
            van_client[toewijzing.bsn].append(toewijzing)
    redenen: dict[int, str] = {}

    def link(prestatie: Jw303Prestatie) -> Jw303Prestatie:
        if prestatie.toewijzingnummer is not None:
            return prestatie
        debet = find_debet(prestatie, eerdere)
        if debet is not None:
            # Also where the debit is on none: an allocation that came since is no ground to find them unlike.
            return prestatie if debet.toewijzingnummer is None else prestatie.linked_to(debet.toewijzingnummer)
        gevonden = find_candidates(prestatie, van_client[prestatie.bsn])
        if len(gevonden) == 1:
            return prestatie.linked_to(gevonden[0].toewijzingnummer)
        redenen[prestatie.volgnummer] = _tell(gevonden)
        return prestatie

    clienten = tuple(_with_lines(client, tuple(link(item) for item in client.prestaties)) for client in declaratie.clienten)
    return replace(declaratie, clienten=clienten), redenen


def find_debet(prestatie: Jw303Prestatie, eerdere: Mapping[str, EerderePrestatie]) -> EerderePrestatie | None:
    """The debit line of an earlier JW303 that a credit line names; None for a debit line."""
    gevonden = eerdere.get(prestatie.vorig_referentienummer or "") if prestatie.credit else None
    return None if gevonden is None or gevonden.credit else gevonden


def find_withdrawn(declaratie: Jw303Declaratie, eerdere: Mapping[str, EerderePrestatie]) -> set[str]:
    """BSNs of clients of whom the message does nothing but credit lines that came in for that client before.

    They need no allocation (TR304): who never had one may still take back what was invoiced in error (IV053).
    """

    def is_withdrawn(prestatie: Jw303Prestatie) -> bool:
        debet = find_debet(prestatie, eerdere)
        return debet is not None and debet.bsn == prestatie.bsn

    return {client.bsn for client in declaratie.clienten if all(is_withdrawn(item) for item in client.prestaties)}


def is_all_of_others(
    declaratie: Jw303Declaratie, van_anderen: Mapping[int, Toewijzing], eerdere: Mapping[str, EerderePrestatie]
) -> bool:
    """Whether every line names an allocation that its client has with another aanbieder (TR311).

    A credit of a line that this aanbieder sent before is not such a line: it takes back just that mistake.
    """

    def is_of_other(prestatie: Jw303Prestatie) -> bool:
        toewijzing = None if prestatie.toewijzingnummer is None else van_anderen.get(prestatie.toewijzingnummer)
        return toewijzing is not None and toewijzing.bsn == prestatie.bsn and find_debet(prestatie, eerdere) is None

    return all(is_of_other(item) for client in declaratie.clienten for item in client.prestaties)


def _with_lines(client: Jw303Client, prestaties: tuple[Jw303Prestatie, ...]) -> Jw303Client:
    return client if prestaties == client.prestaties else replace(client, prestaties=prestaties)


def find_candidates(prestatie: Jw303Prestatie, toewijzingen: Sequence[Toewijzing]) -> list[Toewijzing]:
    """The allocations to which a line may belong: those that cover it, else those that it overlaps (so that a date can be told).

    Of those only the narrowest: with its code, else with its category, else without product.
    """
    passend = [item for item in toewijzingen if _covers_product(item, prestatie)]
    binnen = [item for item in passend if _holds(item, prestatie)] or [item for item in passend if _touches(item, prestatie)]
    smalst = max((_width(item) for item in binnen), default=0)
    return [item for item in binnen if _width(item) == smalst]


def _covers_product(toewijzing: Toewijzing, prestatie: Jw303Prestatie) -> bool:
    return toewijzing.categorie in (None, prestatie.categorie) and toewijzing.productcode in (None, prestatie.code)


def _holds(toewijzing: Toewijzing, prestatie: Jw303Prestatie) -> bool:
    na_begin = toewijzing.ingangsdatum <= prestatie.begindatum
    return na_begin and (toewijzing.einddatum is None or prestatie.einddatum <= toewijzing.einddatum)


def _touches(toewijzing: Toewijzing, prestatie: Jw303Prestatie) -> bool:
    voor_einde = toewijzing.einddatum is None or prestatie.begindatum <= toewijzing.einddatum
    return voor_einde and toewijzing.ingangsdatum <= prestatie.einddatum


def _width(toewijzing: Toewijzing) -> int:
    """More for a narrower allocation."""
    return (toewijzing.categorie is not None) + (toewijzing.productcode is not None)


def _tell(gevonden: Sequence[Toewijzing]) -> str:
    if not gevonden:
        return "bij u is voor deze cliënt geen toewijzing bekend voor dit product in deze periode"
    nummers = " en ".join(str(item.toewijzingnummer) for item in gevonden)
    return f"er past meer dan één toewijzing bij: {nummers}"
