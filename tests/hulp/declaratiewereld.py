"""Random declarations with all that they are held against: in most worlds most lines are sound, and every rule is broken by some.

Values come from small pools around the limits, so that lines meet: on one allocation, in one frame, room or record, on the very day
and the very cent. A seed makes the same world each time, since judging uses one up.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta
from random import Random
from typing import Any, TypeVar

from berichten.dossier.beleid import Beleid, Beleidsregel
from berichten.dossier.contract import BIJ_TOEWIJZING, Catalogusproduct, Contract, Contractrij, Tarief, per_minuut
from berichten.dossier.dossier import DeclaratieKader, EerderePrestatie, Gebruik, Toewijzing, debetsleutel
from berichten.dossier.eigen_feiten import (
    Afspraak,
    EigenFeiten,
    Grenzen,
    Kader,
    Leverperiode,
    Ruimte,
    Verantwoord,
    Verantwoording,
    Zorgmaand,
)
from berichten.kern.kalender import einde_of_maand
from berichten.standaard.waarden.berichten import Declaratie, DeclaratieClient, Prestatie
from berichten.standaard.waarden.onderdelen import Periode
from tests.hulp.bouwstenen import AGB

T = TypeVar("T")
MEI = date(2026, 5, 1)
MAANDEN = (MEI, MEI, MEI, date(2026, 4, 1), date(2026, 3, 1), date(2025, 6, 1))
CODES = {"45A48": "45", "45A53": "45", "54001": "54", "43A12": "43", "41A03": "41"}
EENHEDEN = ("01", "01", "04", "04", "14", "16", "82", "83")
UURPRIJZEN = (7805, 9000, 9010)
"""Of the last two the rounded minute rate is the same."""
VOLUMES = (1, 2, 9, 10, 11, 29, 30, 31, 59, 60, 61, 120, 600, 44640, 44641)


class Lot(Random):
    """Chance, with how odd its world is."""

    def __init__(self, zaad: int) -> None:
        super().__init__(zaad)
        self.kans = self.choice((0.01, 0.03, 0.1, 0.4))

    def odd(self, keren: float = 1) -> bool:
        """Whether something out of the ordinary happens."""
        return self.random() < self.kans * keren

    def pick(self, gewoon: T, *anders: T) -> T:
        """What is ordinary, or now and then something else."""
        return self.choice(anders) if self.odd() else gewoon


@dataclass(frozen=True, slots=True)
class Wereld:
    """One declaration and what is known."""

    declaratie: Declaratie
    kader: DeclaratieKader


def make_wereld(zaad: int, clienten: int = 60) -> Wereld:
    """The world of a seed; some three hundred lines for so many clients."""
    rng = Lot(zaad)
    contract = _contract(rng)
    toewijzingen = {item.toewijzingnummer: item for item in _toewijzingen(rng, clienten)}
    lijst = tuple(_clienten(rng, list(toewijzingen.values()), contract))
    regels = [item for client in lijst for item in client.prestaties]
    totaal = sum(item.bedrag for item in regels)
    declaratie = Declaratie("D1", Periode(MEI, date(2026, 5, 31)), date(2026, 6, rng.pick(1, 30)), totaal, lijst)
    kader = DeclaratieKader(
        AGB, declaratie, False, {client.bsn for client in lijst if not rng.odd(0.2)}, toewijzingen, None, contract
    )
    _add_before(rng, kader, regels)
    kader.feiten = _feiten(rng, regels, toewijzingen)
    kader.release = rng.choice(("3.0", "3.1", "3.2", "3.2"))
    return Wereld(declaratie, kader)


def _contract(rng: Lot) -> Contract:
    producten = [
        Catalogusproduct(
            code, categorie, rng.pick("04", "01", "16", "83", ""), date(2020, 1, 1), None,
            rng.pick("Begeleiding", "verlengde jeugdhulp", "fte-financiering"), rng.choice(("", "4", "5")),
            rng.choice(("", "HBO")), rng.pick("", "SKJ", "SKJ/BIG"), rng.pick("Zorg", "Zorg 18+"),
        )
        for code, categorie in CODES.items() if not rng.odd(0.5)
    ]  # fmt: skip
    contractrijen = [
        Contractrij(code, date(2020, 1, 1), rng.pick(None, date(2026, 4, 30)), rng.pick("periode", BIJ_TOEWIJZING))
        for code in CODES
        if not rng.odd(0.5)
    ]
    tarieven = [
        Tarief(agb, code, niveau, eenheid, prijs, begin, None)
        for code in CODES
        for begin in (date(2020, 1, 1), date(2026, 4, 1))
        for agb, niveau, eenheid, prijs in rng.sample(
            [("", n, e, p) for n in ("HBO", "WO") for e in ("04", "01", "16", "83", "") for p in (*UURPRIJZEN, 130)], 4
        )
    ]
    catalogus, contracten, prijzen = (rng.random() < 0.8 for _ in range(3))
    return Contract(
        catalogus,
        contracten,
        prijzen,
        tuple(producten),
        tuple(contractrijen) if contracten else (),
        tuple(tarieven) if prijzen else (),
    )


def _toewijzingen(rng: Lot, clienten: int) -> Iterator[Toewijzing]:
    for nummer in range(clienten * 3):
        code = rng.choice(list(CODES))
        begin = rng.pick(
            date(2025, 1, 1), date(2026, 1, 1), date(2026, 4, 1), date(2026, 5, 1), date(2026, 5, 12), date(2026, 5, 31)
        )
        einde = rng.pick(rng.choice((None, date(2026, 12, 31))), date(2026, 5, 31), date(2026, 5, 20), date(2026, 4, 30))
        frequentie = rng.choice(("1", "1", "2", "4", "6", "5"))
        omvang, eenheid = rng.random() < 0.7, "14" if begin.day == 31 else rng.choice(EENHEDEN)
        geboren = MEI.replace(year=MEI.year - rng.pick(8, 17, 18, 22, 23)) + timedelta(
            days=rng.choice((-40, -1, 0, 1, 4, 15, 30, 200))
        )
        yield Toewijzing(
            nummer, AGB, _bsn(nummer // 3), rng.choice((CODES[code], CODES[code], None)), rng.choice((code, code, None)),
            begin, None if einde is not None and einde < begin else einde, "13" if rng.odd(0.2) else None,
            (rng.choice((1, 2)) if frequentie == "1" else rng.pick(5000, 1, 10, 20, 40)) if omvang else None,
            eenheid if omvang else None,
            frequentie if omvang else None,
            rng.pick(None, 0, 100_000, 780_500, 10**9), begin, time(9), 1, rng.pick(geboren, None),
        )  # fmt: skip


def _bsn(nummer: int) -> str:
    return f"{999900000 + nummer}"


def _clienten(rng: Lot, toewijzingen: list[Toewijzing], contract: Contract) -> Iterator[DeclaratieClient]:
    volgnummer = 0
    for nummer in range(len(toewijzingen) // 3):
        regels = []
        for toewijzing in toewijzingen[3 * nummer : 3 * nummer + 3]:
            maanden = sorted(set(rng.choices((MEI, rng.choice(MAANDEN)), k=rng.choice((0, 1, 1, 2, 3)))))
            for maand in [*maanden, *maanden] if rng.odd(0.1) else maanden:
                volgnummer += 1
                regels.append(spoil_line(rng, _prestatie(rng, volgnummer, toewijzing, maand, contract)))
        if regels:
            yield DeclaratieClient(_bsn(nummer), tuple(regels), 1)


def _prestatie(rng: Lot, volgnummer: int, toewijzing: Toewijzing, maand: date, contract: Contract) -> Prestatie:
    """A line that fits its allocation, but perhaps in volume."""
    code = toewijzing.productcode or rng.choice(list(CODES))
    begin, einde = max(maand, toewijzing.ingangsdatum), min(einde_of_maand(maand), toewijzing.einddatum or date.max)
    mag = contract.units(code, begin, toewijzing.ingangsdatum)
    eenheid = toewijzing.eenheid or (rng.choice(sorted(mag)) if mag else rng.choice(EENHEDEN))
    eenheid = "01" if eenheid == "04" and rng.random() < 0.7 else eenheid
    rates = sorted(contract.rates(code, begin, eenheid, toewijzing.ingangsdatum)) or [per_minuut(9000)]
    tarief = None if eenheid == "83" else rng.choice(rates)
    volume = rng.pick(rng.choice(VOLUMES[:5]), *VOLUMES)
    uur = contract.hourly_tarieven(code, begin, tarief, toewijzing.ingangsdatum) if eenheid == "01" and tarief else ()
    bedrag = volume if tarief is None else (rng.choice(uur) * volume + 30) // 60 if uur else volume * tarief
    return Prestatie(
        volgnummer, volgnummer, toewijzing.bsn, f"R{volgnummer}", None, toewijzing.toewijzingnummer,
        toewijzing.categorie or CODES[code], code, begin, einde, volume, eenheid, tarief, bedrag, False,
    )  # fmt: skip


def spoil_line(rng: Lot, regel: Prestatie) -> Prestatie:
    """Some lines say something else in one field; fewer take an earlier line back."""
    if rng.odd(0.5):
        velden: list[tuple[str, list[Any]]] = [
            ("referentienummer", [f"R{rng.randrange(1, 300)}"]), ("toewijzingnummer", [rng.randrange(300)]),
            ("categorie", list(CODES.values())), ("code", list(CODES)), ("eenheid", list(EENHEDEN)),
            ("begindatum", [regel.begindatum + timedelta(days=10), regel.begindatum - timedelta(days=1), MEI]),
            ("einddatum", [regel.einddatum + timedelta(days=1), regel.einddatum - timedelta(days=1), date(2026, 6, 30)]),
            ("volume", list(VOLUMES)), ("tarief", [*map(per_minuut, UURPRIJZEN), *UURPRIJZEN, None]),
            ("bedrag", [regel.volume * (regel.tarief or 1), max(0, regel.bedrag - 1), regel.bedrag + 1]),
        ]  # fmt: skip
        veld, waarden = rng.choice(velden)
        setattr(regel, veld, rng.choice(waarden))
    if rng.odd(0.2):
        regel.credit, regel.vorig_referentienummer, regel.bedrag = True, f"E{rng.randrange(60)}", -regel.bedrag
    _keep_level_2(regel)
    return regel


def _keep_level_2(regel: Prestatie) -> None:
    """A message with such a line would not come so far: a period that ends before it begins, euros with a tariff."""
    regel.einddatum = max(regel.begindatum, regel.einddatum)
    if regel.eenheid == "83":
        regel.tarief, regel.bedrag = None, -regel.volume if regel.credit else regel.volume
    elif regel.tarief is None:
        regel.tarief = 130


def _add_before(rng: Lot, kader: DeclaratieKader, regels: list[Prestatie]) -> None:
    """What earlier messages used: allocations, references, periods, and the lines that credits take back."""
    for nummer in kader.toewijzingen:
        if rng.odd(2):
            dagen = Counter({einde_of_maand(rng.choice(MAANDEN)): rng.choice((0, 1, 2))})
            kader.gebruik[nummer] = Gebruik(rng.choice((0, 1, 590, 600, 40_000)), rng.choice((0, 60_000, 99_999)), dagen)
    for regel in regels:
        if regel.credit and regel.vorig_referentienummer and rng.random() < 0.8:
            kader.eerdere_prestaties[regel.vorig_referentienummer] = EerderePrestatie(
                regel.vorig_referentienummer, regel.toewijzingnummer, regel.bsn, regel.categorie, regel.code, regel.begindatum,
                regel.einddatum, regel.volume, regel.eenheid, regel.tarief, -regel.bedrag, False, "toegekend", True,
            )  # fmt: skip
            kader.debetten[debetsleutel(regel)] += 1
            if rng.random() < 0.1:
                kader.gecrediteerd.add(regel.vorig_referentienummer)
        elif rng.odd(0.2):
            kader.debetten[debetsleutel(regel)] += rng.choice((1, -1))
        if rng.odd(0.2):
            kader.referenties.add(regel.referentienummer)
    kader.referenties |= set(kader.eerdere_prestaties)


def _feiten(rng: Lot, regels: list[Prestatie], toewijzingen: dict[int, Toewijzing]) -> EigenFeiten:
    kaders = tuple(
        Kader(naam, segment, "", rng.pick(None, 2, 14), rng.pick(5000, None, 60, 700), date(2020, 1, 1), None, 60)
        for naam, segment in (("Begeleiding", ""), ("Zwaar", "4"), ("Licht", "5"))
        if rng.random() < 0.5
    )
    ruimtes = tuple(
        Ruimte(segment, date(2026, 1, 1), date(2026, 12, 31), rng.pick(10**11, 0, 5_000_000), soort, rng.choice((0, 4_000_000)))
        for segment in ("", "4") for soort in ("indicatief", "plafond") if rng.random() < 0.4
    )  # fmt: skip
    feiten = EigenFeiten(
        beleid=Beleid((Beleidsregel("", "DA07", "uit", "", date(2020, 1, 1), None),) if rng.random() < 0.2 else ()),
        grenzen=Grenzen(rng.pick(12, 0, 1, 3)), kaders=kaders, ruimtes=ruimtes, afspraken=tuple(_afspraken(rng, toewijzingen)),
    )  # fmt: skip
    for kader in kaders:
        for bsn in sorted({item.bsn for item in regels if rng.odd(3)}):
            maanden = {rng.choice(MAANDEN[3:]): Zorgmaand(rng.choice((-60, 0, 60, 640)), rng.choice((0, 1, 2))) for _ in range(2)}
            feiten.trajecten[bsn, kader.kader] = maanden
    if rng.random() < 0.5:
        for regel in regels:
            if rng.odd():
                if rng.random() < 0.5:
                    feiten.verantwoording[regel.referentienummer] = _records(rng, regel)
                else:
                    feiten.per_maand[regel.toewijzingnummer or 0, regel.begindatum.replace(day=1)] = _records(rng, regel)
    for nummer in toewijzingen:
        if rng.odd(0.5):
            feiten.leveringen[nummer] = [Leverperiode(rng.choice((MEI, date(2026, 6, 1))), rng.choice((None, date(2026, 6, 9))))]
    return feiten


def _afspraken(rng: Lot, toewijzingen: dict[int, Toewijzing]) -> Iterator[Afspraak]:
    for nummer in toewijzingen if rng.random() < 0.5 else ():
        if rng.odd():
            yield Afspraak(nummer, rng.choice(("MBO", "HBO", "WO")), rng.random() < 0.5, date(2025, 1, 1), None)


def _records(rng: Lot, regel: Prestatie) -> Verantwoording:
    minuten = regel.volume * (60 if regel.eenheid == "04" else 1)
    geleverd = max(0, minuten + rng.choice((-31, -29, -1, 0, 1, 500)))
    delen = [Verantwoord(geleverd, "direct", rng.choice(("", "MBO", "WO")), rng.choice(("SKJ", "BIG", "geen")))]
    delen += [Verantwoord(10, soort, "", "geen") for soort in ("no_show", "niet_clientgebonden") if rng.random() < 0.3]
    return Verantwoording(delen, rng.choice((0, 0, 30)))
