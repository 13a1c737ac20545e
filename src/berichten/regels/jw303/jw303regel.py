"""What the rules on a JW303 (iJw 3.0) share. Many are the rules of a JW323 under their own number, text or retourcode."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from berichten.kern.kalender import add_maanden, begin_of_maand, einde_of_maand
from berichten.kern.regel import Regel, Toets, regel
from berichten.regels.inhoud.inhoudsregel import Inhoud, look_through
from berichten.standaard.waarden.jw303 import Jw303bericht, Jw303Declaratie
from berichten.standaard.waarden.onderdelen import Periode

JW303 = ("JW303",)
BEDRAGEN = "IngediendeBedragPrestatie"
"""Group of elements in a Prestatie that holds volume, unit, tariff and amounts."""
EERSTE_DAG_JW323 = date(2021, 1, 1)
"""Care from this day on goes by JW323 (CS103)."""
WEEK, TIJDSONAFHANKELIJK = "21", "81"
"""Units that iJw 3.2 no longer has."""


def jw303regel(regel_id: str, *, klasse: str, titel: str, melding: str, doen: str, element: str = "") -> Callable[[Toets], Regel]:
    """A rule of level 2 on a JW303: it rejects the whole message with 0001."""
    return regel(
        regel_id, retourcode="0001", niveau=2, klasse=klasse, element=element, berichten=JW303, gevolg="afkeuren",
        titel=titel, melding=melding, doen=doen, bron=f"iJw 3.0, {regel_id}",
    )  # fmt: skip


def carry_over(van: Regel, **anders: Any) -> Regel:
    """The rule of a JW323 as iJw 3.0 has it for a JW303: the same test, with what is different in number, code or text."""
    regel_id = anders.get("id", van.id)
    # From when it held for a JW323 says nothing of a JW303.
    return replace(van, **{"berichten": JW303, "bron": f"iJw 3.0, {regel_id}", "vanaf": None, "eerdere_codes": (), **anders})


def is_maand(begin: date, einde: date) -> bool:
    """Whether a period is one whole calendar month, so that the agreed declaration periods seem to be months."""
    return begin == begin_of_maand(begin) and einde == einde_of_maand(begin)


def follows_in_step(vorige: Periode, deze: Periode) -> bool:
    """Whether a later period begins the day after the last one, or a whole number of periods after that day (TR318).

    A period is as long as the last one: months when that went from a day to the day before it in a later month, else days, so that
    weeks count too. February may be either. After a part of a month at its end, with which care began, whole months follow.
    """
    eerste, begin = vorige.einddatum + timedelta(days=1), deze.begindatum
    maanden, dagen = _whole_maanden(vorige), (vorige.einddatum - vorige.begindatum).days + 1
    verder = (begin.year - eerste.year) * 12 + begin.month - eerste.month
    if not maanden and vorige.einddatum == einde_of_maand(vorige.begindatum) and _whole_maanden(deze):
        maanden = 1
    if maanden and verder % maanden == 0 and add_maanden(eerste, verder) == begin:
        return True
    return (not maanden or dagen % 7 == 0) and (begin - eerste).days % dagen == 0


def _whole_maanden(periode: Periode) -> int:
    """How many whole months a period lasts, from any day of the month; 0 when it is no whole number."""
    daarna = periode.einddatum + timedelta(days=1)
    maanden = (daarna.year - periode.begindatum.year) * 12 + daarna.month - periode.begindatum.month
    return maanden if maanden > 0 and add_maanden(periode.begindatum, maanden) == daarna else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Jw303Inhoud(Inhoud):
    """A JW303 as its classes see it."""

    declaratie: Jw303Declaratie


def read_jw303_inhoud(bericht: Jw303bericht) -> Jw303Inhoud:
    """Look through a message once for all that its rules of level 2 will ask."""
    declaratie = bericht.declaratie
    sleutel = "bsn", "categorie", "code", "referentienummer", "vorig_referentienummer"
    return Jw303Inhoud(declaratie.dagtekening, declaratie.dagtekening, **look_through(declaratie, *sleutel), declaratie=declaratie)
