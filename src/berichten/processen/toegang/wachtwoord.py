"""Passwords: Argon2id as OWASP has it (19 MiB, two passes, one lane), and what a password must be."""

import secrets
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

KORTSTE, LANGSTE = 12, 128
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
            return _HASHER.verify(bewaard or _NIEMAND, wachtwoord[:LANGSTE]) and bewaard is not None
        except (VerificationError, InvalidHashError):
            return False


def make_wachtwoord() -> str:
    """A password that nobody guesses, in four groups to type over: 80 bits."""
    letters = "abcdefghjkmnpqrstuvwxyz23456789"
    return "-".join("".join(secrets.choice(letters) for _ in range(4)) for _ in range(4))


def refuse_wachtwoord(wachtwoord: str, *namen: str) -> str | None:
    """Why this is no good password, as a sentence; None when it is. Length counts, and that it is not one's own name."""
    if not KORTSTE <= len(wachtwoord) <= LANGSTE:
        return f"Een wachtwoord heeft {KORTSTE} tot {LANGSTE} tekens. Gebruik bijvoorbeeld vier woorden achter elkaar."
    klein = wachtwoord.lower()
    if len(set(klein)) < 5 or any(naam and naam.lower() in klein for naam in namen):
        return "Dit wachtwoord is te raden. Herhaal geen tekens, en gebruik uw naam of inlognaam er niet in."
    return None
