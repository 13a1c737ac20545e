"""DA10 on the months that are loaded says what it says on all of them, whatever was billed before."""

from collections.abc import Iterator
from datetime import time
from random import Random

import pytest
from sqlalchemy import Connection, text

from berichten.dossier.dossier import DeclaratieKader, Toewijzing
from berichten.dossier.eigen_feiten import Grenzen
from berichten.kern.kalender import add_maanden
from berichten.kern.regel import Gegevens
from berichten.opslag.dossiers import toewijzingtotalen
from berichten.opslag.dossiers.contracten import load_contract
from berichten.opslag.dossiers.eigen_feiten import load_feiten
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.regels.eigen.kaders import binnen_kader
from berichten.standaard.waarden.berichten import Declaratie, DeclaratieClient, Prestatie
from berichten.standaard.waarden.onderdelen import Periode
from berichten.standaard.waarden.regelvelden import VELDEN, as_columns
from berichten.voorbeelden.model.namen import list_bsns
from tests.beoordeling.test_eigen_regels import JAN, MRT, laad, plek  # noqa: F401
from tests.hulp.bouwstenen import AGB
from tests.hulp.declareer import send, toewijzing
from tests.hulp.eigenaar import as_owner
from tests.hulp.geld.boeken import count_lines

CLIENTEN = list_bsns()[40:90]
EERSTE = 700
EERDER = text("""
    INSERT INTO prestatie (gemeente, prestatie_id, bericht_id, agb, bsn, referentienummer, toewijzingnummer, categorie, productcode,
        begindatum, einddatum, volume, eenheid, bedrag, credit, uitkomst, referentie_gebruikt, regelnummer, soort, toegekend_volume,
        toegekend_bedrag, zonder_feiten, hertoetsing)
    VALUES ('0484', :id, gen_random_uuid(), :agb, :bsn, 'OUD' || :id, :nummer, '45', :code, :dag, :dag, :volume, :eenheid, 100,
        :credit, :uitkomst, true, 1, 'JW323', :toegekend, 0 * :toegekend, 0, 0)
""")


def _history(toeval: Random) -> Iterator[dict[str, object]]:
    """Up to four lines a client over two years: with gaps, credits, lines refused, and lines awarded in part."""
    volgnummer = 1 << 30
    for plaats, bsn in enumerate(CLIENTEN):
        for _ in range(toeval.randrange(5)):
            volgnummer += 1
            eenheid, meeste = toeval.choice((("01", 700), ("04", 12)))
            uitkomst = toeval.choice(("toegekend", "toegekend", "ter_beoordeling", "afgewezen"))
            yield {
                "id": volgnummer, "agb": AGB, "bsn": bsn, "nummer": EERSTE + plaats, "code": toeval.choice(("45A48", "45A49")),
                "dag": add_maanden(MRT, -toeval.choice((0, 1, 2, 3, 4, 5, 6, 9, 14, 20))), "volume": toeval.randrange(1, meeste),
                "eenheid": eenheid, "credit": toeval.random() < 0.2,
                "uitkomst": uitkomst, "toegekend": toeval.choice((None, None, 0, 30)) if uitkomst == "toegekend" else None,
            }  # fmt: skip


def _line(plaats: int, bsn: str, toeval: Random) -> Prestatie:
    dag = toeval.choice((JAN, MRT))
    return Prestatie(
        plaats, plaats, bsn, f"R{plaats}", None, EERSTE + CLIENTEN.index(bsn), "45", toeval.choice(("45A48", "45A49")), dag, dag,
        toeval.randrange(1, 500), toeval.choice(("01", "01", "16")), 1, 100, toeval.random() < 0.1,
    )  # fmt: skip


def _huge(bsn: str) -> Prestatie:
    """A line that no frame allows: with it every client comes near one, so that all months are loaded."""
    return Prestatie(0, 0, bsn, "X", None, None, "45", "45A48", JAN, MRT, 10**9, "01", 1, 100, False)


def _judge(verbinding: Connection, regels: list[Prestatie], geladen_voor: list[Prestatie]) -> tuple[int, list[Gegevens | None]]:
    """How many months were loaded for `geladen_voor`, and what the rule says of each line when all pass in order."""
    feiten = load_feiten(verbinding, "0484", AGB, as_columns(geladen_voor, VELDEN), Grenzen())
    maanden = sum(map(len, feiten.trajecten.values()))
    aangifte = Declaratie("D", Periode(MRT, MRT), MRT, 0, tuple(DeclaratieClient(bsn, (), 1) for bsn in CLIENTEN))
    eigen = {
        EERSTE + plaats: Toewijzing(EERSTE + plaats, AGB, bsn, "45", None, JAN, None, None, None, None, None, None, JAN, time(9), 1)
        for plaats, bsn in enumerate(CLIENTEN)
    }
    contract = load_contract(verbinding, "0484", AGB, ("45A48", "45A49"))
    kader = DeclaratieKader(AGB, aangifte, False, set(CLIENTEN), eigen, contract=contract, feiten=feiten)
    oordelen = []
    for regel in regels:
        oordelen.append(binnen_kader.toets(regel, kader.dossier(regel.toewijzingnummer)))
        feiten.register(regel, contract)
    return maanden, oordelen


KADERS = (("3;1200", ";900"), (";1500", "4;"), ("3;", "6;"), ("2;", "2;"))
RUIM = ("24;90000", ";90000")


def test_months_of_who_is_not_near_a_limit_change_nothing(
    plek: Werkplaats,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    toeval = Random("trajecten")
    for plaats, bsn in enumerate(CLIENTEN):
        send(plek, toewijzing(EERSTE + plaats, bsn=bsn))
    eerder = list(_history(toeval))
    with as_owner(plek) as verbinding:
        verbinding.execute(EERDER, eerder[: len(eerder) // 2])
    count_lines(plek)
    with as_owner(plek) as verbinding:
        verbinding.execute(EERDER, eerder[len(eerder) // 2 :])
    for vier, vijf in (*KADERS, RUIM):
        laad(plek, "kaders", f"Begeleiding;4;;{vier};2020-01-01;", f"Behandeling;5;;{vijf};2020-01-01;")
        maanden, gevonden = _compare(plek, toeval, monkeypatch)
        assert gevonden == (vijf != RUIM[1])
        assert gevonden or maanden == 0


def _compare(plek: Werkplaats, toeval: Random, patch: pytest.MonkeyPatch) -> tuple[int, bool]:  # noqa: F811
    """Judges eight declarations on some months and on all; how many were loaded, and whether a line was outside its frame.

    Half of them as if they were large, from the sums and the lines since; one in four as if the sums were far behind.
    """
    geladen, gevonden = 0, []
    with plek.opslag.transaction() as verbinding:
        for keer in range(8):
            patch.setattr(toewijzingtotalen, "VEEL", 10**9 if keer % 4 == 2 else 0)
            patch.setattr(toewijzingtotalen, "SINDSDIEN", 0 if keer % 4 == 3 else 10**6)
            regels = [_line(plaats, toeval.choice(CLIENTEN), toeval) for plaats in range(1, 120)]
            maanden, oordelen = _judge(verbinding, regels, regels)
            assert oordelen == _judge(verbinding, regels, [*regels, *map(_huge, CLIENTEN)])[1]
            geladen += maanden
            gevonden += oordelen
    return geladen, any(gevonden)
