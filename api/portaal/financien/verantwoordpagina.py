"""What of a year's awarded care is shown, uncertain or wrong: by aanbieder and by norm, beside the limits that were set."""

from dataclasses import dataclass

from fastapi.responses import Response

from api.basis.bestanden import send_report
from api.basis.problemen import Probleem
from api.portaal.schil.bladzij import Bladzij, Controle
from api.portaal.schil.langwerk import Bezig
from api.portaal.schil.paginarouter import Paginarouter
from berichten.inzage.accountant.getrokken import GEEN_CONTROLE, list_open_years
from berichten.inzage.basis.kijker import Kijker
from berichten.inzage.naslag.namen import find_namen
from berichten.processen.rapportage.boeken import VERANTWOORD
from berichten.processen.rapportage.verantwoord import reckon_verantwoord
from berichten.rapporten.accountant.normen import Toetsnorm
from berichten.rapporten.accountant.verantwoord import Verantwoordstand, hold_against
from berichten.rapporten.boeken.boekvraag import Boekvraag, ask
from berichten.rapporten.uitvoer.vormen import VORMEN

router = Paginarouter()
_PAD = "/verantwoord"


@dataclass(frozen=True, slots=True)
class Grensstand:
    """A total beside its limit."""

    wat: str
    bedrag: int
    pct: str
    grens: str
    boven: bool


@router.get(_PAD)
def get_verantwoord(bladzij: Controle, jaar: str = "") -> Response:
    """Reckoned line by line when it is asked."""
    open_ = list_open_years(bladzij.kijker)
    if open_ is None:
        return bladzij.show("financien/verantwoord_dicht.html", titel="Verantwoord", uitleg=GEEN_CONTROLE)
    jaren = _years(bladzij, open_)
    vraag, gekozen = _ask(bladzij, jaar, jaren)
    gevonden = bladzij.work(f"verantwoord jaar={gekozen}", lambda: _reckon(bladzij.kijker, vraag))
    if isinstance(gevonden, Bezig):
        return bladzij.show("schil/langwerk.html", titel="Verantwoord", bezig=gevonden, kruimels=[])
    return bladzij.show(
        "financien/verantwoord.html",
        titel=f"Verantwoord over {gekozen}",
        jaar=gekozen,
        jaren=[(str(item), bladzij.adres.met(jaar=str(item))) for item in jaren[:4]],
        totaal=gevonden.totaal,
        sluit=gevonden.totaal.verantwoord == gevonden.journaal,
        instellingen=[item.zin for item in gevonden.instellingen],
        grenzen=_limits(gevonden),
        normen=[(norm.value, gevonden.totaal.fout_norm[norm], gevonden.totaal.onzeker_norm[norm]) for norm in Toetsnorm],
        aanbieders=[(sleutel[0], som) for sleutel, som in gevonden.groepen.items()],
        namen=find_namen(bladzij.kijker).aanbieders,
        bestanden=[(f"Download {vorm.upper()}", f"/portaal{_PAD}/bestand/{vorm}?jaar={gekozen}") for vorm in ("csv", "xlsx")],
    )


def _years(bladzij: Bladzij, open_: range) -> list[int]:
    """Years that can be chosen, from new to old: no later than this one, but for who controls a year that comes."""
    nu = bladzij.vandaag.year
    return [jaar for jaar in range(max(nu, open_[0]), nu - 21, -1) if jaar in open_] or [open_[-1]]


def _ask(bladzij: Bladzij, jaar: str, jaren: list[int]) -> tuple[Boekvraag, str]:
    gekozen = jaar if jaar in map(str, jaren) else str(jaren[0])
    return ask(bladzij.bezoeker.gemeente, bladzij.werkplaats.instellingen.nu(), periode=gekozen, groepeer="aanbieder"), gekozen


def _reckon(kijker: Kijker, vraag: Boekvraag) -> Verantwoordstand:
    with kijker.transaction() as (verbinding, vermelding):
        vermelding.shows_nobody()
        return reckon_verantwoord(verbinding, vraag)


def _limits(gevonden: Verantwoordstand) -> list[Grensstand]:
    totaal, grenzen = gevonden.totaal, gevonden.grenzen
    rijen = (
        ("Fouten", totaal.fout, totaal.fout_pct, grenzen.fout),
        ("Onzekerheden", totaal.onzeker, totaal.onzeker_pct, grenzen.onzeker),
    )
    return [
        Grensstand(
            wat, bedrag, "" if pct is None else f"{pct} %".replace(".", ","), f"{grens} %".replace(".", ","),
            hold_against(bedrag, totaal.verantwoord, grens) == "boven",
        )
        for wat, bedrag, pct, grens in rijen
    ]  # fmt: skip


@router.get(_PAD + "/bestand/{vorm}")
def get_verantwoordbestand(bladzij: Controle, vorm: str, jaar: str = "") -> Response:
    """The same as a file."""
    if vorm not in ("csv", "xlsx"):
        raise Probleem(404, "Dit bestand bestaat niet. Kies CSV of XLSX.")
    open_ = list_open_years(bladzij.kijker)
    if open_ is None:
        raise Probleem(404, GEEN_CONTROLE)
    vraag, _ = _ask(bladzij, jaar, _years(bladzij, open_))
    naam = VERANTWOORD.name_file(vraag)
    return send_report(
        bladzij.kijker, VORMEN[vorm], naam, lambda verbinding: VERANTWOORD.make(verbinding, bladzij.werkplaats, vraag)
    )
