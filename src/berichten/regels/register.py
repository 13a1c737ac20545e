"""Every rule, in the order in which it is judged: the catalogue that API, portal and docs show.

The order within a tuple is the order of the findings; nothing registers itself by being imported.
"""

from berichten.kern.regel import Regel
from berichten.regels.declaratie import declaratie
from berichten.regels.declaratie import periode as prestatie_periode
from berichten.regels.declaratie import referentie as prestatie_referentie
from berichten.regels.declaratie import tarief as prestatie_tarief
from berichten.regels.declaratie import toewijzing as prestatie_toewijzing
from berichten.regels.declaratie import volume as prestatie_volume
from berichten.regels.eigen import fte as eigen_fte
from berichten.regels.eigen import grenzen as eigen_grenzen
from berichten.regels.eigen import kaders as eigen_kaders
from berichten.regels.eigen import niveau as eigen_niveau
from berichten.regels.eigen import verantwoording as eigen_verantwoording
from berichten.regels.header import header
from berichten.regels.header import jw303 as nota_header
from berichten.regels.inhoud import aanvraag as inhoud_aanvraag
from berichten.regels.inhoud import client as inhoud_client
from berichten.regels.inhoud import contact as inhoud_contact
from berichten.regels.inhoud import declaratie as inhoud_declaratie
from berichten.regels.inhoud import levering as inhoud_levering
from berichten.regels.inhoud import prestatie as inhoud_prestatie
from berichten.regels.inhoud import sleutels as inhoud_sleutels
from berichten.regels.inhoud import toewijzing as inhoud_toewijzing
from berichten.regels.inhoud import verzoek as inhoud_verzoek
from berichten.regels.inhoud import verzoekantwoord as inhoud_antwoord
from berichten.regels.jw303 import credit as nota_credit
from berichten.regels.jw303 import inhoud_client as nota_inhoud
from berichten.regels.jw303 import inhoud_prestatie as nota_inhoud_regel
from berichten.regels.jw303 import toewijzing as nota_prestatie
from berichten.regels.jw303 import volume as nota_volume
from berichten.regels.regie import levering, productcode, toewijzing
from berichten.regels.verzoeken import antwoord as verzoek_antwoord
from berichten.regels.verzoeken import honorering, verzoek, wens_contract, wens_stop, wens_titel, wens_toewijzing
from berichten.regels.verzoeken import toewijzing as verzoek_toewijzing
from berichten.standaard.waarden.soorten import JW323, OP_NAAM

Trappen = tuple[tuple[Regel, ...], ...]
"""Steps of rules on one class: each asks for the ground of those after it."""

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
    inhoud_client.geboren_voor_dagtekening,
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
    inhoud_toewijzing.toegewezen_voor_dagtekening,
    inhoud_toewijzing.toewijzing_eindigt_na_ingang,
    inhoud_toewijzing.einddatum_bij_budget,
    inhoud_toewijzing.einddatum_bij_weekvolume,
    inhoud_toewijzing.verwijderd_op_ingangsdatum,
    inhoud_toewijzing.reden_niet_vervallen,
    inhoud_toewijzing.omvang_bij_code,
    inhoud_toewijzing.geen_omvang_zonder_code,
    inhoud_toewijzing.geen_omvang_bij_budget,
    inhoud_toewijzing.frequentie_past_bij_eenheid,
    inhoud_toewijzing.frequentie_van_voor_2021,
    inhoud_toewijzing.geen_budget_bij_omvang,
)
INHOUD_LEVERING: tuple[Regel, ...] = (inhoud_sleutels.levering_eenmaal, inhoud_levering.status_is_nieuw_of_verwijderd)
INHOUD_START: tuple[Regel, ...] = (*INHOUD_LEVERING, inhoud_levering.start_niet_na_dagtekening)
INHOUD_STOP: tuple[Regel, ...] = (*INHOUD_LEVERING, inhoud_levering.stop_na_begin, inhoud_levering.stop_niet_na_dagtekening)
INHOUD_AANGEVRAAGD_PRODUCT: tuple[Regel, ...] = (
    inhoud_sleutels.aanvraag_eenmaal,
    inhoud_aanvraag.kenmerk_is_eigen,
    inhoud_verzoek.product_of_budget.jw315,
    inhoud_verzoek.product_niet_gestapeld.jw315,
    inhoud_aanvraag.beschikking_is_heel,
    inhoud_verzoek.eindigt_na_ingang.jw315,
    inhoud_verzoek.einddatum_bij_budget.jw315,
    inhoud_verzoek.einddatum_bij_weekvolume.jw315,
    inhoud_verzoek.omvang_bij_code.jw315,
    inhoud_verzoek.geen_omvang_zonder_code.jw315,
    inhoud_verzoek.geen_omvang_bij_budget.jw315,
    inhoud_verzoek.frequentie_past_bij_eenheid.jw315,
    inhoud_verzoek.geen_budget_bij_omvang.jw315,
    inhoud_aanvraag.geen_naam_bij_code,
    inhoud_aanvraag.naam_zonder_code,
    inhoud_aanvraag.geen_code_zonder_hulpverlener,
)
"""What a JW315 asks for."""
INHOUD_VERZOEKCLIENT: tuple[Regel, ...] = (inhoud_client.bsn_klopt,)
INHOUD_VERZOEK: tuple[Regel, ...] = (inhoud_verzoek.gaat_over_toewijzing, inhoud_verzoek.vraagt_iets)
"""A JW317 as a whole, and then its three classes of products."""
INHOUD_ONGEWIJZIGD_PRODUCT: tuple[Regel, ...] = (inhoud_sleutels.genoemde_toewijzing_eenmaal,)
INHOUD_TE_WIJZIGEN_PRODUCT: tuple[Regel, ...] = (
    inhoud_sleutels.genoemde_toewijzing_eenmaal,
    inhoud_verzoek.eindigt_na_ingang.jw317,
    inhoud_verzoek.einddatum_bij_budget.jw317,
    inhoud_verzoek.einddatum_bij_weekvolume.jw317,
    inhoud_verzoek.geen_omvang_bij_budget.jw317,
    inhoud_verzoek.frequentie_past_bij_eenheid.jw317,
    inhoud_verzoek.geen_budget_bij_omvang.jw317,
)
INHOUD_NIEUW_PRODUCT: tuple[Regel, ...] = (
    inhoud_sleutels.nieuw_product_eenmaal,
    inhoud_verzoek.product_of_budget.jw317,
    inhoud_verzoek.product_niet_gestapeld.jw317,
    inhoud_verzoek.gaat_in_na_dagtekening,
    inhoud_verzoek.eindigt_na_ingang.jw317,
    inhoud_verzoek.einddatum_bij_budget.jw317,
    inhoud_verzoek.einddatum_bij_weekvolume.jw317,
    inhoud_verzoek.omvang_bij_code.jw317,
    inhoud_verzoek.geen_omvang_zonder_code.jw317,
    inhoud_verzoek.geen_omvang_bij_budget.jw317,
    inhoud_verzoek.frequentie_past_bij_eenheid.jw317,
    inhoud_verzoek.geen_budget_bij_omvang.jw317,
)
INHOUD_ANTWOORD: tuple[Regel, ...] = (
    inhoud_antwoord.reden_bij_afwijzing,
    inhoud_antwoord.geen_reden_bij_onderzoek,
)
INHOUD_WOONPLAATSBEGINSEL: tuple[Regel, ...] = (
    inhoud_antwoord.gemeente_bij_woonplaats,
    inhoud_antwoord.geen_gemeente_bij_andere_reden,
)
"""What a gemeente says to a request (JW319)."""
INHOUD_DECLARATIE: tuple[Regel, ...] = (
    inhoud_declaratie.declaratieperiode_begonnen,
    inhoud_declaratie.declaratieperiode_voorbij,
    inhoud_declaratie.declaratieperiode_vanaf_2021,
    inhoud_declaratie.declaratieperiode_is_maand,
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
    inhoud_prestatie.eenheid_niet_vervallen,
    inhoud_prestatie.tarief_tenzij_euro,
    inhoud_prestatie.bedrag_nul_is_debet,
    inhoud_prestatie.euro_bedrag_is_volume,
)

_ELKE_HEADER: tuple[Regel, ...] = (header.identificatie_uniek, header.dagtekening_niet_in_toekomst)
HEADER: tuple[Regel, ...] = (*_ELKE_HEADER, header.afzender_is_gemeente, header.ontvanger_is_gemeente)
"""A fault in the header stops everything after it."""
HEADER_AANVRAAG: tuple[Regel, ...] = (*_ELKE_HEADER, header.ontvanger_is_gemeente_bij_aanvraag)
HEADER_ANTWOORD: tuple[Regel, ...] = (*_ELKE_HEADER, header.afzender_is_gemeente_bij_antwoord)
"""The same of a JW315 and a JW319, which know the gemeente on other days."""

TOEGEWEZEN_PRODUCT: tuple[Regel, ...] = (
    toewijzing.toewijzingnummer_uniek,
    toewijzing.verwijderd_zonder_toegekende_prestaties,
    honorering.kenmerk_van_open_verzoek,
    productcode.code_hoort_bij_categorie,
)
TOEGEWEZEN_PRODUCT_SIGNAAL: tuple[Regel, ...] = (
    toewijzing.ingang_niet_voor_toewijzing,
    toewijzing.omvang_ongewijzigd,
    toewijzing.toegekend_past_in_nieuwe_versie,
    honorering.kenmerk_bij_open_verzoek,
)
"""Shown of an allocation that has no fault; never a reason to refuse it."""

TOEWIJZINGSBERICHT_SIGNAAL: tuple[Regel, ...] = (honorering.hele_situatie_toegewezen,)
"""Shown of a JW301 as a whole."""
AANVRAAG_CLIENT: tuple[Regel, ...] = (verzoek.geen_open_verzoek_bij_aanvraag,)
AANGEVRAAGD_PRODUCT: tuple[Regel, ...] = (verzoek.kenmerk_nieuw_bij_aanvraag, productcode.gevraagde_code_hoort_bij_categorie)
"""A JW315: its client, and each product that it asks for."""
WIJZIGING_CLIENT: tuple[Regel, ...] = (verzoek.client_heeft_toewijzing,)
"""Without any allocation of the client nothing below is judged (0233)."""
WIJZIGING: tuple[Regel, ...] = (
    verzoek.kenmerk_nieuw_bij_wijziging,
    verzoek.geen_open_verzoek_bij_wijziging,
    verzoek.alle_toewijzingen_genoemd,
    verzoek.product_niet_dubbel,
)
"""A JW317 as a whole, and then its three classes of products."""
ONGEWIJZIGD_PRODUCT: tuple[Regel, ...] = (verzoek_toewijzing.ongewijzigde_loopt,)
TE_WIJZIGEN_GROND: tuple[Regel, ...] = (verzoek_toewijzing.te_wijzigen_loopt,)
"""Without the allocation that this asks for, the rules below have no ground and are not judged."""
TE_WIJZIGEN_PRODUCT: tuple[Regel, ...] = (
    verzoek_toewijzing.wijziging_later_of_vanaf_begin,
    verzoek_toewijzing.geheel_vanaf_begin,
    verzoek_toewijzing.geen_omvang_zonder_product,
    verzoek_toewijzing.geen_omvang_zonder_code,
    verzoek_toewijzing.omvang_bij_code,
)
NIEUW_PRODUCT: tuple[Regel, ...] = (productcode.gevraagde_code_hoort_bij_categorie,)
ANTWOORD_GROND: tuple[Regel, ...] = (verzoek_antwoord.verzoek_bekend,)
ANTWOORD: tuple[Regel, ...] = (
    verzoek_antwoord.niet_na_toewijzing,
    verzoek_antwoord.onderzoek_maar_een_keer,
    verzoek_antwoord.niet_na_afwijzing,
)
"""A JW319, if its request is known; and the gemeente in it, whatever else."""
WOONPLAATSBEGINSEL: tuple[Regel, ...] = (verzoek_antwoord.woonplaats_is_gemeente,)
ANTWOORD_SIGNAAL: tuple[Regel, ...] = (verzoek_antwoord.geen_woonplaats_bij_wijziging,)

WENS_AANGEVRAAGD: tuple[Regel, ...] = (
    wens_contract.heeft_contract,
    wens_contract.past_in_contract,
    wens_stop.geen_clientenstop,
    wens_toewijzing.niet_al_toegewezen,
    wens_titel.jonger_dan_18,
    wens_titel.niet_met_terugwerkende_kracht,
    wens_contract.past_in_budget,
    wens_titel.heeft_titel,
    wens_toewijzing.niet_bij_ander,
)
"""The gemeente's own findings on a request that was accepted: of one product of a JW315, and of a JW317 and its products."""
WENS_VERZOEK: tuple[Regel, ...] = (wens_contract.mag_wijzigen,)
WENS_TE_WIJZIGEN: tuple[Regel, ...] = (
    wens_contract.heeft_contract,
    wens_contract.past_in_contract,
    wens_titel.jonger_dan_18,
    wens_titel.niet_met_terugwerkende_kracht,
    wens_toewijzing.laat_ruimte,
    wens_toewijzing.binnen_looptijd,
    wens_toewijzing.budget_vanaf_begin,
    wens_contract.past_in_budget,
    wens_toewijzing.niet_bij_ander,
    wens_toewijzing.geen_maatregel,
)
WENS_NIEUW: tuple[Regel, ...] = (
    wens_contract.heeft_contract,
    wens_contract.past_in_contract,
    wens_titel.jonger_dan_18,
    wens_titel.niet_met_terugwerkende_kracht,
    wens_contract.past_in_budget,
    wens_toewijzing.niet_bij_ander,
    wens_toewijzing.geen_maatregel,
)

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
PRESTATIE_EIGEN: tuple[Regel, ...] = (
    eigen_grenzen.op_tijd_gedeclareerd,
    eigen_grenzen.budget_bijna_op,
    eigen_grenzen.binnen_levering,
    eigen_grenzen.volume_is_mogelijk,
    eigen_grenzen.euros_binnen_contract,
    eigen_verantwoording.geen_no_show,
    eigen_verantwoording.alleen_clientgebonden,
    eigen_verantwoording.gedeclareerd_is_vastgelegd,
    eigen_verantwoording.heeft_registratie,
    eigen_verantwoording.heeft_niveau,
    eigen_niveau.niveau_niet_hoger,
    eigen_niveau.niveau_niet_lager,
    eigen_kaders.binnen_kader,
    eigen_kaders.jonger_dan_18,
    eigen_kaders.jonger_dan_23,
    eigen_kaders.tarief_pas_vanaf_18,
    eigen_kaders.tarief_voor_en_na_18,
    eigen_kaders.binnen_bestedingsruimte,
    eigen_kaders.onder_plafond,
    eigen_fte.bedrag_past_bij_fte,
)
"""The gemeente's own rules, each judged only where the facts that it needs are known.

They come after those of the standard: a line that these reject is handed in anew, and looked at then.
"""
PRESTATIE_CREDIT: tuple[Regel, ...] = (
    prestatie_referentie.credit_van_toegekende_debet,
    prestatie_referentie.credit_maar_een_keer,
)
"""A credit line is refused on technical grounds only (IV085)."""

JW303_INHOUD: tuple[Regel, ...] = (
    nota_inhoud.periode_begonnen,
    nota_inhoud.periode_voorbij,
    nota_inhoud.periode_voor_2021,
    nota_inhoud.servicebureau_bij_betaling,
    nota_inhoud.btw_nummer_bij_btw,
    nota_inhoud.btw_totaal_bij_btw,
    nota_inhoud.totaal_nul_is_debet,
    nota_inhoud.totaal_is_som,
    nota_inhoud.btw_totaal_is_som,
)
"""Rules on a JW303 stand apart: iJw 3.0 has other retourcodes and texts under the same numbers. Level 2: its header."""
JW303_INHOUD_CLIENT: tuple[Regel, ...] = (
    nota_inhoud.client_eenmaal,
    nota_inhoud.bsn_klopt,
    nota_inhoud.geboortedatum_niet_te_oud,
    nota_inhoud.geboren_voor_dagtekening,
    nota_inhoud.datum_past_bij_gebruik,
)
JW303_INHOUD_PRESTATIE: tuple[Regel, ...] = (
    nota_inhoud_regel.prestatie_eenmaal,
    nota_inhoud_regel.vorige_referentie_bij_credit,
    nota_inhoud_regel.vorige_referentie_uniek,
    nota_inhoud_regel.credit_niet_in_zelfde_bericht,
    nota_inhoud_regel.periode_begonnen,
    nota_inhoud_regel.periode_voorbij,
    nota_inhoud_regel.periode_voor_2021,
    nota_inhoud_regel.periode_vanaf_2015,
    nota_inhoud_regel.eenheid_van_die_tijd,
    nota_inhoud_regel.geen_tarief_bij_euro,
    nota_inhoud_regel.berekend_is_volume_maal_tarief,
    nota_inhoud_regel.bedrag_niet_boven_berekend,
    nota_inhoud_regel.bedrag_nul_is_debet,
    nota_inhoud_regel.bedragen_zelfde_kant,
    nota_inhoud_regel.vrijstelling_in_factuur,
    nota_inhoud_regel.btw_zonder_vrijstelling,
    nota_inhoud_regel.geen_btw_bij_vrijstelling,
)
JW303_KOP: tuple[Regel, ...] = (
    nota_header.factuurnummer_uniek,
    nota_header.dagtekening_niet_in_toekomst,
    nota_header.gemeente_bestaat,
)
"""Header of a JW303: the sender's number, the date and the gemeente."""
JW303_AFSPRAAK: tuple[Regel, ...] = (
    nota_header.geen_declaratie_bij_facturen,
    nota_header.geen_factuur_bij_declareren,
    nota_header.aanbieder_heeft_toewijzing,
    nota_header.periode_volgt_op_vorige,
)
"""Header of a JW303 against agreements, allocations and earlier messages. A fault rejects the whole message."""
JW303_CLIENT: tuple[Regel, ...] = (nota_prestatie.client_heeft_toewijzing,)
JW303_REFERENTIE: tuple[Regel, ...] = (nota_credit.referentienummer_uniek,)
JW303_GROND: tuple[Regel, ...] = (nota_prestatie.toewijzing_gevonden, nota_prestatie.toewijzing_van_client)
"""Of debit lines only: without the allocation that these ask for, the rules below have no ground and are not judged."""
JW303_DEBET: tuple[Regel, ...] = (
    nota_prestatie.begindatum_binnen_toewijzing,
    nota_prestatie.einddatum_binnen_toewijzing,
    nota_prestatie.categorie_als_toewijzing,
    nota_prestatie.code_als_toewijzing,
    nota_prestatie.code_hoort_bij_categorie,
    nota_prestatie.eenheid_past,
    nota_prestatie.periode_in_declaratieperiode,
    nota_volume.volume_past_in_periode,
    nota_volume.volume_past_in_alles,
    nota_volume.bedrag_past,
    nota_volume.tarief_volgens_contract,
)
JW303_CREDIT: tuple[Regel, ...] = (
    nota_credit.credit_van_eerdere_debet,
    nota_credit.geen_credit_van_afgewezen_debet,
    nota_credit.credit_maar_een_keer,
)
JW303_DEELS: tuple[Regel, ...] = (nota_volume.deels_toegekend,)
"""Said of a line of a declaration that is awarded in part."""

ALLE: tuple[Regel, ...] = (
    *dict.fromkeys((*INHOUD_PERSOON, *INHOUD_CLIENT, *INHOUD_RELATIE)),
    *INHOUD_CONTACT,
    *INHOUD_TOEGEWEZEN_PRODUCT,
    *dict.fromkeys((*INHOUD_START, *INHOUD_STOP)),
    *INHOUD_AANGEVRAAGD_PRODUCT,
    *INHOUD_VERZOEK,
    *dict.fromkeys((*INHOUD_ONGEWIJZIGD_PRODUCT, *INHOUD_TE_WIJZIGEN_PRODUCT, *INHOUD_NIEUW_PRODUCT)),
    *INHOUD_ANTWOORD,
    *INHOUD_WOONPLAATSBEGINSEL,
    *INHOUD_DECLARATIE,
    inhoud_sleutels.client_eenmaal,
    *INHOUD_PRESTATIE,
    *dict.fromkeys((*HEADER, *HEADER_AANVRAAG, *HEADER_ANTWOORD)),
    *TOEGEWEZEN_PRODUCT,
    *TOEGEWEZEN_PRODUCT_SIGNAAL,
    *TOEWIJZINGSBERICHT_SIGNAAL,
    *AANVRAAG_CLIENT,
    *AANGEVRAAGD_PRODUCT,
    *WIJZIGING_CLIENT,
    *WIJZIGING,
    *ONGEWIJZIGD_PRODUCT,
    *TE_WIJZIGEN_GROND,
    *TE_WIJZIGEN_PRODUCT,
    *ANTWOORD_GROND,
    *ANTWOORD,
    *WOONPLAATSBEGINSEL,
    *ANTWOORD_SIGNAAL,
    *dict.fromkeys((*WENS_AANGEVRAAGD, *WENS_VERZOEK, *WENS_TE_WIJZIGEN, *WENS_NIEUW)),
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
    *PRESTATIE_EIGEN,
    *PRESTATIE_CREDIT,
    *JW303_INHOUD,
    *JW303_INHOUD_CLIENT,
    *JW303_INHOUD_PRESTATIE,
    *JW303_KOP,
    *JW303_AFSPRAAK,
    *JW303_CLIENT,
    *JW303_REFERENTIE,
    *JW303_GROND,
    *JW303_DEBET,
    *JW303_CREDIT,
    *JW303_DEELS,
)

_OP_SOORT = {(item.id, soort): item for item in reversed(ALLE) for soort in item.berichten}


def untestable(ontbreekt: int) -> dict[str, int]:
    """The rules that could not be checked on a line for which these facts (`Feit`) are missing, each with those that it lacks."""
    gemist: dict[str, int] = {}
    for item in PRESTATIE_EIGEN:
        if item.nodig & ontbreekt:
            gemist[item.id] = gemist.get(item.id, 0) | int(item.nodig & ontbreekt)
    return dict(sorted(gemist.items()))


def find_regel(regel_id: str, soort: str) -> Regel | None:
    """A rule on a kind of message, the first of those that share an id; None for what only a schema says."""
    return _OP_SOORT.get((regel_id, soort))


def bron_of(regel_id: str, soort: str) -> str:
    """Source of a rule on a kind of message; faults of level 1 come from the schema or from an operational rule of that number."""
    if regel := find_regel(regel_id, soort):
        return regel.bron
    release = OP_NAAM[soort].release if soort in OP_NAAM else JW323.release
    return f"iJw {release}, {'berichtschema' if regel_id == 'XSD' else regel_id}"
