"""What the API gives out of messages, of what was found in them and of answers that an aanbieder sent in (JW302, JW320)."""

from pydantic import Field

from api.basis.afgeleid import shows
from api.basis.modellen import Bladzijdemodel, Model
from berichten.inzage.berichten import berichten as inzage
from berichten.inzage.berichten import bevindingen


@shows(inzage.Periode)
class Periode(Model):
    """Van en tot en met."""


@shows(inzage.Bericht, retourcode_teksten="Wat de retourcodes van het bericht betekenen, per code.")
class Bericht(Model):
    """Een bericht en wat ervan geworden is. Bedragen in hele eurocenten."""


class Berichten(Bladzijdemodel):
    """Een bladzijde berichten, nieuwste eerst."""

    berichten: list[Bericht]
    volgende: str | None = Field(description="Wijzer naar de volgende bladzijde; leeg op de laatste")


@shows(bevindingen.Bevinding, retourcode_tekst="Wat de retourcode betekent.")
class Bevinding(Model):
    """Een regel die geraakt werd, met de getallen die de doorslag gaven."""


class Bevindingen(Bladzijdemodel):
    """Een bladzijde bevindingen, in de volgorde van het bericht."""

    bevindingen: list[Bevinding]
    volgende: str | None = Field(description="Wijzer naar de volgende bladzijde; leeg op de laatste")


@shows(
    inzage.Klassecodes,
    pad="Plaats van de klasse in het antwoord",
    toewijzingnummer="Alleen bij een ToegewezenProduct",
    retourcodes="Codes uit lijst WJ001",
)
class Klassecodes(Model):
    """De retourcodes bij één klasse van het bericht."""


@shows(
    inzage.Retour,
    bericht_id="Het antwoord zelf",
    soort="JW302 of JW320",
    identificatie="IdentificatieRetour",
    dagtekening="DagtekeningRetour",
    ontvangen_op="Wanneer het antwoord binnenkwam",
    aangenomen="Of de aanbieder alles heeft overgenomen: geen andere code dan 0200",
    retourcodes="Codes in de header",
    klassen="Codes per klasse; leeg als het antwoord alleen een header heeft",
)
class Retour(Model):
    """Wat de aanbieder op dit bericht antwoordde."""


@shows(
    inzage.AntwoordOp,
    soort="JW301 of JW319",
    identificatie="Identificatie van dat bericht",
    bericht_id="Dat bericht; leeg als het hier niet bekend is",
    melding="Waarom het bericht niet gekoppeld is; leeg als dat wel zo is",
)
class AntwoordOp(Model):
    """Waarop dit bericht het antwoord is."""


@shows(
    inzage.Berichtdetail,
    retourcode_teksten="Wat de retourcodes van het bericht betekenen, per code.",
    retour=Field(None, description="Het nieuwste antwoord van de aanbieder; leeg zolang dat er niet is"),
    antwoord_op=Field(None, description="Alleen bij een JW302 of JW320: het bericht waarop het antwoordt"),
)
class Berichtdetail(Model):
    """Een bericht en wat ervan geworden is, met het antwoord van de aanbieder. Bedragen in hele eurocenten."""
