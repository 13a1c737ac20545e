"""Answering at the door: in the process of the service, or `python -m api.proces LINE SOCKET…`, one more beside it."""

import gc
import pickle
import signal
import socket
import sys
from collections.abc import Sequence
from multiprocessing.connection import Connection
from threading import Thread

import uvicorn
from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from api.app import BANEN, create_app
from api.deur.lijn import Lijnwacht
from berichten.instellingen import Instellingen
from berichten.logboek import configure_logging
from berichten.processen.basis.geheugen import hold_little
from berichten.processen.basis.werkplaats import Werkplaats, furnish
from berichten.processen.ontvangst.klaarstaan import get_ready
from workers.onderdeel import leave_on_signal
from workers.ploeg import Post

_AFRONDEN = 15
"""Seconds that an answer may take to end when we stop: who reads a large file slowly does not hold up a restart."""
_BEURT = 0.001
"""Seconds that a thread may go on while others want to, for which who answers waits at every turn. By default it is 0.005."""
_AFVAL = (2_000, 20, 50)
"""After how many new objects these are looked through for garbage, while everybody waits: a door has no large messages, and a
hundred thousand at a time (`furnish`) take 40 ms. The other two: how many of those looks come before one at older objects."""


def make_server(werkplaats: Werkplaats) -> uvicorn.Server:
    """A server of the service on an open database."""
    app = behind_proxies(create_app(werkplaats.instellingen, werkplaats), werkplaats.instellingen.proxy_adressen)
    sys.setswitchinterval(_BEURT)
    # What makes up the service is there to stay.
    gc.freeze()
    gc.set_threshold(*_AFVAL)
    Thread(target=get_ready, args=(werkplaats, BANEN), name="klaarstaan", daemon=True).start()
    bediend = uvicorn.Config(
        app,
        http=Lijnwacht,
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=_AFRONDEN,
    )
    return uvicorn.Server(bediend)


def behind_proxies(app: ASGIApp, netwerken: list[str]) -> ASGIApp:
    """The same, for whom a request is of who asked the proxy; who spoke to us himself stands in its state, as `naaste`."""
    geloofd = ProxyHeadersMiddleware(app, netwerken)  # type: ignore[arg-type]

    async def serve(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            scope.setdefault("state", {})["naaste"] = (scope.get("client") or ("", 0))[0]
        await geloofd(scope, receive, send)  # type: ignore[arg-type]

    return serve


def as_post(werkplaats: Werkplaats, sockets: Sequence[socket.socket], nummer: int) -> Post:
    """The place in a crew of one more process that answers on these sockets."""
    begin = (werkplaats.instellingen.model_dump(), werkplaats.opslag.logins)
    return Post(f"api {nummer}", "api.proces", begin, [item.fileno() for item in sockets])


def main() -> None:
    """Serve until the line whose number is the first argument ends."""
    leave_on_signal()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    hold_little()
    configure_logging()
    lijn, *fds = (int(woord) for woord in sys.argv[1:])
    verbinding = Connection(lijn)
    try:
        velden, logins = pickle.loads(verbinding.recv_bytes())
    except EOFError:
        return
    sockets = [socket.socket(fileno=nummer) for nummer in fds]
    with furnish(Instellingen(**velden), logins) as werkplaats:
        server = make_server(werkplaats)

        def end_with_line() -> None:
            verbinding.poll(None)
            server.should_exit = True

        Thread(target=end_with_line, daemon=True).start()
        server.run(sockets=sockets)


if __name__ == "__main__":
    main()
