"""Who lacks the files of others is told which."""

from pathlib import Path

from tests.conformiteit.conftest import NODIG, list_missing


def test_every_folder_that_is_missing_is_named(tmp_path: Path) -> None:
    """Also when only one of them is there."""
    (tmp_path / "oordelen").mkdir()
    (tmp_path / "oordelen" / NODIG["oordelen"][0]).touch()
    ontbreekt = list_missing(tmp_path)
    assert {naam.split("/")[2] for naam in ontbreekt} == set(NODIG)
    assert f"../shared/oordelen/{NODIG['oordelen'][0]}" not in ontbreekt
    assert "../shared/ijw-303/regels.csv" in ontbreekt


def test_nothing_is_missing_here(gedeeld: Path) -> None:
    assert list_missing(gedeeld) == []
