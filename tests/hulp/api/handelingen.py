"""Operations and forms that change something, taken from the description and the routes: a new one is among them."""

from tests.hulp.api.paginas import list_addresses
from tests.hulp.api.wandeling import BEWERKINGEN, LEZEND

NIETS_GEDAAN = {
    "post /proefberichten": "tries, and keeps nothing",
    "post /inzagelog/zoekopdrachten": "asks, and is a look",
    "post /portaal/referentie": "tries, and keeps nothing",
    "post /portaal/werkvoorraad/bevestigen": "shows what would be done",
    "post /portaal/blokkades/controle": "shows what would be done",
    "post /portaal/zoeken": "asks, and is a look",
    "post /portaal/regels/{regel}/proef": "tries, and keeps nothing",
    "post /portaal/verantwoording": "tries, and keeps nothing",
    "post /portaal/inzage/client": "asks, and is a look",
    "post /portaal/weergaven": "a list as one likes it, kept for oneself, in which nobody is named",
    "post /portaal/weergaven/weg": "a list as one likes it, kept for oneself, in which nobody is named",
    "post /portaal/voorkeuren": "stays in the browser",
    "post /portaal/voorkeuren/e-mail": "where notices to oneself go, which name nobody",
    "post /portaal/inloggen/beeindigd": "a provider ends sessions, each is logged (tests/api/portaal/test_openid_sessies.py)",
    **{f"post {pad}": "asks, and is a look" for pad in LEZEND},
}
"""What changes nothing, though it is sent."""
TE_DOEN = {f"{methode} {pad}" for methode, pad in BEWERKINGEN if methode != "get"} | {
    f"post {adres.pad}" for adres in list_addresses() if adres.pad.startswith("/portaal") and "POST" in adres.methoden
}
