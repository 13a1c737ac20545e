"""How much time is left to answer a declaration (JW325: ten working days, OP090). Pure."""

from datetime import date

from berichten.kern.kalender import add_werkdagen, count_werkdagen

VERSTREKEN = "termijn verstreken"


def last_warned(vandaag: date, waarschuw_werkdagen: int) -> date:
    """The latest deadline about which is warned today."""
    return add_werkdagen(vandaag, waarschuw_werkdagen)


def warn(uiterlijk: date, vandaag: date, waarschuw_werkdagen: int) -> str | None:
    """What the work list says of a deadline, in Dutch; None while there is time enough."""
    if uiterlijk < vandaag:
        return VERSTREKEN
    if uiterlijk > last_warned(vandaag, waarschuw_werkdagen):
        return None
    over = count_werkdagen(vandaag, uiterlijk)
    if over == 0:
        return "vandaag is de laatste dag"
    return f"nog {over} {'werkdag' if over == 1 else 'werkdagen'}"
