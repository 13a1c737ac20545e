"""Four eyes are two people: whatever one person holds or opens, process and database refuse it, and the access log has it."""

from collections.abc import Callable
from functools import partial
from threading import Barrier, Thread
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from berichten.boeken.betaling import Rekening
from berichten.kern.nietnu import NietNu
from berichten.opslag.basis.verbinding import Login
from berichten.opslag.financien.rekeningen import insert_rekening
from berichten.opslag.toegang.personen import Wie
from berichten.opslag.toegang.sleutels import NieuweSleutel, make_sleutel
from berichten.opslag.toegang.systemen import NieuwSysteem, insert_systeem
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.financien.beoordeel_rekening import confirm_rekening
from berichten.processen.financien.keur_betaalrun import approve
from berichten.processen.financien.maak_betaalrun import propose_run
from berichten.processen.financien.stel_blokkade import keep_blokkade, lift_blokkade
from tests.hulp.besluiten import JAN, beslis, fill_town, genomen, geweigerd, rows, set_instelling, submit
from tests.hulp.bezoek import add_persoon
from tests.hulp.bouwstenen import GEMEENTE
from tests.hulp.declareer import Regel
from tests.hulp.geld.betaal import Kas


def key_of(werkplaats: Werkplaats, naam: str, rol: str, systeem_id: str | None = None) -> str:
    """What stands in a column `door` for a new key."""
    with werkplaats.opslag.transaction(Login.PORTIER) as verbinding:
        nieuw = NieuweSleutel(eigenaar=naam, systeem_id=systeem_id)
        return make_sleutel(verbinding, GEMEENTE, rol, None, werkplaats.instellingen.nu(), nieuw=nieuw).split(".")[1]


def pairs(werkplaats: Werkplaats, *rollen: str) -> dict[str, tuple[str, str]]:
    """Two of what one person has, by what they are."""
    ans = add_persoon(werkplaats, "ans@x.nl", *rollen)
    naam = "Persoon ans@x.nl"
    een, twee = (key_of(werkplaats, naam, rollen[0]) for _ in range(2))
    ander = key_of(werkplaats, naam.upper(), rollen[-1])
    with werkplaats.opslag.transaction(Login.PORTIER) as verbinding:
        wie = Wie("persoon:proef", werkplaats.instellingen.nu())
        systeem = insert_systeem(verbinding, NieuwSysteem(GEMEENTE, "Boekhouding", "Gemeente", rollen[0], None, ans), wie)
    software = key_of(werkplaats, "Boekhouding", rollen[0], systeem)
    return {
        "two keys": (een, twee), "key and session": (een, ans), "session and key": (ans, twee), "two tabs": (ans, ans),
        "two roles": (een, ander), "session and command line": (ans, f"persoon:{naam}"), "person and own system": (ans, software),
    }  # fmt: skip


def refusals(werkplaats: Werkplaats) -> int:
    return rows(werkplaats, "SELECT count(*) FROM inzagelog WHERE uitkomst = 'geweigerd' AND reden ~ 'zelf'")[0][0]


def held(werkplaats: Werkplaats, wat: Callable[[], object], opdracht: str, **waarden: Any) -> None:
    """Refused by the process, logged, and refused by the database to whoever goes round it."""
    voor = refusals(werkplaats)
    uitkomst = wat()
    assert "zelf" in (uitkomst.melding if isinstance(uitkomst, NietNu) else geweigerd(uitkomst)), uitkomst  # type: ignore[arg-type]
    assert refusals(werkplaats) == voor + 1
    with pytest.raises(DatabaseError, match=r"een ander|een persoon"), werkplaats.opslag.transaction() as verbinding:
        verbinding.execute(text(opdracht), waarden)


def test_a_payment_run(werkplaats: Werkplaats) -> None:
    kas = Kas(werkplaats)
    kas.declareer(4)
    keur = "UPDATE betaalrun SET status = 'goedgekeurd', goedgekeurd_op = now(), goedgekeurd_door = :d WHERE run_id = :r"
    for hoe, (een, ander) in pairs(werkplaats, "financien", "contractbeheer").items():
        run = propose_run(werkplaats, GEMEENTE, een)
        assert not isinstance(run, NietNu), hoe
        held(werkplaats, partial(approve, werkplaats, GEMEENTE, ander, run.run_id), keur, d=ander, r=run.run_id)
        kas.trek_in(run)
    run = propose_run(werkplaats, GEMEENTE, een)
    assert approve(werkplaats, GEMEENTE, add_persoon(werkplaats, "bo@x.nl", "financien"), run.run_id).status == "goedgekeurd"


def test_a_bank_account(werkplaats: Werkplaats) -> None:
    oordeel = (
        "INSERT INTO rekeningoordeel (gemeente, rekening_id, oordeel, door, gegeven_op) VALUES ('0484', :r, 'bevestigd', :d, now())"
    )
    for een, ander in pairs(werkplaats, "financien", "contractbeheer").values():
        with werkplaats.opslag.transaction() as verbinding:
            rekening, nu = Rekening("NL91ABNA0417164300", "Alphen"), werkplaats.instellingen.nu()
            rij = insert_rekening(verbinding, GEMEENTE, "", rekening, (JAN, None), een, nu)
        nummer = rij.rekening_id
        held(werkplaats, partial(confirm_rekening, werkplaats, GEMEENTE, ander, nummer), oordeel, r=nummer, d=ander)


def test_a_block(werkplaats: Werkplaats) -> None:
    kas = Kas(werkplaats)
    kas.declareer(4)
    einde = "UPDATE betaalblokkade SET opgeheven_op = now(), opgeheven_door = :d WHERE blokkade_id = :b"
    blokkade = kas.blokkeer(agb="42420001")
    for een, ander in pairs(werkplaats, "financien", "contractbeheer").values():
        lift_blokkade(werkplaats, GEMEENTE, een, blokkade.blokkade_id)
        held(
            werkplaats,
            partial(lift_blokkade, werkplaats, GEMEENTE, ander, blokkade.blokkade_id),
            einde,
            d=ander,
            b=blokkade.blokkade_id,
        )
        keep_blokkade(werkplaats, GEMEENTE, een, blokkade.blokkade_id)


def test_a_decision(werkplaats: Werkplaats) -> None:
    fill_town(werkplaats, 700, 701)
    vier_ogen = set_instelling(werkplaats, vier_ogen_vanaf=1)
    submit(vier_ogen, Regel("A", 700, JAN, 4))
    zelfde = "gemeente, prestatie_id, bericht_id, agb, besluit, retourcode, terugvragen, motivering, bedrag, genomen_op"
    bevestig = (
        f"INSERT INTO besluit ({zelfde}, door, definitief, bevestigt)"
        f" SELECT {zelfde}, :d, true, besluit_id FROM besluit ORDER BY besluit_id DESC LIMIT 1"
    )
    anders = [{"besluit": "toekennen"}, {"besluit": "afwijzen", "retourcode": "0611"}]
    for beurt, (een, ander) in enumerate(pairs(werkplaats, "contractbeheer", "financien").values()):
        # Each time another decision than the one that waits: the same would be a confirmation.
        (voorstel,) = genomen(beslis(vier_ogen, "A", door=een, **anders[beurt % 2]))
        assert not voorstel.definitief
        held(werkplaats, partial(beslis, vier_ogen, "A", door=ander, **anders[beurt % 2]), bevestig, d=ander)


def test_two_tabs_at_once(werkplaats: Werkplaats) -> None:
    kas = Kas(werkplaats)
    kas.declareer(4)
    ans = add_persoon(werkplaats, "ans@x.nl", "financien")
    run = propose_run(werkplaats, GEMEENTE, ans)
    klaar, uitkomsten = Barrier(4), list[object]()

    def tab() -> None:
        klaar.wait()
        uitkomsten.append(approve(werkplaats, GEMEENTE, ans, run.run_id))

    draden = [Thread(target=tab) for _ in range(4)]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join()
    assert [isinstance(item, NietNu) and "zelf" in item.melding for item in uitkomsten] == [True] * 4
    assert refusals(werkplaats) == 4
