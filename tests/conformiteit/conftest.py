"""What the tests against the published standard need, and where it must stand."""

from pathlib import Path

import pytest

_PER_ROL = "test_api_schemathesis"
"""The longest file: its roles are shared over processes, and go first. Another file is one part."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: item.path.stem != _PER_ROL)
    for nummer, item in enumerate(items):
        deel = nummer % 2 if item.path.stem == _PER_ROL else ""
        item.add_marker(pytest.mark.xdist_group(f"{item.path.stem}{deel}"))


WORTEL = Path(__file__).resolve().parents[2]
NODIG = {
    "ijw-3.2": ("xsd/basisschema.xsd", "regels/regels.csv", "voorbeelden/verwacht.csv"),
    "ijw-303": ("xsd-2.3/basisschema.xsd", "regels.csv", "elementen.csv", "codelijsten/WJ001_3_0.csv", "voorbeelden-2.3/jw303.xml"),
    "oordelen": ("nl-api-design-rules-2.2.yaml", "ijw-3.2-niveau2.xsl"),
    "fouten": ("niveau2/t1-301.xml", "regels", "buiten"),
}
"""Folders of reference with some of their files, by which to see that they are there."""


@pytest.fixture(scope="session")
def gedeeld() -> Path:
    """The standard's own files and the outside judges, next to the repository. Their absence is a failure: nothing was proven."""
    pad = WORTEL.parent / "shared"
    ontbreekt = list_missing(pad)
    if ontbreekt:
        pytest.fail(f"These tests compare with files of others, next to the repository; missing: {', '.join(ontbreekt)}")
    return pad


def list_missing(pad: Path) -> list[str]:
    """What of it is not in this folder, as a reader would look for it."""
    return [f"../shared/{map_}/{deel}" for map_, delen in NODIG.items() for deel in delen if not (pad / map_ / deel).exists()]
