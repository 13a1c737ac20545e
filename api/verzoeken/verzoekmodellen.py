"""What is asked and told of requests of aanbieders (JW315, JW317). Commentaar of a message stands in none of it."""

from typing import Annotated

from pydantic import Field, StringConstraints

from api.basis.afgeleid import shows
from api.basis.modellen import Bladzijdemodel, Model
from api.basis.modellen import Verzoek as Invoer
from berichten.beoordeling.besluit import MEEST_TEKENS
from berichten.beoordeling.verzoeken.verzoekbesluit import Soort, Verzoekbesluit
from berichten.inzage.verzoeken import verzoekconcept, verzoekdossier, verzoeklijst
from berichten.processen.verzoeken.vul_verzoek_aan import Uitkomst

Tekst = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=MEEST_TEKENS)]
_GEMEENTE = Annotated[str, StringConstraints(pattern="^[0-9]{4}$")]


class Verzoekbesluitverzoek(Invoer):
    """Wat u over een verzoek besluit."""

    besluit: Soort
    motivering: Tekst = Field(description="Waarom, in gewone tekst en zonder Bsn. De aanbieder krijgt dit te lezen")
    reden: Annotated[str, StringConstraints(pattern="^[1-9]$")] | None = Field(
        None, description="Bij afwijzen: reden uit WJ759", examples=["3"]
    )
    gemeente: _GEMEENTE | None = Field(None, description="Bij reden 8: de gemeente waar de cliënt onder valt", examples=["0537"])
    volgt_op: int | None = Field(None, description="Het besluitId waarna dit besluit komt, als er al een besluit is", ge=1)

    def as_besluit(self) -> Verzoekbesluit:
        """The same for the use case."""
        return Verzoekbesluit(self.besluit, self.motivering, self.reden, self.gemeente, self.volgt_op)


class Woonplaatsverzoek(Invoer):
    """Of de cliënt onder uw gemeente valt, zoals u het hebt nagekeken."""

    uitkomst: Uitkomst = Field(description="ja, nee of onbekend", examples=["nee"])
    gemeente: _GEMEENTE | None = Field(None, description="Bij nee: de gemeente waar de cliënt onder valt", examples=["0537"])


class Intrekkingsverzoek(Invoer):
    """Waarom het verzoek niet hoeft door te gaan."""

    toelichting: Tekst = Field(
        description="Gewone tekst, zonder Bsn. De gemeente leest dit", examples=["Verkeerde cliënt gekozen."]
    )


@shows(
    verzoeklijst.Verwijzer,
    type="Soort verwijzer (COD327): 01 gemeente, 02 huisarts, 03 jeugdarts, 04 gecertificeerde instelling, 05 medisch specialist,"
    " 06 geen verwijzer, 08 rechter of OvJ",
    naam=Field(description="Naam van de verwijzer, als er geen AGB-code is", examples=["Huisartsenpraktijk De Brink"]),
    zorgverlenercode="AGB-code van de persoon die verwees",
)
class Verwijzer(Model):
    """Wie de cliënt verwees; alleen bij een verzoek om toewijzing (JW315)."""


@shows(verzoeklijst.Product, code="Productcode; leeg bij een verzoek om een hele categorie")
class Gevraagdproduct(Model):
    """Het product dat is gevraagd."""


@shows(verzoeklijst.Omvang, volume=Field(description="Hoeveel eenheden per frequentie", examples=[4]))
class Omvang(Model):
    """Hoeveel hulp."""


UITLEG = {
    "soort": Field(description="JW315 is een verzoek om toewijzing, JW317 een verzoek om wijziging", examples=["JW315"]),
    "status": Field(description="ontvangen, in_onderzoek, te_honoreren, toegewezen of afgewezen", examples=["ontvangen"]),
    "bericht_id": "Het bericht waarin het verzoek staat",
    "termijn": "Dag waarop de gemeente nu uiterlijk iets moet sturen; leeg als het verzoek is afgehandeld",
    "waarschuwing": Field(description="bijna_verlopen of verlopen", examples=["bijna_verlopen"]),
    "product": Field(description="Wat is gevraagd (JW315); de producten van een JW317 staan in het bericht"),
    "verwijzer": Field(description="Wie de cliënt verwees (JW315)"),
    "omvang": Field(description="Hoeveel hulp is gevraagd (JW315)"),
    "budget": "Gevraagd budget (JW315), in eurocenten",
    "woonplaats_waarschuwing": Field(
        description="bijna_verlopen of verlopen: de dag om af te wijzen om de woonplaats; alleen voor medewerkers, en leeg zodra is"
        " vastgelegd dat de cliënt onder de gemeente valt",
        examples=["bijna_verlopen"],
    ),
}
"""What fields of a request mean, wherever it is shown."""


@shows(verzoeklijst.Verzoek, **UITLEG)
class Verzoekstand(Model):
    """Een verzoek zoals het ervoor staat. Van een JW315 is elk gevraagd product een verzoek; een JW317 is er één."""


class Verzoekstanden(Bladzijdemodel):
    """Een bladzijde verzoeken."""

    verzoeken: list[Verzoekstand] = Field(description="De verzoeken")
    volgende: str | None


@shows(
    verzoekdossier.Verzoekbevinding,
    regel=Field(description="Regel van de catalogus", examples=["VZ01"]),
    gevolg=Field(description="beoordelen: een medewerker moet ernaar kijken; signaal: goed om te weten", examples=["beoordelen"]),
    reden=Field(description="Reden (WJ759) die bij deze bevinding past", examples=["3"]),
)
class Verzoekbevinding(Model):
    """Wat de gemeente zelf opvalt; alleen voor medewerkers."""


@shows(
    verzoekdossier.GenomenBesluit,
    besluit=Field(description="honoreren, in_onderzoek of afwijzen", examples=["afwijzen"]),
    reden=Field(description="Reden uit WJ759, bij afwijzen", examples=["3"]),
    gemeente=Field(description="De gemeente waar de cliënt onder valt, bij reden 8", examples=["0537"]),
    beleid=Field(
        description="De regel van het verzoekbeleid waarnaar de dienst besloot, zoals die toen was; alleen voor medewerkers",
        examples=["JW315, verwijzer 02, met AGB-code, elke aanbieder, elk product; geldig vanaf 1 januari 2026"],
    ),
    door="Wie besloot; alleen voor medewerkers van de gemeente",
)
class GenomenVerzoekbesluit(Model):
    """Een besluit over een verzoek, met de reden voor de aanbieder."""


@shows(
    verzoekdossier.Antwoord,
    bericht_id="Het JW319",
    antwoord=Field(description="1 afgewezen, 2 in onderzoek", examples=["2"]),
    reden=Field(description="Reden uit WJ759, bij afgewezen", examples=["3"]),
    gemeente=Field(description="De gemeente waar de cliënt onder valt, bij reden 8", examples=["0537"]),
    besluit_id="Het besluit waar het bij hoort; leeg als de backoffice het stuurde",
)
class Verzoekantwoord(Model):
    """Een JW319 dat op het verzoek is gestuurd."""


@shows(verzoekdossier.Toegewezen, bericht_id="Het JW301")
class Verzoektoewijzing(Model):
    """Een toewijzing waarmee het verzoek is gehonoreerd."""


@shows(
    verzoekdossier.Woonplaats,
    uitkomst=Field(description="ja, nee of onbekend", examples=["ja"]),
    gemeente=Field(description="Bij nee: de gemeente waar de cliënt onder valt", examples=["0537"]),
)
class Woonplaatsuitkomst(Model):
    """Of de cliënt onder de gemeente valt, zoals een medewerker het heeft nagekeken; alleen voor medewerkers."""


@shows(verzoekdossier.Intrekking)
class Intrekking(Model):
    """De aanbieder wil dat het verzoek niet doorgaat."""


@shows(
    verzoekdossier.Verzoekdossier,
    **UITLEG,
    bevindingen="Wat de gemeente zelf opvalt; alleen voor medewerkers",
    toewijzingen=Field(description="Waarmee het verzoek is gehonoreerd"),
    woonplaats="Wat er over de woonplaats is nagekeken; het laatste telt. Alleen voor medewerkers",
    mogelijk=Field(description="Wat u nu kunt besluiten; leeg voor een aanbieder", examples=[["honoreren", "afwijzen"]]),
    woonplaats_te_laat=Field(
        description="Het verzoek is afgewezen om de woonplaats (reden 8) na de laatste dag daarvoor. Dat mag, maar het is te laat",
        examples=[False],
    ),
    geldend_antwoord=Field(description="Het JW319 waardoor het verzoek staat zoals het staat; leeg als dat er niet is"),
    geldend_besluit=Field(
        description="Het besluit waardoor het verzoek staat zoals het staat, met de motivering die telt. Leeg als de backoffice het"
        " JW319 zelf stuurde, of als het besluit niet meer geldt",
    ),
    redenen=Field(description="Waarmee u kunt afwijzen (WJ759), met de woorden", examples=[{"3": "er is geen contract"}]),
)
class Verzoekdossier(Model):
    """Een verzoek met alles wat erover is gevonden, besloten en gestuurd, elk van oud naar nieuw."""


@shows(
    verzoekconcept.Conceptregel,
    toewijzingnummer=Field(description="Leeg als u een nieuw nummer geeft", examples=[484000001]),
    referentie_aanbieder=Field(
        description="Het kenmerk dat in de toewijzing hoort; leeg bij wat alleen meeloopt", examples=["VERZOEK1"]
    ),
    product=Field(description="Wat wordt toegewezen; leeg bij alleen een budget"),
    omvang=Field(description="Hoeveel hulp; leeg bij een budget"),
    budget="Budget, in eurocenten",
    uitleg="Wat er met deze toewijzing gebeurt",
    mens_beslist="De standaard zegt niet wat hier moet volgen: dan staat hier wat nu geldt, en beslist u",
)
class Conceptregel(Model):
    """Een ToegewezenProduct zoals het in de toewijzing (JW301) kan staan. Bedragen in eurocenten."""


@shows(
    verzoekconcept.Concept,
    bericht_id="Het bericht waarin het verzoek staat",
    toegewezen_producten=Field(description="Wat in de toewijzing hoort, ook wat van deze cliënt bij deze aanbieder al loopt"),
)
class Concepttoewijzing(Model):
    """De toewijzing (JW301) die bij een verzoek past. Er wordt niets mee toegewezen; dat doet uw backoffice."""
