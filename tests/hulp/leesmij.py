"""The table of settings in README.md, made from `instellingen.py`. Run as `python -m tests.hulp.leesmij` it puts it there."""

import ast
import json
from collections.abc import Iterator
from pathlib import Path

WORTEL = Path(__file__).resolve().parents[2]
LEESMIJ = WORTEL / "README.md"
BEGIN, EINDE = "<!-- settings: made by python -m tests.hulp.leesmij -->\n", "<!-- end of settings -->\n"


def list_settings() -> Iterator[tuple[str, str, str]]:
    """Name, default and meaning of each setting, but for those that are only for tests and the service's own clock."""
    bron = WORTEL / "src" / "berichten" / "instellingen.py"
    (klasse,) = (item for item in ast.parse(bron.read_text(encoding="utf-8")).body if isinstance(item, ast.ClassDef))
    for veld, uitleg in zip(klasse.body, klasse.body[1:], strict=False):
        if isinstance(veld, ast.AnnAssign) and isinstance(veld.target, ast.Name) and veld.value is not None:
            assert isinstance(uitleg, ast.Expr), f"{veld.target.id} has no docstring"
            assert isinstance(uitleg.value, ast.Constant)
            zin = str(uitleg.value.value)
            if not zin.startswith("Only "):
                yield f"BERICHTEN_{veld.target.id.upper()}", _default(veld.value), zin


def _default(waarde: ast.expr) -> str:
    """As one would write it in the environment; nothing for what is empty or unset."""
    deel = waarde.args[0] if isinstance(waarde, ast.Call) else waarde
    inhoud = ast.literal_eval(deel)
    if isinstance(inhoud, bool):
        return f"`{inhoud}`".lower()
    return "" if inhoud in ("", None) else f"`{json.dumps(inhoud) if isinstance(inhoud, list) else inhoud}`"


def as_table() -> str:
    """The settings as Markdown."""
    regels = ["| setting | default | meaning |", "|---|---|---|"]
    regels += [f"| `{naam}` | {standaard} | {' '.join(zin.split())} |" for naam, standaard, zin in list_settings()]
    return "\n".join(regels) + "\n"


def with_table(tekst: str) -> str:
    """README with the table of today between its marks."""
    voor, _, rest = tekst.partition(BEGIN)
    return f"{voor}{BEGIN}\n{as_table()}\n{EINDE}{rest.partition(EINDE)[2]}"


if __name__ == "__main__":
    LEESMIJ.write_text(with_table(LEESMIJ.read_text(encoding="utf-8")), encoding="utf-8")
