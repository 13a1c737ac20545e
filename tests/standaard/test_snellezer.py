"""The reader by patterns reads what the reader of trees reads, or leaves it alone: whatever is done to a message."""

import re
from dataclasses import replace
from itertools import islice
from random import Random
from typing import Any

import pytest
from lxml import etree

from berichten.standaard.lezen import regelvorm, snellezer
from berichten.standaard.lezen.declaratie import OngeldigError, read_declaratie
from berichten.standaard.lezen.regelvorm import Opmaak
from berichten.standaard.lezen.snellezer import read_quickly
from berichten.standaard.schema.schema import own_schemas_dir
from berichten.standaard.uitleg.model import Waardetype, read_model, walk_types
from berichten.standaard.waarden.berichten import Declaratiebericht, Prestatie
from berichten.standaard.waarden.soorten import JW323, VAN_TOEN
from berichten.voorbeelden.stad.groot import groot_jw323
from tests.conftest import Vertel
from tests.hulp.berichtbronnen import plain_and_full
from tests.hulp.berichtmutaties import number, read_bronnen, several
from tests.hulp.bouw import schemas

STUKKEN = (
    b"<!-- a -->", b"<!-- <jw323:Client> -->", b"<![CDATA[1]]>", b"<?p q?>", b"&#49;", b"&amp;", b" ", b"\n", b"\r", b"\r\n", b"\t",
    b"0", b"x", b"-", b"+", "é".encode(), b"\xff", b"<", b">", b"</", b"/>", b' xml:lang="nl"',
    b' xmlns:ijw="urn:x"', b"<jw323:Client>",
    b"</jw323:Client>", b"</jw323:Prestatie>", b"<ijw:DebetCredit>C</ijw:DebetCredit>",
    b"jw323:", b"2026-02-30", b"9" * 30,
)  # fmt: skip


GEWOON = {
    "Bsn": "b", "ReferentieNummer": "r", "VorigReferentieNummer": "r", "ToewijzingNummer": "n", "GeleverdVolume": "v",
    "Bedrag": "v",
}  # fmt: skip
"""Elements of a line that libxml2 need not see when they are as usual."""

ANDERE = ("ProductCategorie", "ProductCode", "Begindatum", "Einddatum", "Eenheid", "ProductTarief", "DebetCredit")


def tell(bericht: Declaratiebericht) -> Any:
    """All that was read, as values that can be compared."""
    declaratie = bericht.declaratie
    clienten = [
        (client.bsn, client.regelnummer, [tuple(getattr(item, veld) for veld in Prestatie.__slots__) for item in client.prestaties])
        for client in declaratie.clienten
    ]
    kop = declaratie.declaratienummer, declaratie.periode, declaratie.dagtekening, declaratie.totaal_ingediend
    velden = {veld: list(waarden) for veld, waarden in declaratie.each_field().items()}
    return bericht.soort, bericht.header, kop, declaratie.totaal_credit, velden, clienten


def read_both(inhoud: bytes, gekeurd: bool = True) -> tuple[Any, Any]:
    """What the patterns make of it and what the tree does; None for what is left alone, or refused."""
    schema = schemas().schema(JW323) if gekeurd else None
    snel = read_quickly(inhoud, JW323, schema, eigen=True)
    assert tell_if_read(snel) == tell_if_read(read_quickly(inhoud, JW323, schema))
    try:
        boom = tell(read_declaratie(inhoud, JW323, schema))
    except (etree.XMLSyntaxError, OngeldigError, ValueError):
        boom = None
    return tell_if_read(snel), boom


def tell_if_read(bericht: Declaratiebericht | None) -> Any:
    return bericht and tell(bericht)


def with_credits(inhoud: bytes, wit: bytes = b"") -> bytes:
    """Some lines take an earlier one back, some are in euros. `wit` is what stands between the tags that this brings."""
    regels = inhoud.split(b"<jw323:Prestatie>")
    for nummer, regel in enumerate(regels[1:], 1):
        if nummer % 3 == 0:
            vorige = b"</ijw:ReferentieNummer>%b<ijw:VorigReferentieNummer>V1</ijw:VorigReferentieNummer>" % wit
            regels[nummer] = regel.replace(b"</ijw:ReferentieNummer>", vorige).replace(b">D<", b">C<")
        if nummer % 4 == 0:
            voor, _, na = regels[nummer].partition(b"<jw323:ProductTarief>")
            na = na.partition(b"</jw323:ProductTarief>")[2]
            regels[nummer] = voor + (na.lstrip() if wit else na)
    return b"<jw323:Prestatie>".join(regels)


_ZONDER = groot_jw323(prestaties=24, seed=2)[1]
BERICHT = with_credits(_ZONDER)
"""With white space that differs from line to line."""
OVERAL_GELIJK = with_credits(_ZONDER, b"\r\n" + b"\t" * 7)


def spoil(rng: Random, inhoud: bytes) -> bytes:
    """A message with one or two things put in, cut out, doubled or changed."""
    for _ in range(rng.choice((1, 1, 2))):
        van = rng.randrange(len(inhoud))
        tot = van + rng.choice((1, 2, 9, 60, 800))
        stuk = rng.choice(STUKKEN)
        inhoud = rng.choice(
            (
                inhoud[:van] + stuk + inhoud[van:], inhoud[:van] + stuk + inhoud[tot:], inhoud[:van] + inhoud[tot:],
                inhoud[:tot] + inhoud[van:], inhoud.replace(b"\r\n", stuk), inhoud.replace(b">", b">" + stuk, van % 90),
                inhoud.replace(b"ijw:", b"").replace(b"xmlns:ijw", b"xmlns"), inhoud.replace(b"jw323:", b"a."[: van % 3] + b":"),
            )
        )  # fmt: skip
    return inhoud


@pytest.fixture(autouse=True)
def small_portions(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two clients or so: where portions meet is where it may go wrong."""
    monkeypatch.setattr(snellezer, "PORTIE", 4000)


def test_a_sound_message_is_read_the_same_with_and_without_validating() -> None:
    for gekeurd in (True, False):
        for bericht in (BERICHT, OVERAL_GELIJK):
            snel, boom = read_both(bericht, gekeurd)
            assert snel == boom
            assert boom is not None


@pytest.mark.parametrize("wit", [b"\r\n\t", b"\n  ", b" ", b""])
def test_what_is_written_alike_is_found_at_once_and_one_that_is_not_costs_its_portion_alone(
    monkeypatch: pytest.MonkeyPatch, wit: bytes
) -> None:
    gevonden: list[bool] = []

    def find_all(self: Opmaak, *plek: Any) -> Any:
        kolommen = _find_all(self, *plek)
        gevonden.append(kolommen is not None)
        return kolommen

    _find_all = Opmaak.find_all
    monkeypatch.setattr(Opmaak, "find_all", find_all)
    bericht = re.sub(rb">\s+<", b">" + wit + b"<", OVERAL_GELIJK)
    een_anders = bericht.replace(b"<jw323:Eenheid>", b" <jw323:Eenheid>", 12).replace(b" <jw323:Eenheid>", b"<jw323:Eenheid>", 11)
    for gelezen, mis, raak in ((bericht, 0, 3), (een_anders, 1, 1)):
        gevonden.clear()
        assert tell_if_read(read_quickly(gelezen, JW323)) == tell(read_declaratie(gelezen, JW323))
        assert (gevonden.count(False), gevonden.count(True) >= raak) == (mis, True)


NIET_GEWOON = (
    "", " ", "0", "00000000", "000000000", "0000000000", "99999999", "999999999", "9999999999",
    "+1", "-1", "-0", "1 ", " 1", "1.0", "1e2",
    "x", "X" * 20, "X" * 21, "A-Z_a.z/09", "a b", "é", "é" * 20, "]]>", "\x0b", "\x7f", "\u0661", "2026-02-30", "2026-02-03Z",
    "12:00", "20260203", "2026-W05-2", "0000-01-01", "-2026-02-03", "02026-02-03",
    "D", "C", "d", "83", "54", "45", "45A04", "45A045",
)  # fmt: skip


def test_whatever_stands_in_an_element_of_a_line_it_is_valid_or_not_as_libxml2_says() -> None:
    """In one of which the others were seen before, and of which libxml2 sees nothing unless it is otherwise."""
    laatste = BERICHT[BERICHT.rindex(b"<jw323:Client>") : BERICHT.rindex(b"</jw323:Clienten>")]
    bericht, gelezen = BERICHT.replace(laatste, 2 * laatste), 0
    for element in (*GEWOON, *ANDERE):
        begin = re.compile(rf"<\w+:{element}>".encode())
        plek = list(begin.finditer(bericht))[-1].end()
        for waarde in NIET_GEWOON:
            snel, _ = read_both(bericht[:plek] + waarde.encode() + bericht[bericht.index(b"<", plek) :])
            gelezen += snel is not None
    assert gelezen > 50


@pytest.mark.parametrize("release", [JW323.release, *VAN_TOEN])
def test_what_is_as_usual_every_schema_of_ours_allows(release: str) -> None:
    """By the facets that the schemas state, so that one which is made narrower is noticed."""
    delen = {deel.naam: deel for deel in walk_types(read_model(own_schemas_dir() / replace(JW323, release=release).schemapad))}
    assert (delen["Client"].maximum, delen["Prestatie"].maximum) == (None, None)
    for naam, letter in GEWOON.items():
        soort, gewoon = delen[naam].type, regelvorm.GEWOON[letter]
        assert isinstance(soort, Waardetype)
        assert (soort.codes, soort.vast) == ({}, None)
        patronen = {item.pattern.removeprefix("(?:").removesuffix(")") for item in soort.patronen}
        if soort.basis == "string":
            assert patronen <= {gewoon, r".*[^\s].*"}
            assert (soort.minimum, soort.maximum, soort.min_lengte) == (None, None, 1)
            assert soort.max_lengte == int(gewoon[1 + max(gewoon.rfind(","), gewoon.rfind("{")) : -1])
        else:
            assert (soort.basis, patronen, soort.min_lengte, soort.max_lengte) == ("integer", set(), 0, None)
            assert (soort.minimum, soort.maximum) == (0, int("9" * int(gewoon[gewoon.rfind(",") + 1 : -1])))


def test_lines_are_numbered_the_same_beyond_65535() -> None:
    einde, aantal = b"</jw323:Client>", BERICHT.count(b"</jw323:Client>")
    for regeleinde in (b"\n", b"\r\n"):
        snel, boom = read_both(BERICHT.replace(einde, einde + regeleinde * 18_000, aantal - 1))
        assert snel == boom
        assert boom[-1][-1][1] > 65_535
    snel, _ = read_both(BERICHT.replace(einde, einde + b"\r" * 18_000, aantal - 1))
    assert snel is None


def test_a_prefix_of_enormous_length_is_left_to_the_other_reader() -> None:
    """The patterns would have it in them some fifty times."""
    for lengte, wordt_gelezen in ((31, True), (32, False), (15_000, False)):
        inhoud = BERICHT.replace(b"jw323:", b"j" * lengte + b":").replace(b"xmlns:jw323", b"xmlns:" + b"j" * lengte)
        snel = read_quickly(inhoud, JW323, schemas().schema(JW323))
        assert (snel is not None) is wordt_gelezen


def count_spoiled(zaden: range) -> tuple[int, int]:
    """Spoiled messages that the patterns read, and those left or refused; fails on the first that is read otherwise."""
    gelezen = gelaten = 0
    for zaad in zaden:
        inhoud = spoil(Random(zaad), (BERICHT, OVERAL_GELIJK)[zaad % 2])
        snel, boom = read_both(inhoud)
        assert snel is None or snel == boom, f"zaad {zaad}"
        gelezen, gelaten = gelezen + (snel is not None), gelaten + (snel is None)
    return gelezen, gelaten


def test_whatever_is_done_to_its_bytes_it_is_read_the_same_or_left_alone(vertel: Vertel) -> None:
    gelezen, gelaten = count_spoiled(range(1500))
    vertel(f"snelle lezer: {gelezen} bedorven berichten gelijk gelezen, {gelaten} overgelaten of geweigerd")
    assert min(gelezen, gelaten) > 100


@pytest.mark.soak
@pytest.mark.timeout(3600)
def test_a_hundred_thousand_spoiled_messages(vertel: Vertel) -> None:
    gelezen, gelaten = count_spoiled(range(10_000, 110_000))
    vertel(f"snelle lezer: {gelezen} bedorven berichten gelijk gelezen, {gelaten} overgelaten of geweigerd")


def test_other_values_of_a_valid_message_are_read_the_same() -> None:
    bronnen = read_bronnen(plain_and_full("JW323"))
    gelezen = 0
    for nummer, inhoud in islice(enumerate(several(bronnen, 3, 3)), 300):
        snel, boom = read_both(number(inhoud, nummer))
        assert snel is None or snel == boom
        gelezen += snel is not None
    assert gelezen > 100
