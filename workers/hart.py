"""The heart of a process that works: says that it is there, and forgets others of its role that have not for long."""

import os
import socket
from datetime import timedelta
from uuid import uuid4

import structlog
from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from berichten.logboek import describe_failure
from berichten.opslag.basis.verbinding import Login
from berichten.opslag.wacht.hartslagen import Hartslag, beat, forget_older, say_goodbye
from berichten.opslag.wacht.serverklok import check_clock
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.bewaking.bekijk_werkers import VERGETEN

LOG = structlog.get_logger("hart")


class Hart:
    """Of one process in one role."""

    def __init__(self, werkplaats: Werkplaats, rol: str) -> None:
        self._werkplaats = werkplaats
        nu = werkplaats.instellingen.nu_buiten()
        self._wie = Hartslag(uuid4().hex, rol, f"{socket.gethostname()} {os.getpid()}", nu, nu)

    def beat(self, verbinding: Connection) -> None:
        """Say that we are there, with whatever else this transaction does. Raises KlokWijktAf."""
        check_clock(verbinding, self._werkplaats.instellingen.nu_buiten())
        nu = self._werkplaats.instellingen.nu_buiten()
        beat(verbinding, self._wie._replace(gezien_op=nu))
        forget_older(verbinding, self._wie.rol, nu - timedelta(seconds=VERGETEN))

    def leave(self) -> None:
        """Say that we stop as we were told to. Where the database is away we are missed, and then forgotten."""
        try:
            with self._werkplaats.opslag.transaction(Login.BOEKER) as verbinding:
                say_goodbye(verbinding, self._wie.proces)
        except SQLAlchemyError as fout:
            LOG.warning("afmelden_mislukt", **describe_failure(fout))
