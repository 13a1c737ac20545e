"""Every rule, in the order in which it is judged: the catalogue that API, portal and docs show.

The order within a tuple is the order of the findings; nothing registers itself by being imported.
"""

from berichten.regels import declaratie, header, levering, prestatie_referentie, prestatie_toewijzing, toewijzing
from berichten.regels.kern import Regel

INHOUD_JW301: tuple[Regel, ...] = ()
INHOUD_LEVERING: tuple[Regel, ...] = ()
INHOUD_DECLARATIE: tuple[Regel, ...] = (declaratie.totaal_is_som,)
"""Level 2: what the message itself shows. One fault rejects the message with only 0001 in the header."""

HEADER: tuple[Regel, ...] = (header.identificatie_uniek, header.dagtekening_niet_in_toekomst)
"""A fault in the header stops everything after it."""

TOEGEWEZEN_PRODUCT: tuple[Regel, ...] = (toewijzing.toewijzingnummer_uniek,)
LEVERING: tuple[Regel, ...] = (levering.levering_bij_toewijzing,)

DECLARATIE: tuple[Regel, ...] = (declaratie.declaratienummer_uniek,)
CLIENT: tuple[Regel, ...] = (prestatie_toewijzing.client_heeft_toewijzing,)
PRESTATIE_REFERENTIE: tuple[Regel, ...] = (prestatie_referentie.referentienummer_uniek,)
PRESTATIE_GROND: tuple[Regel, ...] = (
    prestatie_toewijzing.toewijzing_bekend,
    prestatie_toewijzing.toewijzing_van_client,
)
"""Without the allocation that these ask for, the rules below have no ground and are not judged."""
PRESTATIE_DEBET: tuple[Regel, ...] = (
    prestatie_toewijzing.begindatum_binnen_toewijzing,
    prestatie_toewijzing.einddatum_binnen_toewijzing,
    prestatie_toewijzing.categorie_als_toewijzing,
    prestatie_toewijzing.code_als_toewijzing,
)
PRESTATIE_CREDIT: tuple[Regel, ...] = (
    prestatie_referentie.credit_van_toegekende_debet,
    prestatie_referentie.credit_maar_een_keer,
)
"""A credit line is refused on technical grounds only (IV085)."""

ALLE: tuple[Regel, ...] = (
    *INHOUD_JW301,
    *INHOUD_LEVERING,
    *INHOUD_DECLARATIE,
    *HEADER,
    *TOEGEWEZEN_PRODUCT,
    *LEVERING,
    *DECLARATIE,
    *CLIENT,
    *PRESTATIE_REFERENTIE,
    *PRESTATIE_GROND,
    *PRESTATIE_DEBET,
    *PRESTATIE_CREDIT,
)

_BRON = {item.id: item.bron for item in ALLE}


def bron_of(regel_id: str) -> str:
    """Source of a rule; faults of level 1 come from the schema or from an operational rule of that number."""
    if regel_id in _BRON:
        return _BRON[regel_id]
    return "iJw 3.2, berichtschema" if regel_id == "XSD" else f"iJw 3.2, {regel_id}"
