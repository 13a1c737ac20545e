"""JW303: what its lines are held against, loaded with a fixed number of queries, and its lines with what was awarded of them."""

from dataclasses import dataclass

from sqlalchemy import Connection

from berichten.dossier.dossier import EerderePrestatie, Jw303Kader
from berichten.opslag.basis.vraag import Vraag
from berichten.opslag.berichten.declaraties import load_eerdere, load_gecrediteerd
from berichten.opslag.dossiers.contracten import load_contract
from berichten.opslag.dossiers.gebruik import load_gebruik
from berichten.opslag.dossiers.toewijzingen import load_client_toewijzingen, load_toewijzingen
from berichten.regels.jw303.jw303regel import EERSTE_DAG_JW323
from berichten.standaard.waarden.jw303 import Jw303Declaratie
from berichten.standaard.waarden.onderdelen import Periode
from berichten.standaard.waarden.soorten import JW303


@dataclass(frozen=True, slots=True)
class Vooraf:
    """What earlier messages and agreements say of the message as a whole."""

    vorige_periode: Periode | None
    wijze: str | None


def load_jw303_kader(verbinding: Connection, gemeente: str, agb: str, declaratie: Jw303Declaratie) -> Jw303Kader:
    """Everything that a JW303 and its lines are held against."""
    prestaties = declaratie.prestaties
    genoemd = load_toewijzingen(
        verbinding, gemeente, (nummer for item in prestaties if (nummer := item.toewijzingnummer) is not None)
    )
    van_clienten = load_client_toewijzingen(verbinding, gemeente, agb, (client.bsn for client in declaratie.clienten))
    velden = declaratie.each_field()
    gebruikt = load_eerdere(verbinding, gemeente, agb, JW303.naam, velden)
    eerdere = _load_unjudged(verbinding, gemeente, agb, declaratie) | gebruikt
    toewijzingen = {item.toewijzingnummer: item for item in (*van_clienten, *genoemd.values()) if item.agb == agb}
    vooraf = _load_vooraf(verbinding, gemeente, agb, declaratie)
    return Jw303Kader(
        agb=agb,
        declaratie=declaratie,
        declaratienummer_gebruikt=False,
        bekende_bsns={item.bsn for item in van_clienten},
        toewijzingen=toewijzingen,
        contract=load_contract(verbinding, gemeente, agb, (item.code for item in prestaties), voor=EERSTE_DAG_JW323),
        eerdere_prestaties=eerdere,
        gecrediteerd=load_gecrediteerd(verbinding, gemeente, agb, JW303.naam, velden),
        referenties=set(gebruikt),
        gebruik=load_gebruik(verbinding, gemeente, toewijzingen),
        vorige_periode=vooraf.vorige_periode,
        van_anderen={nummer: item for nummer, item in genoemd.items() if item.agb != agb},
        wijze=vooraf.wijze,
    )


def _load_unjudged(verbinding: Connection, gemeente: str, agb: str, declaratie: Jw303Declaratie) -> dict[str, EerderePrestatie]:
    """Lines that this invoice credits and that went back unjudged (0233), the latest of each reference; rejected, says IV056.

    Such a line has not used its reference, but the claim stands until it is credited. Of a message rejected as a whole there is
    no claim (IV053), nor of any line of a declaration.
    """
    vorige = {item.vorig_referentienummer for client in declaratie.clienten for item in client.prestaties if item.credit}
    if not declaratie.is_factuur or not vorige:
        return {}
    rijen = _ONBEOORDEELD.all(verbinding, {"g": gemeente, "a": agb, "r": sorted(filter(None, vorige)), "s": JW303.naam})
    return {rij.referentienummer: rij for rij in rijen}


_ONBEOORDEELD = Vraag(
    EerderePrestatie,
    """
    SELECT p.referentienummer, p.toewijzingnummer, p.bsn, p.categorie, p.productcode AS code, p.begindatum, p.einddatum, p.volume,
        p.eenheid, p.tarief, p.bedrag, p.credit, 'afgewezen' AS uitkomst, true AS antwoord_verzonden,
        NULL::int AS toegekend_volume, NULL::bigint AS toegekend_bedrag
    FROM prestatie p JOIN declaratie d USING (gemeente, bericht_id)
    WHERE p.gemeente = %(g)s AND p.agb = %(a)s AND p.referentienummer = ANY(%(r)s::text[]) AND p.soort = %(s)s
        AND p.uitkomst = 'niet_beoordeeld' AND NOT p.credit AND d.nummer_gebruikt
    ORDER BY p.prestatie_id
    """,
)
_VOORAF = Vraag(
    Vooraf,
    """
    SELECT d.begindatum AS "vorige_periode.begindatum", d.einddatum AS "vorige_periode.einddatum",
        (SELECT wijze FROM declaratiewijze WHERE gemeente = %(g)s AND agb = %(a)s
            AND ingangsdatum <= %(begin)s AND (einddatum IS NULL OR einddatum >= %(begin)s)) AS wijze
    FROM (SELECT 1) AS een LEFT JOIN (SELECT begindatum, einddatum FROM declaratie
        WHERE gemeente = %(g)s AND agb = %(a)s AND soort = %(s)s AND nummer_gebruikt
        ORDER BY begindatum DESC, einddatum DESC LIMIT 1) AS d ON true
    """,
)


def _load_vooraf(verbinding: Connection, gemeente: str, agb: str, declaratie: Jw303Declaratie) -> Vooraf:
    """The latest period handled before (TR318), and whether declaring or invoicing was agreed for this one (OP278)."""
    return _VOORAF.read(verbinding, {"g": gemeente, "a": agb, "s": JW303.naam, "begin": declaratie.periode.begindatum})
