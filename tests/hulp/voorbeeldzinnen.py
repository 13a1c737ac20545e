"""An example of what each rule says, taken from its cases. `python -m tests.hulp.voorbeeldzinnen` puts them in the package."""

import json

from berichten.regels.voorbeeldzinnen import BESTAND, key_of
from tests.hulp.gevallen import judge, list_gevallen


def collect_zinnen() -> dict[str, str]:
    """By rule and class, what the first case that breaks it is told."""
    zinnen: dict[str, str] = {}
    for geval in list_gevallen():
        for bevinding in judge(geval).bevindingen:
            zinnen.setdefault(key_of(bevinding.regel), bevinding.melding)
    return dict(sorted(zinnen.items()))


def as_json() -> str:
    return json.dumps(collect_zinnen(), ensure_ascii=False, indent=0) + "\n"


if __name__ == "__main__":
    BESTAND.write_text(as_json(), encoding="utf-8")
