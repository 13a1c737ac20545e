"""An island: a network, mounts and processes of our own, which are gone with whoever made them.

So a fault may cut lines and fill disks without anybody else on this machine noticing, and no process outlives a run.
"""

import os
import resource
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

_OPDRACHT = ("unshare", "--net", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc")


def run_on_island(module: str, woorden: Sequence[str]) -> int:
    """Run `python -m module` on an island of its own, as root; its exit code."""
    if os.geteuid() != 0:
        raise SystemExit("Dit vraagt een eigen netwerk en eigen schijven: draai het als root.")
    return subprocess.run([*_OPDRACHT, sys.executable, "-m", module, *woorden], check=False).returncode


def settle() -> None:
    """Begin on an island: its own loopback is up, and who dies leaves no core on a disk."""
    _become_child_of_a_reaper()
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    _do("ip", "link", "set", "lo", "up")


def _become_child_of_a_reaper() -> None:
    """The first process of an island buries what others left, as on any machine; the run goes on in a child of it."""
    kind = os.fork()
    while kind:
        pid, status = os.wait()
        if pid == kind:
            os._exit(os.waitstatus_to_exitcode(status) & 0xFF)


@contextmanager
def small_disk(map_: Path, megabytes: int) -> Iterator[None]:
    """A disk of so many MB on this folder."""
    _do("mount", "-t", "tmpfs", "-o", f"size={megabytes}m,mode=0755", "geen", str(map_))
    try:
        yield
    finally:
        _do("umount", "--lazy", str(map_))


@contextmanager
def full_disk(map_: Path) -> Iterator[None]:
    """The disk of this folder has no byte left."""
    ballast = map_ / "ballast"
    try:
        with suppress(OSError), ballast.open("wb", buffering=0) as bestand:
            while True:
                bestand.write(b"\0" * 65536)
        yield
    finally:
        ballast.unlink(missing_ok=True)


@contextmanager
def cut_line(*poorten: int) -> Iterator[None]:
    """What goes to or comes from these ports is lost, and nobody tells."""
    regels = [("INPUT", f"--{kant}", str(port)) for port in poorten for kant in ("dport", "sport")]
    try:
        for keten, kant, port in regels:
            _do("iptables", "-A", keten, "-p", "tcp", kant, port, "-j", "DROP")
        yield
    finally:
        for keten, kant, port in regels:
            _do("iptables", "-D", keten, "-p", "tcp", kant, port, "-j", "DROP")


def _do(*opdracht: str) -> None:
    subprocess.run(opdracht, check=True, capture_output=True)
