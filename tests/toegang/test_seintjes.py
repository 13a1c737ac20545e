"""Notices by mail, through a real mail server: who gets one, when, how often, and that it tells nothing."""

import re
import socket
import ssl
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from itertools import pairwise
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from pydantic import ValidationError

from berichten.instellingen import Instellingen
from berichten.kern.houder import Sleutelhouder
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.besluiten.ontvang_verantwoording import accept_records, write_records
from berichten.processen.besluiten.plaats_opmerking import place_opmerking
from berichten.processen.bewaking.bekijk_status import look_around
from berichten.processen.seintjes.kies_seintje import choose_seintjes, find_choice
from berichten.processen.seintjes.verstuur_seintjes import Postbode
from berichten.processen.signalen.werk_casus_bij import refresh_casussignalen
from berichten.processen.toegang.beheer_gebruikers import block_gebruiker
from berichten.rapporten.signalen.casus import Casussignaal
from tests.conftest import VANDAAG
from tests.hulp.besluiten import FEB, JAN, MRT, beslis, fill_town, prestatie_id, rows, set_instelling, submit
from tests.hulp.bezoek import add_persoon
from tests.hulp.bouwstenen import AGB, BSN, GEMEENTE
from tests.hulp.casus import put_casus, put_leden
from tests.hulp.declareer import Regel

PORTAAL = "https://portaal.voorbeeld.nl"
NEGEN = datetime(2026, 6, 30, 7, tzinfo=UTC)


class Postbus:
    """What a mail server took, and how it is to answer."""

    def __init__(self) -> None:
        self.brieven: list[EmailMessage] = []
        self.weiger = False
        self.versleuteld: list[bool] = []

    async def handle_RCPT(self, server: SMTP, sessie: Session, envelop: Envelope, adres: str, _: list[str]) -> str:  # noqa: N802
        if self.weiger:
            return "550 5.1.1 who is that"
        envelop.rcpt_tos.append(adres)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, sessie: Session, envelop: Envelope) -> str:  # noqa: N802
        assert isinstance(envelop.content, bytes)
        self.brieven.append(message_from_bytes(envelop.content, policy=policy.default))
        self.versleuteld.append(sessie.ssl is not None)
        return "250 OK"

    @property
    def aan(self) -> list[str]:
        """To whom, in order."""
        return [str(brief["To"]) for brief in self.brieven]


@pytest.fixture
def postbus() -> Postbus:
    return Postbus()


@pytest.fixture
def mailserver(postbus: Postbus) -> Iterator[Controller]:
    server = Controller(postbus, hostname="127.0.0.1", port=free())
    server.start()
    yield server
    server.stop()


def free() -> int:
    with socket.socket() as vrij:
        vrij.bind(("127.0.0.1", 0))
        return int(vrij.getsockname()[1])


@pytest.fixture
def plek(werkplaats: Werkplaats, mailserver: Controller) -> Werkplaats:
    """A held line and somebody on each side who wants to know."""
    plek = with_mail(werkplaats, mailserver.port)
    fill_town(plek, 1001)
    for wie, rol in (("clerk", "aanbieder"), ("boer", "contractbeheer")):
        persoon = add_persoon(plek, f"{wie}@voorbeeld.nl", rol, agb=AGB, naam=f"Wie {wie}")
        choose(plek, persoon, rol, f"{wie}@post.nl")
    return plek


def with_mail(werkplaats: Werkplaats, poort: int, tls: str = "geen", op: datetime = NEGEN) -> Werkplaats:
    return set_instelling(
        werkplaats, smtp_host="localhost", smtp_port=poort, smtp_tls=tls, smtp_afzender="noreply@voorbeeld.nl",
        portaal_adres=PORTAAL, stilgezet_op=op,
    )  # fmt: skip


def later(plek: Werkplaats, **hoeveel: float) -> Werkplaats:
    return set_instelling(plek, stilgezet_op=NEGEN + timedelta(**hoeveel))


def choose(plek: Werkplaats, persoon: str, rol: str, adres: str) -> str | None:
    return choose_seintjes(plek, Sleutelhouder(GEMEENTE, persoon, rol, AGB if rol == "aanbieder" else None, ""), adres)


def deliver(plek: Werkplaats) -> int:
    return Postbode(plek).deliver()


def ask(plek: Werkplaats, rol: str, referentie: str = "A", tekst: str = "Klopt dit?") -> None:
    houder = Sleutelhouder(GEMEENTE, f"iemand-{rol}", rol, AGB if rol == "aanbieder" else None, "")
    assert not hasattr(place_opmerking(plek, houder, prestatie_id(plek, referentie), tekst), "melding")


def test_an_answer_a_question_and_a_decision_are_each_told_to_who_they_are_for(plek: Werkplaats, postbus: Postbus) -> None:
    deliver(plek)  # of the allocation nothing is ready for the aanbieder but an answer
    postbus.brieven.clear()
    submit(plek, Regel("A", 1001, JAN, 10))
    assert (deliver(later(plek, hours=5)), postbus.aan) == (0, [])
    ask(plek, "contractbeheer")
    assert (deliver(later(plek, hours=5)), postbus.aan) == (1, ["clerk@post.nl"])
    ask(plek, "aanbieder", tekst="Ja.")
    assert (deliver(later(plek, hours=10)), postbus.aan[1:]) == (1, ["boer@post.nl"])
    beslis(plek, "A")
    assert (deliver(later(plek, hours=15)), postbus.aan[2:]) == (1, ["clerk@post.nl"])
    assert deliver(later(plek, hours=20)) == 0


def test_a_team_is_told_once_a_day_that_there_are_signals_on_its_families(plek: Werkplaats, postbus: Postbus) -> None:
    """Who is in the team and chose it; not who is in another, nor who has the role alone. What is not new is told no more."""
    for naam in ("Noor", "Zoe", "Los"):
        choose(plek, add_persoon(plek, f"{naam}@voorbeeld.nl", "lokaal_team", naam=naam), "lokaal_team", f"{naam}@post.nl")
    put_leden(plek, GEMEENTE, "Noord", "Noor")
    put_leden(plek, GEMEENTE, "Zuid", "Zoe")

    def find(hours: int, *nummers: int) -> list[str]:
        """Who gets a mail, when so late these allocations of Noord are found to begin without an evaluation."""
        toen = later(plek, hours=hours)
        gevonden = [Casussignaal("L4", BSN, str(n), (n,), f"Toewijzing {n}.", "Een toewijzing.") for n in nummers]
        with patch("berichten.processen.signalen.werk_casus_bij.find_casussignalen", return_value=gevonden):
            refresh_casussignalen(toen, GEMEENTE)
        postbus.brieven.clear()
        deliver(toen)
        return postbus.aan

    deliver(plek)
    put_casus(plek, GEMEENTE, "Noord", (1, 2, 3), BSN)
    assert find(1, 1) == ["Noor@post.nl"]
    assert find(6, 1) == []
    assert find(7, 1, 2) == []
    assert find(24, 1, 2) == [], "one hour less than a day"
    assert find(25, 1, 2) == ["Noor@post.nl"]
    (brief,) = postbus.brieven
    assert brief["Subject"] == "Er staat iets voor u klaar"
    assert not re.search(r"\d|Noord|team", brief.get_content().replace(PORTAAL, ""))


def test_it_tells_nothing(plek: Werkplaats, postbus: Postbus) -> None:
    submit(plek, Regel("A", 1001, JAN, 10))
    ask(plek, "contractbeheer", tekst="Waarom tien uur?")
    deliver(plek)
    (brief,) = postbus.brieven
    tekst = brief.get_content()
    assert f"{PORTAAL}/portaal/" in tekst
    assert brief["Subject"] == "Er staat iets voor u klaar"
    vast = {"From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted"}
    assert {naam for naam in brief if naam in vast} == vast
    inhoud = tekst.replace(PORTAAL, "") + brief["Subject"]
    assert re.findall(r"\d", inhoud) == []
    for verboden in ("Wie", "clerk", "Alphen", AGB, GEMEENTE, "uur", "A\n"):
        assert verboden not in inhoud


def test_all_that_happens_within_some_hours_is_one_mail(plek: Werkplaats, postbus: Postbus) -> None:
    submit(plek, Regel("A", 1001, JAN, 10), Regel("B", 1001, FEB, 10))
    ask(plek, "contractbeheer", "A")
    ask(plek, "contractbeheer", "B")
    assert deliver(plek) == 1
    ask(later(plek, hours=1), "contractbeheer", "A")
    beslis(later(plek, hours=2), "A", "B")
    assert (deliver(later(plek, hours=3.9)), deliver(later(plek, hours=4.1)), deliver(later(plek, hours=9))) == (0, 1, 0)


def test_what_is_only_tried_is_not_told(plek: Werkplaats, postbus: Postbus) -> None:
    """The notice stands in the transaction of what it is about, and goes with it."""

    def record(minuten: int, dag: int, *, proef: bool = False) -> list[str]:
        rij = {"referentienummer": "A", "datum": f"2026-03-0{dag}", "minuten": minuten, "soort": "direct", "registratie": "SKJ"}
        return list(accept_records(plek, GEMEENTE, AGB, write_records(GEMEENTE, AGB, [rij]), proef=proef).uitkomsten.values())

    record(240, 4)
    submit(plek, Regel("A", 1001, MRT, 5))
    deliver(plek)
    assert (record(60, 5, proef=True), deliver(later(plek, hours=5))) == (["toegekend"], 0)
    assert (record(60, 5), deliver(later(plek, hours=5))) == (["toegekend"], 1)


def test_who_did_not_choose_it_or_is_not_let_in_any_more_hears_nothing(plek: Werkplaats, postbus: Postbus) -> None:
    add_persoon(plek, "stil@voorbeeld.nl", "aanbieder", agb=AGB, naam="Stil")
    ander = add_persoon(plek, "ander@voorbeeld.nl", "aanbieder", agb="42420002", naam="Ander")
    weg = add_persoon(plek, "weg@voorbeeld.nl", "aanbieder", agb=AGB, naam="Weg")
    uit = add_persoon(plek, "uit@voorbeeld.nl", "aanbieder", agb=AGB, naam="Uit")
    for persoon, adres in ((ander, "ander@post.nl"), (weg, "weg@post.nl"), (uit, "uit@post.nl")):
        assert choose(plek, persoon, "aanbieder", adres) is None
    submit(plek, Regel("A", 1001, JAN, 10))
    ask(plek, "contractbeheer")
    block_gebruiker(plek, "weg@voorbeeld.nl", "persoon:proef")
    choose(plek, uit, "aanbieder", "")
    assert (deliver(plek), postbus.aan) == (1, ["clerk@post.nl"])


@pytest.mark.parametrize(
    "adres", ["geen adres", "a@b", "a@voorbeeld.nl\nBcc: x@y.nl", f"{'a' * 60}@{'b' * 63}.{'c' * 63}.{'d' * 70}.nl"]
)
def test_what_is_no_address_is_not_kept(plek: Werkplaats, adres: str) -> None:
    persoon = add_persoon(plek, "x@voorbeeld.nl", "aanbieder", agb=AGB, naam="Wie x")
    assert choose(plek, persoon, "aanbieder", adres) == "Dit is geen e-mailadres. Schrijf het als naam@voorbeeld.nl."
    assert find_choice(plek, Sleutelhouder(GEMEENTE, persoon, "aanbieder", AGB, "")) == ""


def test_what_fails_is_tried_again_after_ever_longer_and_shown(plek: Werkplaats, postbus: Postbus) -> None:
    submit(plek, Regel("A", 1001, JAN, 10))
    ask(plek, "contractbeheer")
    postbus.weiger = True
    wanneer: list[int] = []
    minuut = 0
    while len(wanneer) < 8:
        deliver(later(plek, minutes=minuut))
        pogingen = rows(plek, "SELECT pogingen FROM seintjesadres WHERE adres = 'clerk@post.nl'")[0][0]
        if pogingen > len(wanneer):
            wanneer.append(minuut)
        minuut += 1
    assert [tweede - eerste for eerste, tweede in pairwise(wanneer)] == [1, 2, 4, 8, 16, 32, 60]
    (storing,) = [item for item in look_around(plek) if item.onderwerp == "e-mail"]
    assert (storing.gemeente, storing.ernstig) == (GEMEENTE, True)
    assert "1 persoon geen e-mail" in storing.melding
    assert "8 keer, het laatst door SMTPRecipientsRefused" in storing.melding
    assert "clerk" not in storing.melding
    postbus.weiger = False
    assert deliver(later(plek, minutes=minuut + 60)) == 1
    assert [item for item in look_around(plek) if item.onderwerp == "e-mail"] == []


def test_a_server_that_is_away_is_left_alone_for_a_while(plek: Werkplaats, mailserver: Controller, postbus: Postbus) -> None:
    submit(plek, Regel("A", 1001, JAN, 10))
    ask(plek, "contractbeheer")
    ask(plek, "aanbieder")
    dicht = replace(plek, instellingen=plek.instellingen.model_copy(update={"smtp_port": free()}))
    bode = Postbode(dicht)
    assert (bode.deliver(), bode.deliver()) == (0, 0)
    # Of the two for whom something waits one was tried; the other is not made to wait longer for it.
    assert sorted(rij[0] for rij in rows(plek, "SELECT pogingen FROM seintjesadres")) == [0, 1]
    assert deliver(later(plek, minutes=2)) == 2


def test_nobody_is_mailed_by_two_at_once(plek: Werkplaats, postbus: Postbus) -> None:
    submit(plek, Regel("A", 1001, JAN, 10))
    ask(plek, "contractbeheer")
    een, twee = Postbode(plek), Postbode(plek)
    wie = een._take()
    assert wie is not None
    assert twee.deliver() == 0
    # The first was killed: a while later somebody else does it.
    assert deliver(later(plek, minutes=6)) == 1


def test_the_line_is_encrypted_or_nothing_is_sent(
    plek: Werkplaats, mailserver: Controller, postbus: Postbus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    submit(plek, Regel("A", 1001, JAN, 10))
    ask(plek, "contractbeheer")
    assert deliver(with_mail(plek, mailserver.port, "starttls")) == 0  # it offers none
    sleutel, bewijs = make_certificate(tmp_path)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(bewijs, sleutel)
    for soort, extra in (("starttls", {"tls_context": context}), ("tls", {"ssl_context": context})):
        with serving(postbus, extra) as poort:
            op = NEGEN + timedelta(hours=10 if soort == "tls" else 1)
            monkeypatch.delenv("SSL_CERT_FILE", raising=False)
            assert deliver(with_mail(plek, poort, soort, op)) == 0  # nobody vouches for it
            monkeypatch.setenv("SSL_CERT_FILE", str(bewijs))
            assert deliver(with_mail(plek, poort, soort, op + timedelta(hours=2))) == 1
            ask(plek, "contractbeheer")
    # The second server speaks nothing but TLS, of which it says nothing.
    assert (postbus.versleuteld[0], len(postbus.brieven)) == (True, 2)


class serving:  # noqa: N801
    """A mail server for a block, on a port of its own."""

    def __init__(self, postbus: Postbus, extra: dict[str, Any]) -> None:
        self.server = Controller(postbus, hostname="127.0.0.1", port=free(), **extra)

    def __enter__(self) -> int:
        self.server.start()
        return int(self.server.port)

    def __exit__(self, *_: object) -> None:
        self.server.stop()


def make_certificate(map_: Path) -> tuple[Path, Path]:
    """Of `localhost`, vouched for by itself."""
    sleutel = ec.generate_private_key(ec.SECP256R1())
    naam = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    nu = datetime.now(UTC)
    bewijs = (
        x509.CertificateBuilder().subject_name(naam).issuer_name(naam).public_key(sleutel.public_key())
        .serial_number(x509.random_serial_number()).not_valid_before(nu - timedelta(days=1)).not_valid_after(nu + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(sleutel, hashes.SHA256())
    )  # fmt: skip
    geheim, open_ = map_ / "sleutel.pem", map_ / "bewijs.pem"
    vorm = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    geheim.write_bytes(sleutel.private_bytes(*vorm))
    open_.write_bytes(bewijs.public_bytes(serialization.Encoding.PEM))
    return geheim, open_


def test_without_a_mail_server_nothing_is_kept_to_be_sent(werkplaats: Werkplaats) -> None:
    fill_town(werkplaats, 1001)
    submit(werkplaats, Regel("A", 1001, JAN, 10))
    ask(werkplaats, "contractbeheer")
    assert rows(werkplaats, "SELECT count(*) FROM seintje") == [(0,)]
    assert deliver(werkplaats) == 0


def test_a_mail_server_asks_for_a_sender_and_an_address_of_the_portal() -> None:
    with pytest.raises(ValidationError, match="BERICHTEN_SMTP_AFZENDER"):
        Instellingen(smtp_host="localhost", huidige_datum=VANDAAG)
