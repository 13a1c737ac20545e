"""Nobody is told anything of another: no text, no sum, no existence; for every operation and every form of its answer.

Three proofs over the same walk. What an answer holds is searched for what is another's (marker, address, account, an amount with
another's factor). What others do changes no answer. And with the wall taken away in the database the walk does find things: so it
looks where there is something to see.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import text

from api.portaal.schil.adres import BASIS as PORTAAL
from tests.conftest import Vertel
from tests.hulp.api.paginas import list_addresses
from tests.hulp.api.partijen import Kijkt, Partij, Partijen, choose_kijkers, fill
from tests.hulp.api.wandeling import BEWERKINGEN, Gelezen, Vraag, ask, list_pointing, list_questions, read
from tests.hulp.eigenaar import as_owner

BUITEN_DE_BESCHRIJVING = {
    "/v1/openapi.json": "holds nothing of anybody",
    "/.well-known/security.txt": "holds nothing of anybody",
}
"""Addresses that are not described, and why the walk may pass them by. Pages are walked in test_isolatie_portaal.py."""
INZAGELOG = "/inzagelog"
STATUS = "/status"
"""Counts under names that are of cents elsewhere."""
_VLUCHTIG = re.compile(
    r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d[0-9.:+Z-]*|\d\d-\d\d-\d{4} \d\d:\d\d(:\d\d)?|^(process|python)_.*|(?<=} )1\.\d+e\+09"
    r'|"opslag":\{[^}]*\}',
    re.MULTILINE,
)
"""The moment at which an answer was made, what is measured of the process, and room on disk, which is of the whole installation."""


def test_every_address_is_walked() -> None:
    """A route that is neither described, nor a page, nor named above has no case here."""
    gevonden = {adres.pad for adres in list_addresses() if not adres.pad.startswith(PORTAAL)}
    beschreven = {f"/v1{pad}" for _, pad in BEWERKINGEN}
    assert gevonden - beschreven == BUITEN_DE_BESCHRIJVING.keys()
    assert beschreven - gevonden == set()


def walk(allen: Partijen, kijker: Kijkt, partij: Partij) -> Iterator[tuple[Vraag, Gelezen]]:
    """Everything that this one can ask about this party; about its own also what points at nobody."""
    vragen = list_questions(partij.kent) if kijker.may_see(partij) else list_pointing(partij.kent)
    with allen.client(kijker) as client:
        for vraag in vragen:
            gelezen = read(ask(client, vraag))
            if vraag.pad == STATUS:
                gelezen.bedragen.clear()
            yield vraag, gelezen


def find_strange(allen: Partijen, kijker: Kijkt, gelezen: Gelezen) -> list[str]:
    """What in an answer is another's."""
    vreemd = [partij for partij in allen.partijen if not kijker.may_see(partij)]
    sporen = [spoor for partij in vreemd for spoor in partij.sporen if spoor in gelezen.tekst]
    return sporen + [f"{bedrag} cent" for bedrag in gelezen.bedragen if bedrag % kijker.factor]


def walk_all(allen: Partijen, kijkers: list[Kijkt]) -> tuple[list[tuple[str, Vraag, list[str]]], int, int]:
    """What was found of another, after how many answers, and how many of those held something of one's own."""
    gevonden, aantal, gevuld = [], 0, 0
    for kijker in kijkers:
        # One party of its own, and one that is not: of the same gemeente, or of the other, in turn.
        for partij in _targets(allen, kijker):
            for vraag, gelezen in walk(allen, kijker, partij):
                aantal += 1
                gevuld += any(spoor in gelezen.tekst for item in allen.partijen if kijker.may_see(item) for spoor in item.sporen)
                # What was asked may come back, now or in the log of who asked what: the question is the caller's own.
                gevraagd = [str(item.kent["berichtId"]) for item in allen.partijen] if vraag.pad == INZAGELOG else []
                vreemd = [
                    spoor for spoor in find_strange(allen, kijker, gelezen) if spoor not in gevraagd and spoor not in str(vraag)
                ]
                if vreemd:
                    gevonden.append((kijker.naam, vraag, vreemd))
    return gevonden, aantal, gevuld


def _targets(allen: Partijen, kijker: Kijkt) -> list[Partij]:
    eigen = [partij for partij in allen.partijen if kijker.may_see(partij)]
    naast = [partij for partij in allen.partijen if partij.gemeente == kijker.gemeente and partij not in eigen]
    elders = [partij for partij in allen.partijen if partij.gemeente != kijker.gemeente]
    vreemd = [*naast[:1], *elders[-1:]]
    return [*eigen[:1], vreemd[-(allen.kijkers.index(kijker) % 2)]]


@pytest.mark.parametrize("ieder", [False, pytest.param(True, marks=pytest.mark.soak)])
def test_no_answer_holds_anything_of_another(allen: Partijen, vertel: Vertel, ieder: bool) -> None:
    """To every aanbieder and every role, of one gemeente or the other; of both with `make soak`."""
    kijkers = allen.kijkers if ieder else choose_kijkers(allen.kijkers)
    gevonden, aantal, gevuld = walk_all(allen, kijkers)
    vertel(f"Isolation: {aantal} answers to {len(kijkers)} who look, {gevuld} with something of their own, of another: none")
    assert gevonden == []
    # Two of the roles see figures only, and are refused most of what they ask.
    assert gevuld > aantal / 15


def test_a_servicebureau_whose_mandate_is_over_is_refused_all_that_is_its_customers(allen: Partijen) -> None:
    """Each time, and each time it is in the log for whom it asked."""
    (bureau,) = (kijker for kijker in allen.kijkers if kijker.voorbij)
    klant = next(partij for partij in allen.partijen if (partij.gemeente, partij.agb) == (bureau.gemeente, bureau.namens))
    assert {gelezen.status for _, gelezen in walk(allen, bureau, klant)} == {403}
    with allen.client(allen.staff(bureau.gemeente, "beheer")) as client:
        zeef = {"objectSoort": "machtiging", "objectId": klant.agb, "uitkomst": "geweigerd"}
        rijen = client.get("/inzagelog", params=zeef).json()["regels"]
    assert {(rij["namens"], rij["reden"], rij["machtiging"]) for rij in rijen} == {(bureau.agb, "machtiging", None)}


@pytest.mark.parametrize(
    ("plaats", "stap"), [(0, 2), pytest.param(0, 1, marks=pytest.mark.soak), pytest.param(-1, 1, marks=pytest.mark.soak)]
)
def test_what_others_do_changes_no_answer(allen: Partijen, plaats: int, stap: int) -> None:
    """Not a byte, whatever form is asked: more messages, lines, decisions, words and blocks of one party are nobody else's.

    To every second one who looks; to each with `make soak`.
    """
    partij = allen.partijen[plaats]
    kijkers = [kijker for kijker in allen.kijkers if not kijker.may_see(partij)][::stap]
    vooraf = {kijker.naam: snapshot(allen, kijker) for kijker in kijkers}
    fill(allen, partij, ronde=1)
    anders = []
    for kijker in kijkers:
        daarna = snapshot(allen, kijker)
        anders += [(kijker.naam, vraag, *where(eerst, daarna[vraag])) for vraag, eerst in vooraf[kijker.naam].items()]
    assert [item for item in anders if len(item) > 2] == []


def snapshot(allen: Partijen, kijker: Kijkt) -> dict[Vraag, str]:
    """Every answer to this one, without what changes by itself: moments, and the log of these very questions."""
    eigen = next((partij for partij in allen.partijen if kijker.may_see(partij)), allen.partijen[1])
    return {
        vraag: f"{gelezen.status} {_VLUCHTIG.sub('~', gelezen.tekst)}"
        for vraag, gelezen in walk(allen, kijker, eigen)
        if vraag.pad != INZAGELOG
    }


def where(eerst: str, daarna: str) -> tuple[str, ...]:
    """Both around the first place where they differ; nothing when they do not."""
    if eerst == daarna:
        return ()
    plaats = next((i for i, (een, ander) in enumerate(zip(eerst, daarna, strict=False)) if een != ander), 0)
    return eerst[max(0, plaats - 80) : plaats + 80], daarna[max(0, plaats - 80) : plaats + 80]


def test_without_the_wall_the_walk_finds_what_is_anothers(allen: Partijen) -> None:
    with no_wall(allen):
        gevonden, _, _ = walk_all(allen, [kijker for kijker in allen.kijkers if kijker.agb])
    adressen = {re.sub(r"/[0-9a-f-]{8,}|/\d+", "/*", vraag.pad) for _, vraag, _ in gevonden}
    assert len(adressen) >= 5, adressen


@contextmanager
def no_wall(allen: Partijen) -> Iterator[None]:
    """Row-level security off in the whole database."""
    with as_owner(allen.loket.werkplaats) as verbinding:
        tabellen = list(verbinding.execute(text("SELECT oid::regclass::text FROM pg_class WHERE relrowsecurity")).scalars())
        for tabel in tabellen:
            verbinding.execute(text(f"ALTER TABLE {tabel} DISABLE ROW LEVEL SECURITY"))
    try:
        yield
    finally:
        with as_owner(allen.loket.werkplaats) as verbinding:
            for tabel in tabellen:
                verbinding.execute(text(f"ALTER TABLE {tabel} ENABLE ROW LEVEL SECURITY"))
