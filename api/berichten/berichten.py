"""Send messages, and follow what becomes of them."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import Depends, Header, Query, Request, Response
from fastapi.concurrency import run_in_threadpool

from api.basis.bundelaar import Bundelaar
from api.basis.modellen import Model
from api.basis.problemen import Probleem, raise_unless_found
from api.basis.route import Router
from api.basis.velden import Agb, Berichtsoort, MomentTot, MomentVanaf, Pagina, Regelnaam, Retourcode, Status
from api.berichten.berichtmodellen import Bericht, Berichtdetail, Berichten, Bevindingen
from api.berichten.zipbestand import Zipontvangst, raise_unless_good, tell_zip
from api.deur.toegang import Bsnkijker, Clientkijker, Houder, Plaats, require
from berichten.fouten import Invoerfout
from berichten.inzage.berichten import berichten as inzage
from berichten.inzage.berichten.bevindingen import list_bevindingen
from berichten.kern.houder import Sleutelhouder
from berichten.kern.taal import foutental, herstel
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.ontvangst.ontvang_bericht import Geweigerd, Ontvangen, Verboden
from berichten.processen.ontvangst.ontvang_samen import KLEIN, Aanbod, accept_one
from berichten.processen.ontvangst.ontvang_zip import MEEST_KENMERK, Zipdeel, accept_zip
from berichten.processen.ontvangst.wachtruimte import Wachtruimte
from berichten.standaard.deur.zipbestand import is_zip
from berichten.standaard.schema.bestand import MAX_BYTES
from berichten.standaard.uitleg.uitleg import MAX_GETELD
from berichten.standaard.waarden.bsn import names_bsn
from workers.bel import Bel

router = Router(prefix="/berichten", tags=["berichten"])

AFZENDERS = ("aanbieder", "gemeente")
"""Roles that send messages."""
Afzender = Annotated[Sleutelhouder, Depends(require(*AFZENDERS))]
_XML = ("application/xml", "text/xml")
_ZIP = "application/zip"
_ZIPS = (_ZIP, "application/x-zip-compressed", "application/x-zip")
_ANDERS = "application/octet-stream"
"""What senders call a file of which they do not tell the kind; its first bytes do."""
_ALS_XML: dict[int | str, dict[str, Any]] = {200: {"content": {"application/xml": {"schema": {"type": "string"}}}}}
_ONBEKEND = "Dit bericht bestaat niet, of het is niet van u."
_KENMERK = "Uw eigen kenmerk bij dit bericht, zonder Bsn: u krijgt het terug en kunt erop zoeken. Hooguit 100 tekens"
_KOM_TERUG = 30
"""Seconds in which a good deal of what waits is handled."""
_VOL = (
    "Er wachten nu te veel berichten op verwerking. Wat u al instuurde is bewaard. Stuur dit bericht over een halve minuut opnieuw,"
    " en verspreid een grote hoeveelheid over meer tijd."
)
_MEEST_GELEZEN = 4 * MAX_BYTES
"""Bytes of a body that is too large we still take in, so that its sender gets to read the answer."""


@router.post(
    "",
    status_code=202,
    response_model=Bericht | Zipontvangst,
    summary="Stuur een bericht in, of een ZIP-bestand met berichten",
    description="Het bericht wordt meteen tegen zijn schema gehouden; klopt het niet, dan staat elke fout in het antwoord (400). De"
    " rest volgt daarna: vraag het adres uit de header Location op om te zien hoe het ging. Precies hetzelfde bericht nog eens"
    " insturen mag altijd en verandert niets. Een ZIP-bestand mag 25 MB groot zijn, 30 berichten bevatten en uitgepakt 50 MB"
    " zijn; ze worden op volgorde"
    " van hun naam aangenomen, en bij een bericht dat geweigerd wordt staan de fouten. Staat daar regel STORING, dan ligt de fout"
    " bij ons: stuur opnieuw, dat bericht of het hele ZIP-bestand. Is er niets aangenomen en staat die regel erbij, dan is het"
    " antwoord 500 in plaats van 400.",
    responses={200: {"model": Bericht, "description": "Precies dit bericht was al ontvangen"}},
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {
                "application/xml": {"schema": {"type": "string"}},
                "application/zip": {"schema": {"type": "string", "format": "binary"}},
                "application/x-zip-compressed": {"schema": {"type": "string", "format": "binary"}},
                "application/octet-stream": {"schema": {"type": "string", "format": "binary"}},
            },
        }
    },
)
async def post_bericht(
    request: Request,
    werkplaats: Plaats,
    houder: Afzender,
    eigen_kenmerk: Annotated[str | None, Header(alias="Eigen-Kenmerk", description=_KENMERK, examples=["2026-04 deel 2"])] = None,
) -> Response:
    """Level 1 is judged at once; the rest follows, and `GET` on the Location tells how it went."""
    return await take_in(request, werkplaats, houder, eigen_kenmerk)


async def take_in(request: Request, werkplaats: Werkplaats, houder: Sleutelhouder, eigen_kenmerk: str | None) -> Response:
    """The body of a request, by a holder who may send. The answer is written here: the framework would look it through again."""
    kenmerk = read_kenmerk(eigen_kenmerk)
    await _raise_if_full(request.app.state.wachtruimte, werkplaats, houder)
    inhoud = await read_body(request, (*_XML, *_ZIPS, _ANDERS))
    if is_zip(inhoud) or (content_type(request) in _ZIPS and not inhoud.lstrip().startswith(b"<")):
        if kenmerk is not None:
            raise _wrong_kenmerk("Bij een ZIP-bestand is de naam van elk bestand het kenmerk. Laat de header weg.")
        return _answer(202, await _post_zip(request, werkplaats, houder, inhoud), "/v1/berichten")
    ontvangen = raise_unless_received(await _accept(request, werkplaats, Aanbod(inhoud, houder, kenmerk)))
    rij = ontvangen.rij
    if rij.agb is not None and not ontvangen.herhaling:
        request.app.state.bel.ring(rij.gemeente, rij.agb)
    status = 200 if ontvangen.herhaling else 202
    return _answer(status, Bericht.of(inzage.show_bericht(rij)), f"/v1/berichten/{rij.bericht_id}")


def is_plain(request: Request) -> bool:
    """Whether this is a small XML message, sent as almost everybody does: with nothing in its headers to choose or to refuse."""
    koppen = request.headers
    lengte = koppen.get("content-length", "")
    return (
        # As the framework reads it: an URL that is put together again has lost its tabs and line ends.
        (request.method, request.scope["path"], request.scope["query_string"]) == ("POST", "/v1/berichten", b"")
        and lengte.isdecimal()
        and int(lengte) <= KLEIN
        and content_type(request) in _XML
        and koppen.get("accept", "*/*") in ("*/*", "application/json")
        and "namens" not in koppen
        and len(koppen.getlist("eigen-kenmerk")) <= 1
    )


def _answer(status: int, model: Model, adres: str) -> Response:
    return Response(model.model_dump_json(by_alias=True), status, {"Location": adres}, "application/json")


async def _accept(request: Request, werkplaats: Werkplaats, aanbod: Aanbod) -> Ontvangen | Geweigerd | Verboden:
    """What is small goes in together with what others send at this moment."""
    if len(aanbod.inhoud) > KLEIN:
        return await run_in_threadpool(accept_one, werkplaats, aanbod)
    ontvangst: Bundelaar[Aanbod, Ontvangen | Geweigerd | Verboden] = request.app.state.ontvangst
    return await ontvangst.do(aanbod)


async def _post_zip(request: Request, werkplaats: Werkplaats, houder: Sleutelhouder, inhoud: bytes) -> Zipontvangst:
    """Every message by itself."""
    await run_in_threadpool(raise_unless_good, inhoud)
    return tell_zip(await run_in_threadpool(take_in_zip, request.app.state.bel, werkplaats, inhoud, houder))


def take_in_zip(bel: Bel, werkplaats: Werkplaats, inhoud: bytes, houder: Sleutelhouder) -> list[Zipdeel]:
    """The bell rings once for each stream, also where we had to break off: what came in before is kept."""
    delen: list[Zipdeel] = []
    stromen: dict[tuple[str, str], None] = {}
    try:
        for deel in accept_zip(werkplaats, inhoud, houder):
            delen.append(deel)
            if isinstance(deel.uitkomst, Ontvangen) and not deel.uitkomst.herhaling and deel.uitkomst.rij.agb is not None:
                stromen[deel.uitkomst.rij.gemeente, deel.uitkomst.rij.agb] = None
    finally:
        for stroom in stromen:
            bel.ring(*stroom)
    return delen


async def _raise_if_full(ruimte: Wachtruimte, werkplaats: Werkplaats, houder: Sleutelhouder) -> None:
    """429 while too much waits to be handled. Of a steady stream nobody waits for it to be counted."""
    if ruimte.is_unknown():
        await run_in_threadpool(ruimte.look, werkplaats)
    elif ruimte.is_stale():
        ruimte.look_beside(werkplaats)
    if ruimte.is_full(houder.gemeente, houder.agb):
        raise Probleem(429, _VOL, headers={"Retry-After": str(_KOM_TERUG)})


def read_kenmerk(header: str | None) -> str | None:
    """The mark that a sender gives its message; 400 for one that is too long, or in which there is a Bsn."""
    if not header or not header.strip():
        return None
    try:
        # A header comes in as latin-1, whatever its sender meant.
        kenmerk = header.strip().encode("latin-1").decode()
    except UnicodeError:
        kenmerk = header.strip()
    if len(kenmerk) > MEEST_KENMERK or not kenmerk.isprintable():
        raise _wrong_kenmerk(f"Het kenmerk is te lang, of er staan vreemde tekens in. Gebruik hooguit {MEEST_KENMERK} tekens.")
    if names_bsn(kenmerk):
        raise _wrong_kenmerk("In het kenmerk staat een burgerservicenummer. Kies een kenmerk zonder Bsn.")
    return kenmerk


def _wrong_kenmerk(melding: str) -> Probleem:
    return Probleem(400, melding, [Invoerfout("header.Eigen-Kenmerk", "KENMERK", melding)])


async def read_body(request: Request, soorten: tuple[str, ...] = _XML) -> bytes:
    """The body of a request of one of these types; 415 for another, 413 when it is larger than a message may be (OP179)."""
    if content_type(request) not in soorten:
        of_zip = ", of als ZIP-bestand met 'Content-Type: application/zip'" if _ZIP in soorten else ""
        raise Probleem(415, f"Stuur een bericht als XML, met de header 'Content-Type: application/xml'{of_zip}.")
    return await read_limited(
        request, "Een bericht of ZIP-bestand mag hooguit 25 MB groot zijn. Verdeel de regels of de berichten."
    )


async def read_limited(request: Request, te_groot: str) -> bytes:
    """The body of a request; 413 with this sentence when it is larger than a message may be (OP179)."""
    delen, omvang = [], 0
    async for deel in request.stream():
        omvang += len(deel)
        if omvang <= MAX_BYTES:
            delen.append(deel)
        elif omvang > _MEEST_GELEZEN:
            break
    if omvang > MAX_BYTES:
        raise Probleem(413, te_groot)
    return b"".join(delen)


def content_type(request: Request) -> str:
    """Media type of the body, in small letters and without parameters."""
    return request.headers.get("content-type", "").partition(";")[0].strip().lower()


def raise_unless_received(uitkomst: Ontvangen | Geweigerd | Verboden) -> Ontvangen:
    """A refusal becomes a problem that names every fault."""
    if isinstance(uitkomst, Verboden):
        raise Probleem(403, uitkomst.fout.melding, [uitkomst.fout])
    if isinstance(uitkomst, Geweigerd):
        getoond = len(uitkomst.fouten)
        meer = "" if uitkomst.totaal <= getoond else f" De eerste {getoond} staan hieronder."
        zoveel = "ten minste " if uitkomst.totaal >= MAX_GETELD else ""
        raise Probleem(
            400,
            f"Het bericht is geweigerd: {zoveel}{foutental(uitkomst.totaal)}.{meer}"
            f" {herstel(uitkomst.totaal)} en stuur het bericht opnieuw.{_tell_kept(uitkomst)}",
            uitkomst.fouten,
            berichtId=None if uitkomst.bericht_id is None else str(uitkomst.bericht_id),
            aantalFouten=uitkomst.totaal,
        )
    return uitkomst


def _tell_kept(uitkomst: Geweigerd) -> str:
    """What the sender should know of how the attempt is kept, if it is not as ever."""
    if uitkomst.bericht_id is None:
        return " Deze poging is niet bewaard, want u stuurde vandaag al veel geweigerde berichten. Goede berichten nemen we aan."
    if uitkomst.keren > 1:
        return f" Precies dit bestand is nu {uitkomst.keren} keer geweigerd; het is één keer bewaard."
    return ""


@router.get(
    "",
    response_model=Berichten,
    summary="Berichten, nieuwste eerst",
    description="Een aanbieder ziet de eigen berichten, een medewerker alle berichten van de gemeente. Geef 'volgende' van de ene"
    " bladzijde mee om de volgende te krijgen, met dezelfde filters. Een bericht moet aan elk filter voldoen.",
)
def get_berichten(
    werkplaats: Plaats,
    houder: Houder,
    soort: Annotated[Berichtsoort | None, Query()] = None,
    status: Annotated[Status | None, Query()] = None,
    identificatie: Annotated[
        str | None, Query(max_length=50, description="Identificatie van het bericht", examples=["B001"])
    ] = None,
    declaratienummer: Annotated[str | None, Query(max_length=50, description="DeclaratieNummer", examples=["D2026-04"])] = None,
    eigen_kenmerk: Annotated[str | None, Query(alias="eigenKenmerk", max_length=100, description=_KENMERK)] = None,
    agb: Annotated[Agb | None, Query()] = None,
    ontvangen_vanaf: Annotated[
        MomentVanaf | None, Query(alias="ontvangenVanaf", description="Vanaf deze dag of dit moment")
    ] = None,
    ontvangen_tot: Annotated[MomentTot | None, Query(alias="ontvangenTot", description="Tot en met deze dag of dit moment")] = None,
    retourcode: Annotated[Retourcode | None, Query(description="Van het bericht zelf, of van een klasse of regel erin")] = None,
    regel: Annotated[Regelnaam | None, Query(description="Een regel die in het bericht is geraakt, ook als signaal")] = None,
    pagina_grootte: Pagina = 50,
    volgende: Annotated[str | None, Query(pattern="^[0-9]{1,18}$")] = None,
) -> Berichten:
    """The caller's own messages; staff see those of their gemeente."""
    zeef = inzage.Berichtfilter(
        soort, status, identificatie, declaratienummer, eigen_kenmerk, agb, ontvangen_vanaf, ontvangen_tot, retourcode, regel
    )
    return Berichten.of(inzage.list_berichten(werkplaats.seen_by(houder), zeef, pagina_grootte, volgende))


@router.get(
    "/{berichtId}",
    response_model=Berichtdetail,
    summary="Eén bericht",
    description="Wat er van een bericht geworden is. Bij een JW301 staat onder 'retour' wat de aanbieder erop"
    " antwoordde, bij een JW302 of JW320 onder 'antwoordOp' waarop het antwoordt. Een bericht van een ander geeft 404.",
)
def get_bericht(werkplaats: Plaats, houder: Houder, berichtId: UUID) -> Berichtdetail:  # noqa: N803
    """404 also when the message is another's."""
    return Berichtdetail.of(raise_unless_found(inzage.find_bericht(werkplaats.seen_by(houder), berichtId), _ONBEKEND))


@router.get(
    "/{berichtId}/inhoud",
    summary="Het bericht zoals het binnenkwam",
    description="Byte voor byte wat is ingestuurd.",
    response_class=Response,
    responses=_ALS_XML,
)
def get_inhoud(werkplaats: Plaats, houder: Bsnkijker, berichtId: UUID) -> Response:  # noqa: N803
    """The bytes as received."""
    return _send(inzage.find_inhoud(werkplaats.seen_by(houder), berichtId))


@router.get(
    "/{berichtId}/antwoord",
    summary="Het antwoordbericht",
    description="De JW302, JW304, JW306, JW308 of JW325. Zolang er nog geen antwoord is: 404.",
    response_class=Response,
    responses=_ALS_XML,
)
def get_antwoord(werkplaats: Plaats, houder: Bsnkijker, berichtId: UUID) -> Response:  # noqa: N803
    """The answer message; 404 until there is one."""
    return _send(inzage.find_antwoord(werkplaats.seen_by(houder), berichtId))


@router.get(
    "/{berichtId}/bevindingen",
    response_model=Bevindingen,
    summary="Alles wat in een bericht gevonden is",
    description="Elke regel die geraakt werd, in de volgorde van het bericht, met uitleg en de getallen die de doorslag gaven.",
)
def get_bevindingen(
    werkplaats: Plaats,
    houder: Clientkijker,
    berichtId: UUID,  # noqa: N803
    pagina_grootte: Annotated[int, Query(alias="paginaGrootte", ge=1, le=1000)] = 200,
    volgende: Annotated[str | None, Query(pattern="^[0-9]{1,9}$")] = None,
) -> Bevindingen:
    """Every finding with its explanation, in the order of the message."""
    gevonden = list_bevindingen(werkplaats.seen_by(houder), berichtId, pagina_grootte, volgende)
    return Bevindingen.of(raise_unless_found(gevonden, _ONBEKEND))


def _send(gevonden: inzage.Stuk | None) -> Response:
    """The XML as it was kept; 404 that says why there is none."""
    stuk = raise_unless_found(gevonden, _ONBEKEND)
    return Response(raise_unless_found(stuk.inhoud, stuk.waarom), media_type="application/xml")
