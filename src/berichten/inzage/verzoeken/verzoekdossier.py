"""One request with its thread: findings, decisions, each JW319 with its JW320, what granted it, and what may be decided now."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection

from berichten.beoordeling.verzoeken.verzoekbesluit import REDENEN, WOONPLAATS, Soort, list_besluiten, list_redenen
from berichten.dossier.verzoek import Verzoek as Stand
from berichten.inzage.basis.kijker import Kijker
from berichten.inzage.basis.overname import take
from berichten.inzage.verzoeken.verzoeklijst import Verzoek, show_verzoek
from berichten.kern.tekst import datum
from berichten.klok import dutch_day
from berichten.opslag.dossiers.verzoekstanden import find_verzoek as find_stand
from berichten.opslag.verzoeken import verzoeklijst as opslag
from berichten.opslag.verzoeken.verzoeklijst import Verzoekbevindingrij


@dataclass(frozen=True, slots=True)
class Verzoekbevinding:
    """What struck the gemeente; for staff only."""

    regel: str
    gevolg: str
    """`beoordelen`: a person must look; `signaal`: good to know."""
    reden: str | None
    """Reason of refusal (WJ759) that goes with it."""
    toewijzingnummer: int | None
    melding: str


@dataclass(frozen=True, slots=True)
class GenomenBesluit:
    """A decision on it; who took it is for staff."""

    besluit_id: int
    besluit: str
    reden: str | None
    reden_tekst: str | None
    """The reason as a sentence goes on after "afgewezen, want"."""
    gemeente: str | None
    motivering: str
    op_verzoek_van_aanbieder: bool
    naar_beleid: bool
    """The service did it, by a row of `verzoekbeleid`."""
    beleid: str | None
    """Which row, as it was then and from when it holds, in Dutch; for staff."""
    door: str | None
    genomen_op: datetime


@dataclass(frozen=True, slots=True)
class Antwoord:
    """A JW319 on it; `verworpen` when its JW320 has a code, so that it was never sent."""

    bericht_id: UUID
    antwoord: str
    reden: str | None
    gemeente: str | None
    besluit_id: int | None
    """None when the gemeente sent it in from its own back office."""
    gemaakt_op: datetime
    retour_uiterlijk_op: date
    retour_bericht_id: UUID | None
    verworpen: bool


@dataclass(frozen=True, slots=True)
class Toegewezen:
    """An allocation that grants it."""

    toewijzingnummer: int
    bericht_id: UUID


@dataclass(frozen=True, slots=True)
class Woonplaats:
    """What a member of staff found of the client's domicile; for staff only."""

    uitkomst: str
    gemeente: str | None
    door: str | None
    genoteerd_op: datetime


@dataclass(frozen=True, slots=True)
class Intrekking:
    """The aanbieder wants it refused."""

    toelichting: str
    gevraagd_op: datetime


@dataclass(frozen=True, slots=True)
class Verzoekdossier(Verzoek):
    """A request with its thread; each list from old to new."""

    bevindingen: list[Verzoekbevinding]
    besluiten: list[GenomenBesluit]
    antwoorden: list[Antwoord]
    toewijzingen: list[Toegewezen]
    woonplaats: list[Woonplaats]
    """The last counts."""
    intrekking: Intrekking | None
    mogelijk: list[Soort]
    """What may be decided on it now; empty for an aanbieder, and when it is closed."""
    redenen: dict[str, str]
    """Reasons with which it may be refused, with their words; empty where that may not be."""

    @property
    def woonplaats_te_laat(self) -> bool:
        """Whether it was refused on domicile (reason 8) after the day for that (OP359), which may be."""
        antwoord, uiterlijk = self.geldend_antwoord, self.woonplaats_uiterlijk_op
        if antwoord is None or uiterlijk is None or antwoord.reden != WOONPLAATS:
            return False
        return dutch_day(antwoord.gemaakt_op) > uiterlijk

    @property
    def geldend_antwoord(self) -> Antwoord | None:
        """The JW319 by which it stands as it does: that refused it, or that said it is being investigated."""
        if self.status not in ("afgewezen", "in_onderzoek"):
            return None
        return next((item for item in reversed(self.antwoorden) if not item.verworpen), None)

    @property
    def geldend_besluit(self) -> GenomenBesluit | None:
        """The decision by which it stands as it does, whose motivering counts.

        None when nobody decided here (the back office sent the JW319), or when what was decided no longer stands.
        """
        antwoord = self.geldend_antwoord
        if antwoord is not None:
            return next((item for item in self.besluiten if item.besluit_id == antwoord.besluit_id), None)
        if self.status not in ("te_honoreren", "toegewezen"):
            return None
        gehonoreerd = next((item for item in reversed(self.besluiten) if item.besluit == "honoreren"), None)
        later = gehonoreerd and any(
            item.gemaakt_op > gehonoreerd.genomen_op for item in self.antwoorden if not item.verworpen
        )  # fmt: skip
        return None if later else gehonoreerd


def tell_beleid(rij: Mapping[str, Any]) -> str:
    """Which row of `verzoekbeleid` decided, as it was kept with the decision."""
    delen = [
        str(rij["soort"]),
        f"verwijzer {rij['verwijzertype']}" if rij["verwijzertype"] else "elke verwijzer",
        *(["met AGB-code"] if rij["met_agb_code"] else []),
        f"aanbieder {rij['agb']}" if rij["agb"] else "elke aanbieder",
        f"product {rij['productcode']}"
        if rij["productcode"]
        else f"categorie {rij['categorie']}"
        if rij["categorie"]
        else "elk product",
    ]
    begin, einde = date.fromisoformat(rij["ingangsdatum"]), rij["einddatum"] and date.fromisoformat(rij["einddatum"])
    return f"{', '.join(delen)}; geldig vanaf {datum(begin)}{f' tot en met {datum(einde)}' if einde else ''}"


def find_verzoek(kijker: Kijker, verzoek_id: UUID) -> Verzoekdossier | None:
    """None when it is not there, or another's. Eight queries."""
    gemeente, medewerker = kijker.gemeente, kijker.houder.medewerker
    with kijker.transaction() as (verbinding, vermelding):
        rij = opslag.find_verzoekrij(verbinding, gemeente, verzoek_id)
        stand = find_stand(verbinding, gemeente, verzoek_id)
        if rij is None or stand is None:
            vermelding.shows_absent("verzoek", verzoek_id)
            return None
        vermelding.shows("verzoek", [rij.bsn], verzoek_id)
        bevindingen: list[Verzoekbevindingrij] = []
        if medewerker:
            bevindingen = opslag.load_verzoekbevindingen(verbinding, gemeente, [verzoek_id]).get(verzoek_id, [])
        draad = _load_thread(kijker, verbinding, verzoek_id)
    uitkomst = draad["woonplaats"][-1].uitkomst if draad["woonplaats"] else None
    basis = show_verzoek(kijker, rij, bevindingen, draad["intrekking"] is not None, uitkomst)
    return Verzoekdossier(
        **{veld.name: getattr(basis, veld.name) for veld in fields(basis)},
        bevindingen=[take(Verzoekbevinding, item) for item in bevindingen],
        **draad,
        **_tell_possible(stand, medewerker),
    )


def _tell_possible(stand: Stand, medewerker: bool) -> dict[str, Any]:
    mogelijk = list(list_besluiten(stand)) if medewerker else []
    return {"mogelijk": mogelijk, "redenen": list_redenen(stand) if "afwijzen" in mogelijk else {}}


def _load_thread(kijker: Kijker, verbinding: Connection, verzoek_id: UUID) -> dict[str, Any]:
    gemeente = kijker.gemeente
    besluiten = opslag.list_verzoekbesluiten(verbinding, gemeente, verzoek_id)
    woonplaatsen = opslag.list_woonplaatsen(verbinding, gemeente, verzoek_id) if kijker.houder.medewerker else []
    intrekking = opslag.load_intrekkingen(verbinding, gemeente, [verzoek_id]).get(verzoek_id)
    namen = kijker.names_of([*(item.door for item in besluiten), *(item.door for item in woonplaatsen)])
    return {
        "besluiten": [
            take(
                GenomenBesluit,
                item,
                reden_tekst=REDENEN.get(item.reden or ""),
                gemeente=item.woonplaats,
                op_verzoek_van_aanbieder=item.op_verzoek,
                naar_beleid=item.beleid is not None,
                beleid=tell_beleid(item.beleid) if item.beleid and kijker.houder.medewerker else None,
                door=namen.get(item.door),
            )
            for item in besluiten
        ],
        "antwoorden": [
            take(Antwoord, item, gemeente=item.woonplaats)
            for item in opslag.list_verzoekantwoorden(verbinding, gemeente, verzoek_id)
        ],
        "toewijzingen": [
            take(Toegewezen, item) for item in opslag.list_verzoektoewijzingen(verbinding, gemeente, verzoek_id)
        ],
        "woonplaats": [
            take(Woonplaats, item, gemeente=item.woonplaats, door=namen.get(item.door)) for item in woonplaatsen
        ],
        "intrekking": None if intrekking is None else take(Intrekking, intrekking),
    }  # fmt: skip
