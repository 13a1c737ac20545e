"""The search for BSNs finds what it looks for: else that nothing is found would prove nothing."""

import base64
import hashlib

import pytest

from tests.hulp.api.bsnspeurder import Speurder
from tests.hulp.bouwstenen import BSN

_MD5 = hashlib.md5(BSN.encode(), usedforsecurity=False)
VERSTOPT = {
    "text": f'{{"bsn": "{BSN}"}}'.encode(),
    "dots": f"{BSN[:4]}.{BSN[4:6]}.{BSN[6:]}".encode(),
    "threes": f"{BSN[:3]} {BSN[3:6]} {BSN[6:]}".encode(),
    "utf-16": f"naam {BSN}".encode("utf-16"),
    "hex": f"abc{BSN}def".encode().hex().encode(),
    "sha256": hashlib.sha256(BSN.encode()).hexdigest().upper().encode(),
    "sha1": b"\0" + hashlib.sha1(BSN.encode(), usedforsecurity=False).digest(),
    "md5": base64.b64encode(_MD5.digest()),
    **{f"base64 na {voor}": base64.b64encode(b"x" * voor + BSN.encode() + b"<einde>") for voor in range(3)},
    **{f"base64 van utf-16 na {voor}": base64.b64encode(b"x" * voor + BSN.encode("utf-16-le") + b"<") for voor in range(3)},
}


@pytest.mark.parametrize("vorm", VERSTOPT)
def test_a_bsn_is_found_in_every_form(vorm: str) -> None:
    speurder = Speurder({BSN})
    speurder.add("ergens", b"voor" + VERSTOPT[vorm] + b"na")
    assert speurder.search()


def test_what_is_no_bsn_is_not_found() -> None:
    speurder = Speurder({BSN})
    speurder.add("ergens", f"******{BSN[-3:]} {hashlib.sha256(b'ander').hexdigest()}".encode())
    assert speurder.search() == []
