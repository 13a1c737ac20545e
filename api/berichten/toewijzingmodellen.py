"""What the API gives out of allocations."""

from datetime import time
from typing import Annotated, Literal

from pydantic import Field, WithJsonSchema

from api.basis.afgeleid import shows
from api.basis.modellen import Bladzijdemodel, Model
from berichten.inzage.berichten import toewijzingen as inzage
from berichten.inzage.berichten import verplichtingen

Tijd = Annotated[time, WithJsonSchema({"type": "string", "format": "time-local"})]
"""A time of the clock on the wall, without a time zone."""


@shows(inzage.Toewijzing)
class Toewijzing(Model):
    """Een toewijzing zoals zij nu is. Het Bsn staat er niet in, alleen de laatste drie cijfers."""

    toewijzingstijd: Tijd


class Toewijzingen(Bladzijdemodel):
    """Een bladzijde toewijzingen, op nummer."""

    toewijzingen: list[Toewijzing]
    volgende: str | None


@shows(inzage.Versie)
class Versie(Model):
    """Een versie van een toewijzing: wat een toewijzingsbericht ervan zei."""

    toewijzingstijd: Tijd


@shows(inzage.Levering)
class Levering(Model):
    """Een gemelde start, of een stop als er een einddatum is."""


@shows(inzage.Productgebruik)
class Productgebruik(Model):
    """Gebruik per productcode. Volumes in 'eenheid' (uren geteld in minuten), bedragen in eurocenten."""


@shows(
    inzage.Maandgebruik,
    maand=Field(description="Maand van zorg", examples=["2026-04"]),
)
class Maandgebruik(Model):
    """Gebruik in één maand. Volumes in de eenheid van de toewijzing (uren geteld in minuten), bedragen in eurocenten."""


@shows(
    inzage.Prognose,
    tot_en_met="Laatste dag van de laatste productperiode die telt",
    dagen="Aantal dagen van de ingangsdatum tot en met die dag",
    bedrag="Gebruik op de einddatum; leeg zonder einddatum",
    budget_op="Dag waarop het hele budget is gebruikt; leeg als dat niet gebeurt",
    volume_op="Dag waarop het hele toegewezen volume is gebruikt; leeg als dat niet gebeurt",
)
class Prognose(Model):
    """Het gebruik als het gelijkmatig doorgaat. Bedragen in eurocenten; 'uitleg' zegt hoe is gerekend."""


@shows(
    inzage.Normbedrag,
    volume_van="Leeg als de norm geen aantal uren of etmalen noemt",
    bedrag_van="Het minste volume met het laagste tarief in het contract; leeg zonder tarief",
    bedrag_tot="Het meeste volume met het hoogste tarief in het contract; leeg zonder tarief",
)
class Normbedrag(Model):
    """Waar de norm op uitkomt voor de looptijd van de toewijzing, in volume (uren geteld in minuten) en in eurocenten."""

    vergelijking: Literal["hoger", "binnen", "lager", "onbekend"] = Field(description="Het budget van de toewijzing, vergeleken")


@shows(inzage.Advies)
class Advies(Model):
    """Wat gebruikelijk is voor een budget in deze categorie. Alleen een advies: er wordt niets op geweigerd."""

    looptijd: Literal["langer", "gelijk", "korter", "open"] = Field(description="De looptijd van deze toewijzing, vergeleken")


@shows(
    inzage.Benutting,
    prognose="Leeg zolang er nog niets is gedeclareerd dat telt",
    advies="Alleen bij een toewijzing op categorie waarvoor de gemeente een norm heeft",
)
class Gebruik(Model):
    """Toegewezen, toegekend, aangehouden en over. Volumes in 'eenheid' (uren geteld in minuten), bedragen in eurocenten.

    Percentages tellen aangehouden regels mee en zijn naar beneden afgerond.
    """


@shows(
    inzage.Toewijzingverplichting,
    toegewezen_bedrag="Het budget, of het volume maal het tarief; leeg als dat niet te bepalen is",
    tarief_onzeker="Of er meer tarieven mogelijk zijn, of nog geen tarief voor elke dag",
    open_bedrag="Wat nog open staat",
    verwacht_bedrag="Wat daarvan nog wordt verwacht; leeg als dat niet te bepalen is",
    vrijgevallen_bedrag="Wat overblijft nu de termijn om te declareren voorbij is",
    overschrijding="Wat er boven het toegewezen bedrag is gedeclareerd en aangehouden",
    einde_zorg="Laatste dag waarop hulp wordt verwacht",
)
class Toewijzingverplichting(Model):
    """Waar de gemeente door deze toewijzing nog aan vastzit. Bedragen in eurocenten; 'uitleg' zegt hoe is gerekend."""


@shows(
    inzage.BuitenPrestatie,
    regels=Field(description="Regels van de standaard waarom de regel nu zou worden afgewezen", examples=[["TR308"]]),
)
class BuitenPrestatie(Model):
    """Een toegekende regel die niet past in de toewijzing zoals zij nu is. Bedrag in eurocenten."""


@shows(inzage.Buiten, bedrag="In eurocenten")
class Buiten(Model):
    """Wat is toegekend en buiten de toewijzing valt, omdat zij later is ingekort of verlaagd. Het blijft toegekend."""


@shows(inzage.Toewijzingdossier, verplichting="Alleen voor medewerkers; leeg bij een verwijderde toewijzing")
class Toewijzingdossier(Model):
    """Een toewijzing met haar geschiedenis, de stand van de levering en wat ervan gebruikt is."""

    toewijzingstijd: Tijd


@shows(inzage.Toewijzingsprestatie, retourcode_teksten="Wat de retourcodes betekenen, per code.")
class Toewijzingsprestatie(Model):
    """Een regel die op de toewijzing is gedeclareerd, wat er ook van werd. Bedragen in hele eurocenten, credit negatief."""


class Toewijzingsprestaties(Bladzijdemodel):
    """Een bladzijde regels, laatst ingediend eerst."""

    prestaties: list[Toewijzingsprestatie]
    volgende: str | None


@shows(verplichtingen.Verplichtingregel, verplichting="Leeg bij een toewijzing die verwijderd of toen nog niet bekend was")
class Verplichtingregel(Model):
    """Een toewijzing, met waar de gemeente daardoor nog aan vastzit."""


class Verplichtingregels(Bladzijdemodel):
    """Een bladzijde toewijzingen met hun verplichting, op nummer."""

    verplichtingen: list[Verplichtingregel]
    volgende: str | None
