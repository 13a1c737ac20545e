"""Messages of every bad shape and size, valid or not, for the two addresses that read them."""

import re
from collections.abc import Callable, Iterator

from tests.aanval.doel import Aanval, post
from tests.hulp.bouw import bouw

MB = 1024 * 1024
_NS = "http://www.istandaarden.nl/ijw/3_2/jw323/schema"
_HERHAALD = {
    "JW323": ("Prestatie", "Client", "Prestaties", "Clienten", "Declaratie", "Header", "Bsn", "ProductPeriode"),
    "JW301": ("ToegewezenProduct", "Contact", "Client", "Naam"),
    "JW305": ("StartProduct",),
    "JW307": ("StopProduct",),
    "JW303": ("Prestatie", "Client"),
}
"""Elements that a message is stuffed with."""


def attacks() -> Iterator[Aanval]:
    """Shapes × sizes × addresses."""
    for naam, make in (*_shapes(), *_stuffed(), *_encodings()):
        yield Aanval("bericht", naam, post("/berichten", "application/xml", make), vlug="klein" in naam)
    for naam, make in (*_shapes(), *_stuffed()):
        yield Aanval("proef", naam, post("/proefberichten", "application/xml", make), vlug="klein" in naam)


def raw(binnen: str, bij: str = "") -> bytes:
    """A root element around something."""
    return f'<Bericht xmlns="{_NS}"{bij}>{binnen}</Bericht>'.encode()


def bomb() -> bytes:
    """One and a half million empty elements."""
    return raw("<a/>" * 1_500_000)


def references(grootte: int) -> bytes:
    """Nothing but character references."""
    return raw("&#65;" * (grootte // 5))


def _shapes() -> Iterator[tuple[str, Callable[[], bytes]]]:
    for maat, grootte in (("klein", 60_000), ("half", 8 * MB), ("vol", 24 * MB)):
        for naam, make in _VORMEN.items():
            yield f"{naam} ({maat})", lambda make=make, grootte=grootte: make(grootte)  # type: ignore[misc]


_VORMEN: dict[str, Callable[[int], bytes]] = {
    "lege elementen": lambda n: raw("<a/>" * min(n // 4, 1_500_000)),
    "lege elementen met elk een eigen naam": lambda n: raw("".join(f"<a{i}/>" for i in range(n // 10))),
    "elementen zonder inhoud": lambda n: raw("<a></a>" * min(n // 7, 790_000)),
    "elementen met elk een eigen naam": lambda n: raw("".join(f"<a{i}></a{i}>" for i in range(n // 22))),
    "twintig lijsten zonder inhoud": lambda n: raw(("<Header>" + "<a></a>" * (n // 160) + "</Header>") * 20),
    "fout op fout": lambda n: raw(("<Header>" + "<a>x</a><b>y</b>" * 40 + "</Header>") * (n // 700)),
    "om en om": lambda n: raw("<Declaratie/><Header/>" * (n // 22)),
    "lege cliënten": lambda n: raw(f"<Declaratie><Clienten>{'<Client/>' * (n // 9)}</Clienten></Declaratie>"),
    "twintig volle lijsten": lambda n: raw(("<Header>" + "<a/>" * (n // 100) + "</Header>") * 20),
    "losse tekst": lambda n: raw("<Header/>x" * (n // 10)),
    "tekenverwijzingen": references,
    "tekenverwijzingen in een waarde": lambda n: bouw("JW323").replace(b"</", b"&#65;" * (n // 5) + b"</", 1),
    "net genoeg tekenverwijzingen": lambda n: bouw("JW323").replace(b"</", b"&#65;" * min(n // 5, 49_000) + b"</", 1),
    "CDATA": lambda n: bouw("JW323").replace(b"</", b"<![CDATA[x]]>" * min(n // 13, 49_000) + b"</", 1),
    "commentaren in een waarde": lambda n: bouw("JW323").replace(b"</", b"x<!---->" * min(n // 8, 49_000) + b"</", 1),
    "commentaren vooraf": lambda n: b"<!---->" * min(n // 7, 49_000) + raw(""),
    "één lang commentaar": lambda n: b"<!--" + b"x" * n + b"-->" + raw(""),
    "commentaar zonder einde": lambda n: b"<!--" + b"-" * n,
    "een lang attribuut": lambda n: raw("", f' a="{"x" * n}"'),
    "veel attributen": lambda n: raw("", "".join(f' a{i}="1"' for i in range(min(n // 10, 99_000)))),
    "veel namespaces": lambda n: raw("", "".join(f' xmlns:a{i}="u{i}"' for i in range(min(n // 18, 99_000)))),
    "diep": lambda n: raw("<a>" * (n // 3)),
    "diep tot de grens": lambda n: raw(("<a>" * 250 + "</a>" * 250) * (n // 1750)),
    "spaties": lambda n: raw(" " * n),
    "regeleinden": lambda n: raw("\n" * n),
    "spaties in een waarde": lambda n: bouw("JW323").replace(b"</", b" " * min(n, 9 * MB) + b"</", 1),
    "lange naam": lambda n: raw(f"<{'a' * n}/>"),
    "haakjes": lambda n: b"<" * n,
    "geen einde": lambda n: stuff("JW323", "Prestatie", n)[:-500],
    "rommel achteraan": lambda n: bouw("JW323") + b"x" * n,
}


def _stuffed() -> Iterator[tuple[str, Callable[[], bytes]]]:
    for soort, elementen in _HERHAALD.items():
        for element in elementen:
            for maat, grootte in (("klein", 60_000), ("vol", 24 * MB)):
                yield (
                    f"{soort} vol {element} ({maat})",
                    lambda soort=soort, element=element, grootte=grootte: stuff(soort, element, grootte),  # type: ignore[misc]
                )
    yield "volle cliënt voor andere", lambda: big_client_first(20_000)
    yield "elke regel fout", lambda: stuff("JW323", "Prestatie", 24 * MB).replace(b"Volume>", b"Volumen>")


def stuff(soort: str, element: str, grootte: int) -> bytes:
    """A message with one of its elements again and again, until it is so large."""
    heel = bouw(soort)
    gevonden = re.search(rb"<(?:\w+:)?%s>.*?</(?:\w+:)?%s>" % (element.encode(), element.encode()), heel, re.DOTALL)
    assert gevonden is not None, (soort, element)
    keer = max(1, (grootte - len(heel)) // len(gevonden[0]))
    return heel[: gevonden.start()] + gevonden[0] * keer + heel[gevonden.end() :]


def big_client_first(regels: int) -> bytes:
    """One client with so many lines, and others after it."""
    vol = bouw("JW323")
    client = re.search(rb"<jw323:Client>.*?</jw323:Client>", vol, re.DOTALL)
    regel = re.search(rb"<jw323:Prestatie>.*?</jw323:Prestatie>", vol, re.DOTALL)
    assert client is not None
    assert regel is not None
    groot = client[0].replace(regel[0], regel[0] * regels)
    return vol.replace(client[0], groot + client[0] * 400)


def _encodings() -> Iterator[tuple[str, Callable[[], bytes]]]:
    heel = bouw("JW323").decode()
    for codering in ("utf-16", "utf-16-le", "utf-32", "utf-8-sig", "utf-7", "cp037"):
        yield f"in {codering} (klein)", lambda codering=codering: heel.encode(codering)  # type: ignore[misc]
    for naam in ("ISO-8859-1", "UTF-16", "x" * 400, "EBCDIC-INT", ""):
        yield f"zegt {naam[:10]} te zijn (klein)", lambda naam=naam: heel.replace("UTF-8", naam).encode()  # type: ignore[misc]
    yield "kapotte UTF-8 achteraan", lambda: heel.encode() + b" " * 20 * MB + b"\xff"
    yield "alleen nultekens", lambda: bytes(24 * MB)
    yield "DOCTYPE na veel commentaar", lambda: b"<!---->" * 40_000 + b"<!DOCTYPE a []>" + raw("")
    yield "miljard keer lachen (klein)", _LACH.encode
    yield "25 MB en een byte", lambda: bytes(25 * MB + 1)
    yield "60 MB", lambda: b"<" + b" " * 60 * MB


_LACH = "<!DOCTYPE a [<!ENTITY l0 'ha'>" + "".join(f"<!ENTITY l{i} '{f'&l{i - 1};' * 10}'>" for i in range(1, 10)) + "]><a>&l9;</a>"
