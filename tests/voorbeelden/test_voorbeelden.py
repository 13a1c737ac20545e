"""The sample town: deterministic, valid, sound but for its named mistakes, and those all present."""

import csv
import io
import json
from collections import Counter
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import pytest
from lxml import etree

from berichten.kern import kalender
from berichten.standaard.waarden.bsn import is_bsn
from berichten.voorbeelden import Stad, VoorbeeldBericht, maak_stad, write_stad
from berichten.voorbeelden.model.pakketten import PAKKETTEN
from berichten.voorbeelden.stad.referentie import KOLOMMEN

WORTEL = Path(__file__).resolve().parents[2]
TOT = date(2026, 3, 1)
FOUTEN = {
    "periode na de einddatum van de toewijzing": "TR308",
    "periode voor de ingangsdatum van de toewijzing": "TR307",
    "eenheid past niet bij de toewijzing": "TR341",
    "verkeerde productcategorie": "TR339",
    "budget overschreden": "TR369",
    "verkeerde productcode": "TR340",
    "te veel in een maand": "TR321",
    "verkeerd tarief": "TR418",
    "referentienummer al gebruikt": "TR314",
    "toewijzing van een andere cliënt": "TR304",
    "onbekend toewijzingnummer": "TR338",
    "onbekende cliënt": "TR304",
    "tweede credit van dezelfde prestatie": "TR390",
    "no-show gedeclareerd": "DA01",
    "niveau boven het gezinsplan": "DA02",
    "bericht voldoet niet aan het schema": "XSD",
    "totaalbedrag klopt niet": "TR358",
    "identificatie al gebruikt": "TR056",
    "dagtekening in de toekomst": "TR135",
    "declaratienummer al gebruikt": "TR333",
    "start zonder bekende toewijzing": "TR019",
    "toewijzingnummer al van een andere cliënt": "TR332",
}
HELE_BERICHT = {"XSD", "TR358", "TR056", "TR135", "TR333", "TR019", "TR332"}


@cache
def town(seed: int = 1, clienten: int = 12, maanden: int = 4, fouten: bool = True) -> Stad:
    return maak_stad(clienten=clienten, maanden=maanden, seed=seed, tot=TOT, fouten=fouten)


@cache
def schema(soort: str) -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(WORTEL / "xsd" / "ijw" / "3.2" / f"{soort.lower()}.xsd"))


def root_of(bericht: VoorbeeldBericht) -> etree._Element:
    return etree.fromstring(bericht.inhoud)


def value(element: etree._Element, naam: str) -> str:
    """The text of the first element of this name at any depth; empty when there is none."""
    return next((str(gevonden.text) for gevonden in element.iter(f"{{*}}{naam}")), "")


def lines_of(bericht: VoorbeeldBericht) -> list[dict[str, str]]:
    """Every Prestatie with the texts of its elements and its client's Bsn."""
    lijnen = []
    for client in root_of(bericht).iter("{*}Client"):
        for prestatie in client.iter("{*}Prestatie"):
            velden = {etree.QName(el).localname: str(el.text) for el in prestatie.iter() if len(el) == 0}
            lijnen.append({**velden, "Bsn": value(client, "Bsn")})
    return lijnen


def signed(lijn: dict[str, str]) -> int:
    return int(lijn["Bedrag"]) * (-1 if lijn["DebetCredit"] == "C" else 1)


def rows(stad: Stad, soort: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(stad.referentie[soort]), delimiter=";"))


def declarations(stad: Stad) -> list[VoorbeeldBericht]:
    return [bericht for bericht in stad.berichten if bericht.soort == "JW323"]


def test_the_same_seed_gives_the_same_town_and_another_seed_another() -> None:
    again = maak_stad(clienten=12, maanden=4, seed=1, tot=TOT)
    assert again == town(seed=1)
    assert again.berichten != town(seed=2).berichten


@pytest.mark.parametrize("fouten", [True, False])
def test_every_message_but_the_planted_one_is_valid(fouten: bool) -> None:
    wrong = [b.fout for b in town(fouten=fouten).berichten if not schema(b.soort).validate(root_of(b))]
    assert wrong == (["bericht voldoet niet aan het schema"] if fouten else [])


def test_layout_is_that_of_op192() -> None:
    for bericht in town().berichten:
        assert bericht.inhoud.startswith(b'<?xml version="1.0" encoding="UTF-8"?>\r\n')
        assert bericht.inhoud.count(b"\n") == bericht.inhoud.count(b"\r\n")
        assert b"\r\n\t<" in bericht.inhoud
        assert bericht.bestandsnaam.endswith(".xml")


def test_every_bsn_is_a_test_number() -> None:
    bsns = {str(el.text) for b in town().berichten for el in root_of(b).iter("{*}Bsn")}
    assert len(bsns) >= 12
    assert all(bsn.startswith("9999") and is_bsn(bsn) for bsn in bsns)


def test_totals_add_up_but_for_the_planted_one() -> None:
    for bericht in declarations(town()):
        root = root_of(bericht)
        richting = value(next(root.iter("{*}TotaalIngediendBedrag")), "DebetCredit")
        totaal = int(value(root, "TotaalBedrag") or 0) * (-1 if richting == "C" else 1)
        klopt = totaal == sum(map(signed, lines_of(bericht)))
        assert klopt is (bericht.fout != "totaalbedrag klopt niet")


@pytest.mark.parametrize("seed", range(8))
def test_ten_clients_and_three_months_hold_every_named_mistake(seed: int) -> None:
    stad = maak_stad(clienten=10, maanden=3, seed=seed, tot=TOT)
    assert {v.fout: v.regels for v in stad.verwachtingen} == {fout: (regel,) for fout, regel in FOUTEN.items()}


def test_a_big_town_holds_line_mistakes_more_than_once() -> None:
    keren = Counter(v.fout for v in town(clienten=200).verwachtingen)
    assert keren["onbekend toewijzingnummer"] == 3
    assert keren["identificatie al gebruikt"] == 1


def test_a_mistake_names_the_file_and_line_where_it_is() -> None:
    inhoud = {b.bestandsnaam: b for b in town().berichten}
    for verwacht in town().verwachtingen:
        bericht = inhoud[verwacht.bestand]
        assert verwacht.fout in (bericht.fout or "").split("; ")
        if verwacht.referentienummer is not None:
            assert verwacht.referentienummer in {lijn["ReferentieNummer"] for lijn in lines_of(bericht)}
            assert verwacht.klasse in ("Prestatie", "Client")


def test_messages_turned_down_whole_hold_nothing_but_their_mistake() -> None:
    per_bestand = Counter(v.bestand for v in town().verwachtingen)
    for verwacht in town().verwachtingen:
        if verwacht.regels[0] in HELE_BERICHT:
            assert per_bestand[verwacht.bestand] == 1


def test_references_and_numbers_are_used_once_but_where_planted() -> None:
    lijnen = [lijn for b in declarations(town()) for lijn in lines_of(b)]
    dubbel = [ref for ref, keren in Counter(lijn["ReferentieNummer"] for lijn in lijnen).items() if keren > 1]
    assert dubbel == [v.referentienummer for v in town().verwachtingen if v.regels == ("TR314",)]
    for element, fout in (("Identificatie", "identificatie al gebruikt"), ("DeclaratieNummer", "declaratienummer al gebruikt")):
        gezien = Counter(value(root_of(b), element) for b in declarations(town()))
        foute = [value(root_of(b), element) for b in declarations(town()) if b.fout == fout]
        assert [nummer for nummer, keren in gezien.items() if keren > 1] == foute


def test_a_reference_used_before_is_not_credited_in_the_same_message() -> None:
    for bericht in declarations(town()):
        lijnen = lines_of(bericht)
        referenties = {lijn["ReferentieNummer"] for lijn in lijnen}
        assert not [lijn for lijn in lijnen if lijn.get("VorigReferentieNummer") in referenties]


def test_a_credit_equals_its_debit_and_is_billed_anew_for_less() -> None:
    lijnen = [lijn for b in declarations(town(fouten=False)) for lijn in lines_of(b)]
    debet = {lijn["ReferentieNummer"]: lijn for lijn in lijnen if lijn["DebetCredit"] == "D"}
    credits = [lijn for lijn in lijnen if lijn["DebetCredit"] == "C"]
    assert len(credits) >= 3
    anders = {"ReferentieNummer", "VorigReferentieNummer", "DebetCredit"}
    for credit in credits:
        oud = debet[credit["VorigReferentieNummer"]]
        assert {k: v for k, v in credit.items() if k not in anders} == {k: v for k, v in oud.items() if k not in anders}
    assert len({credit["VorigReferentieNummer"] for credit in credits}) == len(credits)


def test_no_product_and_period_is_billed_twice_unless_credited() -> None:
    velden = ("ToewijzingNummer", "ProductCategorie", "ProductCode", "Begindatum", "Einddatum")
    stand: Counter[tuple[str, ...]] = Counter()
    for bericht in declarations(town(fouten=False)):
        lijnen = sorted(lines_of(bericht), key=lambda lijn: lijn["DebetCredit"])
        for lijn in lijnen:
            sleutel = tuple(lijn[veld] for veld in velden)
            stand[sleutel] += 1 if lijn["DebetCredit"] == "D" else -1
            assert stand[sleutel] in (0, 1)
    assert max(stand.values()) == 1


def allocations_at(stad: Stad, bestand: str) -> dict[str, dict[str, str]]:
    """The newest version of each allocation sent before this file."""
    stand = {}
    for bericht in stad.berichten:
        if bericht.soort == "JW301" and bericht.bestandsnaam < bestand:
            root = root_of(bericht)
            for product in root.iter("{*}ToegewezenProduct"):
                velden = {etree.QName(el).localname: str(el.text) for el in product.iter() if len(el) == 0}
                stand[velden["ToewijzingNummer"]] = {**velden, "Bsn": value(root, "Bsn")}
    return stand


def test_sound_lines_fit_their_allocation() -> None:
    stad = town(fouten=False)
    for bericht in declarations(stad):
        toewijzingen = allocations_at(stad, bericht.bestandsnaam)
        for lijn in lines_of(bericht):
            toewijzing = toewijzingen[lijn["ToewijzingNummer"]]
            maand = date.fromisoformat(lijn["Begindatum"]).replace(day=1)
            assert lijn["Bsn"] == toewijzing["Bsn"]
            assert lijn["ProductCategorie"] == toewijzing.get("Categorie", lijn["ProductCategorie"])
            assert lijn["ProductCode"] == toewijzing.get("Code", lijn["ProductCode"])
            assert lijn["Begindatum"] == max(str(maand), toewijzing["Ingangsdatum"])
            if lijn["DebetCredit"] == "D":
                assert lijn["Einddatum"] == min(str(kalender.einde_of_maand(maand)), toewijzing.get("Einddatum", "9999"))
            assert toewijzing.get("RedenWijziging") != "13"


def test_sound_lines_stay_within_volume_and_budget() -> None:
    stad = town(fouten=False, maanden=6)
    gebruikt: Counter[str] = Counter()
    for bericht in declarations(stad):
        for lijn in lines_of(bericht):
            maat = "Bedrag" if "Budget" in allocations_at(stad, "9999")[lijn["ToewijzingNummer"]] else "GeleverdVolume"
            gebruikt[lijn["ToewijzingNummer"]] += int(lijn[maat]) * (-1 if lijn["DebetCredit"] == "C" else 1)
    ruim = 0
    for nummer, toewijzing in allocations_at(stad, "9999").items():
        if "Budget" in toewijzing:
            assert gebruikt[nummer] < int(toewijzing["Budget"]) * 9 // 10
            ruim += 1
        elif toewijzing["Frequentie"] in ("4", "6"):
            keer = 60 if toewijzing["Eenheid"] == "04" else 1
            maanden = 6 if toewijzing["Frequentie"] == "4" else 1
            assert gebruikt[nummer] <= int(toewijzing["Volume"]) * maanden * keer
            ruim += 1
    assert ruim >= 15


def test_amounts_follow_from_a_contract_tariff() -> None:
    stad = town(fouten=False)
    tarieven = {(r["productcode"], r["eenheid"], int(r["tarief"])) for r in rows(stad, "tarieven")}
    per_minuut = 0
    for lijn in (lijn for b in declarations(stad) for lijn in lines_of(b)):
        volume, bedrag = int(lijn["GeleverdVolume"]), int(lijn["Bedrag"])
        if lijn["Eenheid"] == "83":
            assert "ProductTarief" not in lijn
            assert bedrag == volume
        elif (lijn["ProductCode"], lijn["Eenheid"], int(lijn["ProductTarief"])) in tarieven:
            assert bedrag == volume * int(lijn["ProductTarief"])
        else:
            uur = [t for code, eenheid, t in tarieven if (code, eenheid) == (lijn["ProductCode"], "04")]
            passend = [t for t in uur if (2 * t + 60) // 120 == int(lijn["ProductTarief"])]
            assert bedrag in [(2 * t * volume + 60) // 120 for t in passend]
            per_minuut += 1
    assert per_minuut > 10


def test_ten_packages_hold_every_variant_of_an_allocation() -> None:
    delen = [deel for pakket in PAKKETTEN for deel in pakket]
    combinaties = {(deel.eenheid, deel.frequentie) for deel in delen if deel.soort == "specifiek"}
    per_dag = {(eenheid, "1") for eenheid in ("01", "04", "82")}
    rest = {(eenheid, freq) for eenheid in ("01", "04", "14", "16", "82", "83", "84") for freq in "246"}
    assert combinaties == per_dag | rest
    assert {deel.soort for deel in delen} == {"specifiek", "aspecifiek", "generiek"}
    assert not [deel for deel in delen if deel.looptijd == "open" and (deel.frequentie in "26" or deel.soort != "specifiek")]


def test_allocations_of_a_client_do_not_overlap_and_number_changes_are_newer_versions() -> None:
    for bericht in town(fouten=False).berichten:
        if bericht.soort == "JW301":
            producten = [value(p, "Code") or value(p, "Categorie") for p in root_of(bericht).iter("{*}Product")]
            assert len(producten) == len(set(producten))
    redenen = {value(root_of(b), "RedenWijziging") for b in town(fouten=False).berichten if b.soort == "JW301"}
    assert {"04", "12", "13"} <= redenen


def test_starts_and_stops_of_every_kind_occur() -> None:
    stops = [b for b in town().berichten if b.soort == "JW307"]
    redenen = {el.text for b in stops for el in root_of(b).iter("{*}RedenBeeindiging")}
    assert {"20", "31", "32", "34"} <= redenen
    starts = Counter(
        value(product, "ToewijzingNummer")
        for b in town().berichten
        if b.soort == "JW305"
        for product in root_of(b).iter("{*}StartProduct")
    )
    assert 2 in starts.values()


def test_everything_is_dated_before_the_end_of_the_month_after_the_last_one() -> None:
    grens = kalender.einde_of_maand(kalender.add_maanden(TOT, 1))
    laat = [b.fout for b in town().berichten if date.fromisoformat(value(root_of(b), "Dagtekening") or "") > grens]
    assert laat == ["dagtekening in de toekomst"]


def test_reference_files_have_the_columns_of_the_contract_and_know_every_code_billed() -> None:
    stad = town()
    for naam, kop in KOLOMMEN.items():
        regels = stad.referentie[naam].splitlines()
        assert regels[0] == kop
        assert len(regels) > 1
        assert {regel.count(";") for regel in regels} == {kop.count(";")}
    codes = {lijn["ProductCode"] for b in declarations(stad) for lijn in lines_of(b)}
    contracten = {(r["agb"], r["productcode"]) for r in rows(stad, "contracten")}
    assert {(a.agb, code) for a in stad.aanbieders for code in codes} <= contracten


def test_delivery_records_explain_the_minutes_billed() -> None:
    stad = town()
    minuten: Counter[str] = Counter()
    for rij in rows(stad, "verantwoording"):
        minuten[rij["referentienummer"]] += int(rij["minuten"])
    # Of a reference that a planted mistake uses again, the first line is meant.
    lijnen = {lijn["ReferentieNummer"]: lijn for b in reversed(declarations(stad)) for lijn in lines_of(b)}
    assert len(minuten) > 20
    for referentie, som in minuten.items():
        keer = 60 if lijnen[referentie]["Eenheid"] == "04" else 1
        assert som == int(lijnen[referentie]["GeleverdVolume"]) * keer
    no_show = {r["referentienummer"] for r in rows(stad, "verantwoording") if r["soort"] == "no_show"}
    assert no_show == {v.referentienummer for v in stad.verwachtingen if v.regels == ("DA01",)}


def test_files_in_name_order_are_in_sending_order(tmp_path: Path) -> None:
    paden = write_stad(town(), tmp_path / "stad")
    assert sorted(paden) == paden == sorted((tmp_path / "stad").glob("*.xml"))
    assert [pad.read_bytes() for pad in paden] == [b.inhoud for b in town().berichten]
    assert {pad.stem for pad in (tmp_path / "stad").glob("*.csv")} == set(KOLOMMEN)
    verwacht = json.loads((tmp_path / "stad" / "verwacht.json").read_text(encoding="utf-8"))
    assert sum(map(len, verwacht.values())) == len(town().verwachtingen)
    assert set(verwacht) == {b.bestandsnaam for b in town().berichten if b.fout}


@pytest.mark.parametrize(("clienten", "maanden"), [(1, 1), (2, 1), (3, 2)])
def test_a_small_town_has_the_mistakes_that_fit(clienten: int, maanden: int) -> None:
    stad = maak_stad(clienten=clienten, maanden=maanden, seed=5, tot=TOT)
    assert {v.fout for v in stad.verwachtingen} < set(FOUTEN)
    assert {b.soort for b in stad.berichten} >= {"JW301", "JW305", "JW323"}


@pytest.mark.parametrize(
    ("clienten", "maanden", "tot"), [(0, 1, TOT), (1, 0, TOT), (1, 1, TOT + timedelta(days=1)), (10_000, 1, TOT)]
)
def test_a_town_that_cannot_be_made_is_refused(clienten: int, maanden: int, tot: date) -> None:
    with pytest.raises(ValueError, match=r"Geef|testnummers"):
        maak_stad(clienten=clienten, maanden=maanden, seed=1, tot=tot)
