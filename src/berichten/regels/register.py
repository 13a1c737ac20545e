"""Every rule, in the order in which it is judged: the catalogue that API, portal and docs show.

The order within a tuple is the order of the findings; nothing registers itself by being imported.
"""

from berichten.regels import (
    declaratie,
    header,
    inhoud_client,
    inhoud_contact,
    inhoud_declaratie,
    inhoud_levering,
    inhoud_prestatie,
    inhoud_sleutels,
    inhoud_toewijzing,
    levering,
    prestatie_periode,
    prestatie_referentie,
    prestatie_tarief,
    prestatie_toewijzing,
    prestatie_volume,
    productcode,
    toewijzing,
)
from berichten.regels.kern import Regel

INHOUD_PERSOON: tuple[Regel, ...] = (
    inhoud_client.bsn_klopt,
    inhoud_client.geboortedatum_niet_te_oud,
    inhoud_client.geboren_voor_dagtekening,
    inhoud_client.datum_past_bij_gebruik,
)
"""Level 2: what the message itself shows. One fault rejects the message with only 0001 in the header."""
INHOUD_CLIENT: tuple[Regel, ...] = (
    inhoud_client.naamgebruik_past_bij_partnernaam,
    inhoud_client.client_is_mens,
    inhoud_client.taal_bij_taaltolk,
    inhoud_client.client_heeft_adres,
)
INHOUD_RELATIE: tuple[Regel, ...] = (
    inhoud_sleutels.relatie_eenmaal,
    inhoud_client.geboortedatum_niet_te_oud,
    inhoud_client.datum_past_bij_gebruik,
    inhoud_client.naamgebruik_past_bij_partnernaam,
)
INHOUD_CONTACT: tuple[Regel, ...] = (
    inhoud_sleutels.contact_eenmaal,
    inhoud_contact.contact_is_bereikbaar,
    inhoud_contact.huis_bij_nederland,
    inhoud_contact.postcode_bij_vast_adres,
    inhoud_contact.postcode_is_nederlands,
    inhoud_contact.land_bij_postcode,
    inhoud_contact.periode_bij_tijdelijk_adres,
    inhoud_contact.adres_eindigt_na_begin,
)
INHOUD_TOEGEWEZEN_PRODUCT: tuple[Regel, ...] = (
    inhoud_sleutels.toewijzing_eenmaal,
    inhoud_toewijzing.product_of_budget,
    inhoud_toewijzing.product_niet_gestapeld,
    inhoud_toewijzing.toewijzing_eindigt_na_ingang,
    inhoud_toewijzing.einddatum_bij_budget,
    inhoud_toewijzing.einddatum_bij_weekvolume,
    inhoud_toewijzing.verwijderd_op_ingangsdatum,
    inhoud_toewijzing.reden_niet_vervallen,
    inhoud_toewijzing.omvang_bij_code,
    inhoud_toewijzing.geen_omvang_zonder_code,
    inhoud_toewijzing.geen_omvang_bij_budget,
    inhoud_toewijzing.frequentie_past_bij_eenheid,
    inhoud_toewijzing.geen_budget_bij_omvang,
)
INHOUD_START: tuple[Regel, ...] = (inhoud_sleutels.levering_eenmaal, inhoud_levering.status_is_nieuw_of_verwijderd)
INHOUD_STOP: tuple[Regel, ...] = (*INHOUD_START, inhoud_levering.stop_na_begin)
INHOUD_DECLARATIE: tuple[Regel, ...] = (
    inhoud_declaratie.declaratieperiode_begonnen,
    inhoud_declaratie.declaratieperiode_voorbij,
    inhoud_declaratie.declaratieperiode_vanaf_2021,
    inhoud_declaratie.declaratieperiode_is_maand,
    inhoud_declaratie.declaratie_niet_later_dan_bericht,
    inhoud_declaratie.totaal_nul_is_debet,
    inhoud_declaratie.totaal_is_som,
)
INHOUD_DECLARATIE_CLIENT: tuple[Regel, ...] = (inhoud_sleutels.client_eenmaal, inhoud_client.bsn_klopt)
INHOUD_PRESTATIE: tuple[Regel, ...] = (
    inhoud_sleutels.prestatie_eenmaal,
    inhoud_prestatie.vorige_referentie_bij_credit,
    inhoud_prestatie.vorige_referentie_uniek,
    inhoud_prestatie.credit_niet_in_zelfde_bericht,
    inhoud_prestatie.debet_eenmaal_per_periode,
    inhoud_prestatie.periode_begonnen,
    inhoud_prestatie.periode_voorbij,
    inhoud_prestatie.niet_ouder_dan_vijf_jaar,
    inhoud_prestatie.periode_vanaf_2021,
    inhoud_prestatie.periode_in_een_maand,
    inhoud_prestatie.tarief_tenzij_euro,
    inhoud_prestatie.bedrag_nul_is_debet,
    inhoud_prestatie.euro_bedrag_is_volume,
)

HEADER: tuple[Regel, ...] = (
    header.identificatie_uniek,
    header.dagtekening_niet_in_toekomst,
    header.afzender_is_gemeente,
    header.ontvanger_is_gemeente,
)
"""A fault in the header stops everything after it."""

TOEGEWEZEN_PRODUCT: tuple[Regel, ...] = (
    toewijzing.toewijzingnummer_uniek,
    toewijzing.verwijderd_zonder_toegekende_prestaties,
    productcode.code_hoort_bij_categorie,
)
TOEGEWEZEN_PRODUCT_SIGNAAL: tuple[Regel, ...] = (toewijzing.ingang_niet_voor_toewijzing, toewijzing.omvang_ongewijzigd)
"""Shown of an allocation that has no fault; never a reason to refuse it."""

VERWIJDERING_GROND: tuple[Regel, ...] = (levering.verwijdering_van_eerdere_levering,)
START_VERWIJDERING: tuple[Regel, ...] = (levering.start_zonder_stop_verwijderd,)
"""A removal (StatusAanlevering 3) is held against nothing else: its contents do not matter any more."""
LEVERING_GROND: tuple[Regel, ...] = (levering.levering_bij_toewijzing,)
STOP_GROND: tuple[Regel, ...] = (levering.stop_bij_start,)
"""Without the allocation or the start that these ask for, the rules below have no ground and are not judged."""
START: tuple[Regel, ...] = (levering.levering_maar_een_keer, levering.geen_lopende_start)
STOP: tuple[Regel, ...] = (
    levering.levering_maar_een_keer,
    levering.geen_tweede_tijdelijke_stop,
    levering.stop_niet_voor_eerdere_stop,
    levering.geen_stop_na_definitieve_stop,
)
LEVERING_PRODUCT: tuple[Regel, ...] = (productcode.code_hoort_bij_categorie,)
"""Judged beside all that: it needs no allocation and no start."""

DECLARATIE: tuple[Regel, ...] = (declaratie.declaratienummer_uniek, declaratie.periode_niet_terug)
CLIENT: tuple[Regel, ...] = (prestatie_toewijzing.client_heeft_toewijzing,)
PRESTATIE_REFERENTIE: tuple[Regel, ...] = (prestatie_referentie.referentienummer_uniek,)
PRESTATIE_GROND: tuple[Regel, ...] = (
    prestatie_toewijzing.toewijzing_bekend,
    prestatie_toewijzing.toewijzing_van_client,
    prestatie_periode.toewijzing_niet_verwijderd,
)
"""Without the allocation that these ask for, the rules below have no ground and are not judged."""
PRESTATIE_DEBET: tuple[Regel, ...] = (
    prestatie_toewijzing.begindatum_binnen_toewijzing,
    prestatie_toewijzing.einddatum_binnen_toewijzing,
    prestatie_toewijzing.categorie_als_toewijzing,
    prestatie_toewijzing.code_als_toewijzing,
    prestatie_tarief.code_hoort_bij_categorie,
    prestatie_tarief.eenheid_past,
    prestatie_periode.begindatum_eerste_dag,
    prestatie_periode.einddatum_laatste_dag,
    prestatie_periode.periode_niet_na_declaratie,
    prestatie_periode.periode_maar_een_keer,
    prestatie_volume.volume_past_in_periode,
    prestatie_volume.volume_past_in_toewijzing,
    prestatie_volume.bedrag_past_in_budget,
    prestatie_tarief.bedrag_is_volume_maal_tarief,
    prestatie_tarief.tarief_volgens_contract,
)
PRESTATIE_CREDIT: tuple[Regel, ...] = (
    prestatie_referentie.credit_van_toegekende_debet,
    prestatie_referentie.credit_maar_een_keer,
)
"""A credit line is refused on technical grounds only (IV085)."""

ALLE: tuple[Regel, ...] = (
    *dict.fromkeys((*INHOUD_PERSOON, *INHOUD_CLIENT, *INHOUD_RELATIE)),
    *INHOUD_CONTACT,
    *INHOUD_TOEGEWEZEN_PRODUCT,
    *INHOUD_STOP,
    *INHOUD_DECLARATIE,
    inhoud_sleutels.client_eenmaal,
    *INHOUD_PRESTATIE,
    *HEADER,
    *TOEGEWEZEN_PRODUCT,
    *TOEGEWEZEN_PRODUCT_SIGNAAL,
    *VERWIJDERING_GROND,
    *START_VERWIJDERING,
    *LEVERING_GROND,
    *STOP_GROND,
    *dict.fromkeys((*START, *STOP)),
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
