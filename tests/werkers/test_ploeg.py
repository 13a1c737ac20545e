"""The crew is kept whole, also by a machine that has no room for a process now."""

import subprocess
import time
from typing import Any

import pytest

from workers import ploeg
from workers.ploeg import Ploeg, Post


def test_a_place_that_cannot_be_filled_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    keren = 0
    echt = subprocess.Popen

    def start(*woorden: Any, **namen: Any) -> subprocess.Popen[bytes]:
        nonlocal keren
        keren += 1
        # At the start of the service and once more in the thread that watches.
        if keren <= 2:
            raise OSError(12, "geen geheugen")
        return echt(*woorden, **namen)

    monkeypatch.setattr(subprocess, "Popen", start)
    monkeypatch.setattr(ploeg, "_LANGSTE_PAUZE", 0.05)
    # It reads its line until that ends.
    post = Post("lezer", "tests.werkers.lezer", ("begin",))
    werk = Ploeg([post])
    werk.start()
    uiterlijk = time.monotonic() + 60
    while post.proces is None and time.monotonic() < uiterlijk:
        time.sleep(0.02)
    proces = post.proces
    werk.stop()
    assert proces is not None
    assert (keren, proces.returncode) == (3, 0)
