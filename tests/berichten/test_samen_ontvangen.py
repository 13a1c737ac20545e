"""Messages that come in at one moment go in together, and nothing shows that they did."""

import asyncio
from collections.abc import Callable, Sequence
from contextvars import ContextVar
from dataclasses import replace
from functools import partial
from pathlib import Path
from threading import Event
from typing import Any

import psycopg
import pytest
from psycopg import errors
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from api.basis.bundelaar import Bundelaar
from api.deur.buitenlaag import explain_failure
from berichten.instellingen import Instellingen
from berichten.kern.houder import Herkomst, Sleutelfout, Sleutelhouder
from berichten.opslag.basis.verbinding import Login
from berichten.opslag.lijn.bewaakt import NietBevestigd
from berichten.opslag.toegang.sleutels import make_sleutel
from berichten.processen.basis.machtiging import recognise, recognise_together
from berichten.processen.basis.werkplaats import Werkplaats, open_werkplaats
from berichten.processen.ontvangst import ontvang_samen
from berichten.processen.ontvangst.ontvang_bericht import Geweigerd, Ontvangen, Verboden, receive
from berichten.processen.ontvangst.ontvang_samen import Aanbod, accept_one, accept_together
from berichten.voorbeelden.model.model import GEMEENTE
from tests.conftest import VANDAAG
from tests.hulp.bouw import bouw
from tests.hulp.bouwstenen import AGB
from tests.hulp.declareer import toewijzing
from tests.hulp.eigenaar import as_owner

ZIJ = Sleutelhouder(GEMEENTE, "a", "aanbieder", AGB, herkomst=Herkomst("POST /v1/berichten", "192.0.2.7"))
WIJ = Sleutelhouder(GEMEENTE, "g", "gemeente", None)
ELDERS = Sleutelhouder("0363", "h", "gemeente", None)
_LOG = "SELECT gemeente, door, rol, actie, uitkomst, object_soort, namens, bron, aantal FROM inzagelog ORDER BY 1, 2, 3, 4, 5"
_BERICHT = (
    "SELECT soort, bericht.agb, afzender, ontvanger, identificatie, status, eigen_kenmerk, sha256, octet_length(inhoud)"
    " FROM bericht LEFT JOIN bericht_inhoud USING (gemeente, bericht_id) ORDER BY status = 'geweigerd', volgnummer"
)
EERSTE = toewijzing(1)
REEKS = [
    Aanbod(EERSTE, WIJ, "een"),
    Aanbod(bouw("JW323"), ZIJ, None),
    Aanbod(EERSTE, WIJ, "nog eens"),
    Aanbod(toewijzing(2), ZIJ, None),
    Aanbod(b"<Jw303Declaratie/>", ZIJ, "mis"),
    Aanbod(b"<Jw303Declaratie/>", ZIJ, "weer mis"),
    Aanbod(toewijzing(3), ELDERS, None),
    Aanbod(toewijzing(4), WIJ, None),
]


def told(uitkomsten: Sequence[Ontvangen | Geweigerd | Verboden]) -> list[tuple[object, ...]]:
    """What each sender hears, without numbers that are made up."""
    return [
        (uitkomst.herhaling, uitkomst.rij.identificatie, uitkomst.rij.eigen_kenmerk)
        if isinstance(uitkomst, Ontvangen)
        else (replace(uitkomst, bericht_id=None) if isinstance(uitkomst, Geweigerd) else uitkomst,)
        for uitkomst in uitkomsten
    ]


def kept(werkplaats: Werkplaats) -> list[list[tuple[object, ...]]]:
    with as_owner(werkplaats) as verbinding:
        return [[tuple(rij) for rij in verbinding.exec_driver_sql(vraag)] for vraag in (_BERICHT, _LOG)]


def test_together_is_the_same_as_one_by_one(maak_database: Callable[[], str], tmp_path: Path) -> None:
    gevonden = []
    for take in (accept_together, lambda huis, reeks: [accept_one(huis, item) for item in reeks]):
        with open_werkplaats(Instellingen(database_url=maak_database(), var=tmp_path, huidige_datum=VANDAAG)) as huis:
            gevonden.append((told(take(huis, REEKS)), told(take(huis, REEKS[:2])), kept(huis)))
    samen, apart = gevonden
    assert samen == apart
    assert [len(item) for item in samen[0]] == [3, 3, 3, 1, 1, 1, 1, 3]
    assert [item[0] for item in samen[1]] == [True, True]


def test_what_is_refused_is_counted_in_one_order_whoever_came_first(
    werkplaats: Werkplaats, monkeypatch: pytest.MonkeyPatch
) -> None:
    geteld: list[str] = []
    echt = receive

    def take(verbinding: Any, huis: Any, inhoud: Any, gelezen: Any, houder: Any, *rest: Any) -> Any:
        geteld.append(houder.gemeente + houder.sleutel_id)
        return echt(verbinding, huis, inhoud, gelezen, houder, *rest)

    monkeypatch.setattr(ontvang_samen, "receive", take)
    zo = [Aanbod(b"<mis/>", houder, None) for houder in (ELDERS, WIJ, ZIJ, WIJ)]
    heen, terug = accept_together(werkplaats, zo), accept_together(werkplaats, zo[::-1])
    assert geteld == ["0363h", "0484a", "0484g", "0484g"] * 2
    # And each hears what became of its own.
    keren = [[item.keren for item in uitkomsten if isinstance(item, Geweigerd)] for uitkomsten in (heen, terug)]
    assert keren == [[1, 1, 1, 2], [3, 2, 4, 2]]


def test_all_or_none(werkplaats: Werkplaats, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("halverwege")

    monkeypatch.setattr(ontvang_samen, "receive", fail)
    with pytest.raises(RuntimeError, match="halverwege"):
        accept_together(werkplaats, REEKS)
    assert kept(werkplaats) == [[], []]


def test_nobody_waits_long_for_a_row_that_another_holds(werkplaats: Werkplaats, monkeypatch: pytest.MonkeyPatch) -> None:
    for geduld in ("_GEDULD", "_GEDULD_ALLEEN"):
        monkeypatch.setattr(ontvang_samen, geduld, 0.1)
    with as_owner(werkplaats) as eigenaar:
        # Who would wait for ever gets it after all, so that this test ends.
        eigenaar.exec_driver_sql("SET LOCAL idle_in_transaction_session_timeout = '5s'")
        eigenaar.exec_driver_sql("LOCK TABLE bericht")
        for take in (partial(accept_together, werkplaats, REEKS), partial(accept_one, werkplaats, REEKS[0])):
            with pytest.raises(DBAPIError) as gevangen:
                take()
            assert isinstance(gevangen.value.orig, errors.LockNotAvailable)
            assert explain_failure(gevangen.value).status == 503


def test_keys_are_known_together_as_they_are_alone(werkplaats: Werkplaats) -> None:
    with werkplaats.opslag.transaction(Login.PORTIER) as verbinding:
        een = make_sleutel(verbinding, GEMEENTE, "aanbieder", AGB, werkplaats.instellingen.nu())
        twee = make_sleutel(verbinding, "0363", "gemeente", None, werkplaats.instellingen.nu())
    sleutels = [een, "0484.x.y", twee, een, een + "x", "", "0484.\0.é"]
    samen = recognise_together(werkplaats, sleutels)
    assert samen == [recognise(werkplaats, sleutel) for sleutel in sleutels]
    assert [item is Sleutelfout.ONBEKEND for item in samen] == [False, True, False, False, True, True, True]


def test_who_comes_first_goes_alone_and_who_comes_meanwhile_goes_together() -> None:
    loten: list[list[int]] = []
    los = Event()

    def do(vraag: int) -> int:
        loten.append([vraag])
        assert los.wait(10)
        return -vraag

    def do_all(vragen: Sequence[int]) -> list[int]:
        loten.append(list(vragen))
        return [-vraag for vraag in vragen]

    async def ask() -> list[int]:
        bundelaar = Bundelaar("proef", do_all, do)
        taken = [asyncio.create_task(bundelaar.do(0))]
        while not loten:
            await asyncio.sleep(0.001)
        taken += [asyncio.create_task(bundelaar.do(vraag)) for vraag in (1, 2, 3)]
        await asyncio.sleep(0)
        # One of those who wait is gone before its turn.
        taken[2].cancel()
        los.set()
        antwoorden = await asyncio.gather(*taken, return_exceptions=True)
        bundelaar.stop()
        return [antwoord for antwoord in antwoorden if isinstance(antwoord, int)]

    assert asyncio.run(ask()) == [0, -1, -3]
    assert loten == [[0], [1, 2, 3]]


@pytest.mark.parametrize(
    ("adem", "loten_verwacht"), [pytest.param(20.0, [[0], [1, 2], [3]], id="until-nobody-is-there"), (0.0, [[0], [1], [2], [3]])]
)
def test_while_others_are_at_the_next_step_who_comes_goes_together(adem: float, loten_verwacht: list[list[int]]) -> None:
    loten: list[list[int]] = []
    verder = Event()

    def do_all(vragen: Sequence[int]) -> list[int]:
        loten.append(list(vragen))
        return list(vragen)

    def go_on(vragen: Sequence[int]) -> list[int]:
        assert verder.wait(30)
        return list(vragen)

    async def ask() -> None:
        tweede: Bundelaar[int, int] = Bundelaar("tweede", go_on, lambda vraag: go_on([vraag])[0])
        eerste = Bundelaar("eerste", do_all, lambda vraag: do_all([vraag])[0], voor=tweede, adem=adem)

        async def pass_through(vraag: int) -> None:
            await tweede.do(await eerste.do(vraag))

        gangers = []
        for vraag in range(3):
            gangers.append(asyncio.create_task(pass_through(vraag)))
            await asyncio.sleep(0.02)
        verder.set()
        await asyncio.gather(*gangers)
        # Who finds nobody there waits for nobody.
        await pass_through(3)
        for bundelaar in (eerste, tweede):
            bundelaar.stop()

    asyncio.run(asyncio.wait_for(ask(), 30))
    assert loten == loten_verwacht


def test_who_comes_when_a_lot_is_just_done_is_not_forgotten() -> None:
    async def ask() -> list[int]:
        bundelaar: Bundelaar[int, int] = Bundelaar("proef", lambda vragen: [-vraag for vraag in vragen], lambda vraag: -vraag)
        antwoorden = [await bundelaar.do(vraag) for vraag in range(5)]
        bundelaar.stop()
        return antwoorden

    assert asyncio.run(asyncio.wait_for(ask(), 30)) == [0, -1, -2, -3, -4]


ANDERMANS = (errors.DeadlockDetected(), errors.SerializationFailure(), errors.LockNotAvailable(), errors.QueryCanceled())
NIEMAND_DAAR = (psycopg.OperationalError(), errors.AdminShutdown(), errors.CannotConnectNow(), NietBevestigd())


def told_by_driver(fout: psycopg.Error) -> DBAPIError:
    gezegd = DBAPIError.instance("", None, fout, psycopg.Error)
    assert isinstance(gezegd, DBAPIError)
    return gezegd


@pytest.mark.parametrize(
    ("fout", "weg"),
    [
        (ZeroDivisionError(), False),
        *((told_by_driver(fout), False) for fout in ANDERMANS),
        *((told_by_driver(fout), True) for fout in (*NIEMAND_DAAR, errors.ReadOnlySqlTransaction())),
        (PoolTimeout("vol"), True),
    ],
)
def test_a_fault_is_its_own_unless_it_would_befall_all(fout: Exception, weg: bool) -> None:
    gedaan: list[int] = []

    def do(vraag: int) -> int:
        gedaan.append(vraag)
        return 1 // vraag

    antwoorden = ask_at_once(raiser(fout), do, (1, 0, 1))
    assert [type(antwoord) for antwoord in antwoorden] == ([type(fout)] * 3 if weg else [int, ZeroDivisionError, int])
    assert gedaan == ([] if weg else [1, 0, 1])
    # Each raises one of its own, of which the same is told.
    fouten = [antwoord for antwoord in antwoorden if isinstance(antwoord, Exception)]
    assert len({id(gevonden) for gevonden in fouten}) == len(fouten)
    assert {(str(gevonden), getattr(gevonden, "orig", None)) for gevonden in fouten if weg} <= {
        (str(fout), getattr(fout, "orig", None))
    }


def raiser(fout: Exception) -> Callable[[Any], Any]:
    def fail(_: object) -> None:
        raise fout

    return fail


def ask_at_once(
    samen: Callable[[Sequence[int]], Sequence[int]], apart: Callable[[int], int], vragen: Sequence[int]
) -> list[object]:
    async def ask() -> list[object]:
        bundelaar = Bundelaar("proef", samen, apart)
        antwoorden = await asyncio.wait_for(asyncio.gather(*map(bundelaar.do, vragen), return_exceptions=True), 30)
        bundelaar.stop()
        return list(antwoorden)

    return asyncio.run(ask())


def test_when_nobody_is_there_any_more_the_rest_is_not_tried() -> None:
    gedaan: list[int] = []

    def do(vraag: int) -> int:
        gedaan.append(vraag)
        if vraag == 2:
            raise PoolTimeout("vol")
        return vraag

    antwoorden = ask_at_once(raiser(LookupError()), do, (1, 2, 3, 4))
    assert ([type(antwoord) for antwoord in antwoorden], gedaan) == ([int, PoolTimeout, PoolTimeout, PoolTimeout], [1, 2])


def test_too_few_outcomes_are_a_fault_of_ours_and_leave_nobody_waiting() -> None:
    antwoorden = ask_at_once(lambda vragen: vragen[1:], raiser(AssertionError()), (1, 2, 3))
    assert [type(antwoord) for antwoord in antwoorden] == [RuntimeError] * 3


def test_work_belongs_to_the_request_of_who_asked() -> None:
    wie: ContextVar[int] = ContextVar("wie")
    samen: list[int] = []

    def do_all(_: Sequence[int]) -> list[int]:
        samen.append(wie.get())
        raise LookupError

    async def ask() -> list[int]:
        bundelaar: Bundelaar[int, int] = Bundelaar("proef", do_all, lambda _: wie.get())

        async def ask_as(nummer: int) -> int:
            wie.set(nummer)
            return await bundelaar.do(nummer)

        antwoorden = await asyncio.gather(*map(ask_as, (1, 2, 3)))
        bundelaar.stop()
        return antwoorden

    assert asyncio.run(ask()) == [1, 2, 3]
    assert samen == [1]
