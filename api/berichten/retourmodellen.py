"""What the API gives out of answers that an aanbieder sent in (JW302, JW320)."""

from datetime import date, datetime
from uuid import UUID

from pydantic import Field

from api.basis.modellen import Bericht, Model
from berichten.opslag.berichten.berichten import Berichtrij
from berichten.opslag.berichten.retouren import Heenrij, Retourrij


class Klassecodes(Model):
    """De retourcodes bij één klasse van het bericht."""

    pad: str = Field(description="Plaats van de klasse in het antwoord")
    toewijzingnummer: int | None = Field(description="Alleen bij een ToegewezenProduct")
    retourcodes: list[str] = Field(description="Codes uit lijst WJ001")


class Retour(Model):
    """Wat de aanbieder op dit bericht antwoordde."""

    bericht_id: UUID = Field(description="Het antwoord zelf")
    soort: str = Field(description="JW302 of JW320")
    identificatie: str = Field(description="IdentificatieRetour")
    dagtekening: date = Field(description="DagtekeningRetour")
    ontvangen_op: datetime = Field(description="Wanneer het antwoord binnenkwam")
    aangenomen: bool = Field(description="Of de aanbieder alles heeft overgenomen: geen andere code dan 0200")
    retourcodes: list[str] = Field(description="Codes in de header")
    klassen: list[Klassecodes] = Field(description="Codes per klasse; leeg als het antwoord alleen een header heeft")


class AntwoordOp(Model):
    """Waarop dit bericht het antwoord is."""

    soort: str = Field(description="JW301 of JW319")
    identificatie: str = Field(description="Identificatie van dat bericht")
    bericht_id: UUID | None = Field(description="Dat bericht; leeg als het hier niet bekend is")
    melding: str | None = Field(description="Waarom het bericht niet gekoppeld is; leeg als dat wel zo is")


class Berichtdetail(Bericht):
    """Een bericht en wat ervan geworden is, met het antwoord van de aanbieder. Bedragen in hele eurocenten."""

    retour: Retour | None = Field(None, description="Het nieuwste antwoord van de aanbieder; leeg zolang dat er niet is")
    antwoord_op: AntwoordOp | None = Field(None, description="Alleen bij een JW302 of JW320: het bericht waarop het antwoordt")

    @classmethod
    def with_links(cls, rij: Berichtrij, retour: Retourrij | None, heen: Heenrij | None) -> "Berichtdetail":
        """From what the database holds."""
        return cls(
            **dict(Bericht.of(rij)),
            retour=None if retour is None else Retour(**{naam: getattr(retour, naam) for naam in Retour.model_fields}),
            antwoord_op=None if heen is None else _antwoord_op(heen),
        )


def _antwoord_op(heen: Heenrij) -> AntwoordOp:
    melding = None
    if heen.bericht_id is None:
        melding = (
            f"Bij de gemeente is geen {heen.soort} aan u bekend met Identificatie {heen.identificatie}. Uw antwoord is bewaard en"
            " wordt eraan gekoppeld zodra dat bericht er is. Controleer de Identificatie als u dat niet verwacht."
        )
    return AntwoordOp(soort=heen.soort, identificatie=heen.identificatie, bericht_id=heen.bericht_id, melding=melding)
