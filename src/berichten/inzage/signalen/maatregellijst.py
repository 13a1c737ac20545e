"""Measures as one may see them: staff all of their gemeente, an aanbieder its own once they were shared."""

from dataclasses import dataclass
from datetime import date, datetime

from berichten.inzage.basis.bladzijde import Bladzijde, cut
from berichten.inzage.basis.kijker import Kijker
from berichten.inzage.basis.overname import take
from berichten.opslag.signalen.maatregelen import Maatregelrij, find_maatregel, list_maatregelstappen
from berichten.opslag.signalen.maatregelen import list_maatregelen as read_maatregelen

__all__ = ["Maatregel", "Maatregeldossier", "Maatregelgebeurtenis", "find_maatregeldossier", "list_maatregelen"]

SOORTNAMEN = {
    "informatie": "informatie geven",
    "bestuursgesprek": "gesprek met het bestuur",
    "herstelaanbod": "herstelaanbod",
    "verbeterplan": "verbeterplan",
    "verscherpt_toezicht": "verscherpt toezicht",
    "waarschuwing": "schriftelijke waarschuwing",
    "overleg_en_overreding": "overleg en overreding",
    "last_onder_bestuursdwang": "last onder bestuursdwang",
    "last_onder_dwangsom": "last onder dwangsom",
    "clientenstop": "cliëntenstop",
    "ontbinding": "ontbinding van het contract",
    "invordering": "terug- en invordering bij fraude",
}
"""How each measure is called."""


@dataclass(frozen=True, slots=True)
class Maatregel:
    """A measure; days inclusive, amount in cents."""

    maatregel_id: int
    agb: str
    trede: int
    soort: str
    grond: str
    toelichting: str
    besluitdatum: date
    van: date
    tot: date | None
    hersteltermijn: date | None
    zaaknummer: str
    dwangsom: int | None
    categorie: str
    segment: str
    geldig_op: datetime | None
    herstel_op: date | None
    einde: date | None
    gedeeld_op: datetime | None

    @property
    def naam(self) -> str:
        """What it is called."""
        return SOORTNAMEN.get(self.soort, self.soort)


@dataclass(frozen=True, slots=True)
class Maatregelgebeurtenis:
    """What happened to it, for staff."""

    soort: str
    dag: date
    reden: str
    door: str
    gezet_op: datetime


@dataclass(frozen=True, slots=True)
class Maatregeldossier:
    """A measure with all that belongs to it, for staff."""

    maatregel: Maatregel
    signalen: list[int]
    zienswijze_op: date | None
    geen_zienswijze: str
    ingebrekestelling_op: date | None
    door: str
    geregistreerd_op: datetime
    gebeurtenissen: list[Maatregelgebeurtenis]


def show_maatregel(rij: Maatregelrij) -> Maatregel:
    """What is shown of one."""
    return take(Maatregel, rij)


def list_maatregelen(kijker: Kijker, agb: str | None, grootte: int, volgende: str | None) -> Bladzijde[Maatregel]:
    """New to old."""
    with kijker.transaction() as (verbinding, vermelding):
        rijen = read_maatregelen(verbinding, kijker.gemeente, agb, int(volgende) if volgende else None, grootte + 1)
        vermelding.shows_nobody()
    return cut(rijen, grootte, lambda rij: rij.maatregel_id).each(show_maatregel)


def find_maatregeldossier(kijker: Kijker, maatregel_id: int) -> Maatregeldossier | None:
    """One; None when it is not there or another's."""
    with kijker.transaction() as (verbinding, vermelding):
        rij = find_maatregel(verbinding, kijker.gemeente, maatregel_id)
        if rij is None:
            vermelding.shows_absent("maatregel", maatregel_id)
            return None
        vermelding.shows_nobody()
        stappen = list_maatregelstappen(verbinding, kijker.gemeente, maatregel_id)
    return Maatregeldossier(
        show_maatregel(rij), list(rij.signalen), rij.zienswijze_op, rij.geen_zienswijze, rij.ingebrekestelling_op, rij.door,
        rij.geregistreerd_op, [take(Maatregelgebeurtenis, stap) for stap in stappen],
    )  # fmt: skip
