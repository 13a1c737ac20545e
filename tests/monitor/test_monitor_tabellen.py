"""Care built to the figures that the region published over 2024 gives its tables back, column for column."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlalchemy import text

from berichten.kern.kalender import add_maanden
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.monitor.rapporten import RAPPORTEN, Lezer, Monitorverzoek
from berichten.rapporten.monitor.bereik import read_bereik
from berichten.rapporten.monitor.tabel import Tabel, as_text
from berichten.rapporten.monitor.tabel3b_4a import Vorm
from tests.hulp.eigenaar import as_owner
from tests.hulp.monitoring.monitor import GEMEENTE, Regel, Toewijzing, Zorg, fit, overlap, read_published, spread, window

Vraag = Callable[..., Tabel]
Rijen = list[tuple[str, ...]]


@pytest.fixture
def vraag(werkplaats: Werkplaats) -> Vraag:
    """Ask for a report over 2024, as the operator."""

    def ask(naam: str, periode: str = "2024", **rest: Any) -> Tabel:
        verzoek = Monitorverzoek(read_bereik([GEMEENTE], periode), **rest)
        return RAPPORTEN[naam].make(Lezer(werkplaats), verzoek)

    return ask


def save(werkplaats: Werkplaats, zorg: Zorg) -> None:
    with as_owner(werkplaats) as verbinding:
        zorg.save(verbinding)


def as_rows(tabel: Tabel) -> Rijen:
    return [tuple(as_text(waarde) for waarde in rij) for rij in tabel.rijen]


def test_table_1_comes_back_exactly(werkplaats: Werkplaats, vraag: Vraag) -> None:
    """9,847 clients, many of them in several segments and zorgvormen; one more whose only line was credited."""
    kop, rijen = read_published("tabel1_kosten_2024")
    zorg = build_table_1(rijen)
    zorg.regels += [Regel(99_999, 5000, product="P0"), Regel(99_999, 5000, product="P0", credit=True)]
    save(werkplaats, zorg)
    tabel = vraag("tabel1")
    assert tabel.kolommen == kop
    assert as_rows(tabel) == rijen


def build_table_1(rijen: Rijen) -> Zorg:
    """Segments divide the clients, zorgvormen those of their segment; some clients are in several."""
    boom = read_tree(rijen)
    vensters: list[tuple[int, int]] = []
    sommen: dict[tuple[int, ...], tuple[int, int]] = {}
    plaatsen: list[tuple[int, ...]] = []
    for _, cijfers, vormen in boom:
        eigen = tuple(range(len(vensters), len(vensters) + len(vormen)))
        vensters += [window(*vorm) for _, vorm in vormen]
        sommen[eigen] = window(*cijfers)
        plaatsen.append(eigen)
    _, _, *totaal = rijen[-1]
    sommen[tuple(range(len(vensters)))] = window(*map(int, totaal))
    bedragen = fit(vensters, sommen)
    zorg = Zorg()
    groepen = overlap((cijfers[1] for _, cijfers, _ in boom), range(int(totaal[1])))
    for (segment, _, vormen), eigen, clienten in zip(boom, plaatsen, groepen, strict=True):
        delen = overlap((vorm[1] for _, vorm in vormen), clienten)
        for (zorgvorm, _), plaats, deel in zip(vormen, eigen, delen, strict=True):
            code = zorg.product(segment, zorgvorm)
            zorg.regels += [Regel(client, centen, product=code) for client, centen in spread(bedragen[plaats], deel)]
    return zorg


def read_tree(rijen: Rijen) -> list[tuple[str, tuple[int, ...], list[tuple[str, tuple[int, ...]]]]]:
    """Segments with their figures and zorgvormen; one without zorgvormen has a nameless one."""
    boom: list[tuple[str, tuple[int, ...], list[tuple[str, tuple[int, ...]]]]] = []
    for naam, niveau, *getallen in rijen[:-1]:
        cijfers = tuple(map(int, getallen))
        if niveau == "segment":
            boom.append((naam.partition(".")[0], cijfers, []))
        else:
            boom[-1][2].append((naam.partition(" ")[2], cijfers))
    return [(segment, cijfers, vormen or [("", cijfers)]) for segment, cijfers, vormen in boom]


def test_table_3b_comes_back_with_its_small_counts(werkplaats: Werkplaats, vraag: Vraag) -> None:
    """Exactly in the form of 2024; ordinarily without the cost per client that would tell the small counts."""
    kop, rijen = read_published("tabel3b_18plus_2024")
    save(werkplaats, build_table_3b(rijen))
    precies, veilig = vraag("tabel3b", vorm=Vorm.PUBLICATIE2024), vraag("tabel3b")
    assert precies.kolommen == veilig.kolommen == kop
    assert as_rows(precies) == rijen
    assert as_rows(veilig) == [(*rij[:3], "-" if rij[2] == "≤5" else rij[3]) for rij in rijen]


def build_table_3b(rijen: Rijen) -> Zorg:
    """Somebody who has a birthday in the year is in two rows. Small counts are what cost per client says of them."""
    aantallen = [int(aantal) if aantal != "≤5" else round(int(euro) / int(per)) for _, euro, aantal, per in rijen]
    vensters = [window(int(rij[1]), aantal, int(rij[3])) for rij, aantal in zip(rijen, aantallen, strict=True)]
    bedragen = fit(vensters[:-1], {tuple(range(len(rijen) - 1)): vensters[-1]})
    zorg = Zorg()
    code = zorg.product("4", "Begeleiding individueel")
    leeftijden = [int(rij[0]) for rij in rijen[:-1]]
    for leeftijd, aantal, bedrag, clienten in zip(leeftijden, aantallen, bedragen, adults(leeftijden, aantallen), strict=False):
        assert len(clienten) == aantal
        for client, centen in spread(bedrag, list(clienten)):
            maand = max(add_maanden(clienten[client], 12 * leeftijd), date(2024, 1, 1))
            zorg.regels.append(Regel(client, centen, product=code, maand=maand))
    for client, geboren in {k: v for groep in adults(leeftijden, aantallen) for k, v in groep.items()}.items():
        zorg.toewijzingen.append(Toewijzing(client + 1, client, geboren))
    return zorg


def adults(leeftijden: list[int], aantallen: list[int]) -> list[dict[int, date]]:
    """Birth dates (on the first of a month) by client, for each age: of 66 the age changes in the course of 2024."""
    uit: list[dict[int, date]] = [{} for _ in leeftijden]
    dubbel, client = sum(aantallen[:-1]) - aantallen[-1], 0
    for plaats, leeftijd in enumerate(leeftijden):
        while len(uit[plaats]) < aantallen[plaats]:
            verder = plaats + 1 < len(leeftijden) and leeftijden[plaats + 1] == leeftijd + 1
            jarig = dubbel > 0 and verder and len(uit[plaats + 1]) < aantallen[plaats + 1]
            dubbel -= jarig
            # Who turns a year older on 1 July has that age from July on; who does on 1 January has it all year.
            uit[plaats][client] = date(2024 - leeftijd, 1, 1) if not jarig else date(2023 - leeftijd, 7, 1)
            if jarig:
                uit[plaats + 1][client] = date(2023 - leeftijd, 7, 1)
            client += 1
    return uit


def test_table_4a_comes_back_exactly(werkplaats: Werkplaats, vraag: Vraag) -> None:
    """By the referrers that were uploaded for allocations; the 27 of whom nobody told are `Niet bekend`."""
    kop, rijen = read_published("tabel4a_verwijzer_2024")
    vensters = [window(*map(int, rij[1:])) for rij in rijen]
    bedragen = fit(vensters[:-1], {tuple(range(len(rijen) - 1)): vensters[-1]})
    zorg = Zorg()
    code = zorg.product("4", "Basis GGZ")
    groepen = overlap((int(rij[2]) for rij in rijen[:-1]), range(int(rijen[-1][2])))
    for (verwijzer, *_), bedrag, clienten in zip(rijen, bedragen, groepen, strict=False):
        for client, centen in spread(bedrag, clienten):
            nummer = len(zorg.regels) + 1
            zorg.regels.append(Regel(client, centen, product=code, toewijzing=nummer))
            if verwijzer != "Niet bekend":
                zorg.verwijzers[nummer] = verwijzer
    save(werkplaats, zorg)
    tabel = vraag("tabel4a")
    assert tabel.kolommen == kop
    assert as_rows(tabel) == rijen


KADERS = {
    "Behandeling met verblijf": ("Behandeling met verblijf", 9, None),
    "Gesloten jeugdhulp": ("", 6, None),
    "Dagbehandeling & besteding": ("Dagbehandeling & Besteding", 24, None),
    "Individuele begeleiding": ("Begeleiding individueel", 6, 3120),
    "Basis GGZ": ("Basis GGZ", None, 1440),
}
"""Zorgvorm, most months and most minutes of each frame."""


def test_table_5b_comes_back_exactly(werkplaats: Werkplaats, vraag: Vraag) -> None:
    """Courses that last a month too long, or of a minute too many, beside courses of exactly the most that may be."""
    kop, rijen = read_published("tabel5b_buiten_kader_2024")
    save_kaders(werkplaats, rijen)
    save(werkplaats, build_table_5b(rijen))
    tabel = vraag("tabel5b")
    assert tabel.kolommen == kop
    assert as_rows(tabel) == rijen


def save_kaders(werkplaats: Werkplaats, rijen: Rijen) -> None:
    with werkplaats.opslag.transaction() as verbinding:
        verbinding.execute(
            text(
                "INSERT INTO kader (gemeente, kader, segment, zorgvorm, max_maanden, max_minuten, ingangsdatum)"
                " VALUES (:g, :kader, :segment, :vorm, :maanden, :minuten, '2020-01-01')"
            ),
            [
                {"g": GEMEENTE, "kader": naam, "segment": segment, "vorm": vorm, "maanden": maanden, "minuten": minuten}
                for segment, naam, *_ in rijen[:-1]
                for vorm, maanden, minuten in (KADERS[naam],)
            ],
        )


def build_table_5b(rijen: Rijen) -> Zorg:
    """Of each frame the courses within and beyond it; cost is published in thousands."""
    binnen, buiten = courses_cost(rijen)
    zorg, client = Zorg(), 0
    for (segment, naam, aantal, _, erbuiten, _), kosten, kosten_buiten in zip(rijen, binnen, buiten, strict=False):
        vorm, maanden, minuten = KADERS[naam]
        code = zorg.product(segment, vorm)
        for hoeveel, centen, meer in ((int(aantal) - int(erbuiten), kosten, 0), (int(erbuiten), kosten_buiten, 1)):
            for wie, deel in spread(centen, range(client, client + hoeveel)):
                duur = (maanden or 1) if minuten is None else 1
                zorg.regels += course(
                    wie, deel, code, duur + meer * (minuten is None), (minuten or 60) + meer * (minuten is not None)
                )
            client += hoeveel
    return zorg


def courses_cost(rijen: Rijen) -> tuple[list[int], list[int]]:
    """Cents of courses within and beyond each frame, of which the sums give the totals too."""
    aantal = len(rijen) - 1
    sommen: dict[tuple[int, ...], tuple[int, int]] = {
        (plaats, aantal + plaats): window(int(rij[3]), rond=100_000) for plaats, rij in enumerate(rijen[:-1])
    }
    sommen[tuple(range(2 * aantal))] = window(int(rijen[-1][3]), rond=100_000)
    sommen[tuple(range(aantal, 2 * aantal))] = window(int(rijen[-1][5]), rond=100_000)
    ruim = [(100_000, 10**10)] * aantal
    bedragen = fit([*ruim, *(window(int(rij[5]), rond=100_000) for rij in rijen[:-1])], sommen)
    return bedragen[:aantal], bedragen[aantal:]


def course(client: int, centen: int, product: str, duur: int, minuten: int) -> list[Regel]:
    """A course of `duur` months up to December 2024, with care every fourth month: gaps of three months do not end it."""
    maanden = sorted({0, *range(duur - 1, 0, -4)})
    bedragen = spread(centen, maanden)
    return [
        Regel(client, deel, add_maanden(date(2024, 12, 1), maand - duur + 1), product, minuten=minuten if maand == 0 else 0)
        for maand, deel in bedragen
    ]
