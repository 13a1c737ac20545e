"""What the API gives out, in camelCase, with the fields that the contract fixes."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, computed_field
from pydantic.alias_generators import to_camel

from berichten.opslag.berichten.berichten import Berichtrij, Bevindingrij
from berichten.regels.register import bron_of
from berichten.standaard.schema.retourcodes import tell_code, tell_codes


class Model(BaseModel):
    """Fields in Dutch, snake_case in Python and camelCase outside."""

    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True)


class Verzoek(Model):
    """What a caller sends. An unknown name is refused, a value taken as it stands: `true` is no number, 0 no date."""

    model_config = ConfigDict(extra="forbid", strict=True)


class Fout(Model):
    """Eén fout in wat is ingestuurd."""

    pad: str
    regel: str
    melding: str
    regelnummer: int | None


class Probleemmodel(Model):
    """RFC 9457-probleem."""

    type: str
    title: str
    status: int
    detail: str
    fouten: list[Fout]


class Periode(Model):
    """Van en tot en met."""

    begindatum: date
    einddatum: date


class Bericht(Model):
    """Een bericht en wat ervan geworden is. Bedragen in hele eurocenten."""

    bericht_id: UUID
    soort: str
    richting: str
    afzender: str | None
    ontvanger: str | None
    identificatie: str | None
    dagtekening: date | None
    declaratienummer: str | None
    declaratie_periode: Periode | None
    eigen_kenmerk: str | None
    status: str
    ontvangen_op: datetime
    verwerkt_op: datetime | None
    antwoord_uiterlijk_op: date | None
    aantal_regels: int | None
    ingediend_bedrag: int | None
    toegekend_bedrag: int | None
    afgewezen_bedrag: int | None
    te_beoordelen_bedrag: int | None
    retourcodes: list[str]
    declaratie_retourcodes: list[str]

    @computed_field  # type: ignore[prop-decorator]
    @property
    def retourcode_teksten(self) -> dict[str, str]:
        """Wat de retourcodes van het bericht betekenen, per code."""
        return tell_codes([*(self.retourcodes or ()), *(self.declaratie_retourcodes or ())])

    @classmethod
    def of(cls, rij: Berichtrij) -> "Bericht":
        """From what the database holds."""
        eigen = {naam: getattr(rij, naam) for naam in cls.model_fields if naam != "declaratie_periode"}
        return cls(**eigen, declaratie_periode=period_of(rij))


def period_of(rij: Berichtrij) -> Periode | None:
    """The period that a declaration is about; none of any other message."""
    if rij.declaratie_begindatum is None or rij.declaratie_einddatum is None:
        return None
    return Periode(begindatum=rij.declaratie_begindatum, einddatum=rij.declaratie_einddatum)


class Berichten(Model):
    """Een bladzijde berichten, nieuwste eerst."""

    berichten: list[Bericht]
    volgende: str | None = Field(description="Wijzer naar de volgende bladzijde; leeg op de laatste")


class Bevinding(Model):
    """Een regel die geraakt werd, met de getallen die de doorslag gaven."""

    regel: str
    retourcode: str | None
    gevolg: str
    niveau: int
    klasse: str
    pad: str
    regelnummer: int | None
    melding: str
    gegevens: dict[str, Any]
    bron: str

    @computed_field  # type: ignore[prop-decorator]
    @property
    def retourcode_tekst(self) -> str | None:
        """Wat de retourcode betekent."""
        return tell_code(self.retourcode)

    @classmethod
    def of(cls, rij: Bevindingrij, soort: str) -> "Bevinding":
        """From what the database holds; the source comes from the catalogue, by kind of message."""
        eigen = {naam: getattr(rij, naam) for naam in cls.model_fields if naam != "bron"}
        return cls(**eigen, bron=bron_of(rij.regel, soort))


class Bevindingen(Model):
    """Een bladzijde bevindingen, in de volgorde van het bericht."""

    bevindingen: list[Bevinding]
    volgende: str | None = Field(description="Wijzer naar de volgende bladzijde; leeg op de laatste")
