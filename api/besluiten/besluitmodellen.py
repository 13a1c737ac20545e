"""What is asked and told of decisions on held lines, and of what is said about these lines."""

from typing import Annotated

from pydantic import Field, StringConstraints

from api.basis.afgeleid import shows
from api.basis.modellen import Bladzijdemodel, Lijstmodel, Model
from api.basis.modellen import Verzoek as Invoer
from api.basis.problemen import Probleem
from berichten.beoordeling.besluit import MEEST_TEKENS, Besluit
from berichten.inzage.besluiten import besluiten as inzage
from berichten.inzage.besluiten import prestaties, werkvoorraad
from berichten.inzage.besluiten.besluiten import Keuze
from berichten.kern.taal import telling
from berichten.processen.besluiten.beslis_prestatie import BesluitGeweigerd, GenomenBesluit

Tekst = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=MEEST_TEKENS)]
PrestatieId = Annotated[int, Field(ge=1, le=(1 << 63) - 1)]
STATUSSEN = {"onbekend": 404, "ongeldig": 400, "conflict": 409}
"""HTTP status of each sort of refusal."""
_MEEST_GETOOND = 100
UITLEG = {
    "retourcode_teksten": "Wat de retourcodes betekenen, per code.",
    "niet_te_toetsen": "Regels van de gemeente waarvoor gegevens ontbraken; daarop is niet gelet",
    "niet_beoordeeld_omdat": "Welke fout van het bericht of van de cliënt deze regel tegenhield",
}
"""What fields of a line mean, wherever it is shown."""


class Besluitverzoek(Invoer):
    """Wat u over een regel besluit."""

    besluit: Keuze
    motivering: Tekst = Field(description="Waarom, in gewone tekst en zonder Bsn. De aanbieder krijgt dit te lezen")
    retourcode: Annotated[str, StringConstraints(pattern="^[0-9A-Z]{4}$")] | None = Field(
        None, description="Code uit WJ001, bij afwijzen; leeg neemt de voorgestelde retourcodes over"
    )
    terugvragen: bool = Field(False, description="Bij toekennen: vraag de aanbieder de regel daarna te crediteren")
    volgt_op: int | None = Field(None, description="Het besluitId dat dit besluit vervangt, als er al een besluit is", ge=1)

    def of_line(self, prestatie_id: int) -> Besluit:
        """The same for one line."""
        return Besluit(prestatie_id, self.besluit, self.motivering, self.retourcode, self.terugvragen, self.volgt_op)


class Besluitenverzoek(Invoer):
    """Hetzelfde besluit over meer regels: over allemaal, of over geen enkele."""

    prestatie_ids: list[PrestatieId] = Field(min_length=1, max_length=1000)
    besluit: Keuze
    motivering: Tekst = Field(description="Waarom, in gewone tekst en zonder Bsn. De aanbieders krijgen dit te lezen")
    retourcode: Annotated[str, StringConstraints(pattern="^[0-9A-Z]{4}$")] | None = Field(
        None, description="Code uit WJ001, bij afwijzen; leeg neemt van elke regel de voorgestelde retourcodes over"
    )
    terugvragen: bool = Field(False, description="Bij toekennen: vraag de aanbieder de regels daarna te crediteren")


class Opmerkingverzoek(Invoer):
    """Een vraag of een antwoord over een regel."""

    tekst: Tekst = Field(description="Gewone tekst, zonder Bsn")


@shows(inzage.Genomenbesluit, door="Wie besloot; alleen voor medewerkers van de gemeente")
class Genomenbesluit(Model):
    """Een besluit, of een voorstel dat op een tweede medewerker wacht als 'definitief' nee is. Bedrag in eurocenten."""


class Uitgevoerd(Model):
    """Wat er met één regel is gebeurd."""

    prestatie_id: int
    besluit_id: int
    definitief: bool
    uitkomst: str


class Besluiten(Model):
    """Wat is besloten. Bedrag in eurocenten, van alle regels samen."""

    besluiten: list[Uitgevoerd]
    aantal: int
    bedrag: int


@shows(inzage.Opmerking, door="Wie dit schreef; alleen voor medewerkers van de gemeente")
class Opmerking(Model):
    """Een vraag of een antwoord over een regel."""


class Opmerkingen(Lijstmodel):
    """Wat er over een regel is gezegd, oudste eerst."""

    opmerkingen: list[Opmerking]


@shows(inzage.Creditverzoek)
class Creditverzoek(Model):
    """Een toegekende regel die de gemeente gecrediteerd wil zien. Bedrag in eurocenten."""


class Creditverzoeken(Bladzijdemodel):
    """Een bladzijde open verzoeken, oudste eerst."""

    creditverzoeken: list[Creditverzoek]
    volgende: str | None


@shows(prestaties.NietTeToetsen)
class NietTeToetsen(Model):
    """Een eigen regel van de gemeente die niet kon worden getoetst, en waarom niet."""


@shows(
    inzage.Codevoorstel,
    tekst="Wat de retourcode betekent",
    regel="De regel waardoor de gedeclareerde regel wacht",
    reden="Waarom deze retourcode past",
)
class Codevoorstel(Model):
    """Een retourcode waarmee de regel wordt afgewezen als u er zelf geen kiest, en waarom die."""


@shows(werkvoorraad.Voorstel)
class Voorstel(Model):
    """Een besluit dat op een tweede medewerker wacht."""


def raise_unless_decided(uitkomst: tuple[GenomenBesluit, ...] | BesluitGeweigerd) -> tuple[GenomenBesluit, ...]:
    """A refusal becomes a problem that names every line that stands in the way."""
    if not isinstance(uitkomst, BesluitGeweigerd):
        return uitkomst
    fouten = uitkomst.fouten
    detail = fouten[0].melding
    if len(fouten) > 1:
        detail = f"Er is niets besloten, want bij {telling(len(fouten), 'regel', 'regels')} kan het niet."
        detail += " Bij 'fouten' staat per regel waarom."
    raise Probleem(STATUSSEN[uitkomst.soort], detail, fouten[:_MEEST_GETOOND], aantalFouten=len(fouten))
