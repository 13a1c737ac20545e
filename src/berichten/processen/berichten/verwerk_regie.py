"""Handle a JW301, JW305 or JW307: take all of its classes over, or none, and answer."""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from berichten.beoordeling.klassen import Klassebeoordeling
from berichten.dossier.dossier import LeveringKader, ToewijzingKader
from berichten.opslag.dossiers.buiten_toewijzing import Werkpunt, insert_werkpunten
from berichten.opslag.dossiers.leveringen import load_levering_kader, save_leveringen
from berichten.opslag.dossiers.toewijzingen import load_toewijzing_kader, save_toewijzingen
from berichten.processen.verzoeken.zet_stap import grant
from berichten.processen.werk.antwoorden import AFGEKEURD
from berichten.processen.werk.werk import Verwerkt, Werk
from berichten.standaard.waarden.berichten import Startbericht, Stopbericht, Toewijzingsbericht


def load_toewijzing(werk: Werk, bericht: Toewijzingsbericht) -> ToewijzingKader:
    """What a JW301 is held against."""
    return load_toewijzing_kader(werk.verbinding, werk.rij.gemeente, bericht)


def keep_toewijzing(werk: Werk, bericht: Toewijzingsbericht, oordeel: Klassebeoordeling) -> Verwerkt:
    """When no class is at fault, make the newest version of each allocation the current one.

    Where awarded lines fall outside of it, somebody has to look (DA17).
    """
    if not oordeel.afgekeurd:
        rij, nu = werk.rij, werk.werkplaats.instellingen.nu()
        save_toewijzingen(werk.verbinding, rij.gemeente, rij.bericht_id, bericht, werk.kader.toewijzingen)
        punten = list(_work_items(oordeel, rij.bericht_id, werk.kader.agb, nu))
        insert_werkpunten(werk.verbinding, rij.gemeente, punten)
        _grant_verzoeken(werk, bericht)
    return _result(oordeel)


def _grant_verzoeken(werk: Werk, bericht: Toewijzingsbericht) -> None:
    """Close each open request whose reference its allocations bear; one that this very version granted before is closed already."""
    gehonoreerd = [
        (verzoek, [item.toewijzingnummer for item in bericht.producten if item.referentie_aanbieder == referentie])
        for referentie, verzoek in werk.kader.verzoeken.items()
        if verzoek.is_open
    ]
    grant(werk.verbinding, werk.werkplaats, werk.rij.gemeente, werk.rij.bericht_id, gehonoreerd)


def _work_items(oordeel: Klassebeoordeling, bericht_id: UUID, agb: str, nu: datetime) -> Iterator[Werkpunt]:
    for item in oordeel.bevindingen:
        if item.regel.werkpunt:
            gegevens = item.gegevens
            yield Werkpunt(gegevens["toewijzingnummer"], bericht_id, agb, gegevens["aantal"], gegevens["bedrag"], nu)


def load_levering(werk: Werk, bericht: Startbericht | Stopbericht) -> LeveringKader:
    """What a JW305 or JW307 is held against."""
    return load_levering_kader(werk.verbinding, werk.rij.gemeente, bericht)


def keep_levering(werk: Werk, bericht: Startbericht | Stopbericht, oordeel: Klassebeoordeling) -> Verwerkt:
    """When no class is at fault, store what the message adds and what it takes back."""
    if not oordeel.afgekeurd:
        save_leveringen(werk.verbinding, werk.rij.gemeente, werk.rij.bericht_id, bericht)
    return _result(oordeel)


def _result(oordeel: Klassebeoordeling) -> Verwerkt:
    if oordeel.afgekeurd:
        return Verwerkt("afgekeurd", AFGEKEURD, oordeel.bevindingen)
    return Verwerkt("verwerkt", (), oordeel.bevindingen)
