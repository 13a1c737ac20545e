"""The locks install on every Python that we say we support: no package of theirs asks for one that the lock lacks there."""

import tomllib
from collections.abc import Iterator, Mapping
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import pytest
from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

WORTEL = Path(__file__).parents[2]
PYPROJECT = tomllib.loads((WORTEL / "pyproject.toml").read_text(encoding="utf-8"))["project"]
PYTHONS = ("3.11.0", "3.11.2", "3.11.3", "3.11.14", "3.12.0", "3.12.12", "3.13.0", "3.13.9")
"""First and last of each, Debian's own, and both sides of 3.11.3, where asyncio.timeout came to stay."""
SLOTEN = {"docker/requirements.txt": (), "docker/requirements-sporen.txt": ("sporen",), ".ci/requirements.txt": ("test",)}


def _environment(python: str) -> dict[str, str]:
    eigen = {"python_full_version": python, "python_version": python.rpartition(".")[0], "implementation_name": "cpython"}
    return {**default_environment(), "platform_python_implementation": "CPython", **eigen}  # type: ignore[dict-item]


def _applies(eis: Requirement, omgeving: Mapping[str, str], extras: Iterator[str] | tuple[str, ...] | set[str]) -> bool:
    return eis.marker is None or any(eis.marker.evaluate({**omgeving, "extra": extra}) for extra in ("", *extras))


def read_slot(pad: str, omgeving: Mapping[str, str]) -> dict[str, Requirement]:
    """What pip would install from a lock in this environment, by name; every entry must be pinned and carry a hash."""
    tekst = (WORTEL / pad).read_text(encoding="utf-8").replace("\\\n", " ")
    eisen: dict[str, Requirement] = {}
    for regel in tekst.splitlines():
        if not regel.strip() or regel.lstrip().startswith("#"):
            continue
        kern, *hashes = regel.split(" --hash=")
        eis = Requirement(kern.strip())
        assert hashes, f"{eis.name} heeft in {pad} geen hash"
        assert str(eis.specifier).startswith("=="), f"{eis.name} staat in {pad} niet vast"
        if _applies(eis, omgeving, ()):
            eisen[canonicalize_name(eis.name)] = eis
    return eisen


def missing(pad: str, groepen: tuple[str, ...], python: str) -> list[str]:
    """What the lock lacks on that Python: `wie` asks for `wat`."""
    omgeving = _environment(python)
    slot = read_slot(pad, omgeving)
    eigen = [*PYPROJECT["dependencies"], *(eis for groep in groepen for eis in PYPROJECT["optional-dependencies"][groep])]
    fouten, gezien = [], set()
    te_doen: list[tuple[str, Requirement, tuple[str, ...]]] = [("pyproject.toml", Requirement(eis), ()) for eis in eigen]
    while te_doen:
        wie, eis, extras = te_doen.pop()
        if not _applies(eis, omgeving, extras):
            continue
        naam = canonicalize_name(eis.name)
        vast = slot.get(naam)
        if vast is None or not eis.specifier.contains(str(vast.specifier).removeprefix("=="), prereleases=True):
            fouten.append(f"{wie} vraagt {eis}")
            continue
        if (naam, *sorted(eis.extras)) in gezien:
            continue
        gezien.add((naam, *sorted(eis.extras)))
        try:
            pakket = distribution(naam)
        except PackageNotFoundError:
            continue
        assert SpecifierSet(pakket.metadata["Requires-Python"] or "").contains(python), f"{naam} werkt niet met Python {python}"
        te_doen += [(naam, Requirement(tekst), tuple(eis.extras)) for tekst in pakket.requires or ()]
    return sorted(fouten)


@pytest.mark.parametrize("python", PYTHONS)
@pytest.mark.parametrize(("pad", "groepen"), SLOTEN.items())
def test_a_lock_lacks_nothing_on_a_python_that_is_supported(pad: str, groepen: tuple[str, ...], python: str) -> None:
    assert missing(pad, groepen, python) == [], "herstel met: make slot"


def test_all_locks_pin_the_same_versions() -> None:
    omgeving = _environment("3.11.2")
    dienst, sporen, proef = (read_slot(pad, omgeving) for pad in SLOTEN)
    for minder, meer in ((dienst, sporen), (sporen, proef)):
        assert {naam: str(eis.specifier) for naam, eis in minder.items()} == {naam: str(meer[naam].specifier) for naam in minder}


def test_what_only_an_older_python_needs_is_marked_so() -> None:
    """The fault that was: redis asks for async-timeout below 3.11.3, and a lock made on 3.11.7 did not have it."""
    voor, na = (read_slot("docker/requirements.txt", _environment(python)) for python in ("3.11.2", "3.11.3"))
    assert voor.keys() - na.keys() == {"async-timeout"}


@pytest.mark.parametrize("pad", SLOTEN)
def test_a_lock_names_no_place_where_packages_come_from(pad: str) -> None:
    tekst = (WORTEL / pad).read_text(encoding="utf-8")
    assert [woord for woord in ("--index", "--find-links", "--extra-index", "://") if woord in tekst] == []
