"""The portal on a port of its own, in a thread of the test, with an account for each role."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta

import httpx
import uvicorn

from api.app import create_app
from berichten.demo.betaaldag import Geldmensen
from berichten.instellingen import Instellingen
from berichten.kern.houder import Sleutelhouder
from berichten.opslag.basis.verbinding import Login
from berichten.opslag.toegang.personen import Wie
from berichten.opslag.toegang.sleutels import NieuweSleutel, make_sleutel, revoke_sleutel
from berichten.opslag.toegang.systemen import NieuwSysteem, insert_systeem
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.regio.laad_regio import load_regio
from berichten.processen.toegang.beheer_gebruikers import NieuweRol, give_rol
from berichten.processen.toegang.beheer_sleutels import add_systeemsleutel
from tests.api.dienst import GEDULD, free_port
from tests.hulp.bezoek import Bezoek, add_persoon
from tests.hulp.bouwstenen import AGB, GEMEENTE
from tests.hulp.portaal.monsters import Monsters
from tests.hulp.portaal.paginas import Paginastand
from tests.hulp.sleutels import find_sleutelhouder
from workers.onderdeel import WERKER, working

NAMEN = {
    "contractbeheer": "S. de Boer", "tweede": "A. Bakker", "financien": "M. Visser", "aanbieder": "K. Jansen", "beheer": "R. Smit",
    "gemeente": "T. Mulder", "controle": "H. Vos", "lokaal_team": "N. de Jong",
    "regio": "B. Peters", "privacy": "F. Dekker",
}  # fmt: skip
"""Who has an account, by role; `tweede` is a second reviewer."""


STAAT_STIL = "tabel4a jaar=2022"
"""A table of the monitor that is never ready for finance."""


@dataclass(frozen=True, slots=True)
class Portaalbalie:
    """The running portal and what is behind it."""

    adres: str
    werkplaats: Werkplaats
    houder: Sleutelhouder
    """The aanbieder who has an account, as use cases know this person."""
    monsters: dict[str, str] = field(default_factory=dict)
    _koekjes: dict[str, str] = field(default_factory=dict)

    def address_of(self, stand: Paginastand) -> str:
        """Where to find a page in this state."""
        return "/portaal" + stand.adres.format_map(self.monsters)

    def client(self, wie: str | None) -> Bezoek:
        """A browser without JavaScript, logged in as this one of NAMEN; None: nobody."""
        bezoek = Bezoek(self.adres)
        if wie is not None:
            bezoek.koekje = self.koekje(wie)
        return bezoek

    def api(self, rol: str, pad: str) -> httpx.Response:
        """What a system with a key of this role gets of the API."""
        nu = self.werkplaats.instellingen.nu()
        with self.werkplaats.opslag.transaction(Login.PORTIER) as verbinding:
            sleutel = make_sleutel(verbinding, GEMEENTE, rol, None, nu, nieuw=NieuweSleutel("proef"))
        kop = {"Authorization": f"Bearer {sleutel}"}
        return httpx.get(f"{self.adres}/v1{pad}", headers=kop, timeout=GEDULD, trust_env=False)

    def koekje(self, wie: str) -> str:
        """The session of somebody, who logs in once."""
        if wie not in self._koekjes:
            with Bezoek(self.adres) as bezoek:
                assert bezoek.log_in(f"{wie}@voorbeeld.nl").status_code == 303
                self._koekjes[wie] = bezoek.koekje
        return self._koekjes[wie]


def add_geldmensen(werkplaats: Werkplaats) -> Geldmensen:
    """Four people of finance, besides the one of NAMEN, who has had no hand in anything."""
    namen = ("P. de Wit", "L. Meijer", "J. Smits", "C. Brouwer")
    ids = [add_persoon(werkplaats, f"geld{nummer}@voorbeeld.nl", "financien", naam=naam) for nummer, naam in enumerate(namen)]
    return Geldmensen(*ids)


def add_sleutels(werkplaats: Werkplaats) -> None:
    """Keys in each of their states, and a system with its own."""
    nu, vandaag = werkplaats.instellingen.nu(), werkplaats.instellingen.vandaag()
    eigen = add_persoon(werkplaats, "boek@voorbeeld.nl", "financien", naam="H. de Boer")
    with werkplaats.opslag.transaction(Login.PORTIER) as verbinding:
        nieuw = NieuwSysteem(GEMEENTE, "Boekhouding", "Gemeente Alphen aan den Rijn", "financien", None, eigen)
        systeem_id = insert_systeem(verbinding, nieuw, Wie("proef", nu))
        for naam, dagen in (("De Wilgen", 300), ("Praktijk Zuid", 12), ("Oud Zorgkantoor", -3), ("Zorgbureau Rijn", 200)):
            sleutel = NieuweSleutel(naam, naam, vandaag + timedelta(days=dagen), "proef")
            tekst = make_sleutel(verbinding, GEMEENTE, "aanbieder", AGB, nu - timedelta(days=40), nieuw=sleutel)
            if naam == "De Wilgen":
                find_sleutelhouder(verbinding, tekst, nu)
        revoke_sleutel(verbinding, tekst.split(".")[1], nu, "proef")
    add_systeemsleutel(werkplaats, systeem_id, "proef")


def add_wachtende_rollen(werkplaats: Werkplaats, beheerder: str) -> None:
    """Two roles that wait for a second person: one given by this person, one by somebody else."""
    tot = werkplaats.instellingen.vandaag() + timedelta(days=300)
    for nummer, (naam, gever) in enumerate((("W. Wachter", "persoon:B. Eerste"), ("Z. Wachter", beheerder))):
        inlognaam = f"wacht{nummer}@voorbeeld.nl"
        add_persoon(werkplaats, inlognaam, naam=naam)
        assert not give_rol(werkplaats, inlognaam, NieuweRol("financien", None, tot), gever)


@contextmanager
def running_portaal(instellingen: Instellingen, werkplaats: Werkplaats, agb: str = AGB) -> Iterator[Portaalbalie]:
    """The service with its portal and a worker; the aanbieder who has an account is `agb`."""
    personen = {
        wie: add_persoon(werkplaats, f"{wie}@voorbeeld.nl", "contractbeheer" if wie == "tweede" else wie, agb=agb, naam=naam)
        for wie, naam in NAMEN.items()
    }
    add_wachtende_rollen(werkplaats, personen["beheer"])
    leden = (f"Voorbeeldregio;{gemeente};2020-01-01;;rapport;Raad" for gemeente in (GEMEENTE, "0537"))
    load_regio(werkplaats, "\n".join(["regio;gemeente;van;tot;mandaat;besluit", *leden]).encode(), "proef")
    add_persoon(werkplaats, "nieuw@voorbeeld.nl", "contractbeheer", naam="N. Aanstonds", zelf_gekozen=False)
    houder = Sleutelhouder(GEMEENTE, personen["aanbieder"], "aanbieder", agb, NAMEN["aanbieder"])
    # A busy machine takes its time; only what stands still is seen as such.
    app, poort, klaar = create_app(instellingen.model_copy(update={"bladzij_geduld": GEDULD})), free_port(), threading.Event()
    app.state.langwerk.begin(personen["financien"], f"{GEMEENTE} {STAAT_STIL}", klaar.wait, instellingen.nu())
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=poort, log_level="error", server_header=False))
    draad = threading.Thread(target=server.run, daemon=True)
    draad.start()
    uiterlijk = time.monotonic() + GEDULD
    while not server.started:
        assert draad.is_alive(), "the portal stopped at once"
        assert time.monotonic() < uiterlijk, "the portal did not start"
        time.sleep(0.02)
    monsters = Monsters(werkplaats, houder, {f"persoon_{wie}": nummer for wie, nummer in personen.items()})
    try:
        with working(werkplaats, (WERKER,)):
            yield Portaalbalie(f"http://127.0.0.1:{poort}", werkplaats, houder, monsters)
    finally:
        klaar.set()
        server.should_exit = True
        draad.join(GEDULD)
