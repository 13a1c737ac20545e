"""What is measured of one gemeente, read from the database when it is asked: so every process of the service tells the same."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from berichten.beoordeling.wachtend.termijn import last_warned
from berichten.klok import dutch_day
from berichten.opslag.basis.verbinding import Login
from berichten.opslag.berichten.toestand import Wachtstroom, list_wachtstromen
from berichten.opslag.besluiten.termijnstand import Termijnstand, count_termijnen
from berichten.opslag.financien.nachtcontroles import Nachtcontrole, find_nachtcontrole, list_gemeenten
from berichten.opslag.retouren.retourstand import Retourgrens, Retourklok, count_openstaand
from berichten.opslag.verzoeken.verzoekklok import Verzoekklok, count_verzoektermijnen
from berichten.opslag.wacht.archiefstand import keeps_log
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.bewaking.bekijk_werkers import PLANNER, WERKER, find_stand


@dataclass(frozen=True, slots=True)
class Meting:
    """One figure, under the name that Prometheus knows it by."""

    naam: str
    uitleg: str
    waarde: float


def measure(werkplaats: Werkplaats, gemeente: str) -> list[Meting]:
    """All figures of this gemeente."""
    return measure_each(werkplaats, [gemeente])[gemeente]


def measure_all(werkplaats: Werkplaats) -> dict[str, list[Meting]]:
    """All figures of every gemeente: for who runs the service for all of them."""
    with werkplaats.opslag.transaction(Login.BOEKER) as verbinding:
        gemeenten = list_gemeenten(verbinding)
    return measure_each(werkplaats, gemeenten)


def measure_each(werkplaats: Werkplaats, gemeenten: Sequence[str]) -> dict[str, list[Meting]]:
    """By gemeente; the clock is read once. Of a check that was never made there is no figure."""
    nu = werkplaats.instellingen.nu()
    vandaag = dutch_day(nu)
    with werkplaats.opslag.transaction(Login.BOEKER) as verbinding:
        gewaarschuwd_tot = last_warned(vandaag, werkplaats.instellingen.waarschuw_werkdagen)
        standen = {item.gemeente: item for item in count_termijnen(verbinding, vandaag, gewaarschuwd_tot)}
        klokken = {item.gemeente: item for item in count_verzoektermijnen(verbinding, vandaag, gewaarschuwd_tot)}
        retouren = {item.gemeente: item for item in count_openstaand(verbinding, gemeenten, Retourgrens.on(vandaag))}
        nachten = {gemeente: find_nachtcontrole(verbinding, gemeente) for gemeente in gemeenten}
        stromen = list_wachtstromen(verbinding)
        dienst = _measure_dienst(verbinding, werkplaats)
    return {
        gemeente: [
            *_measure_werk(
                standen.get(gemeente) or Termijnstand(gemeente, 0, 0, 0),
                klokken.get(gemeente) or Verzoekklok(gemeente, 0, 0, 0, 0),
                retouren[gemeente],
                [item for item in stromen if item.gemeente == gemeente],
                nu,
            ),
            *dienst,
            *_measure_nacht(nachten[gemeente]),
        ]
        for gemeente in gemeenten
    }


def _measure_werk(
    stand: Termijnstand, klok: Verzoekklok, retouren: Retourklok, stromen: Sequence[Wachtstroom], nu: datetime
) -> list[Meting]:
    oudste = max(((nu - item.ontvangen_op).total_seconds() for item in stromen), default=0.0)
    return [
        Meting("berichten_te_beoordelen", "Declaraties die op een besluit wachten", stand.te_beoordelen),
        Meting("berichten_te_beoordelen_bijna_verlopen", "Daarvan met een termijn die bijna om is", stand.bijna_verlopen),
        Meting("berichten_te_beoordelen_verlopen", "Daarvan met een termijn die om is", stand.verlopen),
        Meting("berichten_verzoeken_open", "Verzoeken van aanbieders die op de gemeente wachten", klok.open),
        Meting("berichten_verzoeken_bijna_verlopen", "Daarvan met een termijn die bijna om is", klok.bijna_verlopen),
        Meting("berichten_verzoeken_verlopen", "Daarvan met een termijn die om is", klok.verlopen),
        Meting("berichten_verzoeken_verworpen", "Daarvan met een JW319 dat de aanbieder afkeurde (JW320)", klok.verworpen),
        Meting("berichten_toewijzingen_afgekeurd", "JW301 die de aanbieder afkeurde (JW302)", retouren.afgekeurd),
        Meting("berichten_toewijzingen_zonder_antwoord", "JW301 zonder JW302 na drie werkdagen", retouren.zonder_antwoord),
        Meting("berichten_wachtend", "Berichten die op verwerking wachten", sum(item.wachtend for item in stromen)),
        Meting("berichten_wachtend_oudste_seconden", "Hoe lang het oudste daarvan al wacht", max(0.0, oudste)),
        Meting(
            "berichten_rijen_mislukt",
            "Rijen van een aanbieder waarin het eerste bericht niet te verwerken was",
            sum(item.storing is not None for item in stromen),
        ),
    ]


def _measure_dienst(verbinding: Connection, werkplaats: Werkplaats) -> list[Meting]:
    """Of the whole service, told with every gemeente."""
    werkers, planners = (find_stand(verbinding, werkplaats.instellingen, rol).aantal for rol in (WERKER, PLANNER))
    metingen = [
        Meting("berichten_werkers", "Processen die berichten verwerken, van de hele dienst", werkers),
        Meting("berichten_planners", "Processen die termijnen en boeken bewaken of klaarstaan, van de hele dienst", planners),
    ]
    if werkplaats.instellingen.kopie_map is not None and not werkplaats.instellingen.database_url:
        mislukt = not keeps_log(verbinding)
        metingen.append(Meting("berichten_archief_mislukt", "1 als wijzigingen niet in BERICHTEN_KOPIE_MAP aankomen", mislukt))
    return metingen


def _measure_nacht(nacht: Nachtcontrole | None) -> list[Meting]:
    if nacht is None:
        return []
    return [
        Meting(
            "berichten_aansluiting_verschillen",
            "Verschillen die de laatste nachtelijke controle van de boeken vond",
            nacht.verschillen,
        ),
        Meting(
            "berichten_aansluiting_gecontroleerd_seconden",
            "Wanneer de boeken het laatst zijn gecontroleerd (Unix-tijd)",
            nacht.gedraaid_op.timestamp(),
        ),
    ]
