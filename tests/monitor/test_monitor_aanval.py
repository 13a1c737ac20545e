"""Every report of one year is asked for and laid beside the others, as a reader would: no small count can be told from them."""

import random
from collections import defaultdict
from collections.abc import Iterator
from datetime import date

import pytest
from sqlalchemy import text

from berichten.kern.kalender import add_maanden
from berichten.opslag.basis.verbinding import Toegang
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.monitor.rapporten import RAPPORTEN, Lezer, Monitorverzoek
from berichten.rapporten.afscherming.optelling import TOTAAL
from berichten.rapporten.monitor.bereik import read_bereik
from berichten.rapporten.monitor.clienten import read_clienten
from berichten.rapporten.monitor.indicatoren import group_label
from berichten.rapporten.monitor.stromen import read_prestatietijden, read_starts, read_uitgestroomd
from berichten.rapporten.monitor.tabel import Tabel, Waarde
from berichten.rapporten.monitor.tabel1 import segment_label, zorgvorm_label
from berichten.rapporten.monitor.tabel3b_4a import VERWIJZERS
from berichten.rapporten.monitor.trajecten import read_kaders
from tests.hulp.eigenaar import as_owner
from tests.hulp.monitoring.aanvaller import HOOG, Aanvaller
from tests.hulp.monitoring.monitor import GEMEENTE, Regel, Toewijzing, Zorg

JAAR = read_bereik([GEMEENTE], "2024")
VORMEN = (("4", "Basis GGZ"), ("4", "Begeleiding individueel"), ("3", "Dagbehandeling & Besteding"), ("2", "Pleegzorg"), ("1B", ""))
Tabellen = dict[str, list[dict[str, Waarde]]]
STROMEN = (
    ("traject", 2, ("opgeschaald", "afgeschaald")),
    ("volg", 3, ("zonder",)),
    ("start", 7, ("start",)),
    ("regel", 9, ("regel",)),
)
"""What adds up: name, number of the indicator, and how its kinds begin."""
Grenzen = dict[str, tuple[int, int]]


def draw_town(dobbel: random.Random) -> Zorg:
    """A small gemeente: courses of one to six months, most with one aanbieder, a few after each other."""
    zorg = Zorg()
    codes = [zorg.product(*vorm) for vorm in VORMEN]
    for client in range(dobbel.choice((12, 40, 120))):
        geboren = date(dobbel.choice((2005, 2006, 2010, 2012, 2014)), dobbel.randint(1, 12), 1)
        for _ in range(dobbel.choice((1, 1, 1, 2))):
            begin, duur = dobbel.randint(1, 10), dobbel.randint(1, 6)
            code, agb = dobbel.choices(codes, (8, 4, 2, 1, 1))[0], f"4242000{dobbel.choices((1, 2, 3), (6, 3, 1))[0]}"
            nummer = len(zorg.toewijzingen) + 1
            zorg.toewijzingen.append(Toewijzing(nummer, client, geboren, code, agb, date(2024, begin, 1)))
            zorg.verwijzers[nummer] = dobbel.choices(VERWIJZERS[1:4], (6, 3, 1))[0]
            zorg.regels += [
                Regel(client, dobbel.randint(100, 90_000), add_maanden(date(2024, begin, 1), maand), code, agb, toewijzing=nummer)
                for maand in range(duur)
            ]
    return zorg


def ask_all(werkplaats: Werkplaats) -> Tabellen:
    """Every report of the year, as an employee of the gemeente gets it."""
    lezer, tabellen = Lezer(werkplaats, Toegang(GEMEENTE, None)), {}
    for naam, rapport in RAPPORTEN.items():
        tabel: Tabel = rapport.make(lezer, Monitorverzoek(JAAR))
        tabellen[naam] = [dict(zip(tabel.kolommen, rij, strict=True)) for rij in tabel.rijen]
    return tabellen


def bounds(waarde: Waarde) -> tuple[int, int]:
    """What a reader knows by how a count is shown."""
    if isinstance(waarde, int):
        return waarde, waarde
    return {"≤5": (1, 5), "-": (6, HOOG)}[str(waarde)]


class Lezing:
    """All that was read: the same count, met in two tables, is known by both."""

    def __init__(self) -> None:
        self.grenzen: Grenzen = {}

    def see(self, naam: str, laag: int, hoog: int) -> None:
        eerder = self.grenzen.get(naam, (0, HOOG))
        self.grenzen[naam] = max(laag, eerder[0]), min(hoog, eerder[1])


def read_clients(tabellen: Tabellen, lezing: Lezing) -> Iterator[tuple[str, list[str], bool]]:
    """Counts of clients in tables 1, 3b and 4a and in indicators 5 and 6; with what they are parts of, and whether wholly."""
    delen: dict[str, list[str]] = defaultdict(list)
    segment = ""
    for rij in tabellen["tabel1"]:
        naam = str(rij["productindeling"]) if rij["niveau"] != "totaal" else TOTAAL
        lezing.see(naam, *bounds(rij["unieke_clienten"]))
        if rij["niveau"] == "segment":
            segment = naam
            delen[f"{TOTAAL} segmenten"].append(naam)
        elif rij["niveau"] == "zorgvorm":
            delen[segment].append(naam)
    for tabel, kolom, geheel in (("tabel3b", "leeftijd", "18+"), ("tabel4a", "verwijzer", TOTAAL)):
        for rij in tabellen[tabel]:
            naam = geheel if rij[kolom] == "Totaal" else str(rij[kolom])
            lezing.see(naam, *bounds(rij["unieke_clienten"]))
            if naam != geheel:
                delen[f"{geheel} {kolom}"].append(naam)
    for rij in tabellen["indicatoren"]:
        if rij["nr"] == 6:
            naam = TOTAAL if rij["groep"] == "Totaal" else str(rij["groep"])
            lezing.see(naam, *bounds(rij["waarde"]))
            if rij["splitsing"] == "aanbieder":
                delen[f"{TOTAAL} aanbieders"].append(naam)
    for sleutel, namen in delen.items():
        geheel = sleutel if sleutel in lezing.grenzen else sleutel.partition(" ")[0]
        yield geheel, namen, True
    if "18+" in lezing.grenzen:
        yield TOTAAL, ["18+"], False


def read_sums(tabellen: Tabellen, lezing: Lezing) -> Iterator[tuple[str, list[str]]]:
    """Courses, starts and frames: what adds up to what."""
    for naam, nr, kinds in STROMEN:
        rijen = [rij for rij in tabellen["indicatoren"] if rij["nr"] == nr]
        groepen: dict[str, set[str]] = defaultdict(set)
        for rij in rijen:
            cel = f"{naam} {rij['splitsing']} {rij['groep']}"
            groepen[str(rij["splitsing"])].add(cel)
            lezing.see(cel, *bounds(rij["aantal"]))
            soort = next(kind for kind in kinds if str(rij["maat"]).startswith(kind))
            see_part(lezing, f"{cel}:{soort}", rij["waarde"], rij["aantal"])
        alle = [*kinds, "rest"]
        for cel in set().union(*groepen.values()):
            lezing.see(f"{cel}:rest", 0, HOOG)
            yield cel, [f"{cel}:{kind}" for kind in alle]
        geheel = f"{naam} {TOTAAL} Totaal"
        for splitsing in set(groepen) - {TOTAAL}:
            yield geheel, sorted(groepen[splitsing])
            for kind in alle:
                yield f"{geheel}:{kind}", [f"{cel}:{kind}" for cel in sorted(groepen[splitsing])]
    yield from read_frames(tabellen, lezing)


def see_part(lezing: Lezing, naam: str, procent: Waarde, aantal: Waarde) -> None:
    """A percentage of a number that is shown is a count."""
    if procent in ("-", None):
        lezing.see(naam, 0, HOOG)
    else:
        deel = round(float(procent or 0) * int(aantal or 0) / 100)
        lezing.see(naam, deel, deel)


def read_frames(tabellen: Tabellen, lezing: Lezing) -> Iterator[tuple[str, list[str]]]:
    kaders = []
    for rij in tabellen["tabel5b"]:
        cel = f"kader {rij['naam']}"
        lezing.see(cel, *bounds(rij["trajecten_totaal"]))
        lezing.see(f"{cel}:buiten", *bounds(rij["trajecten_buiten_kader"]))
        lezing.see(f"{cel}:binnen", 0, HOOG)
        yield cel, [f"{cel}:buiten", f"{cel}:binnen"]
        if rij["naam"]:
            kaders.append(cel)
    if kaders:
        for soort in ("", ":buiten", ":binnen"):
            yield f"kader {soort}" if soort else "kader ", [f"{cel}{soort}" for cel in kaders]


def true_clients(werkplaats: Werkplaats) -> dict[str, int]:
    """By the names of the tables."""
    with werkplaats.opslag.transaction() as verbinding:
        cellen = read_clienten(verbinding, JAAR)
    labels = {
        "totaal": lambda *_: TOTAAL,
        "volwassen": lambda *_: "18+",
        "segment": lambda g, _: segment_label(g),
        "zorgvorm": zorgvorm_label,
    }
    return {labels.get(soort, lambda g, _: g)(groep, deel): aantal for (soort, groep, deel), (_, aantal) in cellen.items()}


def true_sums(werkplaats: Werkplaats) -> dict[str, int]:
    """Courses that ended, starts and frames, by the names that `read_sums` gives them."""
    vandaag = werkplaats.instellingen.vandaag()
    with werkplaats.opslag.transaction() as verbinding:
        trajecten, starts = read_uitgestroomd(verbinding, JAAR, vandaag), read_starts(verbinding, JAAR, vandaag)
        regels, kaders = read_prestatietijden(verbinding, JAAR, 1, vandaag), read_kaders(verbinding, JAAR)
    echt: dict[str, int] = {}
    for (splitsing, sleutel), item in trajecten.items():
        plek = f"{splitsing} {group_label(splitsing, sleutel)}"
        echt |= {f"traject {plek}": item.aantal, f"traject {plek}:opgeschaald": item.op, f"traject {plek}:afgeschaald": item.af}
        echt |= {f"traject {plek}:rest": item.aantal - item.op - item.af, f"volg {plek}": item.te_volgen}
        echt |= {f"volg {plek}:zonder": item.duurzaam, f"volg {plek}:rest": item.te_volgen - item.duurzaam}
    for naam, groepen in (("start", starts), ("regel", regels)):
        for (splitsing, sleutel), tijden in groepen.items():
            plek = f"{naam} {splitsing} {group_label(splitsing, sleutel)}"
            echt |= {plek: tijden.aantal, f"{plek}:{naam}": tijden.op_tijd, f"{plek}:rest": tijden.aantal - tijden.op_tijd}
    for stand in kaders:
        cel = f"kader {stand.kader}"
        echt |= {cel: stand.binnen + stand.buiten, f"{cel}:buiten": stand.buiten, f"{cel}:binnen": stand.binnen}
    return echt


@pytest.mark.parametrize("zaad", range(8))
def test_all_reports_of_a_year_together_tell_no_small_count(werkplaats: Werkplaats, zaad: int) -> None:
    """Clients: any of 1 to 5 fits each small count. Courses and starts: no small count is certain."""
    zorg = draw_town(random.Random(zaad))
    with as_owner(werkplaats) as verbinding:
        zorg.save(verbinding)
        verbinding.execute(
            text("INSERT INTO kader VALUES (:g, :vorm, :segment, :vorm, :maanden, NULL, '2020-01-01', NULL)"),
            [{"g": GEMEENTE, "vorm": vorm, "segment": segment, "maanden": 4} for segment, vorm in VORMEN[:4]],
        )
    tabellen = ask_all(werkplaats)
    lezing = Lezing()
    eenheden, sommen = list(read_clients(tabellen, lezing)), list(read_sums(tabellen, lezing))
    aanvaller = Aanvaller(lezing.grenzen)
    for geheel, delen, helemaal in eenheden:
        if helemaal:
            aanvaller.learn_union(geheel, delen)
        else:
            aanvaller.learn_part(delen[0], [geheel])
    for geheel, delen in sommen:
        aanvaller.learn_sum(geheel, delen)
    for naam, aantal in true_clients(werkplaats).items():
        if 1 <= aantal <= 5:
            assert aanvaller.range_of(naam) == (1, 5), naam
    for naam, aantal in true_sums(werkplaats).items():
        if 1 <= aantal <= 5 and naam in lezing.grenzen:
            laagste, hoogste = aanvaller.range_of(naam)
            assert laagste < hoogste, naam
