"""`make bench`: every benchmark, one after the other; `make bench ARGS="archief 10000"`: one, where it can with so many lines."""

import sys

from tests.bench import (
    archief,
    financien,
    groot,
    inzagelog,
    klein,
    landelijk,
    lezen,
    maand,
    muren,
    paginas,
    stroom,
    verplichtingen,
    vol,
    werkvoorraad,
)

_ALLE = {
    "groot": groot.main,
    "vol": vol.main,
    "archief": archief.main,
    "werkvoorraad": werkvoorraad.main,
    "lezen": lezen.main,
    "paginas": paginas.main,
    "financien": financien.main,
    "verplichtingen": verplichtingen.main,
    "regio": verplichtingen.main_regio,
    "kwartaal": verplichtingen.main_kwartaal,
    "inzagelog": inzagelog.main,
    "muren": muren.main,
    "klein": klein.main,
    "maand": maand.main,
    "landelijk": landelijk.main,
    "stroom": stroom.main,
    "acht": stroom.main_acht,
}

getallen = [int(woord) for woord in sys.argv[1:] if woord.isdigit()]
for naam in [woord for woord in sys.argv[1:] if not woord.isdigit()] or _ALLE:
    print(f"== {naam}")
    if naam in ("archief", "verplichtingen", "regio", "kwartaal", "stroom", "vol", "landelijk"):
        _ALLE[naam](*getallen)
    else:
        _ALLE[naam]()
