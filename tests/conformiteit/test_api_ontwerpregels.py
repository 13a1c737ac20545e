"""The API's description under the official linter of the NL API Design Rules: no error, no warning."""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from api.app import create_app
from berichten.instellingen import Instellingen

LINTER = "@stoplight/spectral-cli@6.16.0"


@pytest.fixture
def beschrijving() -> dict[str, Any]:
    return create_app(Instellingen()).openapi()


def test_the_linter_has_nothing_to_say(gedeeld: Path, tmp_path: Path, beschrijving: dict[str, Any]) -> None:
    assert lint(gedeeld, tmp_path, beschrijving) == []


def test_the_linter_does_read_it(gedeeld: Path, tmp_path: Path, beschrijving: dict[str, Any]) -> None:
    """Proof that silence means something."""
    beschrijving["paths"]["/berichten"]["post"]["responses"]["400"]["content"] = {"application/json": {}}
    del beschrijving["paths"]["/berichten"]["get"]["responses"]["200"]["headers"]["API-Version"]
    gevonden = {item["code"] for item in lint(gedeeld, tmp_path, beschrijving)}
    assert gevonden == {"nlgov:use-problem-schema", "nlgov:missing-version-header"}


def lint(gedeeld: Path, map_: Path, beschrijving: dict[str, Any]) -> list[dict[str, Any]]:
    """Everything that the linter finds, warnings and hints too."""
    npx = shutil.which("npx")
    if npx is None:
        pytest.fail(f"This test runs {LINTER}; install node and npm, which bring npx.")
    document, uitslag = map_ / "openapi.json", map_ / "uitslag.json"
    document.write_text(json.dumps(beschrijving), encoding="utf-8")
    regels = gedeeld / "oordelen" / "nl-api-design-rules-2.2.yaml"
    loop = subprocess.run(
        [npx, "--yes", LINTER, "lint", "--ruleset", regels, "--format", "json", "--output", uitslag, document],
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    # 0: nothing found, 1: something found; anything else means that the linter itself failed.
    assert loop.returncode in (0, 1), loop.stderr
    gevonden: list[dict[str, Any]] = json.loads(uitslag.read_text(encoding="utf-8"))
    return gevonden
