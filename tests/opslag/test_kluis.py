"""Contents at rest come back as they were, whichever library compressed them."""

import zlib

import pytest

from berichten.opslag.basis.kluis import Kluis, KluisFout

INHOUD = b"<a>" + b"BSN 999900006 " * 5000 + b"</a>"


@pytest.mark.parametrize("sleutel", ["", "een sleutel"])
@pytest.mark.parametrize("inhoud", [b"", b"x", INHOUD], ids=len)
def test_what_was_packed_comes_back(sleutel: str, inhoud: bytes) -> None:
    kluis = Kluis(sleutel)
    assert kluis.unpack(kluis.pack(inhoud)) == inhoud


def test_what_zlib_packed_is_read_and_zlib_reads_what_is_packed_now() -> None:
    kluis = Kluis("")
    assert kluis.unpack(b"\x00" + zlib.compress(INHOUD, 1)) == INHOUD
    assert zlib.decompress(kluis.pack(INHOUD)[1:]) == INHOUD


def test_another_key_does_not_open_it() -> None:
    with pytest.raises(KluisFout, match="BERICHTEN_SLEUTEL"):
        Kluis("een ander").unpack(Kluis("een sleutel").pack(INHOUD))
