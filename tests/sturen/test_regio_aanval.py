"""Totals of a region beside quarters, four months and the year of its members, in any order: no small count can be told."""

import random
from dataclasses import replace

import pytest

from berichten.opslag.basis.verbinding import Login, Toegang
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.kwartaal.reken_kwartaal import reckon_kwartaal
from berichten.processen.monitor.rapporten import RAPPORTEN, Lezer, Monitorverzoek, NietTeBeschermen
from berichten.processen.regio.laad_regio import load_regio
from berichten.processen.regio.reken_regio import Regiovraag, report_regio
from berichten.rapporten.monitor.bereik import read_bereik
from berichten.rapporten.monitor.clienten import read_clienten
from berichten.rapporten.monitor.tabel import Waarde
from berichten.rapporten.monitor.tabel1 import segment_label
from berichten.rapporten.sturen.kwartaalperiode import read_kwartaal
from tests.hulp.eigenaar import as_owner
from tests.hulp.monitoring.aanvaller import HOOG, Aanvaller
from tests.hulp.monitoring.monitor import Zorg
from tests.monitor.test_monitor_aanval import draw_town
from tests.sturen.test_kwartaal_aanval import ALLEN, MAANDEN, bounds, covers

LEDEN = ("0484", "0537")
REGIO = ",".join(LEDEN)
WIE = (*LEDEN, REGIO)
"""Whose counts are asked for: of each member, and of both as one."""
BESTAND = "regio;gemeente;van;tot;mandaat;besluit\nHR;0484;2020-01-01;;rapport;R\nHR;0537;2020-01-01;;rapport;R\n"
Cellen = dict[str, Waarde]


def draw_region(dobbel: random.Random) -> Zorg:
    """Clients of one town live in two gemeenten, most in the first; a few move or have care in both."""
    zorg = draw_town(dobbel)
    deel = dobbel.choice((0.03, 0.2, 0.5))
    thuis = {item.client: LEDEN[dobbel.random() < deel] for item in zorg.toewijzingen}
    zorg.regels = [
        replace(item, gemeente=dobbel.choice(LEDEN) if dobbel.random() < 0.05 else thuis[item.client], toewijzing=None)
        for item in zorg.regels
    ]
    zorg.toewijzingen, zorg.verwijzers = [], {}
    return zorg


@pytest.mark.parametrize("zaad", [0, *(pytest.param(zaad, marks=pytest.mark.soak) for zaad in range(1, 12))])
def test_a_region_and_its_members_together_tell_no_small_count(werkplaats: Werkplaats, zaad: int) -> None:
    """Any of 1 to 5 fits each count that shows as such; of what does not show at least two values are left."""
    dobbel = random.Random(zaad)
    with as_owner(werkplaats) as verbinding:
        draw_region(dobbel).save(verbinding)
    assert load_regio(werkplaats, BESTAND.encode(), "wie").regels == 2
    vragen = [(wie, periode) for wie in WIE for periode in MAANDEN]
    dobbel.shuffle(vragen)
    gezien = {f"{wie} {periode}": read(werkplaats, wie, periode) for wie, periode in vragen}
    aanvaller = attack(gezien)
    for naam, aantal in true_counts(werkplaats).items():
        if 1 <= aantal <= 5:
            wie, periode, wat = naam.split(" ", 2)
            laagste, hoogste = aanvaller.range_of(naam)
            if gezien[f"{wie} {periode}"].get(wat) == "≤5":
                assert (laagste, hoogste) == (1, 5), (naam, gezien)
            assert laagste < hoogste, (naam, gezien)


def attack(gezien: dict[str, Cellen]) -> Aanvaller:
    """Within each answer its union, of each of WIE what covers a period, and of each period that a region is its members."""
    namen = sorted({naam for cellen in gezien.values() for naam in cellen})
    aanvaller = Aanvaller({f"{plek} {naam}": limit(cellen, naam, plek) for plek, cellen in gezien.items() for naam in namen})
    perioden = sorted({plek.split(" ")[1] for plek in gezien})
    for plek in gezien:
        aanvaller.learn_union(f"{plek} {ALLEN}", [f"{plek} {naam}" for naam in namen if naam != ALLEN])
    for naam in namen:
        for geheel, dekking in covers():
            for wie in WIE:
                if f"{wie} {geheel}" in gezien:
                    aanvaller.learn_part(f"{wie} {geheel} {naam}", [f"{wie} {periode} {naam}" for periode in dekking])
        for periode in perioden:
            aanvaller.learn_union(f"{REGIO} {periode} {naam}", [f"{lid} {periode} {naam}" for lid in LEDEN])
    return aanvaller


def limit(cellen: Cellen, naam: str, plek: str) -> tuple[int, int]:
    """Of a region's quarter and four months only the total is told."""
    if plek.startswith(REGIO) and naam not in cellen and "-" in plek.split(" ")[1]:
        return 0, HOOG
    return bounds(cellen, naam)


def read(werkplaats: Werkplaats, wie: str, periode: str) -> Cellen:
    """As a reader sees it: the page of the region, the report of a quarter, table 1 of four months, and of any year."""
    if "-" in periode and wie == REGIO:
        tabel = report_regio(werkplaats, Regiovraag(LEDEN[0], "regio"), read_kwartaal(periode))
        return {ALLEN: tabel.rijen[-1][tabel.kolommen.index("clienten")]}
    lezer = Lezer(werkplaats, Login.SCHRIJVER if wie == REGIO else Toegang(wie, None))
    if "Q" in periode:
        cijfers = reckon_kwartaal(lezer, wie, read_kwartaal(periode), werkplaats.instellingen.vandaag())
        [alle] = [rij["deze_periode"] for rij in cijfers["kerncijfers"] if rij["rij"] == "cliënten"]
        return {ALLEN: alle} | {rij["segment"]: rij["clienten"] for rij in cijfers["segmenten"] if rij["segment"] != ALLEN}
    try:
        tabel = RAPPORTEN["tabel1"].make(lezer, Monitorverzoek(read_bereik(wie.split(","), periode)))
    except NietTeBeschermen:
        return {ALLEN: "?"}
    return {ALLEN: 0} | {ALLEN if rij[1] == "totaal" else str(rij[0]): rij[3] for rij in tabel.rijen if rij[1] != "zorgvorm"}


def true_counts(werkplaats: Werkplaats) -> dict[str, int]:
    echt: dict[str, int] = {}
    with werkplaats.opslag.transaction() as verbinding:
        for wie in WIE:
            for periode in MAANDEN:
                for (soort, groep, _), (_, aantal) in read_clienten(verbinding, read_bereik(wie.split(","), periode)).items():
                    if soort in ("totaal", "segment"):
                        echt[f"{wie} {periode} {ALLEN if soort == 'totaal' else segment_label(groep)}"] = aantal
    return echt


def test_a_member_that_is_shown_beside_its_region_gives_the_other_away() -> None:
    """Proof that the attacker can do something: of 100 of which 97 are in one member, the other has three at least."""
    aantallen: Cellen = {LEDEN[0]: 97, LEDEN[1]: "≤5", REGIO: 100}
    gezien: dict[str, Cellen] = {f"{wie} 2024-Q1": {ALLEN: aantal} for wie, aantal in aantallen.items()}
    aanvaller = Aanvaller({f"{plek} {ALLEN}": bounds(cellen, ALLEN) for plek, cellen in gezien.items()})
    aanvaller.learn_union(f"{REGIO} 2024-Q1 {ALLEN}", [f"{lid} 2024-Q1 {ALLEN}" for lid in LEDEN])
    assert aanvaller.range_of(f"{LEDEN[1]} 2024-Q1 {ALLEN}") == (3, 5)
