"""Mail who wants to know that something is ready: that it is, where, and nothing else.

One mail for all that waits, and not the next within the hours that are set. A mail may go twice when the service is killed between
sending it and writing that down; it is never forgotten.
"""

import smtplib
import ssl
import time
from datetime import timedelta
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid
from urllib.parse import urlsplit

import structlog

from berichten.instellingen import Instellingen
from berichten.opslag.seintjes.seintjes import mark_mailed, mark_unmailed, remove_seintjes, take_due
from berichten.opslag.seintjes.seintjesadressen import Seintjesadres
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.seintjes.meld_seintje import at_moment

LOG = structlog.get_logger("seintjes")
_GEDULD = 10.0
"""Seconds within which the mail server answers."""
_VAN_ONS = timedelta(minutes=5)
"""For how long somebody is ours while we mail them."""
_BEWAARD = timedelta(days=7)
"""What could not be mailed for so long is left."""
_PER_RONDE = 50
_LANGSTE_PAUZE = 60
"""Minutes between two tries for one person: 1, 2, 4 … up to this."""
_NA_STORING = 60.0
"""Seconds for which a mail server that does not answer is left alone."""
_ONDERWERP = "Er staat iets voor u klaar"
_TEKST = """Er staat iets voor u klaar in het portaal.

Log in om het te bekijken:
{adres}/portaal/

U krijgt deze e-mail omdat u dat bij Voorkeuren hebt gekozen. Daar zet u hem ook uit.
"""


class Postbode:
    """Sends what waits each time it is asked; leaves a mail server that does not answer alone for a while."""

    def __init__(self, werkplaats: Werkplaats) -> None:
        self._werkplaats = werkplaats
        self._niet_voor = 0.0

    def deliver(self) -> int:
        """Mail everybody for whom something waits, one connection for all; returns how many."""
        if not self._werkplaats.instellingen.smtp_host or time.monotonic() < self._niet_voor:
            return 0
        aantal = 0
        wie = self._take()
        if wie is None:
            return 0
        try:
            with connect(self._werkplaats.instellingen) as server:
                while wie is not None:
                    aantal += self._mail(server, wie)
                    wie = self._take() if aantal < _PER_RONDE else None
        except (OSError, smtplib.SMTPException) as fout:
            self._niet_voor = time.monotonic() + _NA_STORING
            if wie is not None:
                self._fail(wie, fout)
        if aantal:
            LOG.info("seintjes_verstuurd", aantal=aantal)
        return aantal

    def _take(self) -> Seintjesadres | None:
        instellingen = self._werkplaats.instellingen
        wanneer = at_moment(instellingen)
        with self._werkplaats.opslag.transaction() as verbinding:
            remove_seintjes(verbinding, wanneer.nu - _BEWAARD)
            rust = wanneer.nu - timedelta(hours=instellingen.seintje_uren)
            return take_due(verbinding, wanneer, rust, wanneer.nu + _VAN_ONS)

    def _mail(self, server: smtplib.SMTP, wie: Seintjesadres) -> bool:
        """Whether it went; an address that is refused is that person's trouble, and no other's."""
        nu = self._werkplaats.instellingen.nu()
        try:
            server.send_message(compose(self._werkplaats.instellingen, wie.adres))
        except (smtplib.SMTPRecipientsRefused, smtplib.SMTPDataError, smtplib.SMTPSenderRefused) as fout:
            self._fail(wie, fout)
            return False
        with self._werkplaats.opslag.transaction() as verbinding:
            mark_mailed(verbinding, wie, nu)
        return True

    def _fail(self, wie: Seintjesadres, fout: Exception) -> None:
        """Told by its type: what a mail server says may hold an address."""
        minuten = min(_LANGSTE_PAUZE, 1 << min(wie.pogingen, 10))
        volgende = self._werkplaats.instellingen.nu() + timedelta(minutes=minuten)
        with self._werkplaats.opslag.transaction() as verbinding:
            mark_unmailed(verbinding, wie, volgende, type(fout).__name__)
        LOG.warning("seintje_mislukt", gemeente=wie.gemeente, soort=type(fout).__name__, pogingen=wie.pogingen + 1)


def connect(instellingen: Instellingen) -> smtplib.SMTP:
    """A session with the mail server, encrypted as was set and logged in if that was set. Raises OSError and SMTPException."""
    host, poort, soort = instellingen.smtp_host, instellingen.smtp_port, instellingen.smtp_tls
    wij = urlsplit(instellingen.portaal_adres).hostname
    server = (
        smtplib.SMTP_SSL(host, poort, wij, timeout=_GEDULD, context=ssl.create_default_context())
        if soort == "tls"
        else smtplib.SMTP(host, poort, wij, timeout=_GEDULD)
    )
    try:
        if soort == "starttls":
            server.starttls(context=ssl.create_default_context())
        if instellingen.smtp_gebruiker:
            server.login(instellingen.smtp_gebruiker, instellingen.smtp_wachtwoord)
    except BaseException:
        server.close()
        raise
    return server


def compose(instellingen: Instellingen, adres: str) -> EmailMessage:
    """The same for everybody."""
    bericht = EmailMessage()
    bericht["From"] = instellingen.smtp_afzender
    bericht["To"] = adres
    bericht["Subject"] = _ONDERWERP
    bericht["Date"] = format_datetime(instellingen.nu_buiten())
    bericht["Message-ID"] = make_msgid(domain=urlsplit(instellingen.portaal_adres).hostname)
    bericht["Auto-Submitted"] = "auto-generated"
    bericht.set_content(_TEKST.format(adres=instellingen.portaal_adres))
    return bericht
