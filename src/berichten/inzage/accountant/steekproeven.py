"""Samples as one may see them, and the chain of a drawn line: what it rests on, from allocation to payment.

The message itself is not shown: it holds lines of others. Its number, its day and the hash of its bytes are.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection

from berichten.inzage.accountant.getrokken import may_see_line, open_years
from berichten.inzage.accountant.normverklaring import Verklaring, show_verklaring
from berichten.inzage.basis.bladzijde import Bladzijde, cut
from berichten.inzage.basis.kijker import Kijker
from berichten.inzage.basis.overname import take
from berichten.inzage.basis.vermelding import GETROKKEN
from berichten.klok import dutch_day
from berichten.opslag.berichten.bevindingen import list_bevindingen_of
from berichten.opslag.berichten.declaraties import Prestatierij
from berichten.opslag.berichten.prestaties import find_prestatie, list_besluiten
from berichten.opslag.besluiten.verloop import list_betalingen_of, list_crediteringen
from berichten.opslag.controle import steekproeven as opslag
from berichten.opslag.controle.controlebereik import Controlebereik
from berichten.opslag.controle.controleregels import stream_controleregels
from berichten.rapporten.accountant.dekkingen import read_basis_of
from berichten.rapporten.accountant.verklaring import Regelverklaring, explain
from berichten.rapporten.boeken.journaal import list_regelboekingen
from berichten.rapporten.uitvoer.tabel import Kolom, Rapport, file_name


@dataclass(frozen=True, slots=True)
class Controlemandaat:
    """Of which years of care samples may be drawn, and until which day (inclusive) their lines are seen."""

    jaar_van: int
    jaar_tot: int
    tot: date
    reden: str
    gegeven_op: datetime


@dataclass(frozen=True, slots=True)
class Steekproef:
    """A sample. Amounts in eurocents; empty what was not drawn."""

    steekproef_id: int
    zaad: str
    methode: str
    aantal: int
    jaar: int
    agb: str | None
    categorie: str | None
    peilmoment: datetime
    reden: str
    gevraagd_op: datetime
    populatie_regels: int | None
    populatie_bedrag: int | None
    interval: int | None
    start: int | None


@dataclass(frozen=True, slots=True)
class Getrokkenregel:
    """A drawn line. Amounts in eurocents, as they were when it was drawn."""

    volgnummer: int
    prestatie_id: int
    agb: str
    referentienummer: str
    bedrag: int
    cumulatief: int
    treffers: int


@dataclass(frozen=True, slots=True)
class Steekproefdossier(Steekproef):
    """A sample with its lines."""

    regels: list[Getrokkenregel]


def find_controlemandaat(kijker: Kijker) -> Controlemandaat | None:
    """The one that counts, also when its day is over."""
    with kijker.transaction() as (verbinding, vermelding):
        vermelding.shows_nobody()
        rij = opslag.find_mandaat(verbinding, kijker.gemeente)
    return None if rij is None else take(Controlemandaat, rij)


_MEESTE = 1000
"""Samples on the page that has them all."""


def list_steekproeven(kijker: Kijker) -> list[Steekproef]:
    """The newest thousand, newest first; of who controls those of the years that are open."""
    return page_steekproeven(kijker, _MEESTE, None).regels


def page_steekproeven(kijker: Kijker, grootte: int, volgende: str | None) -> Bladzijde[Steekproef]:
    """The same, page by page."""
    with kijker.transaction() as (verbinding, vermelding):
        vermelding.shows_nobody()
        jaren = open_years(verbinding, kijker)
        voor = int(volgende) if volgende else None
        rijen = [] if jaren is None else opslag.list_steekproeven(verbinding, kijker.gemeente, jaren, voor, grootte + 1)
    return cut(rijen, grootte, lambda rij: rij.steekproef_id).each(_show)


def find_steekproef(kijker: Kijker, steekproef_id: int) -> Steekproefdossier | None:
    """None for a number that is none, and for who controls of a year that is not open, or not any more."""
    with kijker.transaction() as (verbinding, vermelding):
        rij = opslag.find_steekproef(verbinding, kijker.gemeente, steekproef_id)
        jaren = open_years(verbinding, kijker)
        if rij is None or jaren is None or not jaren[0] <= rij.jaar <= jaren[1]:
            vermelding.shows_absent("steekproef", steekproef_id)
            return None
        # Amounts and references of lines; nobody is named.
        vermelding.shows("steekproef", (), steekproef_id)
        regels = opslag.list_drawn(verbinding, kijker.gemeente, steekproef_id)
    kop = _show(rij)
    return take(Steekproefdossier, kop, regels=[take(Getrokkenregel, regel) for regel in regels])


def _show(rij: opslag.Steekproefrij) -> Steekproef:
    return take(
        Steekproef, rij, populatie_regels=rij.regels, populatie_bedrag=rij.bedrag, interval=rij.interval_cent, start=rij.startpunt
    )


_KOLOMMEN = (
    Kolom("volgnummer", "Nummer", "aantal"), Kolom("prestatieId", "Prestatie"), Kolom("aanbieder", "Aanbieder"),
    Kolom("referentienummer", "Referentienummer"), Kolom("bedrag", "Bedrag", "geld"),
    Kolom("cumulatief", "Cumulatief", "geld", telt_op=False), Kolom("treffers", "Treffers", "aantal"),
)  # fmt: skip


def report_steekproef(dossier: Steekproefdossier, gemeente: str) -> tuple[str, Rapport]:
    """Name (without ending) and table: whoever draws with the same seed from the same lines gets the same bytes."""
    verantwoording: list[tuple[str, str | int]] = [
        ("Gemeente", gemeente),
        ("Jaar", str(dossier.jaar)),
        *(("Alleen aanbieder", item) for item in (dossier.agb,) if item),
        *(("Alleen categorie", item) for item in (dossier.categorie,) if item),
        ("Methode", dossier.methode),
        ("Zaad", dossier.zaad),
        ("Gevraagd", str(dossier.aantal)),
        ("Regels in de populatie", str(dossier.populatie_regels)),
        ("Populatie (N)", dossier.populatie_bedrag or 0),
        *((("Interval (I)", dossier.interval), ("Start (s)", f"cent {dossier.start}")) if dossier.interval is not None else ()),
    ]
    rijen = [
        (rij.volgnummer, rij.prestatie_id, rij.agb, rij.referentienummer, rij.bedrag, rij.cumulatief, rij.treffers)
        for rij in dossier.regels
    ]  # fmt: skip
    naam = file_name("steekproef", gemeente, str(dossier.jaar), dutch_day(dossier.peilmoment))
    return naam, Rapport("steekproef", "Steekproef", _KOLOMMEN, rijen, verantwoording)


@dataclass(frozen=True, slots=True)
class Ketenbericht:
    """The message that a line came in."""

    soort: str
    identificatie: str | None
    declaratienummer: str | None
    ontvangen_op: datetime
    verwerkt_op: datetime | None
    sha256: str


@dataclass(frozen=True, slots=True)
class Ketenregel:
    """The line as it was billed. Amounts in eurocents, a credit negative."""

    referentienummer: str
    productcode: str
    begindatum: date
    einddatum: date
    volume: int
    eenheid: str
    tarief: int | None
    bedrag: int
    uitkomst: str
    retourcodes: list[str]


@dataclass(frozen=True, slots=True)
class Ketenlevering:
    """Minutes that the aanbieder accounted for."""

    datum: date | None
    minuten: int
    soort: str
    niveau: str


@dataclass(frozen=True, slots=True)
class Ketenversie:
    """A version of the allocation. Budget in eurocents."""

    versie: int
    einddatum: date | None
    volume: int | None
    eenheid: str | None
    budget: int | None
    toewijzingsdatum: date


@dataclass(frozen=True, slots=True)
class Ketenbesluit:
    """A decision on the line, with who took it."""

    besluit: str
    definitief: bool
    terugvragen: bool
    motivering: str
    door: str
    genomen_op: datetime


@dataclass(frozen=True, slots=True)
class Ketenboeking:
    """An entry of the journal. Amount in eurocents, credit negative."""

    boeking: int
    soort: str
    bedrag: int
    geboekt_op: datetime


@dataclass(frozen=True, slots=True)
class Ketenbevinding:
    """What a rule said of the line."""

    regel: str
    gevolg: str
    melding: str


@dataclass(frozen=True, slots=True)
class Ketenbetaling:
    """A payment run that pays the line, or takes it back. Amount in eurocents."""

    run_id: int
    bedrag: int
    uitvoeringsdatum: date


@dataclass(frozen=True, slots=True)
class Keten:
    """The whole chain of a line. Amounts in eurocents; of the client nothing but what the line itself says."""

    prestatie_id: int
    regel: Ketenregel
    bericht: Ketenbericht
    agb: str
    toewijzingnummer: int | None
    versies: list[Ketenversie]
    geleverd: list[Ketenlevering]
    """Own records of the line, else those that lines of its allocation and month share."""
    bevindingen: list[Ketenbevinding]
    besluiten: list[Ketenbesluit]
    boekingen: list[Ketenboeking]
    betalingen: list[Ketenbetaling]
    gecrediteerd_door: list[str]
    verklaring: Verklaring | None
    """None once nothing of it is awarded any more."""


def find_keten(kijker: Kijker, prestatie_id: int, binnen: Collection[int] | None = None) -> Keten | None:
    """Of a line that was drawn, or of any for who sees lines; None for another's, for one that was not drawn and for none.

    `binnen`: of these lines only, those of one sample.
    """
    gemeente, nu = kijker.gemeente, kijker.instellingen.nu()
    with kijker.transaction() as (verbinding, vermelding):
        gevonden = find_prestatie(verbinding, gemeente, prestatie_id)
        buiten = binnen is not None and prestatie_id not in binnen
        if gevonden is None or buiten or not may_see_line(verbinding, kijker, prestatie_id):
            vermelding.shows_absent(GETROKKEN, prestatie_id)
            return None
        rij, bericht = gevonden
        vermelding.shows(GETROKKEN, [rij.bsn], prestatie_id)
        besluiten = list_besluiten(verbinding, gemeente, [prestatie_id]).get(prestatie_id, [])
        verklaring = _explain(verbinding, gemeente, rij, nu)
        vingerafdruk = opslag.find_vingerafdruk(verbinding, gemeente, bericht.bericht_id)
        versies = [
            take(Ketenversie, item) for item in opslag.list_allocated(verbinding, gemeente, rij.toewijzingnummer, bericht.agb)
        ]
        geleverd = opslag.list_delivered(
            verbinding, gemeente, bericht.agb or "", rij.referentienummer, rij.toewijzingnummer, rij.begindatum.replace(day=1)
        )
        boekingen = [take(Ketenboeking, item) for item in list_regelboekingen(verbinding, gemeente, prestatie_id)]
        betalingen = [take(Ketenbetaling, item) for item in list_betalingen_of(verbinding, gemeente, prestatie_id)]
        bevindingen = list_bevindingen_of(verbinding, gemeente, [prestatie_id])
        credits = [item.referentienummer for item in list_crediteringen(verbinding, gemeente, prestatie_id)]
    namen = kijker.names_of(item.door for item in besluiten)
    return Keten(
        prestatie_id, take(Ketenregel, rij, retourcodes=rij.retourcodes or []),
        take(Ketenbericht, bericht, sha256=vingerafdruk), bericht.agb or "", rij.toewijzingnummer, versies,
        [take(Ketenlevering, item) for item in geleverd],
        [Ketenbevinding(item.regel, item.gevolg, item.melding) for item in bevindingen],
        [take(Ketenbesluit, item, door=namen.get(item.door, "de dienst")) for item in besluiten],
        boekingen, betalingen, credits, None if verklaring is None else show_verklaring(verklaring, nu),
    )  # fmt: skip


def _explain(verbinding: Connection, gemeente: str, rij: Prestatierij, nu: datetime) -> Regelverklaring | None:
    regel = next(stream_controleregels(verbinding, Controlebereik(gemeente, nu, prestatie_ids=[rij.prestatie_id])), None)
    return None if regel is None else explain(regel, read_basis_of(verbinding, gemeente, nu, regel))
