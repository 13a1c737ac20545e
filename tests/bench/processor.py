"""What processes worked: on a machine that is shared the clock says more of the neighbours."""

import os
from pathlib import Path


def worked(werkers: tuple[int, ...]) -> float:
    """Milliseconds that these processes and those that they started worked until now."""
    tikken = 0
    for map_ in Path("/proc").glob("[0-9]*"):
        try:
            velden = (map_ / "stat").read_text().rpartition(")")[2].split()
        except (FileNotFoundError, ProcessLookupError):
            continue
        # Of who started others, also what those did that have ended.
        if int(map_.name) in werkers:
            tikken += sum(int(velden[plaats]) for plaats in (11, 12, 13, 14))
        elif int(velden[1]) in werkers:
            tikken += int(velden[11]) + int(velden[12])
    return 1000 * tikken / os.sysconf("SC_CLK_TCK")


def worked_alone(pid: int) -> float:
    """Milliseconds that this process worked until now, without those that it started."""
    velden = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return 1000 * (int(velden[11]) + int(velden[12])) / os.sysconf("SC_CLK_TCK")


def server_of(map_: Path) -> int:
    """Process number of the database server that keeps its data below a folder."""
    return int((map_ / "postgres" / "data" / "postmaster.pid").read_text().split()[0])


def peak_memory() -> float:
    """Most memory that this process held, in MiB. Not ru_maxrss: that begins at what the parent had."""
    regels = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(regel.split()[1]) / 1024 for regel in regels if regel.startswith("VmHWM:"))
