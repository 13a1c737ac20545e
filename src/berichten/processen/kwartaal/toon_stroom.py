"""Of which periods counts of who came and left may be shown: those of one rhythm a year, whatever report shows them."""

from collections.abc import Iterable
from dataclasses import dataclass

from berichten.opslag.financien.monitor import SCHEIDING, load_publicaties, lock_publicaties, save_publicaties
from berichten.opslag.kwartaal.kwartaalrapporten import list_rapporten
from berichten.processen.kwartaal.lees_kwartaal import Kwartaalbron, Kwartaalvraag
from berichten.processen.monitor.publiceer import Lezer, publish_steps
from berichten.rapporten.afscherming.overlap import Teken
from berichten.rapporten.sturen.kwartaalperiode import Kwartaal, read_kwartaal

_SOORT = "stroom"
_CEL = SCHEIDING.join((_SOORT, "in_en_uit"))


@dataclass(frozen=True, slots=True)
class Stroombesluit:
    """Of which periods who came and left may be shown, and which of those counts may not beside another day."""

    perioden: set[str]
    bedekt: set[tuple[str, str]]
    """Row and column: `deze`, `toen` or `nu`."""


def decide_stroom(lezer: Lezer, vraag: Kwartaalvraag, bron: Kwartaalbron) -> Stroombesluit:
    """For the report of a quarter, which has last year beside it."""
    perioden = claim_stroom(lezer, vraag.gemeente, (vraag.periode, vraag.vorig))
    nu, toen = bron.stroom, bron.stroom_toen
    tellingen = (
        ("deze", vraag.periode, vraag.moment, nu.instroom, nu.uitstroom),
        ("toen", vraag.vorig, vraag.moment_toen, toen.instroom_vorig, toen.uitstroom_vorig),
        ("nu", vraag.vorig, vraag.moment, nu.instroom_vorig, nu.uitstroom_vorig),
    )
    bedekt: set[tuple[str, str]] = set()
    for kolom, periode, moment, instroom, uitstroom in tellingen:
        if periode.naam in perioden:
            namen = {SCHEIDING.join((_SOORT, naam)): naam for naam in ("instroom", "uitstroom")}
            aantallen = dict(zip(namen, (instroom, uitstroom), strict=True))
            bedekt |= {(namen[cel], kolom) for cel in publish_steps(lezer, periode.bereik(vraag.gemeente), moment, aantallen)}
    return Stroombesluit(perioden, bedekt)


def claim_stroom(lezer: Lezer, gemeente: str, perioden: Iterable[Kwartaal]) -> set[str]:
    """Names of the periods of which these counts may be shown; from now on no other rhythm of their year is.

    Counts that add up tell of few when quarters and four months lie side by side. Both the report of a year and that of the next,
    which has the year before beside it, count: what was shown first decides, and is remembered.
    """
    mag = set()
    with lezer.werkplaats.opslag.transaction() as verbinding:
        lock_publicaties(verbinding, [gemeente])
        getoond = {(item.van, item.tot) for item in load_publicaties(verbinding, [gemeente], _SOORT)}
        for kop in list_rapporten(verbinding, gemeente):
            eerder = read_kwartaal(kop.periode)
            getoond |= {(item.van, item.tot) for item in (eerder, eerder.shift(-1))}
        for periode in perioden:
            if all((van, tot) == (periode.van, periode.tot) or tot < periode.van or periode.tot < van for van, tot in getoond):
                mag.add(periode.naam)
                wat = [(_CEL, Teken.VERBORGEN, None)]
                save_publicaties(verbinding, (gemeente,), periode.van, periode.tot, wat, lezer.werkplaats.instellingen.nu())
    return mag
