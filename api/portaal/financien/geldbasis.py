"""What pages about payments share: names for who is paid, and what a run does with whom."""

from api.portaal.schil.bladzij import Bladzij
from berichten.inzage.aanbieders.namen import name_aanbieders

UITKOMSTEN_BETALING = {
    "betalen": "Wordt betaald",
    "doorschuiven": "Schuift door: door credits is er niets te goed",
    "zonder_rekening": "Wordt niet betaald: er is geen bankrekening bevestigd",
    "geblokkeerd": "Wordt niet betaald: geblokkeerd",
}
"""What a run does with an aanbieder."""


def read_aanbieders(bladzij: Bladzij) -> dict[str, str]:
    """What the gemeente calls each aanbieder, by AGB code."""
    return name_aanbieders(bladzij.kijker)
