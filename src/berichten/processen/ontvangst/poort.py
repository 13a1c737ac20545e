"""What this installation lets in, over and above what the standard allows: settings of who runs it, looked at for every message."""

import re

from berichten.fouten import Invoerfout
from berichten.instellingen import Instellingen
from berichten.kern.houder import Sleutelhouder
from berichten.standaard.deur.toelating import Weigering
from berichten.standaard.lezen.retour import Inzending
from berichten.standaard.waarden.soorten import HUIDIG, Berichtsoort

_VERZONNEN = "9999"
"""How numbers begin that were never given to anyone."""
_BSN = re.compile(rb"<(?:[^\s<>/:]+:)?Bsn(?:\s[^<>]*)?>\s*(?:<!\[CDATA\[)?\s*([0-9]{9})\s*(?:\]\]>)?\s*<")


def check_entry(
    instellingen: Instellingen, inhoud: bytes, toegelaten: Inzending | Weigering, houder: Sleutelhouder | None
) -> Inzending | Weigering:
    """What was let in or refused at level 1, or the refusal of this installation. `houder` is None for an operator."""
    if instellingen.proefomgeving:
        fout = find_real_bsn(inhoud)
        if fout is not None:
            return Weigering(toegelaten.soort, (fout,), 1, bewaren=False)
    if toegelaten.soort and toegelaten.soort.van_toen and houder is not None and not instellingen.oude_releases:
        return Weigering(toegelaten.soort, (_is_of_then(toegelaten.soort),), 1)
    return toegelaten


def find_real_bsn(inhoud: bytes) -> Invoerfout | None:
    """The first Bsn of a message that may be somebody's, whether the message is valid or not. It is not named."""
    for gevonden in _BSN.finditer(inhoud):
        if not gevonden[1].startswith(_VERZONNEN.encode()):
            return _is_real("Bsn", inhoud.count(b"\n", 0, gevonden.start()) + 1)
    return None


def _is_real(pad: str, regelnummer: int) -> Invoerfout:
    return Invoerfout(
        pad,
        "PROEFOMGEVING",
        f"Op regel {regelnummer} staat een Bsn dat van iemand kan zijn. Dit is een proefomgeving: gebruik alleen verzonnen nummers,"
        f" die met {_VERZONNEN} beginnen. Van dit bestand is niets bewaard.",
        regelnummer,
    )


def _is_of_then(soort: Berichtsoort) -> Invoerfout:
    return Invoerfout(
        "Bericht",
        "XSD",
        f"Dit is een {soort.naam} van iJw-release {soort.release}. Langs deze weg neemt de dienst release {HUIDIG} aan: vraag uw"
        f" softwareleverancier om berichten van release {HUIDIG}. Is dit een bericht uit een archief van vóór april 2023, laat de"
        " gemeente het dan verwerken met de opdracht 'berichten verwerk'.",
        1,
    )
