"""Towns that send: their messages, reference files and keys."""

from collections.abc import Sequence
from datetime import date

from berichten.opslag.basis.verbinding import Login
from berichten.opslag.toegang.sleutels import make_sleutel
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.referentie.laad_referentie import SOORTEN, load_referentie
from berichten.standaard.waarden.gemeenten import gemeenten, is_gemeentecode
from berichten.voorbeelden.model.model import GEMEENTE
from berichten.voorbeelden.stad.stad import Stad, maak_stad
from tests.conftest import VANDAAG
from tests.hulp.land import join_references, move
from tests.storing.zenders import Post


def make_steden(aantal: int, clienten: int, seed: int) -> list[tuple[str, Stad]]:
    """Towns by their code, with so many clients each."""
    codes = [code for code in sorted(gemeenten()) if is_gemeentecode(code, VANDAAG)][:aantal]
    return [
        (code, maak_stad(clienten=clienten, maanden=4, seed=100 * seed + nummer, tot=date(2026, 5, 1)))
        for nummer, code in enumerate(codes)
    ]


def load_steden(werkplaats: Werkplaats, steden: Sequence[tuple[str, Stad]]) -> dict[tuple[str, str], str]:
    """Their reference files, and a key for each sender: by gemeente, and its AGB code or that of the gemeente."""
    for soort, tekst in join_references(steden).items():
        if soort in SOORTEN:
            assert not load_referentie(werkplaats, soort, tekst.encode()).fouten
    nu = werkplaats.instellingen.nu()
    sleutels = {}
    with werkplaats.opslag.transaction(Login.PORTIER) as verbinding:
        for code, stad in steden:
            sleutels[code, code] = make_sleutel(verbinding, code, "gemeente", None, nu)
            for item in stad.aanbieders:
                sleutels[code, item.agb] = make_sleutel(verbinding, code, "aanbieder", item.agb, nu)
    return sleutels


def as_posten(code: str, stad: Stad, sleutels: dict[tuple[str, str], str]) -> list[Post]:
    """The messages of a town, each with the key of who sends it."""
    posten = []
    for item in stad.berichten:
        afzender = code if item.afzender == GEMEENTE else item.afzender
        posten.append(Post(f"{code}/{item.bestandsnaam}", sleutels[code, afzender], move(item.soort, item.inhoud, code).inhoud))
    return posten
