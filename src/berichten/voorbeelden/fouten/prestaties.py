"""Planted mistakes in lines of declarations: each breaks one named rule, and where it can be no other.

A mistake takes the place of a sound line, so that nothing is billed twice (TR389, TR416) and no other line is touched by it.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from random import Random

from berichten.kern import kalender
from berichten.voorbeelden.model.catalogus import OP_CODE, PRODUCTEN, index_tarief
from berichten.voorbeelden.model.leveringen import Administratie, Sleutel, make_credit, make_lijn, with_volume
from berichten.voorbeelden.model.model import GeplanteFout, Lijn
from berichten.voorbeelden.model.volumes import MINUTEN_PER_UUR, max_in_periode, max_in_totaal, max_mogelijk

Maker = Callable[[Lijn, Sleutel, Administratie], Lijn | None]
"""Turns a sound line into a wrong one; None when this line does not lend itself to the mistake."""

TARIEFVERSCHIL = 7
"""Cents added for a wrong tariff; no two tariffs of one code differ by this."""


def _afgewezen(naam: str, regel: str, retourcode: str, niveau: int = 3) -> GeplanteFout:
    return GeplanteFout(naam, regel, niveau, "Prestatie", retourcode, "afgewezen")


TR304_CLIENT = GeplanteFout("onbekende cliënt", "TR304", 3, "Client", "8187", "niet_beoordeeld")
TR390 = _afgewezen("tweede credit van dezelfde prestatie", "TR390", "9390")
DA01 = GeplanteFout("no-show gedeclareerd", "DA01", 4, "Prestatie", None, "ter_beoordeling")
DA02 = GeplanteFout("niveau boven het gezinsplan", "DA02", 4, "Prestatie", "0611", "ter_beoordeling")


def make_onbekend_nummer(lijn: Lijn, sleutel: Sleutel, administratie: Administratie) -> Lijn | None:
    """TR338: an allocation number that was never given out."""
    return replace(lijn, nummer=next(administratie.nummering.onbekende))


def make_andere_client(lijn: Lijn, sleutel: Sleutel, administratie: Administratie) -> Lijn | None:
    """TR304: the line stands under another client of the same provider."""
    bsns = (ander.bsn for ander in administratie.lijnen[sleutel] if ander.bsn != lijn.bsn and ander.fout is None)
    bsn = next(bsns, None)
    return None if bsn is None else replace(lijn, bsn=bsn)


def _make_te_vroeg(lijn: Lijn, sleutel: Sleutel, administratie: Administratie) -> Lijn | None:
    """TR307: the whole month, though the allocation begins within it."""
    return replace(lijn, begin=lijn.begin.replace(day=1)) if lijn.begin.day > 1 else None


def _make_te_laat(lijn: Lijn, sleutel: Sleutel, administratie: Administratie) -> Lijn | None:
    """TR308: the whole month, though the allocation ends within it."""
    laatste = kalender.einde_of_maand(lijn.eind)
    return replace(lijn, eind=laatste) if lijn.eind < laatste else None


def make_andere_categorie(lijn: Lijn, sleutel: Sleutel, administratie: Administratie) -> Lijn | None:
    """TR339: a code of another category, right in itself, on an allocation of one category. Only hourly codes in minutes."""
    toewijzing = lijn.traject.get_versie(sleutel[1])
    if toewijzing.product is None or toewijzing.product.code is not None:
        return None
    codes = (product.code for product in PRODUCTEN if product.eenheid == "04" and product.categorie != lijn.categorie)
    return make_lijn(lijn.traject, toewijzing, next(codes), lijn.begin, lijn.eind, lijn.volume, lijn.referentie)


def make_andere_code(lijn: Lijn, sleutel: Sleutel, administratie: Administratie) -> Lijn | None:
    """TR340: another code of the same category and unit, at its own tariff, on an allocation of one code."""
    toewijzing = lijn.traject.get_versie(sleutel[1])
    if toewijzing.product is None or toewijzing.product.code is None:
        return None
    eigen = OP_CODE[lijn.code]
    anders = (p for p in PRODUCTEN if p.categorie == eigen.categorie and p.code != eigen.code)
    code = next((p.code for p in anders if p.eenheid == eigen.eenheid == "04"), None)
    if code is None:
        return None
    return make_lijn(lijn.traject, toewijzing, code, lijn.begin, lijn.eind, lijn.volume, lijn.referentie)


def make_oude_referentie(lijn: Lijn, sleutel: Sleutel, administratie: Administratie) -> Lijn | None:
    """TR314: a reference that an earlier declaration of this provider used for a line that was judged."""
    vorige = administratie.lijnen.get((sleutel[0], kalender.add_maanden(sleutel[1], -1)), [])
    oude = next((oud.referentie for oud in vorige if oud.fout is None), None)
    if oude is None:
        return None
    # Crediting the old line in this same message would break TR316, and taking it out would free its reference.
    administratie.gebonden.add(oude)
    return replace(lijn, referentie=oude)


def make_te_veel(lijn: Lijn, sleutel: Sleutel, administratie: Administratie) -> Lijn | None:
    """TR321: one more than fits in the month, while the whole allocation still has room (so not TR322)."""
    toewijzing = lijn.traject.get_versie(sleutel[1])
    if toewijzing.omvang is None or toewijzing.einddatum is None or toewijzing.omvang.frequentie == "6":
        return None
    keer = MINUTEN_PER_UUR if toewijzing.in_minuten else 1
    volume = max_in_periode(toewijzing, lijn.begin, lijn.eind) * keer + 1
    ruimte = max_in_totaal(toewijzing, lijn.eind) * keer - administratie.gebruikt[toewijzing.nummer]
    mogelijk = max_mogelijk(lijn.eenheid, lijn.begin, lijn.eind)
    if volume > ruimte or (mogelijk is not None and volume > mogelijk):
        return None
    return with_volume(lijn, volume)


def _make_boven_budget(lijn: Lijn, sleutel: Sleutel, administratie: Administratie) -> Lijn | None:
    """TR369: a line that alone costs more than the whole budget, though its minutes fit in the month."""
    budget = lijn.traject.get_versie(sleutel[1]).budget
    if budget is None or lijn.uurtarief is None:
        return None
    volume = budget * MINUTEN_PER_UUR // lijn.uurtarief + MINUTEN_PER_UUR
    mogelijk = max_mogelijk(lijn.eenheid, lijn.begin, lijn.eind)
    return None if mogelijk is None or volume > mogelijk else with_volume(lijn, volume)


def make_ander_tarief(lijn: Lijn, sleutel: Sleutel, administratie: Administratie) -> Lijn | None:
    """TR418: a tariff that no contract knows; the amount does follow from it."""
    if lijn.tarief is None or lijn.uurtarief is not None:
        return None
    duurder = replace(lijn, tarief=lijn.tarief + TARIEFVERSCHIL)
    return with_volume(duurder, lijn.volume)


def _make_andere_eenheid(lijn: Lijn, sleutel: Sleutel, administratie: Administratie) -> Lijn | None:
    """TR341: hours, contracted for this code too, on an allocation in another unit."""
    tweede = OP_CODE[lijn.code].tweede_tarief
    if tweede is None or lijn.traject.eerste.omvang is None:
        return None
    eenheid, basis = tweede
    return with_volume(replace(lijn, eenheid=eenheid, tarief=index_tarief(basis, lijn.begin.year)), lijn.volume)


REGELFOUTEN: tuple[tuple[GeplanteFout, Maker], ...] = (
    (_afgewezen("periode na de einddatum van de toewijzing", "TR308", "9308"), _make_te_laat),
    (_afgewezen("periode voor de ingangsdatum van de toewijzing", "TR307", "9307"), _make_te_vroeg),
    (_afgewezen("eenheid past niet bij de toewijzing", "TR341", "9341"), _make_andere_eenheid),
    (_afgewezen("verkeerde productcategorie", "TR339", "9339"), make_andere_categorie),
    (_afgewezen("budget overschreden", "TR369", "9369"), _make_boven_budget),
    (_afgewezen("verkeerde productcode", "TR340", "9340"), make_andere_code),
    (_afgewezen("te veel in een maand", "TR321", "9321"), make_te_veel),
    (_afgewezen("verkeerd tarief", "TR418", "0611"), make_ander_tarief),
    (_afgewezen("referentienummer al gebruikt", "TR314", "8021"), make_oude_referentie),
    (_afgewezen("toewijzing van een andere cliënt", "TR304", "8187"), make_andere_client),
    (_afgewezen("onbekend toewijzingnummer", "TR338", "9338"), make_onbekend_nummer),
)


def plant_prestatiefouten(
    administratie: Administratie,
    seed: int,
    aantal: int,
    fouten: Sequence[tuple[GeplanteFout, Maker]] = REGELFOUTEN,
    *,
    oud: bool = False,
) -> None:
    """Plant each mistake at most `aantal` times, at places that depend on the seed only; in lines of a JW303 when `oud`."""
    for fout, make in fouten:
        geplant = 0
        for sleutel, plaats, lijn in list_kandidaten(administratie, f"{seed}:{fout.regel}:{fout.naam}", oud=oud):
            wrong = make(lijn, sleutel, administratie)
            if wrong is not None:
                administratie.lijnen[sleutel][plaats] = replace(wrong, fout=fout)
                geplant += 1
            if geplant == aantal:
                break


def list_kandidaten(administratie: Administratie, zaad: str, *, oud: bool = False) -> Iterator[tuple[Sleutel, int, Lijn]]:
    """Yield the lines that are still sound and free, shuffled by the text `zaad`, each with its place; of a JW303 when `oud`."""
    plaatsen = [(sleutel, plaats) for sleutel, lijst in administratie.lijnen.items() for plaats in range(len(lijst))]
    Random(zaad).shuffle(plaatsen)
    for sleutel, plaats in plaatsen:
        lijn = administratie.lijnen[sleutel][plaats]
        if lijn.fout is None and lijn.referentie not in administratie.gebonden and (lijn.oud is not None) == oud:
            yield sleutel, plaats, lijn


def plant_gemeentefouten(administratie: Administratie, seed: int) -> None:
    """Mark lines of the last month that the municipality's own rules must hold (DA01, DA02).

    Only of the last month: while a line is held no JW325 leaves, and then no line of that declaration may be credited.
    """
    for fout, fits in ((DA02, _may_be_above_plan), (DA01, _may_be_no_show)):
        for sleutel, plaats, lijn in list_kandidaten(administratie, f"{seed}:{fout.regel}"):
            if sleutel[1] == administratie.maanden[-1] and fits(lijn):
                administratie.lijnen[sleutel][plaats] = replace(lijn, fout=fout)
                break


def _may_be_no_show(lijn: Lijn) -> bool:
    return (lijn.eenheid == "04" and lijn.volume > 2) or (lijn.eenheid == "01" and lijn.volume > 2 * MINUTEN_PER_UUR)


def _may_be_above_plan(lijn: Lijn) -> bool:
    toewijzing = lijn.traject.eerste
    return len(toewijzing.codes) == 1 and find_lager_niveau(lijn) is not None


def find_lager_niveau(lijn: Lijn) -> str | None:
    """Return the level below the billed one at which this product has a tariff too; None when there is none."""
    niveaus = [niveau for niveau, _ in OP_CODE[lijn.code].tarieven]
    plaats = niveaus.index(lijn.traject.eerste.niveau) if lijn.traject.eerste.niveau in niveaus else 0
    return niveaus[plaats - 1] if plaats else None


def plant_onbekende_client(administratie: Administratie, bsn: str, seed: int) -> None:
    """TR304 at Client: add a line for somebody who has no allocation with the provider."""
    kandidaat = next(list_kandidaten(administratie, f"{seed}:TR304"), None)
    if kandidaat is None:
        return
    sleutel, _, lijn = kandidaat
    nummering = administratie.nummering
    vreemd = replace(lijn, bsn=bsn, nummer=next(nummering.onbekende), referentie=nummering.new_referentie(), fout=TR304_CLIENT)
    administratie.lijnen[sleutel].append(vreemd)


def plant_tweede_credit(administratie: Administratie, aantal: int) -> None:
    """TR390: credit a line once more, in the month after the one in which it was credited; only lines of a JW323."""
    credits = [
        (sleutel, lijn)
        for sleutel, lijst in administratie.lijnen.items()
        for lijn in lijst
        if lijn.credit and lijn.fout is None and lijn.oud is None
    ]
    later = [(sleutel, lijn) for sleutel, lijn in credits if sleutel[1] < administratie.maanden[-1]]
    for (agb, maand), eerste in later[:aantal]:
        debet = replace(eerste, referentie=eerste.vorig or "")
        tweede = replace(make_credit(debet, administratie.nummering), fout=TR390)
        administratie.lijnen.setdefault((agb, kalender.add_maanden(maand, 1)), []).append(tweede)
