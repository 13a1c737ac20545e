"""Who saw the data of one client, told to that client (AVG, article 15): in plain Dutch, without words and numbers of our own."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from berichten.inzage.basis.kijker import Kijker
from berichten.inzage.basis.objecten import tell_object
from berichten.kern.houder import OPDRACHTREGEL
from berichten.kern.taal import telling
from berichten.kern.tekst import datum
from berichten.klok import dutch_time
from berichten.opslag.toegang.inzagelog import Logregel, list_logregels_of
from berichten.opslag.toegang.logsleutel import pseudonym
from berichten.rapporten.uitvoer.namen import read_aanbiedernamen
from berichten.rapporten.uitvoer.tabel import Kolom, Rapport
from berichten.standaard.waarden.bsn import mask_bsn
from berichten.standaard.waarden.gemeenten import gemeenten

_FUNCTIES = {
    "aanbieder": "jeugdhulpaanbieder",
    "beheer": "beheer van de dienst",
    "dienst": "automatisch, zonder dat iemand keek",
    "contractbeheer": "contractbeheer van de gemeente",
    "financien": "financiële administratie van de gemeente",
    "gemeente": "toegang tot jeugdhulp van de gemeente",
}
_BUREAU = ", door een servicebureau dat daarvoor is gemachtigd"
_KOLOMMEN = (
    Kolom("tijd", "Wanneer", "moment"),
    Kolom("wie", "Wie"),
    Kolom("functie", "In welke functie"),
    Kolom("wat", "Wat"),
    Kolom("waarom", "Waarom"),
)
_KOP = """Wie heeft uw gegevens gezien?

Gemeente: {gemeente}
Burgerservicenummer: {client}
Gemaakt op: {dag}
Periode: {periode}

{aantal}
"""
_NIEMAND = "In deze periode heeft niemand in deze dienst uw gegevens bekeken of verwerkt."
_REGEL = """
{tijd}
  Wie:     {wie} ({functie})
  Wat:     {wat}
  Waarom:  {waarom}
"""
SLOT = """
Vragen over dit overzicht? Neem contact op met de functionaris gegevensbescherming van de gemeente. Klopt er volgens u iets niet,
dan kunt u ook een klacht indienen bij de Autoriteit Persoonsgegevens.
"""
"""What the client may do about it."""


@dataclass(frozen=True, slots=True)
class Verslagregel:
    """One look, as its client is told it."""

    tijd: datetime
    wie: str
    functie: str
    wat: str
    waarom: str


@dataclass(frozen=True, slots=True)
class Inzageverslag:
    """Every look at one client between two moments (inclusive), oldest first."""

    gemeente: str
    client: str
    """Of the Bsn only the last three digits: the report is about whoever gets it."""
    van: datetime | None
    tot: datetime
    gemaakt_op: datetime
    regels: list[Verslagregel]

    def as_tekst(self) -> str:
        """The report as a letter to the client."""
        return "".join(self._parts())

    def as_rapport(self) -> Rapport:
        """The report as a table, for CSV, XLSX and JSON."""
        rijen = [(rij.tijd, rij.wie, rij.functie, rij.wat, rij.waarom) for rij in self.regels]
        return Rapport("inzageverslag", "Wie heeft uw gegevens gezien?", _KOLOMMEN, rijen)

    def _parts(self) -> Iterator[str]:
        eigen = gemeenten().get(self.gemeente)
        aantal = f"Uw gegevens zijn {telling(len(self.regels), 'keer', 'keer')} bekeken of verwerkt." if self.regels else _NIEMAND
        begin = f"van {datum(self.van)} " if self.van else ""
        yield _KOP.format(
            gemeente=eigen.naam if eigen else self.gemeente, client=self.client, dag=datum(self.gemaakt_op),
            periode=f"{begin}tot en met {datum(self.tot)}", aantal=aantal,
        )  # fmt: skip
        for rij in self.regels:
            yield _REGEL.format(
                tijd=f"{datum(rij.tijd)} om {dutch_time(rij.tijd):%H:%M} uur", wie=rij.wie, functie=rij.functie, wat=rij.wat,
                waarom=rij.waarom,
            )  # fmt: skip
        yield SLOT


def read_inzageverslag(kijker: Kijker, bsn: str, van: datetime | None, tot: datetime | None, *, met_namen: bool) -> Inzageverslag:
    """Every look at this client; without `met_namen` staff are told by their function alone. Making it is a look itself."""
    nu = kijker.instellingen.nu()
    with kijker.transaction() as (verbinding, vermelding):
        client = pseudonym(kijker.logsleutel, kijker.gemeente, bsn)
        rijen = list_logregels_of(verbinding, kijker.gemeente, client, van, tot)
        aanbieders = read_aanbiedernamen(verbinding, kijker.gemeente)
        vermelding.shows("inzageverslag", [bsn], actie="E")
    namen = kijker.names_of({rij.door for rij in rijen}) if met_namen else {}
    regels = [_tell(rij, namen.get(rij.door), aanbieders.get(rij.namens), met_namen=met_namen) for rij in rijen]
    return Inzageverslag(kijker.gemeente, mask_bsn(bsn), van, tot or nu, nu, regels)


def _tell(rij: Logregel, naam: str | None, aanbieder: str | None, *, met_namen: bool) -> Verslagregel:
    """People of an aanbieder are told by the name of the organisation, which answers for them."""
    if rij.namens:
        wie = aanbieder or f"de aanbieder met AGB-code {rij.namens}"
        wie += _BUREAU if rij.machtiging else ""
    elif rij.door.startswith(OPDRACHTREGEL):
        wie = rij.door.removeprefix(OPDRACHTREGEL) if met_namen else "een beheerder"
    else:
        wie = naam or "een medewerker"
    doel = rij.doel.partition(" (")[0]
    waarom = f"{doel[:1].upper()}{doel[1:]}." + (f" Reden: {rij.reden}" if rij.reden else "")
    wat = tell_object(rij.object_soort, rij.object_id, rij.actie, met_bsn=rij.bsn_getoond)
    return Verslagregel(rij.tijd, wie, _FUNCTIES.get(rij.rol, rij.rol), f"{wat[:1].upper()}{wat[1:]}.", waarom)
