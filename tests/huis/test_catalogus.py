"""The catalogue that people read is the one that the service runs on."""

from pathlib import Path

from berichten.regels.catalogus import as_markdown

DOCS = Path(__file__).resolve().parents[2] / "docs"


def test_docs_are_not_stale() -> None:
    assert (DOCS / "regels.md").read_text(encoding="utf-8") == as_markdown(), "draai: .venv/bin/berichten regels > docs/regels.md"
