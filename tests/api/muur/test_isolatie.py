"""Nobody is told anything of another: no text, no sum, no existence; for every operation and every form of its answer.

Three proofs over the same walk. What an answer holds is searched for what is another's (marker, address, account, an amount with
another's factor). What others do changes no answer. And with the wall taken away in the database the walk does find things: so it
looks where there is something to see.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import pytest
from sqlalchemy import text

from api.portaal.schil.adres import BASIS as PORTAAL
from berichten.kern.rechten import LOKAAL_TEAM
from tests.conftest import Vertel
from tests.hulp.api.paginas import list_addresses
from tests.hulp.api.partijen import Kijkt, Partij, Partijen, choose_kijkers, fill
from tests.hulp.api.wandeling import BEWERKINGEN, LEZEND, Gelezen, Vraag, ask_all, list_pointing, list_questions, read
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


def walk(allen: Partijen, kijker: Kijkt, partij: Partij, *, ieder: bool = False) -> Iterator[tuple[Vraag, Gelezen]]:
    """Everything that this one can ask about this party; about its own also what points at nobody.

    What is not for its role is asked once, or with `ieder` in every form.
    """
    vragen = list_questions(partij.kent) if kijker.may_see(partij) else list_pointing(partij.kent)
    with allen.client(kijker) as client:
        for vraag, antwoord in ask_all(client, vragen, ieder=ieder):
            gelezen = read(antwoord)
            if vraag.pad == STATUS:
                gelezen.bedragen.clear()
            yield vraag, gelezen


def find_strange(allen: Partijen, kijker: Kijkt, gelezen: Gelezen) -> list[str]:
    """What in an answer is another's."""
    vreemd = [partij for partij in allen.partijen if not kijker.may_see(partij)]
    sporen = [spoor for partij in vreemd for spoor in partij.sporen if spoor in gelezen.tekst]
    return sporen + [f"{bedrag} cent" for bedrag in gelezen.bedragen if bedrag % kijker.factor]


@dataclass(slots=True)
class Gelopen:
    """What a walk came upon."""

    vreemd: list[tuple[str, Vraag, list[str]]] = field(default_factory=list)
    """Answers with something of another."""
    aantal: int = 0
    gevuld: int = 0
    """Of those, answers with something of one's own."""
    gelezen: set[tuple[str, str]] = field(default_factory=set)
    """Operations that somebody could read."""


def walk_all(allen: Partijen, kijkers: list[Kijkt], *, ieder: bool = False) -> Gelopen:
    """Everything that these can ask."""
    gelopen = Gelopen()
    for kijker in kijkers:
        # One party of its own, and one that is not: of the same gemeente, or of the other, in turn.
        for partij in _targets(allen, kijker):
            for vraag, gelezen in walk(allen, kijker, partij, ieder=ieder):
                gelopen.aantal += 1
                gelopen.gevuld += any(
                    spoor in gelezen.tekst for item in allen.partijen if kijker.may_see(item) for spoor in item.sporen
                )
                if gelezen.status == 200:
                    gelopen.gelezen.add((vraag.methode.lower(), vraag.bewerking))
                # What was asked may come back, now or in the log of who asked what: the question is the caller's own.
                namen = ("berichtId", "beantwoord") if vraag.pad == INZAGELOG else ()
                gevraagd = [str(item.kent[naam]) for item in allen.partijen for naam in namen]
                vreemd = [
                    spoor for spoor in find_strange(allen, kijker, gelezen) if spoor not in gevraagd and spoor not in str(vraag)
                ]
                if vreemd:
                    gelopen.vreemd.append((kijker.naam, vraag, vreemd))
    return gelopen


def _targets(allen: Partijen, kijker: Kijkt) -> list[Partij]:
    eigen = [partij for partij in allen.partijen if kijker.may_see(partij)]
    naast = [partij for partij in allen.partijen if partij.gemeente == kijker.gemeente and partij not in eigen]
    elders = [partij for partij in allen.partijen if partij.gemeente != kijker.gemeente]
    vreemd = [*naast[:1], *elders[-1:]]
    if kijker.rol == LOKAAL_TEAM:
        # Walled by team: beside it and elsewhere are walls of different makes.
        return [*eigen[:1], *vreemd]
    return [*eigen[:1], vreemd[-(allen.kijkers.index(kijker) % 2)]]


@pytest.mark.parametrize("ieder", [False, pytest.param(True, marks=pytest.mark.soak)])
def test_no_answer_holds_anything_of_another(allen: Partijen, vertel: Vertel, ieder: bool) -> None:
    """To every aanbieder and every role, of one gemeente or the other; of both, and whatever is refused, with `make soak`."""
    kijkers = allen.kijkers if ieder else choose_kijkers(allen.kijkers)
    gelopen = walk_all(allen, kijkers, ieder=ieder)
    vertel(
        f"Isolation: {gelopen.aantal} answers to {len(kijkers)} who look, {gelopen.gevuld} with something of their own, of"
        f" another: {len(gelopen.vreemd)}"
    )
    assert gelopen.vreemd == []
    assert gelopen.gevuld > gelopen.aantal / 15
    # Where nobody gets an answer there is nothing to find.
    lezend = {(methode, pad) for methode, pad in BEWERKINGEN if methode == "get" or pad in LEZEND}
    assert lezend - gelopen.gelezen == set()


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

    To every role, and of aanbieders to every second one; to each with `make soak`.
    """
    partij = allen.partijen[plaats]
    anderen = [kijker for kijker in allen.kijkers if not kijker.may_see(partij)]
    kijkers = [kijker for kijker in anderen if not kijker.agb] + [kijker for kijker in anderen if kijker.agb][::stap]
    vooraf = {kijker.naam: snapshot(allen, kijker, ieder=stap == 1) for kijker in kijkers}
    fill(allen, partij, ronde=1)
    anders = []
    for kijker in kijkers:
        daarna = snapshot(allen, kijker, ieder=stap == 1)
        anders += [(kijker.naam, vraag, *where(eerst, daarna[vraag])) for vraag, eerst in vooraf[kijker.naam].items()]
    assert [item for item in anders if len(item) > 2] == []


def snapshot(allen: Partijen, kijker: Kijkt, *, ieder: bool) -> dict[Vraag, str]:
    """Every answer to this one, without what changes by itself: moments, and the log of these very questions."""
    eigen = next((partij for partij in allen.partijen if kijker.may_see(partij)), allen.partijen[1])
    return {
        vraag: f"{gelezen.status} {_VLUCHTIG.sub('~', gelezen.tekst)}"
        for vraag, gelezen in walk(allen, kijker, eigen, ieder=ieder)
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
        gelopen = walk_all(allen, [kijker for kijker in allen.kijkers if kijker.agb])
    adressen = {vraag.bewerking for _, vraag, _ in gelopen.vreemd}
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
