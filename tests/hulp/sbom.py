"""The list of parts of the service (CycloneDX 1.6) with the hashes by which each is installed: `make sbom`.

What is installed comes from the environment, with its licences; the hashes from the lock that pip holds it against. Tools for tests
stand in the other lock and are no part of the service.
"""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

WORTEL = Path(__file__).parents[2]
SLOT = WORTEL / "docker" / "requirements.txt"


def read_hashes() -> dict[str, tuple[str, list[str]]]:
    """Version and SHA-256 of every file that may be installed here, by name."""
    delen: dict[str, tuple[str, list[str]]] = {}
    for regel in SLOT.read_text(encoding="utf-8").replace("\\\n", " ").splitlines():
        if "==" in regel and not regel.lstrip().startswith("#"):
            kern, *sommen = regel.split(" --hash=sha256:")
            eis = Requirement(kern)
            if eis.marker is None or eis.marker.evaluate():
                delen[canonicalize_name(eis.name)] = (str(eis.specifier).removeprefix("=="), [som.strip() for som in sommen])
    return delen


def make_sbom(doel: Path) -> dict[str, Any]:
    """Write the list to a file, and return it."""
    opdracht = [
        sys.executable, "-m", "cyclonedx_py", "environment", sys.executable, "--pyproject", str(WORTEL / "pyproject.toml"),
        "--output-reproducible", "-o", str(doel),
    ]  # fmt: skip
    subprocess.run(opdracht, check=True, capture_output=True)
    sbom: dict[str, Any] = json.loads(doel.read_text(encoding="utf-8"))
    slot = read_hashes()
    sbom["components"] = [_with_hashes(deel, slot) for deel in sbom["components"] if canonicalize_name(deel["name"]) in slot]
    namen = {deel["bom-ref"] for deel in sbom["components"]} | {sbom["metadata"]["component"]["bom-ref"]}
    sbom["dependencies"] = [
        {**item, "dependsOn": [ref for ref in item.get("dependsOn", []) if ref in namen]}
        for item in sbom["dependencies"]
        if item["ref"] in namen
    ]
    doel.write_text(json.dumps(sbom, indent=1) + "\n", encoding="utf-8")
    return sbom


def _with_hashes(deel: dict[str, Any], slot: dict[str, tuple[str, list[str]]]) -> dict[str, Any]:
    versie, sommen = slot[canonicalize_name(deel["name"])]
    if deel["version"] != versie:
        raise ValueError(f"{deel['name']} {deel['version']} is installed, {versie} is locked: run make to install what is locked")
    return {**deel, "hashes": [{"alg": "SHA-256", "content": som} for som in sommen]}


if __name__ == "__main__":
    print(f"{len(make_sbom(Path(sys.argv[1]))['components'])} onderdelen in {sys.argv[1]}")
