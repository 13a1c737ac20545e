"""The logins of one database, and their passwords, which all follow from one secret.

The migrations make the roles and say what each may do; here they become logins. Whoever has the secret reckons the passwords, so
that processes on several machines need to share no more than that. It stands in a file (`BERICHTEN_DATABASE_GEHEIM`), else it is
the owner's password in the URL, else it stands in a file in `var`, made when it is not there.
"""

import hashlib
import hmac
import secrets
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, make_url
from sqlalchemy.exc import OperationalError

from berichten.fouten import Bedieningsfout
from berichten.opslag.basis.delen import SLOT
from berichten.opslag.basis.geheim import make_once
from berichten.opslag.basis.verbinding import Logins, Opslag
from berichten.opslag.basis.vraag import Opdracht, Vraag
from berichten.opslag.lijn.adres import with_driver
from berichten.opslag.server.migraties import check_fits, close_to_others, is_empty, quoted, role_names, upgrade

_SOORTEN = ("schrijver", "boeker", "portier", "staf", "aanbieder", "poort")
_KOPIE = "kopie"
"""The login of backups: an administrator may have made it, and then looks after it."""
_BESTAND = "database.geheim"
_KORTST = 32
"""Bytes of a secret in a file."""


def open_logins(url: str, geheimbestand: Path | None, var: Path, *, werk_bij: bool = True) -> Logins:
    """The logins of the database at `url`. With that of its owner the logins get their passwords.

    With `werk_bij` the owner brings the schema to the newest; without, only an empty database gets one. With the URL of who books
    (`…_boeker`) nothing is changed, and the owner's password need not be on this machine at all. Raises Bedieningsfout when the
    secret is not good, or this version cannot work with the schema.
    """
    doel = make_url(with_driver(url))
    if (doel.username or "").endswith("_boeker"):
        return _as_served(doel, geheimbestand)
    geheim = _find_secret(doel, geheimbestand, var)
    eigenaar = Opslag(url, 1)
    try:
        if werk_bij or is_empty(eigenaar):
            upgrade(eigenaar)
        else:
            check_fits(eigenaar)
        close_to_others(eigenaar)
        with eigenaar.transaction() as verbinding:
            urls = _reckon(doel, role_names(verbinding), geheim)
            kunnen_in = _KUNNEN_IN.read(verbinding, {"namen": [make_url(url).username for url in urls.values()]})
        logins = _as_logins(urls)
        if not (kunnen_in and _work(logins)):
            with eigenaar.transaction() as verbinding:
                _give_passwords(verbinding, urls)
        with eigenaar.transaction() as verbinding:
            _limit(verbinding, urls)
        return logins
    finally:
        eigenaar.close()


_SLOT = Opdracht(SLOT)
_KUNNEN_IN = Vraag(bool, "SELECT bool_and(rolcanlogin) AS kunnen_in FROM pg_roles WHERE rolname = ANY(%(namen)s::text[])")


def _as_served(doel: URL, geheimbestand: Path | None) -> Logins:
    if geheimbestand is None:
        raise Bedieningsfout(
            "BERICHTEN_DATABASE_URL noemt de login van de boeker. Zet ook BERICHTEN_DATABASE_GEHEIM op het bestand waaruit de"
            " wachtwoorden volgen; 'berichten db upgrade' leest hetzelfde bestand."
        )
    voor = (doel.username or "").removesuffix("boeker")
    logins = _as_logins(_reckon(doel, {soort: voor + soort for soort in (*_SOORTEN, _KOPIE)}, _read_secret(geheimbestand)))
    opslag = Opslag(logins, 1)
    try:
        check_fits(opslag)
    finally:
        opslag.close()
    return logins


def _find_secret(doel: URL, geheimbestand: Path | None, var: Path) -> bytes:
    if geheimbestand is not None:
        return _read_secret(geheimbestand)
    if doel.password:
        return str(doel.password).encode()
    return make_once(var / _BESTAND, secrets.token_hex(_KORTST).encode())


def _read_secret(bestand: Path) -> bytes:
    geheim = bestand.read_bytes().strip() if bestand.is_file() else b""
    if len(geheim) < _KORTST:
        raise Bedieningsfout(
            f"{bestand} is geen bestand met minstens {_KORTST} tekens. Zet er een lange toevallige tekst in, bijvoorbeeld met"
            f" 'openssl rand -hex 32 > {bestand}', en geef alleen de dienst er leesrechten op."
        )
    return geheim


def _reckon(doel: URL, namen: Mapping[str, str], geheim: bytes) -> dict[str, str]:
    sleutel = _stretch(geheim)

    def url_of(naam: str) -> str:
        login = doel.set(username=naam, password=hmac.digest(sleutel, naam.encode(), "sha256").hex())
        return login.render_as_string(hide_password=False)

    return {soort: url_of(namen[soort]) for soort in (*_SOORTEN, _KOPIE) if soort in namen}


def _as_logins(urls: Mapping[str, str]) -> Logins:
    return Logins(**{soort: urls[soort] for soort in (*_SOORTEN, _KOPIE)})


@lru_cache(maxsize=16)
def _stretch(geheim: bytes) -> bytes:
    """A password may be short: from that of a login nobody guesses his way back to it."""
    return hashlib.scrypt(geheim, salt=b"berichten logins", n=2**14, r=8, p=1, dklen=32)


def _work(logins: Logins) -> bool:
    opslag = Opslag(logins, 1)
    try:
        with opslag.transaction():
            return True
    except OperationalError:
        return False
    finally:
        opslag.close()


def _give_passwords(verbinding: Connection, urls: Mapping[str, str]) -> None:
    """Let the logins log in. Their passwords leave this process as what a server keeps of them, so they stand in no log."""
    _SLOT.run(verbinding, {"slot": "wachtwoorden van logins"})
    driver: Any = verbinding.connection.driver_connection
    for soort, url in urls.items():
        login = make_url(url)
        bewijs = driver.pgconn.encrypt_password(str(login.password).encode(), str(login.username).encode(), b"scram-sha-256")
        tekst = _ALS_HET_MAG if soort == _KOPIE else _LAAT_IN
        Opdracht(tekst, laat_in=_LAAT_IN, naam=quoted(str(login.username)), bewijs=bewijs.decode()).run(verbinding)


def _limit(verbinding: Connection, urls: Mapping[str, str]) -> None:
    """Let the server end what takes far longer than the work of a login ever does; of who comes in from then on."""
    for soort, seconden in _LANGST.items():
        naam = str(make_url(urls[soort]).username)
        if not _HEEFT_GRENS.read(verbinding, {"naam": naam, "grens": f"statement_timeout={seconden}s"}):
            _SLOT.run(verbinding, {"slot": "wachtwoorden van logins"})
            Opdracht("ALTER ROLE {naam} SET statement_timeout = '{grens}s'", naam=quoted(naam), grens=seconden).run(verbinding)


_LANGST = {"schrijver": 600, "boeker": 1800, "portier": 15, "staf": 300, "aanbieder": 120, "poort": 15}
"""Seconds that one statement of a login may take; a file of any length is read in pieces, each a statement. A copy has no bound."""
_HEEFT_GRENS = Vraag(
    bool, "SELECT coalesce(rolconfig @> ARRAY[%(grens)s::text], false) AS heeft FROM pg_roles WHERE rolname = %(naam)s"
)
_LAAT_IN = "ALTER ROLE {naam} LOGIN PASSWORD '{bewijs}'"
_ALS_HET_MAG = "DO $$ BEGIN {laat_in}; EXCEPTION WHEN insufficient_privilege THEN NULL; END $$"
