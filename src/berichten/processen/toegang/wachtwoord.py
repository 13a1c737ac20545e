"""Passwords: Argon2id as OWASP has it (19 MiB, two passes, one lane), and what a password must be."""

import re
import secrets
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from zxcvbn import zxcvbn

KORTSTE, LANGSTE = 12, 128
_STERK = 3
"""Of 4: who may try a hundred million times does not find it; a log-in name is tried 25 times a day."""
_GEWOGEN = 72
"""So many characters are looked at; more make it no easier to guess."""
_HIER = ("wachtwoord", "welkom", "welkom01", "geheim", "gemeente", "jeugdhulp", "jeugdzorg", "berichten", "portaal", "inloggen")
"""Words that everybody here thinks of first, beside those of the library."""
_WOORD = re.compile(r"[^\W_]{3,}")
_HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
_NIEMAND = _HASHER.hash(secrets.token_urlsafe(16))
"""Stands for the password of an account that is not there, so that looking takes as long."""
_TEGELIJK = BoundedSemaphore(2)
"""Guesses from everywhere at once leave the rest of the service its processor and memory."""


def hash_wachtwoord(wachtwoord: str) -> str:
    """What is kept of a password: 50 ms of work."""
    with _TEGELIJK:
        return _HASHER.hash(wachtwoord)


def fits_wachtwoord(bewaard: str | None, wachtwoord: str) -> bool:
    """Whether this is the password of which `bewaard` was kept; takes as long when nothing was."""
    with _TEGELIJK:
        try:
            gelijk = _HASHER.verify(bewaard or _NIEMAND, wachtwoord[:LANGSTE])
            return gelijk and bewaard is not None and len(wachtwoord) <= LANGSTE
        except (VerificationError, InvalidHashError):
            return False


def make_wachtwoord() -> str:
    """A password that nobody guesses, in four groups to type over: 80 bits."""
    letters = "abcdefghjkmnpqrstuvwxyz23456789"
    return "-".join("".join(secrets.choice(letters) for _ in range(4)) for _ in range(4))


def refuse_wachtwoord(wachtwoord: str, *namen: str) -> str | None:
    """Why this is no good password, as a sentence; None when it is.

    By NIST SP 800-63B and ASVS 5.0 (6.2): length counts, and that nobody guesses it (no common password, row of the keyboard,
    repetition, or name); which kinds of characters there are does not.
    """
    if not KORTSTE <= len(wachtwoord) <= LANGSTE:
        return f"Een wachtwoord heeft {KORTSTE} tot {LANGSTE} tekens. Gebruik bijvoorbeeld vier woorden achter elkaar."
    klein, delen = wachtwoord.lower(), [deel for naam in namen for deel in (naam, *_WOORD.findall(naam.lower()))]
    if any(naam and naam.lower() in klein for naam in namen) or zxcvbn(wachtwoord[:_GEWOGEN], [*_HIER, *delen])["score"] < _STERK:
        return (
            "Dit wachtwoord is te raden. Kies woorden die niet bij elkaar horen. Gebruik uw naam of inlognaam niet, en geen rij"
            " van het toetsenbord of iets dat zich herhaalt."
        )
    return None
