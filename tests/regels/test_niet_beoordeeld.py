"""What is told of a line that was not judged: the fault of the message, or of its own client."""

from dataclasses import dataclass

from berichten.beoordeling.wachtend.niet_beoordeeld import find_redenen


@dataclass(frozen=True)
class Gevonden:
    regel: str
    retourcode: str | None
    gevolg: str
    klasse: str
    melding: str
    regelnummer: int | None


CLIENT_A = Gevonden("TR304", "8187", "afwijzen", "Client", "Geen toewijzing A.", 20)
CLIENT_C = Gevonden("TR304", "8187", "afwijzen", "Client", "Geen toewijzing C.", 80)
TOTAAL = Gevonden("TR358", "0001", "afkeuren", "Declaratie", "Het totaal klopt niet.", 10)
SIGNAAL = Gevonden("DA07", None, "signaal", "Prestatie", "Laat.", 30)


def test_a_message_that_was_rejected_stops_every_line() -> None:
    redenen = find_redenen("afgekeurd", [SIGNAAL, TOTAAL, CLIENT_A])
    reden = "Het hele bericht is afgekeurd: Het totaal klopt niet. (TR358, retourcode 0001, technisch onjuist; het hele bericht is"
    reden += " afgekeurd)"
    assert redenen.find(25) == redenen.find(None) == reden
    assert (find_redenen("afgekeurd", [TOTAAL] * 3).find(1) or "").endswith("Daarnaast zijn er nog 2 fouten.")
    assert (find_redenen("afgekeurd", [TOTAAL] * 2).find(1) or "").endswith("Daarnaast is er nog 1 fout.")


def test_a_client_stops_its_own_lines() -> None:
    redenen = find_redenen("verwerkt", [CLIENT_C, SIGNAAL, CLIENT_A])
    for regelnummer, naam in ((20, "A"), (35, "A"), (80, "C"), (300, "C")):
        begin = f"De cliënt van deze regel is afgewezen: Geen toewijzing {naam}. (TR304, retourcode 8187"
        assert (redenen.find(regelnummer) or "").startswith(begin)
    assert redenen.find(19) is None
