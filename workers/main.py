"""Workers in a process of their own: `dramatiq workers.main:broker`, beside a service that has the same broker set.

Run it under a supervisor that restarts it: when one of its processes dies, Dramatiq stops them all.
"""

import atexit
from contextlib import ExitStack

from berichten.instellingen import Instellingen
from berichten.logboek import configure_logging
from berichten.processen.basis.werkplaats import open_werkplaats
from workers.bel import Bel

configure_logging()
_open = ExitStack()
atexit.register(_open.close)
broker = Bel(_open.enter_context(open_werkplaats(Instellingen()))).broker
