"""What the aanbieder has to do about a line, in one or two sentences. Pure."""

from datetime import date

from berichten.kern.tekst import datum

_OPNIEUW = "Herstel wat er staat en dien de regel opnieuw in, met een nieuw referentienummer."


def advise_aanbieder(
    uitkomst: str,
    status: str,
    referentienummer: str,
    *,
    uiterlijk: date | None,
    vandaag: date,
    gevraagd: bool,
    terugvragen: bool,
) -> str:
    """`status` is that of the message; `gevraagd`: a question of the gemeente is open; `terugvragen`: it asks for a credit."""
    if uitkomst == "ter_beoordeling":
        if uiterlijk is not None and uiterlijk < vandaag:
            return _advise_late(uiterlijk, gevraagd)
        voor = f", uiterlijk op {datum(uiterlijk)}" if uiterlijk else ""
        if gevraagd:
            return (
                f"De gemeente heeft een vraag over deze regel. Beantwoord die bij de opmerkingen; daarna volgt een besluit{voor}."
            )
        return f"De gemeente beoordeelt deze regel{voor}. U hoeft niets te doen. Een toelichting mag u bij de opmerkingen zetten."
    if uitkomst == "toegekend":
        return _advise_awarded(status == "verwerkt", referentienummer, terugvragen)
    if uitkomst == "afgewezen":
        wacht = "" if status == "verwerkt" else " Wacht op het antwoord (JW325), want tot dan kan het besluit nog veranderen."
        return f"De regel is afgewezen.{wacht} Lees waarom. {_OPNIEUW}"
    if status == "afgekeurd":
        return "Het hele bericht is afgekeurd. Lees bij het bericht waarom, herstel dat en stuur het bericht opnieuw in."
    return "De regel is niet beoordeeld. Lees bij de regel waardoor, herstel dat en dien de regel opnieuw in."


def _advise_late(uiterlijk: date, gevraagd: bool) -> str:
    """The day of the answer is over: a promise of it would be none."""
    laat = f"De gemeente had deze regel uiterlijk op {datum(uiterlijk)} moeten beoordelen, en heeft dat nog niet gedaan."
    if gevraagd:
        return f"{laat} Zij wacht op uw antwoord: beantwoord haar vraag bij de opmerkingen."
    return f"{laat} U hoeft niets opnieuw in te dienen. Vraag de gemeente bij de opmerkingen wanneer zij besluit."


def _advise_awarded(beantwoord: bool, referentienummer: str, terugvragen: bool) -> str:
    if terugvragen:
        wanneer = "Neem in uw volgende declaratie" if beantwoord else "Neem na het antwoord (JW325), in een volgende declaratie,"
        return (
            "De regel is toegekend, maar de gemeente vraagt u om hem te crediteren."
            f" {wanneer} een creditregel op met VorigReferentieNummer {referentienummer}."
        )
    if not beantwoord:
        return "De regel is toegekend. Het antwoord (JW325) volgt zodra alle regels zijn beoordeeld. U hoeft niets te doen."
    return "De regel is toegekend. U hoeft niets te doen."
