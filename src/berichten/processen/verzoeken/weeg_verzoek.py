"""Weigh requests that were taken in: what strikes the gemeente in each, and whether its policy honours it without a person.

Policy only sets a request to be honoured, and only where nothing in it is for a person to decide; number, domicile and JW301 stay
with people.
"""

from collections.abc import Sequence
from dataclasses import asdict

from berichten.beoordeling.besluit import DIENST
from berichten.beoordeling.verzoeken.verzoekbevindingen import asks_for_a_person, find_toewijzing, find_wijziging, needs_a_person
from berichten.dossier.verzoeken.verzoekbeleid import Verzoekbeleidsregel, find_beleid
from berichten.dossier.verzoeken.verzoekfeiten import VerzoekFeiten
from berichten.kern.regel import Bevinding
from berichten.klok import dutch_day
from berichten.opslag.dossiers.verzoekkaders import load_verzoek_feiten, load_verzoekbeleid
from berichten.opslag.verzoeken.verzoekrijen import (
    NieuweBevinding,
    NieuweStand,
    NieuwVerzoek,
    insert_verzoekbevindingen,
    set_standen,
)
from berichten.opslag.verzoeken.verzoekstappen import NieuwBesluit, insert_beleidsbesluiten
from berichten.processen.werk.werk import Werk
from berichten.standaard.waarden.verzoeken import AangevraagdProduct, Toewijzingsverzoek, Wijzigingsverzoek

_MOTIVERING = "Dit verzoek voldoet aan het beleid van de gemeente. De toewijzing volgt."


def weigh(werk: Werk, bericht: Toewijzingsverzoek | Wijzigingsverzoek, nieuw: Sequence[NieuwVerzoek]) -> None:
    """Keep what is found of the requests of a message, and what policy decides on them; a fixed number of queries."""
    verbinding, gemeente = werk.verbinding, werk.rij.gemeente
    feiten = load_verzoek_feiten(verbinding, gemeente, bericht, werk.kader, dutch_day(werk.rij.ontvangen_op))
    regels = load_verzoekbeleid(verbinding, gemeente, feiten.kader.agb, bericht.soort.naam)
    gevonden: list[NieuweBevinding] = []
    besluiten: list[NieuwBesluit] = []
    for verzoek in nieuw:
        gevraagd = bericht if isinstance(bericht, Wijzigingsverzoek) else bericht.aangevraagd[verzoek.volgnummer - 1]
        bevindingen = (
            find_wijziging(gevraagd, feiten) if isinstance(gevraagd, Wijzigingsverzoek) else find_toewijzing(gevraagd, feiten)
        )
        gevonden += [_as_row(verzoek, nummer, item) for nummer, item in enumerate(bevindingen, 1)]
        if asks_for_a_person(bevindingen) or needs_a_person(gevraagd, feiten):
            continue
        beleid = _find_policy(gevraagd, verzoek, feiten, regels)
        if beleid is not None and beleid.gevolg == "honoreren":
            besluiten.append(_honour(werk, verzoek, beleid))
    insert_verzoekbevindingen(verbinding, gemeente, gevonden)
    insert_beleidsbesluiten(verbinding, gemeente, besluiten)
    standen = [NieuweStand(item.verzoek_id, "te_honoreren", item.stap, onderzoek=False) for item in besluiten]
    set_standen(verbinding, gemeente, standen, werk.werkplaats.instellingen.nu())


def _find_policy(
    gevraagd: AangevraagdProduct | Wijzigingsverzoek,
    verzoek: NieuwVerzoek,
    feiten: VerzoekFeiten,
    regels: Sequence[Verzoekbeleidsregel],
) -> Verzoekbeleidsregel | None:
    """By the start date that is asked for; of a JW317, which has many, by the day of receipt."""
    if isinstance(gevraagd, Wijzigingsverzoek):
        return find_beleid(regels, verzoek.soort, verzoek.agb, None, None, feiten.ontvangen)
    return find_beleid(regels, verzoek.soort, verzoek.agb, gevraagd.product, gevraagd.verwijzer, gevraagd.ingangsdatum)


def _honour(werk: Werk, verzoek: NieuwVerzoek, beleid: Verzoekbeleidsregel) -> NieuwBesluit:
    """The first step on a request."""
    nu = werk.werkplaats.instellingen.nu()
    return NieuwBesluit(verzoek.agb, verzoek.verzoek_id, 1, "honoreren", _MOTIVERING, DIENST, nu, beleid=asdict(beleid))


def _as_row(verzoek: NieuwVerzoek, volgnummer: int, item: Bevinding) -> NieuweBevinding:
    voorstel, nummer = item.regel.voorstel, item.gegevens.get("toewijzingnummer")
    return NieuweBevinding(
        verzoek.verzoek_id,
        volgnummer,
        verzoek.agb,
        item.regel.id,
        item.regel.gevolg,
        None if voorstel is None else voorstel.afwijzingsreden or None,
        nummer if isinstance(nummer, int) else None,
        item.melding,
        dict(item.gegevens),
    )
