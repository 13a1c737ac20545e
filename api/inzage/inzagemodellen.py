"""What is asked and told of who looked."""

from typing import Annotated, Literal

from pydantic import Field

from api.basis.afgeleid import shows
from api.basis.modellen import Bladzijdemodel, Model, Verzoek
from api.basis.velden import Bsn, MomentTot, MomentVanaf
from berichten.inzage.basis.objecten import OBJECTSOORTEN, Actie
from berichten.inzage.toegang import inzagelog as inzage
from berichten.inzage.toegang import onthulling

WIJZER = "^[0-9]{1,17}-[0-9a-f]{32}$"
WIJZER_VOORBEELD = "1782813600000000-9f1c2d3e7a4b4c1d8e2f3a5b6c7d8e9f"
Uitkomst = Literal["getoond", "niet_gevonden", "geweigerd"]
Door = Annotated[str, Field(min_length=1, max_length=100, description="Wie keek: de id van de sleutel", examples=["3f9a1c0b7d2e"])]
Rol = Annotated[str, Field(min_length=1, max_length=40, description="In welke rol", examples=["contractbeheer"])]
ObjectId = Annotated[
    str,
    Field(min_length=1, max_length=100, description="Nummer van wat is getoond, zoals van de toewijzing", examples=["484000001"]),
]
Objectsoort = Annotated[
    str, Field(pattern=f"^({'|'.join(OBJECTSOORTEN)})$", description="Wat is getoond of gedaan", examples=["toewijzing"])
]


@shows(
    inzage.Inzageregel,
    door="Wie het deed: de id van de sleutel, of van wie een opdracht gaf",
    naam="Hoe die heet, voor zover bekend",
    reden="Waarom is geweigerd, of waarom iemand iets wilde zien",
    aantal="Hoeveel cliënten zijn getoond",
    bron="Netwerkadres",
)
class Inzageregel(Model):
    """Eén keer dat iemand iets zag, of te zien vroeg. Wie er te zien was staat er niet bij: zoek daarvoor op een cliënt."""

    actie: Actie
    uitkomst: Uitkomst = Field(description="Of er iets is getoond")


class Bsnverzoek(Verzoek):
    """Waarom u het burgerservicenummer nodig hebt."""

    reden: str = Field(
        description="Waarom, in gewone tekst en zonder Bsn. Dit wordt bewaard, en de cliënt kan het later lezen",
        examples=["De cliënt belt en noemt een andere geboortedatum"],
    )


@shows(onthulling.GetoondBsn, bsn=Field(description="Het burgerservicenummer", examples=["999990019"]))
class GetoondBsn(Model):
    """Het burgerservicenummer van de cliënt."""


class Inzageregels(Bladzijdemodel):
    """Een bladzijde van het inzagelog, nieuwste eerst."""

    regels: list[Inzageregel]
    volgende: str | None


class Inzagezoekopdracht(Verzoek):
    """Over wie het gaat, en wanneer."""

    bsn: Bsn
    vanaf: MomentVanaf | None = Field(None, description="Vanaf deze dag of dit moment")
    tot: MomentTot | None = Field(None, description="Tot en met deze dag of dit moment")
    pagina_grootte: int = Field(50, ge=1, le=500, description="Hoeveel op een bladzijde", examples=[50])
    volgende: str | None = Field(None, pattern=WIJZER, description="Uit het vorige antwoord", examples=[WIJZER_VOORBEELD])
