"""The archive of a made-up town, and the old care that a present-day town still bills: what is in them, and that it is true."""

from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

from lxml import etree

from berichten.processen.archief.bronnen import list_files
from berichten.processen.archief.verwerk_archief import process_files
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.standaard.schema.schema import Schemas, own_schemas_dir
from berichten.standaard.waarden.soorten import OP_NAMESPACE
from berichten.voorbeelden.stad.archief import maak_archief, write_archief
from berichten.voorbeelden.stad.stad import maak_stad, write_stad
from tests.api.dienst import prepare
from tests.hulp.archief import ARCHIEF, read_result


def test_every_message_but_the_planted_ones_is_valid() -> None:
    schemas = Schemas(own_schemas_dir())
    fout = []
    for bericht in ARCHIEF.berichten:
        root = etree.fromstring(bericht.inhoud)
        if not schemas.schema(OP_NAMESPACE[etree.QName(root).namespace]).validate(root):
            fout.append(bericht.fout or "")
    assert sorted(fout) == ["bericht voldoet niet aan het schema", "factuur voldoet niet aan het schema"]


def test_all_ways_of_billing_with_jw303_occur() -> None:
    koppen: Counter[Any] = Counter()
    kenmerken: Counter[Any] = Counter()
    for bericht in ARCHIEF.berichten:
        root = etree.fromstring(bericht.inhoud)
        if OP_NAMESPACE[etree.QName(root).namespace].naam != "JW303":
            continue
        koppen[root.findtext(".//{*}BerichtCode"), root.find(".//{*}Servicebureau") is not None] += 1
        for regel in root.iter("{*}Prestatie"):
            kenmerken["zonder nummer"] += regel.find("{*}ToewijzingNummer") is None
            kenmerken["btw " + (regel.findtext(".//{*}BtwVrijstellingIndicatie") or "-")] += 1
            kenmerken[regel.findtext(".//{*}DeclaratieFactuurBedrag/{*}DebetCredit")] += 1
    assert set(koppen) == {("432", False), ("432", True), ("450", False), ("450", True)}
    assert all(kenmerken[naam] for naam in ("zonder nummer", "btw 1", "btw 2", "btw -", "D", "C"))


def test_care_from_2021_on_is_never_billed_with_jw303_nor_older_care_with_jw323() -> None:
    for bericht in ARCHIEF.berichten:
        einden = [
            date.fromisoformat(el.text or "")
            for el in etree.fromstring(bericht.inhoud).iterfind(".//{*}ProductPeriode/{*}Einddatum")
        ]
        if einden:
            assert {einde < date(2021, 1, 1) for einde in einden} == {bericht.soort == "JW303"}, bericht.bestandsnaam


def test_the_same_seed_gives_the_same_files(tmp_path: Path) -> None:
    een, ander = tmp_path / "een", tmp_path / "ander"
    for map_ in (een, ander):
        write_archief(maak_archief(clienten=2, jaren=2, seed=6, tot=date(2021, 6, 1)), map_, zips=True)
    assert [pad.name for pad in sorted(een.glob("*.zip"))][:2] == ["2019-07.zip", "2019-08.zip"]
    assert {pad.name: pad.read_bytes() for pad in een.iterdir()} == {pad.name: pad.read_bytes() for pad in ander.iterdir()}


def test_a_present_day_town_bills_old_care_with_a_declaration_and_an_invoice(werkplaats: Werkplaats, tmp_path: Path) -> None:
    stad = maak_stad(clienten=10, maanden=1, seed=7, tot=date(2026, 5, 1), nagekomen=True)
    bron, uit = tmp_path / "stad", tmp_path / "uit"
    write_stad(stad, bron)
    prepare(werkplaats, stad)
    process_files(werkplaats, list_files([bron]), uit, lambda _: None)
    declaratie, factuur = (item for item in read_result(uit) if item["soort"] == "JW303")
    assert (declaratie["status"], declaratie["afgewezenBedrag"], declaratie["retourcodes"]) == ("verwerkt", 0, ["8001"])
    assert [regel for item in factuur["prestaties"] for regel in item["regels"]] == ["TR303"]
    assert {item["uitkomst"] for item in factuur["prestaties"]} == {"toegekend", "afgewezen"}
    berichten = {item.bestandsnaam: item.inhoud for item in stad.berichten}
    assert b"BerichtCode>432<" in berichten[declaratie["bestand"]]
    assert b"BerichtCode>450<" in berichten[factuur["bestand"]]
