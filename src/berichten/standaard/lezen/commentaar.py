"""What an aanbieder wrote beside a request (Commentaar of a JW315): for who decides on it, and for nobody else."""

from lxml import etree

from berichten.standaard.lezen.velden import find_child, list_children, read_text
from berichten.standaard.schema.ontleder import make_parser


def read_commentaar(inhoud: bytes, volgnummer: int) -> tuple[str, ...]:
    """Of the client and of the product with this number, counted from 1; empty for a message that has none.

    `inhoud` was valid when it came in.
    """
    parser = make_parser(remove_comments=True, remove_pis=True)
    client = find_child(etree.fromstring(inhoud, parser), "Client")
    producten = [] if client is None else list_children(client, "AangevraagdeProducten")
    gevraagd = producten[volgnummer - 1 : volgnummer]
    teksten = (read_text(element, "Commentaar") for element in (client, *gevraagd) if element is not None)
    return tuple(tekst.strip() for tekst in teksten if tekst and tekst.strip())
