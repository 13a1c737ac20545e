"""iJw messages received, judged, answered and booked for a Dutch gemeente."""

import sys

if "rich" not in sys.modules:
    # structlog loads rich to colour what a developer reads, 7 MiB in each process; our log is JSON. Who prints to a terminal still
    # imports it, later.
    sys.modules["rich"] = None  # type: ignore[assignment]
    import structlog  # noqa: F401

    del sys.modules["rich"]
