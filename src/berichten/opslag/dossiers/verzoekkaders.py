"""What a JW315, JW317 or JW319 is held against, and what the gemeente's own findings look at besides; a fixed number of queries."""

from collections.abc import Sequence
from datetime import date, time
from typing import NamedTuple

from sqlalchemy import Connection

from berichten.dossier.dossier import Toewijzing
from berichten.dossier.eigen_feiten import Kader
from berichten.dossier.standaarden import budgetnormen
from berichten.dossier.verzoeken.verzoekbeleid import Verzoekbeleidsregel, find_beleid
from berichten.dossier.verzoeken.verzoekfeiten import Clientenstop, VerzoekFeiten
from berichten.dossier.verzoeken.verzoekkader import AntwoordKader, VerzoekKader
from berichten.opslag.basis.delen import P_STAAT
from berichten.opslag.basis.vraag import Vraag
from berichten.opslag.dossiers.beleid import load_beleid
from berichten.opslag.dossiers.contracten import load_contract
from berichten.opslag.dossiers.gebruik import load_gebruik
from berichten.opslag.dossiers.toewijzingsverloop import load_verlopen
from berichten.opslag.dossiers.verzoekstanden import load_op_referentie, load_open_of_gebruikt
from berichten.standaard.waarden.soorten import JW317
from berichten.standaard.waarden.verzoeken import Toewijzingsverzoek, Verzoekantwoord, Wijzigingsverzoek

_VAN_ANDEREN = Vraag(
    Toewijzing,
    "SELECT {kolommen} FROM toewijzing WHERE gemeente = %(g)s AND bsn = %(b)s AND agb <> %(a)s"
    " AND coalesce(einddatum, 'infinity') >= %(d)s AND reden_wijziging IS DISTINCT FROM '13' ORDER BY toewijzingnummer",
)
_GECONTRACTEERD = Vraag(str, "SELECT DISTINCT productcode FROM contract WHERE gemeente = %(g)s AND agb IN ('', %(a)s)")
_KADERS = Vraag(Kader, "SELECT {kolommen} FROM kader WHERE gemeente = %(g)s ORDER BY kader, ingangsdatum")


class _Dag(NamedTuple):
    toewijzingnummer: int
    dag: date


_LAATSTE_DAGEN = Vraag(
    _Dag,
    "SELECT p.toewijzingnummer, max(p.einddatum) AS dag FROM prestatie p"
    " WHERE p.gemeente = %(g)s AND p.toewijzingnummer = ANY(%(n)s::bigint[]) AND {staat} GROUP BY p.toewijzingnummer",
    staat=P_STAAT,
)
# A measure of step 4 holds when a second person has confirmed it; one that ended before its last day holds until then.
_STOPS = Vraag(
    Clientenstop,
    """
    SELECT van, least(einde, tot) AS tot, categorie, segment FROM maatregel
    WHERE gemeente = %(g)s AND agb = %(a)s AND soort = 'clientenstop' AND geldig_op IS NOT NULL
        AND %(d)s BETWEEN van AND coalesce(least(einde, tot), 'infinity')
    ORDER BY maatregel_id
    """,
)
_BELEID = Vraag(
    Verzoekbeleidsregel,
    "SELECT {kolommen} FROM verzoekbeleid WHERE gemeente = %(g)s AND soort = %(s)s AND agb IN ('', %(a)s)",
)


def load_verzoek_kader(
    verbinding: Connection, gemeente: str, bericht: Toewijzingsverzoek | Wijzigingsverzoek, vandaag: date
) -> VerzoekKader:
    """What a request is held against: earlier requests, allocations then and now, and the product list."""
    agb, bsn, dag = bericht.header.afzender, bericht.client.bsn, bericht.header.dagtekening
    producten = bericht.aangevraagd if isinstance(bericht, Toewijzingsverzoek) else (bericht,)
    referenties = {item.referentie for item in producten}
    eerder = load_open_of_gebruikt(verbinding, gemeente, agb, bsn, referenties)
    toewijzingen = load_verlopen(verbinding, gemeente, agb, bsn, dag)
    codes = bericht.productcodes | {item.nu.productcode for item in toewijzingen.values() if item.nu.productcode}
    return VerzoekKader(
        agb,
        bsn,
        vandaag,
        dag,
        frozenset(item.referentie for item in eerder) & referenties,
        tuple(item for item in eerder if item.is_open and item.bsn == bsn),
        toewijzingen,
        load_contract(verbinding, gemeente, agb, codes),
    )


def load_antwoord_kader(verbinding: Connection, gemeente: str, bericht: Verzoekantwoord, vandaag: date) -> AntwoordKader:
    """The request that a JW319 answers; one query."""
    agb = bericht.header.ontvanger
    gevonden = load_op_referentie(verbinding, gemeente, agb, (bericht.referentie,))
    return AntwoordKader(gemeente, agb, vandaag, gevonden.get(bericht.referentie))


def load_verzoek_feiten(
    verbinding: Connection, gemeente: str, bericht: Toewijzingsverzoek | Wijzigingsverzoek, kader: VerzoekKader, ontvangen: date
) -> VerzoekFeiten:
    """What the findings of the gemeente look at besides; for a request that was accepted."""
    eigen = {nummer: item.nu for nummer, item in kader.toewijzingen.items()}
    wie = {"g": gemeente, "a": kader.agb}
    codes = {*_GECONTRACTEERD.all(verbinding, wie), *bericht.productcodes}
    codes.update(item.productcode for item in eigen.values() if item.productcode)
    return VerzoekFeiten(
        kader=kader,
        ontvangen=ontvangen,
        geboortedatum=_birth_date(bericht, kader),
        gebruik=load_gebruik(verbinding, gemeente, eigen) if eigen else {},
        laatste_dagen=dict(_LAATSTE_DAGEN.all(verbinding, {**wie, "n": sorted(eigen)})) if eigen else {},
        van_anderen=tuple(_VAN_ANDEREN.all(verbinding, {**wie, "b": kader.bsn, "d": ontvangen})),
        beleid=load_beleid(verbinding, gemeente, kader.agb),
        contract=load_contract(verbinding, gemeente, kader.agb, codes),
        kaders=tuple(_KADERS.all(verbinding, {"g": gemeente})),
        normen=budgetnormen(gemeente),
        stops=tuple(_STOPS.all(verbinding, {**wie, "d": ontvangen})) if isinstance(bericht, Toewijzingsverzoek) else (),
        mag_wijzigen=isinstance(bericht, Toewijzingsverzoek) or _may_change(verbinding, gemeente, kader.agb, ontvangen),
    )


def _may_change(verbinding: Connection, gemeente: str, agb: str, dag: date) -> bool:
    rij = find_beleid(load_verzoekbeleid(verbinding, gemeente, agb, JW317.naam), JW317.naam, agb, None, None, dag)
    return rij is None or rij.gevolg != "geen_rol"


def _birth_date(bericht: Toewijzingsverzoek | Wijzigingsverzoek, kader: VerzoekKader) -> date | None:
    """To the day, or None."""
    if isinstance(bericht, Toewijzingsverzoek):
        geboren = bericht.client.geboortedatum
        return geboren.datum if geboren.datum_gebruik is None else None
    nieuwste = max((item.nu for item in kader.toewijzingen.values()), key=_moment, default=None)
    return None if nieuwste is None else nieuwste.geboortedatum


def _moment(toewijzing: Toewijzing) -> tuple[date, time]:
    return toewijzing.toewijzingsdatum, toewijzing.toewijzingstijd


def load_verzoekbeleid(verbinding: Connection, gemeente: str, agb: str, soort: str) -> Sequence[Verzoekbeleidsregel]:
    """Rows of policy for requests of this kind by this aanbieder, whatever their dates."""
    return _BELEID.all(verbinding, {"g": gemeente, "a": agb, "s": soort})
