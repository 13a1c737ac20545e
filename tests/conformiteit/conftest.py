"""What the tests against the published standard need, and where it must stand."""

from pathlib import Path

import pytest

WORTEL = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def gedeeld() -> Path:
    """The standard's own files, next to the repository. Their absence is a failure: nothing was proven then."""
    pad = WORTEL.parent / "shared"
    for deel in ("ijw-3.2/xsd/basisschema.xsd", "ijw-3.2/voorbeelden/verwacht.csv"):
        if not (pad / deel).is_file():
            pytest.fail(f"These tests compare with the standard's own files; missing next to the repository: ../shared/{deel}")
    return pad
