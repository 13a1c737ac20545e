"""How an administrator writes where the database is, and how the driver and PostgreSQL's own programs want to read it."""

import re
from collections.abc import Mapping
from typing import Any

from psycopg.conninfo import make_conninfo
from sqlalchemy import make_url

_MEER_MACHINES = re.compile(r"^(?P<voor>[a-z+0-9]+://(?:[^@/?]*@)?)(?P<machines>[^/?]*,[^/?]*)(?P<rest>[/?].*)?$")
"""libpq's own way to name several machines, `h1:p1,h2:p2`, which a URL of SQLAlchemy does not know."""
_NAAR_SCHRIJVER = "target_session_attrs=read-write"
_POORT = "5432"


def with_driver(url: str) -> str:
    """Users write `postgresql://…`; SQLAlchemy wants the driver named, and every machine by itself.

    Of several machines the one that takes writes is meant, unless the URL says otherwise.
    """
    for begin in ("postgresql://", "postgres://"):
        if url.startswith(begin):
            url = "postgresql+psycopg://" + url.removeprefix(begin)
    return _choose_writer(_name_each(url))


def as_conninfo(url: str) -> str:
    """The same as keywords of libpq, without the password, for pg_dump and its kin; of several machines in their order."""
    soort = make_url(with_driver(url)).get_dialect()()
    woorden: Mapping[str, Any] = soort.create_connect_args(make_url(with_driver(url)))[1]
    bekend = ("host", "port", "dbname", "user", "target_session_attrs", "sslmode", "sslrootcert", "sslcert", "sslkey")
    return make_conninfo(**{naam: woorden[naam] for naam in bekend if naam in woorden})


def _name_each(url: str) -> str:
    gevonden = _MEER_MACHINES.match(url)
    if gevonden is None:
        return url
    machines = "&".join(f"host={_with_port(machine)}" for machine in gevonden["machines"].split(","))
    pad, _, vraag = (gevonden["rest"] or "/").partition("?")
    return f"{gevonden['voor']}{pad}?{machines}" + (f"&{vraag}" if vraag else "")


def _with_port(machine: str) -> str:
    heeft_poort = re.search(r":[0-9]+$", machine) and not machine.endswith("]")
    return machine if heeft_poort else f"{machine}:{_POORT}"


def _choose_writer(url: str) -> str:
    vraag = url.partition("?")[2]
    meer = len(re.findall(r"(?:^|&)host=", vraag)) > 1
    return f"{url}&{_NAAR_SCHRIJVER}" if meer and "target_session_attrs" not in vraag else url
