"""The second factor of a login: the codes of a telephone, and ten recovery codes for the day it is lost.

django-otp keeps the devices: a TOTPDevice for the telephone, a StaticDevice for the recovery codes. A person has one
of each or neither. Recovery codes are stored as digests: whoever reads the table cannot log in with them. A code is
claimed in a transaction that holds its device, so that none works twice, not even at the same moment.
"""

import re
import secrets
from base64 import b32encode
from dataclasses import dataclass
from datetime import datetime
from hashlib import pbkdf2_hmac
from math import ceil
from typing import Any
from urllib.parse import quote, urlencode

from django.conf import settings
from django.contrib.auth import SESSION_KEY, get_user_model
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils import timezone
from django_otp.oath import TOTP
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from articles.models.publication import Role
from articles.permissions import Person

CODES = 10
# Without what is taken for something else on paper: i, l, o, 0, 1. Twelve of them hold 59 bits.
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
LENGTH = 12
# The codes are random: this only makes a guess of them all hopeless.
ROUNDS = 10_000
# Who lets others' work through. Administrators too: they could reset anybody's.
DEMANDED = frozenset({Role.SECTION_EDITOR, Role.DUTY_EDITOR, Role.EDITOR_IN_CHIEF})


@dataclass(frozen=True)
class State:
    """Of a person whose second factor is on."""

    since: datetime | None
    last_used: datetime | None
    codes_left: int


@dataclass(frozen=True)
class Answer:
    """To a code. `wait`: seconds during which no code of this device is looked at, not even a right one."""

    right: bool
    wait: int = 0


def is_demanded(person: Person) -> bool:
    """Whether the installation lets this person in with a second factor only."""
    if settings.SECOND_FACTOR != "editors":
        return False
    return bool(person.user.is_superuser or any(seat.role in DEMANDED for seat in person.seats))


def is_on(user: Any) -> bool:
    return TOTPDevice.objects.filter(user=user, confirmed=True).exists()


def state_of(user: Any) -> State | None:
    """None where it is off."""
    phone = TOTPDevice.objects.filter(user=user, confirmed=True).first()
    if phone is None:
        return None
    paper = StaticDevice.objects.filter(user=user).first()
    used = [device.last_used_at for device in (phone, paper) if device is not None and device.last_used_at]
    return State(
        since=phone.created_at,
        last_used=max(used, default=None),
        codes_left=paper.token_set.count() if paper is not None else 0,
    )


# --- turning it on and off -----------------------------------------------------------------------------------------


def new_key() -> str:
    """A secret to share with a telephone: 160 bits in hex, as RFC 4226 wants them."""
    return secrets.token_hex(20)


def typed_key(key: str) -> str:
    """The secret as one types it into a telephone: groups of four."""
    letters = b32encode(bytes.fromhex(key)).decode()
    return " ".join(letters[at : at + 4] for at in range(0, len(letters), 4))


def address(username: str, issuer: str, key: str) -> str:
    """What the square says: the otpauth address that every authenticator app reads."""
    issuer = issuer.replace(":", " ")
    secret = b32encode(bytes.fromhex(key)).decode()
    label = quote(f"{issuer}:{username}", safe=":")
    return f"otpauth://totp/{label}?{urlencode({'secret': secret, 'issuer': issuer}, quote_via=quote)}"


def turn_on(user: Any, key: str, code: str) -> list[str] | None:
    """Bind the telephone that holds `key` and made `code`. The recovery codes, to be shown once; None where the code
    is wrong or there is a telephone already."""
    typed = _digits(code)
    with transaction.atomic():
        _hold(user)
        if typed is None or is_on(user):
            return None
        totp = TOTP(bytes.fromhex(key), drift=0)
        totp.time = timezone.now().timestamp()
        if not totp.verify(int(typed), tolerance=1):
            return None
        # What proved the telephone is used up with that.
        TOTPDevice.objects.create(user=user, name="phone", key=key, last_t=totp.t(), drift=totp.drift)
        return _write_codes(user)


def new_codes(user: Any) -> list[str]:
    """Ten recovery codes in place of those there were."""
    with transaction.atomic():
        _hold(user)
        return _write_codes(user)


def turn_off(user: Any) -> bool:
    """Forget the telephone and the recovery codes. False where there was nothing."""
    with transaction.atomic():
        _hold(user)
        found = TOTPDevice.objects.filter(user=user).delete()[0]
        return bool(found + StaticDevice.objects.filter(user=user).delete()[0])


def end_sessions(user: Any, but: str | None = None) -> int:
    """Log the person out everywhere, except in the session of this key: what began with a password alone ends when
    a second factor is turned on, and with whoever has the telephone when it is reset."""
    ended = 0
    for session in Session.objects.filter(expire_date__gt=timezone.now()).iterator():
        if session.session_key != but and session.get_decoded().get(SESSION_KEY) == str(user.pk):
            ended += session.delete()[0]
    return ended


# --- codes -----------------------------------------------------------------------------------------------------------


def check(user: Any, code: str) -> Answer:
    """Claim a code of the telephone or a recovery code. Each device waits 1, 2, 4 … seconds after a wrong code."""
    typed = _digits(code)
    model = StaticDevice if typed is None else TOTPDevice
    with transaction.atomic():
        device = model.objects.select_for_update().filter(user=user, confirmed=True).first()
        if device is None:
            return Answer(False)
        allowed, why = device.verify_is_allowed()
        if not allowed:
            wait = (why["locked_until"] - timezone.now()).total_seconds() if why else 1
            return Answer(False, max(1, ceil(wait)))
        if typed is not None:
            return Answer(device.verify_token(typed))
        return Answer(_claim_recovery(device, code))


def may_be_code(text: str) -> bool:
    """Whether it has the shape of a telephone's code or of a recovery code."""
    return _digits(text) is not None or len(_letters(text)) == LENGTH


def _letters(code: str) -> str:
    """A recovery code however it was grouped and written."""
    return re.sub(r"[\s-]", "", code).lower()


def _claim_recovery(device: StaticDevice, code: str) -> bool:
    """django-otp would compare the plain code."""
    letters = _letters(code)
    digest = _digest(device.user_id, letters) if len(letters) == LENGTH else ""
    if not digest or not device.token_set.filter(token=digest).delete()[0]:
        device.throttle_increment()
        return False
    device.throttle_reset(commit=False)
    device.set_last_used_timestamp(commit=False)
    device.save()
    return True


def _digits(code: str) -> str | None:
    """The six digits of a telephone's code, however they were grouped; None for anything else."""
    bare = re.sub(r"\s", "", code)
    return str(int(bare)).zfill(6) if re.fullmatch(r"\d{6}", bare) else None


def _write_codes(user: Any) -> list[str]:
    device, _made = StaticDevice.objects.get_or_create(user=user, defaults={"name": "recovery"})
    device.token_set.all().delete()
    codes = ["".join(secrets.choice(LETTERS) for _ in range(LENGTH)) for _ in range(CODES)]
    for code in codes:
        device.token_set.create(token=_digest(user.pk, code))
    return ["-".join(code[at : at + 4] for at in range(0, LENGTH, 4)) for code in codes]


def _digest(pk: Any, code: str) -> str:
    """As long as django-otp's column: 80 bits. Not keyed by the installation's secret, which may change."""
    made = pbkdf2_hmac("sha256", code.encode(), f"recovery code of {pk}".encode(), ROUNDS, dklen=10)
    return b32encode(made).decode().lower()


def _hold(user: Any) -> None:
    """One at a time for each person."""
    get_user_model().objects.select_for_update().get(pk=user.pk)
