"""Every rule of the gemeente's own has a code to reject with that a JW325 can carry, or a reason why there is none."""

import pytest

from berichten.regels.register import ALLE
from berichten.regels.voorstel import AFWIJSCODES, propose
from berichten.standaard.schema.codelijsten import read_codelijsten
from berichten.standaard.schema.retourcodes import tell_code, tell_codes
from berichten.standaard.schema.schema import own_schemas_dir

EIGEN = {item.id: item for item in ALLE if item.id.startswith("DA")}
VOORSTELLEN = {item.id: item.voorstel for item in ALLE if item.voorstel is not None and item.id in EIGEN}
OP_VERZOEK = [item for item in ALLE if item.id.startswith("VZ")]
WJ001 = read_codelijsten(own_schemas_dir(), "3.2")["retourcode"].codes


def test_every_rule_of_its_own_has_a_proposal() -> None:
    assert set(VOORSTELLEN) == set(EIGEN)
    assert [item.titel for item in ALLE if item.id in EIGEN and item.voorstel != VOORSTELLEN[item.id]] == []


@pytest.mark.parametrize("regel", VOORSTELLEN)
def test_a_rule_that_holds_lines_has_a_code_and_one_that_only_signals_has_none(regel: str) -> None:
    houdt_aan = any(item.id == regel and item.gevolg == "beoordelen" for item in ALLE)
    voorstel = VOORSTELLEN[regel]
    assert (voorstel.retourcode is not None) == houdt_aan
    assert voorstel.reden.endswith(".")
    assert voorstel.retourcode in {None, *WJ001}
    eigen = {item.retourcode for item in ALLE if item.id == regel} - {None}
    assert eigen <= {voorstel.retourcode}


def test_a_finding_on_a_request_has_no_code_and_names_a_reason_of_refusal_or_none() -> None:
    redenen = set(read_codelijsten(own_schemas_dir(), "3.2")["redenafwijzingverzoek"].codes)
    assert {item.retourcode for item in OP_VERZOEK} == {None}
    for item in OP_VERZOEK:
        assert item.voorstel is not None, item.id
        assert item.voorstel.retourcode is None
        assert item.voorstel.reden.endswith(".")
        assert item.voorstel.afwijzingsreden in {None, *redenen}
        assert item.voorstel.afwijzingsreden is None or f"reden {item.voorstel.afwijzingsreden} " in item.voorstel.reden


def test_codes_for_a_rejection_say_something_of_one_line() -> None:
    assert set(WJ001) >= AFWIJSCODES
    assert {"0611", "9321", "9369"} <= AFWIJSCODES
    assert not AFWIJSCODES & {"0200", "0233", "0001", "8001", "9056", "S300", "9063", "9333"}


def test_every_code_of_a_rule_has_its_text() -> None:
    codes = {item.retourcode for item in ALLE if item.retourcode}
    assert set(tell_codes(codes)) == codes
    assert tell_code("0233") == WJ001["0233"]
    assert (tell_code(None), tell_code("9999")) == (None, None)


def test_what_is_proposed_for_a_held_line() -> None:
    def tell(*bevindingen: tuple[str, str | None]) -> list[tuple[str, str]]:
        return [(item.retourcode, item.regel) for item in propose(bevindingen)]

    assert tell(("DA06", None), ("DA01", None), ("DA10", None)) == [("9321", "DA06"), ("9322", "DA10")]
    assert tell(("DA06", None), ("DA02", "0611")) == [("0611", "DA02")]
    assert tell(("TR384", "9384"), ("DA14", None)) == [("9384", "TR384")]
    assert tell(("DA07", None)) == []
    assert propose([("DA06", None)])[0].reden == VOORSTELLEN["DA06"].reden
    # The gemeente chose another code for the rule than ours: then our reason says nothing.
    assert propose([("DA02", "9369")])[0].reden != VOORSTELLEN["DA02"].reden
