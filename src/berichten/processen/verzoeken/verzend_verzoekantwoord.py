"""Make and keep the JW319 that tells a decision, in the transaction of that decision.

It passes the same rules as one that comes in: one that an aanbieder would reject is a fault of ours, and undoes the decision.
"""

from dataclasses import replace
from uuid import UUID

from sqlalchemy import Connection

from berichten.beoordeling.klassen import Klassebeoordeling
from berichten.beoordeling.pijplijn import judge
from berichten.dossier.dossier import HeaderKader
from berichten.dossier.verzoek import Verzoek
from berichten.dossier.verzoeken.verzoekkader import AntwoordKader
from berichten.opslag.berichten.berichten import finish_bericht, insert_bericht
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.ontvangst.ontvang_bericht import compose_new
from berichten.regels.regelboek import REGELBOEK
from berichten.standaard.schema.schema import valideer_uitvoer
from berichten.standaard.schrijven.verzoekantwoord import write_jw319
from berichten.standaard.waarden.onderdelen import Header
from berichten.standaard.waarden.soorten import JW319
from berichten.standaard.waarden.verzoeken import Verzoekantwoord


def compose_antwoord(
    werkplaats: Werkplaats,
    gemeente: str,
    verzoek: Verzoek,
    besluit_id: int,
    antwoord: str,
    reden: str | None,
    woonplaats: str | None,
) -> Verzoekantwoord:
    """The message, dated today; the number of the decision makes its Identificatie unique in the gemeente."""
    basisschema, versie = werkplaats.schemas.versies(JW319)
    kop = Header(gemeente, verzoek.agb, f"V{besluit_id}", werkplaats.instellingen.vandaag(), basisschema, versie)
    return Verzoekantwoord(JW319, kop, verzoek.referentie, antwoord, reden, woonplaats, 0)


def send_antwoord(verbinding: Connection, werkplaats: Werkplaats, verzoek: Verzoek, bericht: Verzoekantwoord) -> UUID:
    """Keep it where the aanbieder fetches it, under `/berichten?soort=JW319`; returns its id.

    Raises RuntimeError, with rules and no content, for one that would be rejected.
    """
    _prove(werkplaats, verzoek, bericht)
    inhoud = write_jw319(bericht)
    valideer_uitvoer(inhoud, JW319, werkplaats.schemas)
    nieuw = replace(compose_new(werkplaats, inhoud, bericht), antwoord_uiterlijk_op=None)
    rij = insert_bericht(verbinding, nieuw, werkplaats.kluis.pack(inhoud))
    if rij is None:
        raise RuntimeError("eigen JW319 is er al")
    finish_bericht(
        verbinding,
        rij,
        status="verwerkt",
        verwerkt_op=nieuw.ontvangen_op,
        identificatie_gebruikt=True,
        aantal_regels=bericht.aantal_regels,
        bedragen=None,
        retourcodes=(),
        declaratie_retourcodes=(),
        regelboek=REGELBOEK,
    )
    return rij.bericht_id


def _prove(werkplaats: Werkplaats, verzoek: Verzoek, bericht: Verzoekantwoord) -> None:
    vandaag, kop = werkplaats.instellingen.vandaag(), bericht.header
    oordeel = judge(
        bericht,
        lambda: HeaderKader(vandaag, None, tuple(verzoek.ingangsdatums)),
        lambda: AntwoordKader(kop.afzender, kop.ontvanger, vandaag, verzoek),
    )
    if not isinstance(oordeel, Klassebeoordeling) or oordeel.afgekeurd:
        regels = [item.regel.id for item in oordeel.bevindingen]
        raise RuntimeError(f"eigen JW319 zou worden afgekeurd: {', '.join(regels)}")
