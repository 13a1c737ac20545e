"""Of which periods counts of who came and left may be shown: those of one rhythm a year, whatever report shows them."""

from collections.abc import Iterable

from berichten.opslag.financien.monitor import SCHEIDING, load_publicaties, lock_publicaties, save_publicaties
from berichten.opslag.kwartaal.kwartaalrapporten import list_rapporten
from berichten.processen.monitor.publiceer import Lezer
from berichten.rapporten.afscherming.overlap import Teken
from berichten.rapporten.sturen.kwartaalperiode import Kwartaal, read_kwartaal

_SOORT = "stroom"
_CEL = SCHEIDING.join((_SOORT, "in_en_uit"))


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
