"""Handle a JW301, JW305 or JW307: take all of its classes over, or none, and answer."""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from berichten.beoordeling.klassen import Klassebeoordeling
from berichten.dossier.dossier import LeveringKader, ToewijzingKader
from berichten.opslag.dossiers.buiten_toewijzing import Werkpunt, insert_werkpunten
from berichten.opslag.dossiers.leveringen import load_levering_kader, save_leveringen
from berichten.opslag.dossiers.toewijzingen import load_toewijzing_kader, save_toewijzingen
from berichten.processen.berichten.antwoorden import compose_retour
from berichten.processen.berichten.werk import Verwerkt, Werk
from berichten.standaard.waarden.berichten import Startbericht, Stopbericht, Toewijzingsbericht

AFGEKEURD = ("0200",)
"""In the header of an answer of which the classes say what is wrong."""


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
    return _result(oordeel)


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


def answer_classes(
    werk: Werk, bericht: Toewijzingsbericht | Startbericht | Stopbericht, oordeel: Klassebeoordeling, verwerkt: Verwerkt
) -> bytes:
    """JW302, JW306 or JW308 (IV028): the header only when all is well, else every class with its code."""
    klassecodes = oordeel.retourcodes if oordeel.afgekeurd else None
    return compose_retour(werk, bericht.soort, verwerkt.retourcodes, klassecodes)


def answer_header(werk: Werk, bericht: Toewijzingsbericht | Startbericht | Stopbericht, retourcodes: tuple[str, ...]) -> bytes:
    """The same of a message that stopped before its classes: the header only."""
    return compose_retour(werk, bericht.soort, retourcodes, None)
