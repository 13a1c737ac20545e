"""Watch the books: every night each gemeente is checked, a seal is set over the days that are over, and signals are found."""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from threading import Event, Thread
from typing import NamedTuple

import structlog
from sqlalchemy import Connection

from berichten.klok import NEDERLAND, dutch_day, dutch_time
from berichten.logboek import describe_failure
from berichten.opslag.basis.verbinding import Login
from berichten.opslag.financien.nachtcontroles import find_nachtcontrole, keep_nachtcontrole, list_gemeenten, take_turn
from berichten.opslag.financien.zegels import last_seal, seal_days
from berichten.opslag.toegang.logzegels import seal_log_days
from berichten.opslag.wacht.serverklok import KlokWijktAf, check_clock
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.bewaking.controleer_boeken import verify_books
from berichten.processen.bewaking.tel_gebruik import count_use
from berichten.processen.signalen.werk_bij import refresh_signalen
from berichten.processen.signalen.werk_casus_bij import refresh_casussignalen
from berichten.rapporten.boeken.aansluiting import HERSTEL

LOG = structlog.get_logger("boeken")
_NACHT = time(2)
"""From this hour, Dutch time, the books are checked."""
_RUST = timedelta(hours=2)
"""So long after its end a day is sealed: whatever was booked on it is committed by then."""
_OPNIEUW = 60.0
"""Seconds after which a check that failed is tried again."""
_IN_LOG = 100
"""Differences of a gemeente that are named in the log; the report names all of them."""


class Nacht(NamedTuple):
    """What became of a round past the gemeenten."""

    verschillen: int
    volledig: bool
    """Whether each was checked, by us or before. Not when one failed, or another process is at it: that may not come to the end."""


def run_nightly(werkplaats: Werkplaats, stop: Callable[[], bool] = lambda: False, sinds: datetime | None = None) -> int:
    """Check every gemeente, seal the days that are over, keep and tell what was found; returns the number of differences.

    Nothing is done when another process is at it, nor for a gemeente that was checked at or after `sinds`, by whichever process.
    `stop` is asked between two gemeenten. Raises KlokWijktAf where our clock is wrong: a day that is not over must not be sealed.
    """
    return check_all(werkplaats, stop, sinds).verschillen


def check_all(werkplaats: Werkplaats, stop: Callable[[], bool], sinds: datetime | None) -> Nacht:
    """The same, with whether all were checked. Of one that could not be, the others are checked all the same."""
    with werkplaats.opslag.transaction(Login.BOEKER) as verbinding:
        check_clock(verbinding, werkplaats.instellingen.nu_buiten())
        gemeenten = list_gemeenten(verbinding)
    totaal, volledig = 0, True
    for gemeente in gemeenten:
        if stop():
            break
        _count_use(werkplaats, gemeente, stop, sinds)
        try:
            verschillen = _check_gemeente(werkplaats, gemeente, sinds)
        except KlokWijktAf:
            raise
        except Exception as fout:
            LOG.error("gemeente_niet_gecontroleerd", gemeente=gemeente, **describe_failure(fout))
            if not werkplaats.is_ready():
                raise
            volledig = False
            continue
        if verschillen is None:
            return Nacht(totaal, volledig=False)
        totaal += verschillen
    return Nacht(totaal, volledig)


def _count_use(werkplaats: Werkplaats, gemeente: str, stop: Callable[[], bool], sinds: datetime | None) -> None:
    """Before the check, which proves it too. The books are checked all the same where it fails: sums that lag only cost time."""
    try:
        with werkplaats.opslag.transaction(Login.BOEKER) as verbinding:
            gedaan = sinds is not None and _is_checked(verbinding, gemeente, sinds)
        if not gedaan:
            count_use(werkplaats, gemeente, stop=stop)
    except Exception as fout:
        LOG.error("gebruik_niet_opgeteld", gemeente=gemeente, **describe_failure(fout))


def _is_checked(verbinding: Connection, gemeente: str, sinds: datetime) -> bool:
    laatste = find_nachtcontrole(verbinding, gemeente)
    return laatste is not None and laatste.gedraaid_op >= sinds


def _check_gemeente(werkplaats: Werkplaats, gemeente: str, sinds: datetime | None) -> int | None:
    """Check before sealing: what was found wrong is told before it is sealed as it stands. None when another process is at it.

    The lock is held by the transaction that does the work: one that only held it would wait behind a pooler for a second connection
    while it keeps the first, and where everybody does so nobody gets on.
    """
    nu = werkplaats.instellingen.nu()
    with werkplaats.opslag.transaction(Login.BOEKER) as verbinding:
        if not take_turn(verbinding):
            return None
        check_clock(verbinding, werkplaats.instellingen.nu_buiten())
        if sinds is not None and _is_checked(verbinding, gemeente, sinds):
            return 0
        uitslag, verschillen = verify_books(verbinding, werkplaats, gemeente)
        for nummer, verschil in enumerate(verschillen):
            if nummer < _IN_LOG:
                LOG.error(
                    "boeken_sluiten_niet", gemeente=gemeente, controle=verschil.controle, plaats=verschil.plaats, wat=verschil.wat,
                    **({"herstel": HERSTEL[verschil.controle]} if verschil.controle in HERSTEL else {}),
                )  # fmt: skip
        for seal in (seal_days, seal_log_days):
            seal(verbinding, gemeente, dutch_day(nu - _RUST), werkplaats.instellingen.sleutel, nu)
        zegel = last_seal(verbinding, gemeente)
        keep_nachtcontrole(verbinding, gemeente, uitslag.per_controle, nu)
    LOG.info(
        "boeken_gecontroleerd", gemeente=gemeente, verschillen=uitslag.verschillen, boekingen=uitslag.omvang.boekingen,
        zegel=None if zegel is None else f"{zegel[0]} {zegel[1].hex()}",
    )  # fmt: skip
    _find_signals(werkplaats, gemeente)
    return uitslag.verschillen


def _find_signals(werkplaats: Werkplaats, gemeente: str) -> None:
    """Signals, once the books are proved; that they could not be reckoned is no difference in the books."""
    try:
        bijgewerkt = refresh_signalen(werkplaats, gemeente, login=Login.BOEKER)
        casus = refresh_casussignalen(werkplaats, gemeente, login=Login.BOEKER)
    except Exception as fout:
        LOG.error("signalen_mislukt", gemeente=gemeente, **describe_failure(fout))
        return
    LOG.info("signalen_bijgewerkt", gemeente=gemeente, nieuw=bijgewerkt.nieuw, gebleven=bijgewerkt.gebleven, stil=bijgewerkt.stil)
    LOG.info("casussignalen_bijgewerkt", gemeente=gemeente, nieuw=casus.nieuw, gebleven=casus.gebleven, stil=casus.stil)


class Boekenwacht:
    """Starts the nightly check when it is due, in a thread of its own: it may take minutes."""

    def __init__(self, werkplaats: Werkplaats) -> None:
        self._werkplaats = werkplaats
        self._gedaan: datetime | None = None
        self._stop = Event()
        self._thread: Thread | None = None

    def watch(self) -> bool:
        """Start a check unless every gemeente had one since the last two o'clock at night; returns whether one was started."""
        if self._thread is not None and self._thread.is_alive():
            return False
        nacht = _last_night(self._werkplaats.instellingen.nu())
        if self._gedaan is None or self._gedaan < nacht:
            self._gedaan = self._last_run()
        if self._gedaan is not None and self._gedaan >= nacht:
            return False
        self._gedaan = self._werkplaats.instellingen.nu()
        self._thread = Thread(target=self._run, args=(nacht,), name="boekenwacht", daemon=True)
        self._thread.start()
        return True

    def stop(self) -> None:
        """Let a check that runs end after the gemeente that it is at, and wait for it."""
        self._stop.set()
        if self._thread is not None:
            self._thread.join()

    def _last_run(self) -> datetime | None:
        """When the gemeente that waits longest was checked, by whichever process; None when one never was."""
        with self._werkplaats.opslag.transaction(Login.BOEKER) as verbinding:
            laatste = [find_nachtcontrole(verbinding, gemeente) for gemeente in list_gemeenten(verbinding)]
        gedraaid = [item.gedraaid_op for item in laatste if item is not None]
        return min(gedraaid, default=None) if len(gedraaid) == len(laatste) else None

    def _run(self, nacht: datetime) -> None:
        try:
            volledig = check_all(self._werkplaats, self._stop.is_set, nacht).volledig
        except Exception as fout:
            LOG.error("boekencontrole_mislukt", **describe_failure(fout))
            volledig = False
        if not volledig:
            # The database may be away for a while, or who is at it does not come to the end: this night has not been checked.
            self._stop.wait(_OPNIEUW)
            self._gedaan = None


def _last_night(nu: datetime) -> datetime:
    """The last time that it was two o'clock at night in the Netherlands."""
    hier = dutch_time(nu)
    nacht = datetime.combine(dutch_day(nu), _NACHT, NEDERLAND)
    return nacht if nacht <= hier else nacht - timedelta(days=1)
