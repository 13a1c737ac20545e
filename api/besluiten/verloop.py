"""The course of a message, a line or an allocation, what was decided before on lines alike, and questions that wait for a word."""

from typing import Annotated
from uuid import UUID

from fastapi import Path, Query
from pydantic import Field

from api.basis.afgeleid import shows
from api.basis.modellen import Bladzijdemodel, Lijstmodel, Model
from api.basis.problemen import raise_unless_found
from api.basis.route import Router
from api.basis.velden import Agb, Pagina
from api.besluiten.prestaties import Beslisser, Gesprekspartner, Nummer
from api.deur.toegang import Clientkijker, Houder, Plaats
from berichten.inzage.besluiten import eerdere, verloop

router = Router()

_BERICHT = "Dit bericht bestaat niet, of het is niet van u."
_PRESTATIE = "Deze regel bestaat niet, of hij is niet van u. Controleer het nummer."
_TOEWIJZING = "Deze toewijzing bestaat niet, of zij is niet van u. Controleer het nummer."


@shows(
    verloop.Gebeurtenis,
    op=Field(description="Wanneer het gebeurde", examples=["2026-05-01T10:15:04+02:00"]),
    soort=Field(description="Wat voor gebeurtenis"),
    tekst=Field(description="Wat er gebeurde, in gewone taal", examples=["Declaratie DN004 ontvangen"]),
    wie=Field(description="Wie het deed: een naam voor medewerkers van de gemeente, anders welke kant; leeg is de dienst"),
)
class Gebeurtenis(Model):
    """Iets wat er is gebeurd."""


class Verloop(Lijstmodel):
    """Wat er is gebeurd, oud naar nieuw."""

    verloop: list[Gebeurtenis] = Field(description="De gebeurtenissen, oud naar nieuw")


@shows(
    eerdere.Eerderbesluit,
    regel=Field(description="De regel die beide gedeclareerde regels gemeen hebben"),
    retourcode_tekst="Wat de retourcode betekent",
    door=Field(description="Wie besloot"),
)
class Eerderbesluit(Model):
    """Een besluit over een andere regel die om dezelfde reden werd beoordeeld. Bedrag in hele eurocenten."""


class Eerderebesluiten(Lijstmodel):
    """Eerdere besluiten over regels als deze: eerst die van dezelfde aanbieder, dan de nieuwste."""

    besluiten: list[Eerderbesluit]


@shows(
    eerdere.Gesprek,
    uiterlijk="Uiterste dag voor het antwoord (JW325)",
    aantal=Field(description="Vragen en antwoorden bij de regel", examples=[2]),
    van=Field(description="Wie het laatst iets zei"),
    tekst=Field(description="Wat er het laatst is gezegd"),
)
class Gesprek(Model):
    """Een regel die wordt beoordeeld en waarover iets is gevraagd. Bedrag in hele eurocenten."""


class Vragen(Bladzijdemodel):
    """Een bladzijde gesprekken, in de volgorde waarin de regels zijn ingediend."""

    vragen: list[Gesprek] = Field(description="De gesprekken")
    volgende: str | None


@router.get(
    "/berichten/{berichtId}/verloop",
    tags=["berichten"],
    response_model=Verloop,
    summary="Wat er met een bericht gebeurde",
    description="Ontvangen, getoetst, besloten en beantwoord: elk met het moment en wie het deed.",
)
def get_berichtverloop(werkplaats: Plaats, houder: Houder, berichtId: UUID) -> Verloop:  # noqa: N803
    """404 also when the message is another's."""
    return Verloop.of(raise_unless_found(verloop.tell_bericht(werkplaats.seen_by(houder), berichtId), _BERICHT))


@router.get(
    "/prestaties/{prestatieId}/verloop",
    tags=["prestaties"],
    response_model=Verloop,
    summary="Wat er met een regel gebeurde",
    description="Van de declaratie tot en met besluit, antwoord, creditregel en betaling, met vragen en antwoorden ertussen.",
)
def get_prestatieverloop(werkplaats: Plaats, houder: Clientkijker, prestatieId: Nummer) -> Verloop:  # noqa: N803
    """404 also when the line is another's."""
    return Verloop.of(raise_unless_found(verloop.tell_prestatie(werkplaats.seen_by(houder), prestatieId), _PRESTATIE))


@router.get(
    "/toewijzingen/{toewijzingnummer:int}/verloop",
    tags=["toewijzingen"],
    response_model=Verloop,
    summary="Wat er met een toewijzing gebeurde",
    description="Elke versie, elke start en stop, en elke declaratie met regels op de toewijzing.",
)
def get_toewijzingverloop(
    werkplaats: Plaats, houder: Clientkijker, toewijzingnummer: Annotated[int, Path(ge=0, le=999_999_999)]
) -> Verloop:
    """404 also when the allocation is another's."""
    return Verloop.of(raise_unless_found(verloop.tell_toewijzing(werkplaats.seen_by(houder), toewijzingnummer), _TOEWIJZING))


@router.get(
    "/prestaties/{prestatieId}/eerdere-besluiten",
    tags=["prestaties"],
    response_model=Eerderebesluiten,
    summary="Wat eerder is besloten over regels als deze",
    description="Ten hoogste vijf besluiten van medewerkers over andere regels die om dezelfde reden werden beoordeeld.",
)
def get_eerdere_besluiten(werkplaats: Plaats, houder: Beslisser, prestatieId: Nummer) -> Eerderebesluiten:  # noqa: N803
    """404 also when the line is another's."""
    return Eerderebesluiten.of(raise_unless_found(eerdere.list_eerdere(werkplaats.seen_by(houder), prestatieId), _PRESTATIE))


@router.get(
    "/vragen",
    tags=["prestaties"],
    response_model=Vragen,
    summary="Regels in beoordeling waarover iets is gevraagd",
    description="Met wachtOp alleen de gesprekken waarin die kant aan de beurt is. Een aanbieder ziet de eigen regels.",
)
def get_vragen(
    werkplaats: Plaats,
    houder: Gesprekspartner,
    wacht_op: Annotated[eerdere.Kant | None, Query(alias="wachtOp", description="Wie er aan de beurt is")] = None,
    agb: Annotated[Agb | None, Query()] = None,
    pagina_grootte: Pagina = 50,
    volgende: Annotated[str | None, Query(pattern="^[0-9]{1,18}$", description="Uit het vorige antwoord")] = None,
) -> Vragen:
    """In the order in which the lines came in."""
    return Vragen.of(eerdere.list_vragen(werkplaats.seen_by(houder), wacht_op, pagina_grootte, volgende, agb))
