"""The big declaration for measuring: valid, as long as asked, and below the limit."""

from pathlib import Path

from lxml import etree

from berichten.voorbeelden import count_passende_prestaties, groot_jw323, referentie_groot
from berichten.voorbeelden.stad.referentie import KOLOMMEN

SCHEMAS = Path(__file__).resolve().parents[2] / "xsd" / "ijw" / "3.2"


def values(root: etree._Element, naam: str) -> list[str]:
    return [str(element.text) for element in root.iter(f"{{*}}{naam}")]


def test_it_has_the_lines_asked_for_and_their_allocations() -> None:
    berichten, inhoud = groot_jw323(prestaties=1000, seed=3)
    root = etree.fromstring(inhoud)
    etree.XMLSchema(etree.parse(SCHEMAS / "jw323.xsd")).assertValid(root)
    toewijzingen = [etree.fromstring(bericht.inhoud) for bericht in berichten]
    schema = etree.XMLSchema(etree.parse(SCHEMAS / "jw301.xsd"))
    assert all(schema.validate(toewijzing) for toewijzing in toewijzingen)
    bekend = {nummer for toewijzing in toewijzingen for nummer in values(toewijzing, "ToewijzingNummer")}
    gebruikt = values(root, "ToewijzingNummer")
    assert len(gebruikt) == 1000
    assert 0 < len([nummer for nummer in gebruikt if nummer not in bekend]) <= 20
    assert int(values(root, "TotaalBedrag")[0]) == sum(map(int, values(root, "Bedrag")))
    assert max(len(values(toewijzing, "ToewijzingNummer")) for toewijzing in toewijzingen) == 3


def test_the_same_seed_gives_the_same_bytes() -> None:
    assert groot_jw323(prestaties=200, seed=3) == groot_jw323(prestaties=200, seed=3)
    assert groot_jw323(prestaties=200, seed=3)[1] != groot_jw323(prestaties=200, seed=4)[1]


def test_it_is_cut_to_stay_just_below_the_limit() -> None:
    grens = 200_000
    _, inhoud = groot_jw323(prestaties=1000, seed=3, grens=grens)
    assert grens - 6000 < len(inhoud) < grens
    assert abs(inhoud.count(b"<jw323:Prestatie>") - count_passende_prestaties(seed=3, grens=grens)) <= 2


def test_its_reference_files_have_all_names() -> None:
    assert set(referentie_groot()) == set(KOLOMMEN)
