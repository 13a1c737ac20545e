"""Migrations stand in one row: two that follow on the same one would leave a database that cannot be brought to the newest."""

import ast
from pathlib import Path

VERSIES = Path(__file__).resolve().parents[2] / "migrations" / "versions"


def _read(pad: Path) -> dict[str, object]:
    """What a migration says of itself."""
    boom = ast.parse(pad.read_text(encoding="utf-8"))
    return {
        doel.id: knoop.value.value
        for knoop in boom.body
        if isinstance(knoop, ast.Assign) and isinstance(knoop.value, ast.Constant)
        for doel in knoop.targets
        if isinstance(doel, ast.Name)
    }


def test_each_migration_follows_the_one_before_it() -> None:
    paden = sorted(VERSIES.glob("[0-9]*.py"))
    gezegd = [_read(pad) for pad in paden]
    assert [item["revision"] for item in gezegd] == [pad.stem for pad in paden]
    assert [item["down_revision"] for item in gezegd] == [None, *(pad.stem for pad in paden[:-1])]


def test_how_long_is_waited_for_a_table_is_said_in_one_place() -> None:
    """By who runs the migrations (`uitbreiden.WACHT_OP_SLOT`), in step with who works; the first twenty are of before that."""
    eigen = [pad.stem for pad in sorted(VERSIES.glob("[0-9]*.py"))[20:] if "lock_timeout" in pad.read_text(encoding="utf-8")]
    assert eigen == []
