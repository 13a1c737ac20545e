"""`make bench`: every benchmark, one after the other."""

import sys

from tests.bench import groot, vol

_ALLE = {"groot": groot.main, "vol": vol.main}

for naam in sys.argv[1:] or _ALLE:
    print(f"== {naam}")
    _ALLE[naam]()
