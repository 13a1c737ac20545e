"""What the API tells finance: totals and their lines, entries of the journal, and whether the books tie."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from pydantic import Field

from api.basis.afgeleid import shows
from api.basis.modellen import Bladzijdemodel, Model
from berichten.inzage.geld import boeken
from berichten.processen.bewaking import controleer_boeken
from berichten.processen.bewaking.controleer_boeken import Bewijs
from berichten.rapporten.boeken.boekvraag import Boekvraag
from berichten.rapporten.boeken.totalen import BEDRAGEN, add_up
from berichten.rapporten.uitvoer.als_json import as_json
from berichten.rapporten.uitvoer.tabel import Rapport


class Maten(Model):
    """Bedragen in hele eurocenten, credit negatief. Netto toegekend is toegekend, gecrediteerd en correcties samen."""

    ingediend: int
    toegekend: int
    gecrediteerd: int
    correcties: int
    netto_toegekend: int
    afgewezen: int
    te_beoordelen: int
    betaalbaar: int = Field(description="Netto toegekend en niet geblokkeerd, betaald of nog niet")
    geblokkeerd: int
    aantal_regels: int


class Totaal(Maten):
    """Eén groep, met de waarde van elk kenmerk waarop is gegroepeerd."""

    groep: dict[str, str]


class Totalen(Model):
    """Totalen per groep, en alles samen."""

    peilmoment: datetime
    groepeer: list[str]
    groepen: list[Totaal]
    totaal: Maten

    @classmethod
    def reckoned(cls, vraag: Boekvraag, rapport: Rapport) -> "Totalen":
        """From what was reckoned."""
        return cls(
            peilmoment=vraag.peilmoment,
            groepeer=list(vraag.groepeer),
            groepen=[_group(rapport, len(vraag.groepeer), rij) for rij in rapport.rijen],
            totaal=Maten(**add_up(rapport)),
        )


def _group(rapport: Rapport, aantal: int, rij: Sequence[Any]) -> Totaal:
    """A row of which the first so many values are the group."""
    kenmerken = zip(rapport.kolommen[:aantal], rij[:aantal], strict=True)
    groep = {kolom.naam: str(as_json(kolom.soort, waarde)) for kolom, waarde in kenmerken}
    return Totaal(groep=groep, **{kolom.naam: waarde for kolom, waarde in zip(BEDRAGEN, rij[aantal:], strict=True)})


@shows(boeken.GeteldePrestatie)
class GeteldePrestatie(Model):
    """Een regel die in een totaal meetelt, zoals zij op het peilmoment stond. Van het Bsn alleen de laatste drie cijfers."""


class Totaalregels(Bladzijdemodel):
    """Een bladzijde regels."""

    regels: list[GeteldePrestatie]
    volgende: str | None


@shows(boeken.Boeking)
class Boeking(Model):
    """Een boeking in het journaal. Bedrag in hele eurocenten."""


class Journaal(Bladzijdemodel):
    """Een bladzijde boekingen, in de volgorde van de regels."""

    boekingen: list[Boeking]
    volgende: str | None


class Controle(Model):
    """Wat er is gecontroleerd en hoeveel verschillen dat gaf."""

    controle: str
    omschrijving: str
    verschillen: int


class Boekverschil(Model):
    """Eén verschil. Bedragen in 'verwacht' en 'gevonden' zijn eurocenten."""

    controle: str
    plaats: str
    wat: str
    verwacht: str
    gevonden: str


class Zegel(Model):
    """Het nieuwste zegel over het journaal."""

    dag: date
    zegel: str


@shows(controleer_boeken.Nachtcontrole, verschillen=Field(description="Hoeveel verschillen er zijn gevonden", examples=[0]))
class Nachtcontrole(Model):
    """Wat de laatste nachtelijke controle vond."""


class Aansluiting(Model):
    """Of de boeken sluiten: op dit moment nagerekend, met elk verschil."""

    sluit: bool
    gecontroleerd_op: datetime
    aantal_declaraties: int
    aantal_regels: int
    aantal_boekingen: int
    journaal: int = Field(description="Saldo van alle boekingen, in eurocenten")
    aantal_verschillen: int
    controles: list[Controle]
    verschillen: list[Boekverschil] = Field(description="De eerste duizend; CSV en XLSX geven ze alle")
    zegel: Zegel | None
    nachtcontrole: Nachtcontrole | None

    @classmethod
    def proven(cls, bewijs: Bewijs) -> "Aansluiting":
        """From what was checked."""
        uitslag, zegel, nacht = bewijs.uitslag, bewijs.zegel, bewijs.nachtcontrole
        return cls(
            sluit=uitslag.verschillen == 0,
            gecontroleerd_op=bewijs.op,
            aantal_declaraties=uitslag.omvang.declaraties,
            aantal_regels=uitslag.omvang.regels,
            aantal_boekingen=uitslag.omvang.boekingen,
            journaal=uitslag.omvang.journaal,
            aantal_verschillen=uitslag.verschillen,
            controles=[Controle(controle=naam, omschrijving=tekst, verschillen=n) for naam, tekst, n in uitslag.list_controles()],
            verschillen=[
                Boekverschil(**{naam: getattr(item, naam) for naam in Boekverschil.model_fields}) for item in bewijs.verschillen
            ],
            zegel=None if zegel is None else Zegel(dag=zegel[0], zegel=zegel[1].hex()),
            nachtcontrole=None if nacht is None else Nachtcontrole.of(nacht),
        )
