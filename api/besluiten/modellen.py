"""What is asked and told of decisions on held lines, and of what is said about these lines."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, StringConstraints

from api.basis.modellen import Model
from api.basis.modellen import Verzoek as Invoer
from api.basis.problemen import Probleem
from berichten.beoordeling.besluit import MEEST_TEKENS, Besluit
from berichten.kern.taal import telling
from berichten.opslag.berichten.berichten import Bevindingrij
from berichten.opslag.berichten.prestaties import Besluitrij, Opmerkingrij, name_deciders
from berichten.opslag.besluiten.werkvoorraad import Creditverzoek as Verzoek
from berichten.opslag.toegang.sleutels import Sleutelhouder
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.besluiten.beslis_prestatie import BesluitGeweigerd, GenomenBesluit
from berichten.regels.voorstel import propose
from berichten.standaard.schema.retourcodes import tell_code

Keuze = Literal["toekennen", "afwijzen"]
Tekst = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=MEEST_TEKENS)]
PrestatieId = Annotated[int, Field(ge=1, le=(1 << 63) - 1)]
STATUSSEN = {"onbekend": 404, "ongeldig": 400, "conflict": 409}
"""HTTP status of each sort of refusal."""
_MEEST_GETOOND = 100


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


class Genomenbesluit(Model):
    """Een besluit, of een voorstel dat op een tweede medewerker wacht als 'definitief' nee is. Bedrag in eurocenten."""

    besluit_id: int
    besluit: Keuze
    terugvragen: bool
    retourcode: str | None
    motivering: str
    definitief: bool
    bevestigt: int | None
    bedrag: int
    genomen_op: datetime
    door: str | None = Field(description="Wie besloot; alleen voor medewerkers van de gemeente")

    @classmethod
    def of(cls, rij: Besluitrij, namen: dict[str, str]) -> "Genomenbesluit":
        """From what the database holds; `namen` is empty for an aanbieder."""
        return cls(**{naam: getattr(rij, naam) for naam in cls.model_fields if naam != "door"}, door=namen.get(rij.door))


class Uitgevoerd(Model):
    """Wat er met één regel is gebeurd."""

    prestatie_id: int
    besluit_id: int
    definitief: bool
    uitkomst: str

    @classmethod
    def of(cls, genomen: GenomenBesluit) -> "Uitgevoerd":
        return cls(**{naam: getattr(genomen, naam) for naam in cls.model_fields})


class Besluiten(Model):
    """Wat is besloten. Bedrag in eurocenten, van alle regels samen."""

    besluiten: list[Uitgevoerd]
    aantal: int
    bedrag: int


class Opmerking(Model):
    """Een vraag of een antwoord over een regel."""

    volgnummer: int
    van: Literal["gemeente", "aanbieder"]
    tekst: str
    geplaatst_op: datetime
    door: str | None = Field(description="Wie dit schreef; alleen voor medewerkers van de gemeente")

    @classmethod
    def of(cls, rij: Opmerkingrij, namen: dict[str, str]) -> "Opmerking":
        """From what the database holds; `namen` is empty for an aanbieder."""
        return cls(**{naam: getattr(rij, naam) for naam in cls.model_fields if naam != "door"}, door=namen.get(rij.door))


class Opmerkingen(Model):
    """Wat er over een regel is gezegd, oudste eerst."""

    opmerkingen: list[Opmerking]


class Creditverzoek(Model):
    """Een toegekende regel die de gemeente gecrediteerd wil zien. Bedrag in eurocenten."""

    besluit_id: int
    prestatie_id: int
    bericht_id: UUID
    agb: str
    referentienummer: str
    bedrag: int
    motivering: str
    gevraagd_op: datetime

    @classmethod
    def of(cls, verzoek: Verzoek) -> "Creditverzoek":
        return cls(**{naam: getattr(verzoek, naam) for naam in cls.model_fields})


class Creditverzoeken(Model):
    """Een bladzijde open verzoeken, oudste eerst."""

    creditverzoeken: list[Creditverzoek]
    volgende: str | None


class Codevoorstel(Model):
    """Een retourcode waarmee de regel wordt afgewezen als u er zelf geen kiest, en waarom die."""

    retourcode: str
    tekst: str | None = Field(description="Wat de retourcode betekent")
    regel: str = Field(description="De regel waardoor de gedeclareerde regel wacht")
    reden: str = Field(description="Waarom deze retourcode past")

    @classmethod
    def of_held(cls, bevindingen: Sequence[Bevindingrij]) -> "list[Codevoorstel]":
        """For a held line, from what was found; empty when nothing of it has a code."""
        gevonden = propose((item.regel, item.retourcode) for item in bevindingen if item.gevolg == "beoordelen")
        return [
            cls(retourcode=item.retourcode, tekst=tell_code(item.retourcode), regel=item.regel, reden=item.reden)
            for item in gevonden
        ]


class Voorstel(Model):
    """Een besluit dat op een tweede medewerker wacht."""

    besluit_id: int
    besluit: Keuze
    terugvragen: bool
    retourcode: str | None
    motivering: str
    door: str | None
    genomen_op: datetime


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


def names_for(werkplaats: Werkplaats, houder: Sleutelhouder, door: list[str]) -> dict[str, str]:
    """Names of those who decided or remarked, for staff of the gemeente; an aanbieder gets none."""
    if houder.agb is not None or not door:
        return {}
    with werkplaats.opslag.transaction() as verbinding:
        return name_deciders(verbinding, houder.gemeente, door)
