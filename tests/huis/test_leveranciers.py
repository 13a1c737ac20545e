"""What the service is made of is known: each part with the hashes of its files and its licence."""

from pathlib import Path

from packaging.markers import default_environment
from packaging.utils import canonicalize_name

from tests.conftest import Vertel
from tests.huis.test_slot import read_slot
from tests.hulp.sbom import make_sbom


def test_every_part_stands_in_the_list_with_hashes(tmp_path: Path, vertel: Vertel) -> None:
    delen = make_sbom(tmp_path / "sbom.json")["components"]
    hier = {str(naam): str(waarde) for naam, waarde in default_environment().items()}
    assert {canonicalize_name(deel["name"]) for deel in delen} == {
        canonicalize_name(naam) for naam in read_slot("docker/requirements.txt", hier)
    }
    assert [deel["name"] for deel in delen if not deel["hashes"]] == []
    zonder = [deel["name"] for deel in delen if not deel.get("licenses")]
    vertel(f"SBOM: {len(delen)} parts, all with hashes, {len(delen) - len(zonder)} with a licence")
    assert len(zonder) <= 3, zonder
