"""`/portaal/inloggen`, `/portaal/uitloggen` and `/portaal/rol`: in, out, and in another role."""

import time
from urllib.parse import urlencode

from fastapi import Request
from fastapi.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.responses import RedirectResponse, Response

from api.basis.weigeringen import note_reason
from api.deur.koppen import PORTAAL
from api.deur.pogingen import Pogingen
from api.deur.toegang import Plaats, read_herkomst
from api.portaal.schil.bladzij import Melding, render
from api.portaal.schil.navigatie import ROLNAMEN
from api.portaal.schil.paginarouter import Paginarouter
from api.portaal.toegang.bezoeker import INLOGGEN, Bezoeker, Ingelogd, MisschienIngelogd
from api.portaal.toegang.formulier import Formulier, raise_unless_own_page
from api.portaal.toegang.koekje import drop_koekje, read_koekje, set_koekje
from berichten.kern.persoon import Roltoekenning
from berichten.kern.taal import telling
from berichten.kern.tekst import fill
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.toegang.log_in import Inlogfout, MoetWachten, log_in
from berichten.processen.toegang.openid import has_openid, tell_end
from berichten.processen.toegang.volg_sessie import choose_rol, list_rollen, log_out
from berichten.standaard.waarden.gemeenten import name_of_gemeente

START = f"{PORTAAL}/"
"""Where one lands who was on the way to no page in particular: the first page of the role."""
UITGELOGD = "uit"
MELDINGEN = {
    Inlogfout.UIT: "Inloggen met een wachtwoord staat hier uit. Vraag uw beheerder hoe u inlogt.",
    Inlogfout.ONBEKEND: "Deze inlognaam en dit wachtwoord horen niet bij elkaar. Controleer ze en probeer het opnieuw, of vraag uw"
    " beheerder om een nieuw wachtwoord.",
    Inlogfout.GEEN_ROL: "U hebt op dit moment geen rol. Vraag uw beheerder om er een.",
    Inlogfout.OPENID: "Inloggen via uw organisatie is niet gelukt. Begin opnieuw vanaf deze pagina; lukt het dan nog niet, vraag"
    " het uw beheerder.",
    Inlogfout.BOTST: "Uw organisatie geeft u rollen die niet in één persoon samengaan. Vraag uw beheerder om er een weg te halen.",
}
_WACHT = (
    "Er is te vaak een verkeerd wachtwoord gegeven. Wacht {wachten} en probeer het opnieuw, of vraag uw beheerder om een nieuw."
)

router = Paginarouter()


@router.get("/inloggen")
def get_inloggen(request: Request, werkplaats: Plaats, bezoeker: MisschienIngelogd, naar: str = "", uit: bool = False) -> Response:
    """The form; who is logged in sees as whom."""
    meldingen = (Melding("U bent uitgelogd.", "info"),) if uit else ()
    return show_inloggen(request, werkplaats, naar, meldingen, bezoeker=bezoeker, einde=tell_end(werkplaats) if uit else None)


@router.post("/inloggen")
async def post_inloggen(request: Request, werkplaats: Plaats) -> Response:
    """Log in; back to the page that asked for it. 403 for what does not fit, 429 for who tries too much."""
    raise_unless_own_page(request)
    velden = await request.form()
    return await run_in_threadpool(_log_in, request, werkplaats, velden)


def _log_in(request: Request, werkplaats: Werkplaats, velden: FormData) -> Response:
    naam, wachtwoord, naar = (str(velden.get(veld, "")) for veld in ("inlognaam", "wachtwoord", "naar"))
    pogingen: Pogingen = request.app.state.inlogpogingen
    herkomst, nu = read_herkomst(request), time.monotonic()
    wachten = pogingen.wait_seconds(herkomst.bron, naam, nu)
    if wachten:
        return _refuse_wait(request, werkplaats, naar, wachten)
    uitkomst = log_in(werkplaats, naam, wachtwoord, herkomst)
    if isinstance(uitkomst, MoetWachten):
        over = (uitkomst.tot - werkplaats.instellingen.nu()).total_seconds()
        return _refuse_wait(request, werkplaats, naar, max(1, round(over)))
    if isinstance(uitkomst, Inlogfout):
        pogingen.note_wrong(herkomst.bron, nu)
        note_reason(request.state, f"inloggen_{uitkomst.value}")
        return show_inloggen(request, werkplaats, naar, (Melding(MELDINGEN[uitkomst], "error"),), 403)
    pogingen.note_right(herkomst.bron, naam)
    antwoord = RedirectResponse(naar if is_own(naar) else START, 303)
    set_koekje(antwoord, uitkomst)
    return antwoord


def _refuse_wait(request: Request, werkplaats: Werkplaats, naar: str, seconden: int) -> Response:
    note_reason(request.state, "te_veel_inlogpogingen")
    antwoord = show_inloggen(request, werkplaats, naar, (Melding(tell_wait(seconden), "error"),), 429)
    antwoord.headers["Retry-After"] = str(seconden)
    return antwoord


def tell_wait(seconden: int) -> str:
    """What is told to who gave a wrong password too often, for so long."""
    return fill(_WACHT, {"wachten": telling(-(-seconden // 60), "minuut", "minuten")})


@router.post("/uitloggen")
def post_uitloggen(request: Request, werkplaats: Plaats, bezoeker: Ingelogd, formulier: Formulier) -> Response:
    """The session is over, here and wherever its cookie was kept."""
    log_out(werkplaats, read_koekje(request), bezoeker.sessie, bezoeker.houder.herkomst)
    antwoord = RedirectResponse(f"{INLOGGEN}?{UITGELOGD}=1", 303)
    antwoord.headers["Clear-Site-Data"] = '"cache", "storage"'
    drop_koekje(antwoord)
    return antwoord


@router.post("/rol")
def post_rol(request: Request, werkplaats: Plaats, bezoeker: Ingelogd, formulier: Formulier) -> Response:
    """Go on in another role: field `rol` holds gemeente and number of one that this person has, as `list_rollen` tells."""
    gemeente, _, nummer = str(formulier.get("rol", "")).partition(".")
    rol = int(nummer) if nummer.isascii() and nummer.isdigit() else 0
    tekst = choose_rol(werkplaats, read_koekje(request), bezoeker.sessie, gemeente, rol, bezoeker.houder.herkomst)
    antwoord = RedirectResponse(START, 303)
    if tekst is not None:
        set_koekje(antwoord, tekst)
    return antwoord


def is_own(naar: str) -> bool:
    """Whether this is the address of a page here, to which a browser may be sent after log-in."""
    return (naar == PORTAAL or naar.startswith((f"{PORTAAL}/", f"{PORTAAL}?"))) and naar.isascii() and naar.isprintable()


def show_inloggen(
    request: Request,
    werkplaats: Werkplaats,
    naar: str,
    meldingen: tuple[Melding, ...],
    status: int = 200,
    bezoeker: Bezoeker | None = None,
    einde: str | None = None,
) -> Response:
    """The page: the ways in, or as whom one is in. `einde` is where one logs out at the organisation too."""
    rollen = list_rollen(werkplaats, bezoeker.sessie) if bezoeker else []
    keuzes = [(f"{rol.gemeente}.{rol.toekenning_id}", _tell(rol)) for rol in rollen]
    nu = f"{bezoeker.gemeente}.{bezoeker.sessie.toekenning_id}" if bezoeker else ""
    return render(
        request, "algemeen/inloggen.html", status, bezoeker, meldingen, titel="Uw rol" if bezoeker else "Inloggen", naar=naar,
        lokaal=werkplaats.instellingen.lokaal_inloggen, keuzes=keuzes, nu=nu,
        openid=f"{INLOGGEN}/openid?{urlencode({'naar': naar})}" if has_openid(werkplaats) else None, einde=einde,
    )  # fmt: skip


def _tell(rol: Roltoekenning) -> str:
    """`contractbeheer, Alphen aan den Rijn`; of an aanbieder with its AGB code."""
    van = f" {rol.agb}" if rol.agb else ""
    return f"{ROLNAMEN.get(rol.rol, rol.rol)}{van}, {name_of_gemeente(rol.gemeente)}"
