"""What is freed goes back to the system. glibc keeps a heap for each thread and, once a message of 25 MB was freed, takes the next
ones from those heaps, where they leave holes: a service that reads large messages would grow for as long as it runs.
"""

import ctypes

_M_TRIM_THRESHOLD, _M_MMAP_THRESHOLD, _M_ARENA_MAX = -1, -3, -8
"""Names of glibc's malloc.h."""
_BLOK = 256 * 1024
"""Bytes from which a block comes from the system by itself, and goes back by itself."""
_ARENAS = 2
"""Heaps for all threads together: Python lets one thread at a time allocate."""


def hold_little() -> None:
    """Bound what malloc keeps, in this process, from now on. Does nothing where malloc is another's."""
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is not None:
        for naam, waarde in ((_M_MMAP_THRESHOLD, _BLOK), (_M_TRIM_THRESHOLD, _BLOK), (_M_ARENA_MAX, _ARENAS)):
            mallopt(naam, waarde)
