"""Towns beside a service in parts, ready to send: what tests begin with that deal one fault, and look closely."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from berichten.processen.basis.werkplaats import Werkplaats, open_werkplaats
from tests.storing.huis import Huis
from tests.storing.steden import as_posten, load_steden, make_steden
from tests.storing.zenders import Grootboek, Zender

_STEDEN = 12


@contextmanager
def towns_that_send(
    map_: Path, broker: str, per_seconde: float = 20.0
) -> Iterator[tuple[Huis, Werkplaats, Grootboek, list[Zender]]]:
    """A service in parts with this broker, and senders who have not begun."""
    schijf = map_ / "schijf"
    schijf.mkdir(parents=True)
    for pad in (map_, *map_.parents[:3]):
        # The server's own user has to pass through.
        pad.chmod(0o755)
    huis = Huis(map_, schijf, broker)
    huis.make()
    steden = make_steden(_STEDEN, 90, seed=4)
    with open_werkplaats(huis.settings(), werk_bij=True) as werkplaats:
        sleutels = load_steden(werkplaats, steden)
        boek = Grootboek()
        zenders = [
            Zender(as_posten(code, stad, sleutels), huis.poorten, boek, per_seconde / _STEDEN, nummer)
            for nummer, (code, stad) in enumerate(steden)
        ]
        huis.start()
        try:
            yield huis, werkplaats, boek, zenders
        finally:
            huis.stop()
