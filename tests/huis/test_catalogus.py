"""The catalogue that people read is the one that the service runs on."""

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from types import ModuleType

from berichten import regels
from berichten.kern.regel import Regel
from berichten.regels.catalogus import as_markdown
from berichten.regels.register import ALLE

DOCS = Path(__file__).resolve().parents[2] / "docs"


def test_docs_are_not_stale() -> None:
    assert (DOCS / "regels.md").read_text(encoding="utf-8") == as_markdown(), "draai: .venv/bin/berichten regels > docs/regels.md"


def test_a_rule_that_is_made_is_registered() -> None:
    gemaakt = {
        f"{deel.__name__}.{naam}": waarde
        for module in iter_modules(regels.__path__, "berichten.regels.")
        for deel in _modules_of(module.name)
        for naam, waarde in vars(deel).items()
        if isinstance(waarde, Regel)
    }
    assert [naam for naam, waarde in gemaakt.items() if waarde not in ALLE] == []


def _modules_of(naam: str) -> Iterator[ModuleType]:
    """A module, or every module of a room."""
    module = import_module(naam)
    yield module
    for deel in iter_modules(getattr(module, "__path__", ()), f"{naam}."):
        yield import_module(deel.name)
