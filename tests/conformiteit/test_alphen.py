"""The defaults of Alphen against the public tables that they were taken from: nothing lost, nothing added, to the cent."""

import csv
from pathlib import Path

from berichten.dossier.standaarden import budgetnormen, categorieen, read_referentie

Rij = dict[str, str]


def published(gedeeld: Path, naam: str) -> list[Rij]:
    with (gedeeld / "alphen" / f"{naam}.csv").open(encoding="utf-8", newline="") as bestand:
        return list(csv.DictReader(bestand, delimiter=";"))


def shipped(soort: str) -> list[Rij]:
    return list(csv.DictReader(read_referentie("alphen", soort, "0484").decode().splitlines(), delimiter=";"))


def prices() -> dict[str, tuple[str, int]]:
    """Description and cents by product code."""
    tarieven = {rij["productcode"]: int(rij["tarief"]) for rij in shipped("tarieven")}
    return {rij["productcode"]: (rij["omschrijving"], tarieven[rij["productcode"]]) for rij in shipped("pdc")}


def test_every_price_is_one_that_was_published(gedeeld: Path) -> None:
    fte = [int(rij["bedrag_euro_per_fte_per_jaar"]) * 100 for rij in published(gedeeld, "fte_tarieven")]
    volwassen = [int(rij["bedrag_euro"].replace(",", "")) for rij in published(gedeeld, "tarieven_18plus")]
    assert sorted(tarief for _, tarief in prices().values()) == sorted(fte + volwassen)


def test_each_level_has_its_own_price_of_an_fte(gedeeld: Path) -> None:
    verwacht = {
        rij["opleidingsniveau"]: int(rij["bedrag_euro_per_fte_per_jaar"]) * 100 for rij in published(gedeeld, "fte_tarieven")
    }
    assert {rij["opleidingsniveau"]: int(rij["tarief"]) for rij in shipped("tarieven") if rij["opleidingsniveau"]} == verwacht


def test_each_price_for_adults_has_its_description(gedeeld: Path) -> None:
    for rij in published(gedeeld, "tarieven_18plus"):
        wat = rij["categorie"].removesuffix(" 18+")
        soort = "" if rij["per"] == "Uur" else rij["intensiteit_of_opleidingsniveau"]
        tarief = int(rij["bedrag_euro"].replace(",", ""))
        assert any(tekst.startswith(f"{wat} 18+") and soort in tekst and tarief == prijs for tekst, prijs in prices().values()), rij


def test_each_frame_is_there(gedeeld: Path) -> None:
    verwacht = {(rij["segment"], f"{rij['segment']} {rij['naam']}") for rij in published(gedeeld, "kaders")}
    gevonden = {(rij["segment"], rij["kader"]) for rij in shipped("kaders")}
    assert {segment for segment, _ in gevonden} == {segment for segment, _ in verwacht}
    assert len(gevonden) == len(verwacht)
    for rij in published(gedeeld, "kaders"):
        eigen = next(item for item in shipped("kaders") if item["segment"] == rij["segment"] and rij["naam"][:9] in item["kader"])
        if eigen["max_maanden"]:
            assert f"maximaal {eigen['max_maanden']} maanden" in rij["kader"]
        if eigen["max_minuten"]:
            assert f"{int(eigen['max_minuten']) // 60} uur" in rij["kader"]


def test_norms_and_categories_are_the_published_ones(gedeeld: Path) -> None:
    normen = {rij["categorie"]: tuple(rij.values()) for rij in published(gedeeld, "budgetnormen")}
    assert {
        code: (norm.categorie, norm.naam, norm.intensiteit, norm.budget_gebaseerd_op, norm.looptijd)
        for code, norm in budgetnormen("0484").items()
    } == normen
    assert set(categorieen("alphen")) == {rij["categorie"] for rij in published(gedeeld, "categorieen")}
