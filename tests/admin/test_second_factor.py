"""The second step of the login: whoever owes the code is nobody, and nobody is locked out for good."""

import html
import re
import threading
from base64 import b32decode
from collections.abc import Iterator
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
import time_machine
from axes.models import AccessAttempt
from django.contrib.admin.models import LogEntry
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core.management import call_command
from django.db import connections
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_otp.oath import TOTP
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from articles.desk import second_factor
from newsroom.archive import rows
from newsroom.checks import second_factor_is_a_word_we_know
from tests.admin.desk import change_url, form_of, logged_in, opened, text_of
from tests.admin.test_access import ROWS
from tests.admin.test_sessions import hidden
from tests.cast import PASSWORD, Cast

LOGIN, CODE = "/admin/login/", "/admin/login/code/"
OWN, SET_UP = "/admin/account/second-factor/", "/admin/account/second-factor/set-up/"
NEW_CODES, OFF = OWN + "codes/", OWN + "off/"
KEY = "0123456789abcdef0123456789abcdef01234567"
# In the middle of a half minute.
BEGIN = timezone.now().replace(second=15, microsecond=0)


@pytest.fixture(autouse=True)
def clock() -> Iterator[Any]:
    """A clock that only the test moves."""
    with time_machine.travel(BEGIN, tick=False) as traveller:
        yield traveller


def code_now(key: str = KEY) -> str:
    """What the telephone shows."""
    made = TOTP(bytes.fromhex(key))
    made.time = timezone.now().timestamp()
    return f"{made.token():06d}"


def with_phone(user: Any) -> list[str]:
    """The person's recovery codes; the code that turned it on is used up, so go on half a minute later."""
    codes = second_factor.turn_on(user, KEY, code_now())
    assert codes is not None
    return codes


def gave_password(username: str = "chief", **extra: Any) -> Client:
    client = Client(headers={"accept-language": "en"})
    answer = client.post(LOGIN, {"username": username, "password": PASSWORD, **extra})
    assert (answer.status_code, answer.url) == (302, CODE)
    return client


def is_in(client: Client) -> bool:
    return client.get("/admin/").status_code == 200


# --- the login ---------------------------------------------------------------------------------------------------


def test_a_person_without_a_second_factor_logs_in_as_before(cast: Cast) -> None:
    answer = Client().post(LOGIN, {"username": "chief", "password": PASSWORD, "next": "/admin/"})
    assert (answer.status_code, answer.url) == (302, "/admin/")


def test_the_password_comes_first_and_then_the_code(cast: Cast, clock: Any) -> None:
    with_phone(cast.chief)
    clock.shift(30)
    client = gave_password()
    assert not is_in(client)
    page = client.get(CODE)
    assert page.status_code == 200
    assert "no-store" in page["Cache-Control"]

    answer = client.post(CODE, {"code": code_now()})

    assert (answer.status_code, answer.url) == (302, "/admin/")
    assert is_in(client)


def test_a_code_may_be_typed_with_a_gap(cast: Cast, clock: Any) -> None:
    with_phone(cast.chief)
    clock.shift(30)
    code = code_now()
    assert gave_password().post(CODE, {"code": f" {code[:3]} {code[3:]}"}).status_code == 302


def test_the_whole_desk_is_closed_to_whoever_owes_the_code(cast: Cast, clock: Any) -> None:
    """Every address of the access table, for the person who could do most there."""
    with_phone(cast.chief)
    client = gave_password()
    names = [*ROWS, "index", "password_change", "jsi18n", "autocomplete", "auth_user_changelist"]
    opened_to_them = {}
    for name in names:
        row = ROWS.get(name)
        path = reverse(f"admin:{name.partition(' ')[0]}", args=row.args(cast) if row else [])
        if path == CODE:
            continue
        answer = getattr(client, row.method if row else "get")(path, row.data if row else None)
        if (answer.status_code, answer.get("Location", "").partition("?")[0]) != (302, LOGIN):
            opened_to_them[name] = answer.status_code
    assert opened_to_them == {}


def test_a_script_and_a_form_are_closed_to_them_as_well(cast: Cast) -> None:
    story = cast.draft()
    with_phone(cast.chief)
    client = gave_password()
    saved = client.post(change_url(story), {"headline": "x"}, headers={"accept": "application/json"})
    assert (saved.status_code, saved.url.startswith(LOGIN)) == (302, True)
    assert client.post(change_url(story), {"headline": "x"}).status_code in {302, 401}
    story.refresh_from_db()
    assert story.version == 1


def test_no_code_works_twice(cast: Cast, clock: Any) -> None:
    codes = with_phone(cast.chief)
    assert gave_password().post(CODE, {"code": code_now()}).status_code == 200, "used up by turning it on"
    clock.shift(30)
    assert gave_password().post(CODE, {"code": code_now()}).status_code == 302
    assert gave_password().post(CODE, {"code": code_now()}).status_code == 200
    assert gave_password().post(CODE, {"recovery": codes[0]}).status_code == 302
    assert gave_password().post(CODE, {"recovery": codes[0]}).status_code == 200
    assert second_factor.state_of(cast.chief).codes_left == 9  # type: ignore[union-attr]


@pytest.mark.django_db(transaction=True)
def test_a_recovery_code_sent_twice_at_once_works_once() -> None:
    from tests.cast import make_cast

    chief = make_cast().chief
    code = with_phone(chief)[0]
    together, answers = threading.Barrier(2), []

    def send() -> None:
        try:
            together.wait()
            answers.append(second_factor.check(chief, code).right)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=send) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == [False, True]


def test_a_recovery_code_works_in_the_one_field_too_and_however_it_is_written(cast: Cast) -> None:
    codes = with_phone(cast.chief)
    assert gave_password().post(CODE, {"code": codes[0].upper().replace("-", " ")}).status_code == 302


def test_the_way_on_is_kept_and_only_local(cast: Cast) -> None:
    codes = with_phone(cast.chief)
    client = gave_password(next="/admin/articles/issue/")
    assert client.post(CODE, {"recovery": codes[0]}).url == "/admin/articles/issue/"
    for number, evil in enumerate(("//evil.example/", "https://evil.example/", "\\\\evil.example"), 1):
        client = gave_password(next=evil)
        assert client.post(CODE, {"recovery": codes[number], "next": evil}).url == "/admin/"


def test_the_second_step_does_not_wait_for_ever(cast: Cast, clock: Any) -> None:
    with_phone(cast.chief)
    client = gave_password()
    clock.shift(601)
    answer = client.post(CODE, {"code": code_now()})
    assert (answer.status_code, answer.url) == (302, LOGIN)
    assert not is_in(client)


@pytest.mark.parametrize("change", ["password", "disabled"])
def test_the_second_step_is_over_when_the_account_changes(cast: Cast, change: str) -> None:
    codes = with_phone(cast.chief)
    client = gave_password()
    if change == "password":
        cast.chief.set_password("another-password-9")
    else:
        cast.chief.is_active = False
    cast.chief.save()
    assert client.post(CODE, {"recovery": codes[0]}).url == LOGIN
    assert not is_in(client)


def test_a_code_of_somebody_else_opens_nothing(cast: Cast, clock: Any) -> None:
    codes = with_phone(cast.duty)
    TOTPDevice.objects.create(user=cast.chief, name="phone", key="ff" * 20)
    assert gave_password().post(CODE, {"recovery": codes[0]}).status_code == 200
    clock.shift(30)
    assert gave_password().post(CODE, {"code": code_now()}).status_code == 200


def test_a_code_from_another_site_is_refused(cast: Cast) -> None:
    """RISKS 38."""
    assert Client(enforce_csrf_checks=True).post(CODE, {"code": "1"}).status_code == 403
    with_phone(cast.chief)
    client = logged_in(cast.chief, enforce_csrf_checks=True)
    for path in (SET_UP, NEW_CODES, OFF):
        assert client.post(path, {"proof": PASSWORD}).status_code == 403


# --- wrong codes ---------------------------------------------------------------------------------------------------


def test_wrong_codes_are_throttled_by_the_telephone(cast: Cast, clock: Any) -> None:
    with_phone(cast.chief)
    clock.shift(30)
    client = gave_password()
    assert "does not work" in text_of(client.post(CODE, {"code": "000000"}))
    assert "Try again in 1 seconds" in text_of(client.post(CODE, {"code": code_now()}))
    clock.shift(1)
    assert client.post(CODE, {"code": code_now()}).status_code == 302


def test_wrong_codes_count_like_wrong_passwords(cast: Cast, clock: Any) -> None:
    """RISKS 12: and giving the right password again wins no new tries."""
    codes = with_phone(cast.chief)
    answers = []
    for _ in range(8):
        answers.append(gave_password().post(CODE, {"code": "zzzz-zzzz-zzzz"}).status_code)
        clock.shift(300 if len(answers) < 8 else 0)
        AccessAttempt.objects.update(attempt_time=timezone.now())
    assert answers == [200] * 7 + [429]
    locked = Client().post(LOGIN, {"username": "chief", "password": PASSWORD})
    assert locked.status_code == 429
    elsewhere = Client(REMOTE_ADDR="10.9.8.7")
    clock.shift(3600)
    assert elsewhere.post(LOGIN, {"username": "chief", "password": PASSWORD}).status_code == 302
    assert elsewhere.post(CODE, {"recovery": codes[0]}).status_code == 302


def test_a_right_code_is_not_looked_at_once_the_tries_are_used_up(cast: Cast) -> None:
    codes = with_phone(cast.chief)
    client = gave_password()
    for _ in range(8):
        Client().post(LOGIN, {"username": "chief", "password": "wrong"})
    assert client.post(CODE, {"recovery": codes[0]}).status_code == 429
    assert not is_in(client)


# --- what was typed ------------------------------------------------------------------------------------------------


@pytest.fixture
def late(cast: Cast) -> tuple[Client, str, dict[str, str]]:
    """A story's form that came too late: the client, its address, what the page that asks again holds."""
    story = cast.draft()
    client = Client(headers={"accept-language": "en"})
    client.get(LOGIN)
    answer = client.post(change_url(story), {"headline": "渡轮 <b>\"'", "tag": ["甲", "乙"]})
    assert answer.status_code == 401
    return client, change_url(story), held(answer)


def held(answer: Any, form: str = LOGIN) -> dict[str, str]:
    return {name: values[0] for name, values in hidden(answer.content.decode(), form).items()}


def test_what_was_typed_goes_through_the_second_step(
    cast: Cast, late: tuple[Client, str, dict[str, str]], clock: Any
) -> None:
    client, path, kept = late
    codes = with_phone(cast.reporter)
    asked = client.post(LOGIN, {**kept, "username": "reporter", "password": PASSWORD})
    assert asked.status_code == 401
    wrong = client.post(CODE, {**held(asked, CODE), "code": "nonsense"})
    assert wrong.status_code == 401
    assert " open>" not in text_of(wrong)
    clock.shift(1)
    right = client.post(CODE, {**held(wrong, CODE), "recovery": codes[0]})
    assert right.status_code == 200
    given = hidden(right.content.decode(), path)
    given.pop("csrfmiddlewaretoken", None)
    assert given == {"headline": ["渡轮 <b>\"'"], "tag": ["甲", "乙"]}


def test_what_was_typed_survives_a_second_step_that_took_too_long(
    cast: Cast, late: tuple[Client, str, dict[str, str]], clock: Any
) -> None:
    client, _path, kept = late
    codes = with_phone(cast.reporter)
    asked = client.post(LOGIN, {**kept, "username": "reporter", "password": PASSWORD})
    clock.shift(601)
    again = client.post(CODE, {**held(asked, CODE), "recovery": codes[0]})
    assert again.status_code == 401
    assert held(again)["kept"] == kept["kept"]


def test_what_was_typed_survives_too_many_wrong_passwords(
    cast: Cast, late: tuple[Client, str, dict[str, str]], clock: Any
) -> None:
    client, path, kept = late
    for _ in range(8):
        answer = client.post(LOGIN, {**kept, "username": "reporter", "password": "wrong"})
    assert answer.status_code == 429
    assert "what you typed stays on it" in text_of(answer)
    assert answer["Cache-Control"] == "private, no-store"
    kept = held(answer)
    # A right password does not help yet, and loses nothing.
    answer = client.post(LOGIN, {**kept, "username": "reporter", "password": PASSWORD})
    assert answer.status_code == 429
    clock.shift(timedelta(minutes=16))
    answer = client.post(LOGIN, {**held(answer), "username": "reporter", "password": PASSWORD})
    assert answer.status_code == 200
    assert hidden(answer.content.decode(), path)["tag"] == ["甲", "乙"]


def test_what_was_typed_survives_too_many_wrong_codes(
    cast: Cast, late: tuple[Client, str, dict[str, str]]
) -> None:
    client, _path, kept = late
    with_phone(cast.reporter)
    asked = client.post(LOGIN, {**kept, "username": "reporter", "password": PASSWORD})
    for _ in range(8):
        Client().post(LOGIN, {"username": "reporter", "password": "wrong"})
    answer = client.post(CODE, {**held(asked, CODE), "code": "000000"})
    assert answer.status_code == 429
    assert held(answer)["kept"] == kept["kept"]


# --- one's own account -----------------------------------------------------------------------------------------------


def secret_on(answer: Any) -> str:
    found = re.search(r'<code translate="no">([A-Z2-7 ]+)</code>', answer.content.decode())
    assert found
    return b32decode(found[1].replace(" ", "")).hex()


def codes_on(answer: Any) -> list[str]:
    return re.findall(r"<li><code>([a-z0-9-]+)</code></li>", answer.content.decode())


def test_a_person_turns_it_on_and_sees_ten_codes_once(cast: Cast, clock: Any) -> None:
    client = logged_in(cast.reporter)
    assert OWN in text_of(client.get("/admin/"))
    assert SET_UP in text_of(client.get(OWN))
    page = client.get(SET_UP)
    assert "<svg" in text_of(page) and "data:" not in text_of(page).split("desk-square")[1].split("</svg>")[0]
    key = secret_on(page)
    wrong = client.post(SET_UP, {"code": "12345"})
    assert "does not fit" in text_of(wrong)
    assert secret_on(wrong) == key, "the app has it already"

    done = client.post(SET_UP, {"code": code_now(key)})

    codes = codes_on(done)
    assert len(set(codes)) == 10
    assert "no-store" in done["Cache-Control"]
    assert codes_on(client.get(OWN)) == []
    assert "10 recovery codes are left" in text_of(client.get(OWN))
    assert client.get(SET_UP).status_code == 302
    assert gave_password("reporter").post(CODE, {"recovery": codes[3]}).status_code == 302


def test_recovery_codes_are_not_in_the_database(cast: Cast) -> None:
    codes = with_phone(cast.reporter)
    stored = set(StaticToken.objects.values_list("token", flat=True))
    assert len(stored) == 10
    assert not stored & {form for code in codes for form in (code, code.replace("-", ""))}


def test_turning_it_on_logs_out_everywhere_else(cast: Cast) -> None:
    here, there, other = logged_in(cast.reporter), logged_in(cast.reporter), logged_in(cast.duty)
    here.post(SET_UP, {"code": code_now(secret_on(here.get(SET_UP)))})
    assert (is_in(here), is_in(there), is_in(other)) == (True, False, True)


@pytest.mark.parametrize("path", [NEW_CODES, OFF])
def test_new_codes_and_turning_off_want_a_password_or_a_code(cast: Cast, path: str, clock: Any) -> None:
    with_phone(cast.reporter)
    client = logged_in(cast.reporter)
    refused = client.post(path, {"proof": "wrong"})
    assert "neither your password nor a code" in text_of(refused)
    assert AccessAttempt.objects.get().failures_since_start == 1
    assert client.get(path).status_code == 302
    clock.shift(30)
    assert second_factor.state_of(cast.reporter).codes_left == 10  # type: ignore[union-attr]
    client.post(path, {"proof": code_now()})
    assert second_factor.is_on(cast.reporter) == (path == NEW_CODES)


@pytest.mark.parametrize("guess", ["guess{}", "guesguesgu{:02d}"])
def test_passwords_cannot_be_guessed_at_an_open_desk(cast: Cast, guess: str) -> None:
    """What looks like a code makes its device wait, and still it counts."""
    with_phone(cast.reporter)
    client = logged_in(cast.reporter)
    for number in range(8):
        client.post(NEW_CODES, {"proof": guess.format(number)})

    refused = client.post(NEW_CODES, {"proof": PASSWORD})

    assert "Too many wrong passwords or codes" in text_of(refused)
    assert AccessAttempt.objects.get().failures_since_start == 8


def test_new_codes_take_the_place_of_the_old(cast: Cast) -> None:
    old = with_phone(cast.reporter)
    new = codes_on(logged_in(cast.reporter).post(NEW_CODES, {"proof": PASSWORD}))
    assert len(new) == 10
    assert not second_factor.check(cast.reporter, old[0]).right
    assert not set(new) & set(old)


def test_after_turning_it_off_the_password_is_enough(cast: Cast) -> None:
    with_phone(cast.reporter)
    logged_in(cast.reporter).post(OFF, {"proof": PASSWORD})
    assert (
        Client().post(LOGIN, {"username": "reporter", "password": PASSWORD, "next": "/admin/"}).url
        == "/admin/"
    )
    assert not TOTPDevice.objects.exists()
    assert not StaticToken.objects.exists()


def test_what_happened_is_in_the_history_of_the_account(cast: Cast) -> None:
    client = logged_in(cast.reporter)
    client.post(SET_UP, {"code": code_now(secret_on(client.get(SET_UP)))})
    client.post(NEW_CODES, {"proof": PASSWORD})
    client.post(OFF, {"proof": PASSWORD})
    assert LogEntry.objects.filter(object_id=str(cast.reporter.pk), user=cast.reporter).count() == 3


# --- where it is demanded ---------------------------------------------------------------------------------------


@pytest.fixture
def demanded(settings: Any) -> None:
    settings.SECOND_FACTOR = "editors"


@pytest.mark.parametrize("who", ["section_editor", "duty", "chief", "administrator"])
def test_editors_are_led_to_turn_it_on_before_anything_else(cast: Cast, demanded: None, who: str) -> None:
    client = logged_in(getattr(cast, who))
    open_to_them = []
    for name, row in ROWS.items():
        path = reverse(f"admin:{name.partition(' ')[0]}", args=row.args(cast))
        if path in {CODE, SET_UP} or row.method != "get":
            continue
        answer = client.get(path, row.data)
        if (answer.status_code, answer.get("Location", "").partition("?")[0]) != (302, SET_UP):
            open_to_them.append(name)
    assert open_to_them == []


@pytest.mark.parametrize("who", ["reporter", "layout"])
def test_it_is_not_demanded_of_others(cast: Cast, demanded: None, who: str) -> None:
    assert is_in(logged_in(getattr(cast, who)))


def test_they_go_on_to_where_they_were_going(cast: Cast, demanded: None) -> None:
    client = logged_in(cast.chief)
    led = client.get("/admin/articles/issue/?p=1")
    page = client.get(led.url)
    target = form_of(page, "set-up-form")["next"]
    assert target == "/admin/articles/issue/?p=1"
    done = client.post(SET_UP, {"code": code_now(secret_on(page)), "next": target})
    assert f'href="{target}"' in text_of(done)
    assert client.get(target).status_code == 200
    assert is_in(client)


def test_turning_it_on_leads_nowhere_else(cast: Cast, demanded: None) -> None:
    """RISKS 10."""
    client = logged_in(cast.chief)
    for evil in ("//evil.example/admin/", "https://evil.example", "javascript:alert(1)", "/wangchao/"):
        assert form_of(client.get(SET_UP, {"next": evil}), "set-up-form")["next"] == ""


def test_a_script_is_told_so(cast: Cast, demanded: None) -> None:
    client = logged_in(cast.chief)
    assert client.post("/admin/", {}, headers={"accept": "application/json"}).status_code == 403


def test_a_form_sent_before_it_is_turned_on_is_not_lost(cast: Cast, settings: Any) -> None:
    story = cast.draft()
    client = logged_in(cast.chief)
    fields = {**opened(client, story), "headline": "渡轮夜航延长"}
    settings.SECOND_FACTOR = "editors"
    led = client.post(change_url(story), fields)
    kept = form_of(led, "set-up-form")
    wrong = client.post(SET_UP, {**kept, "code": "1"})
    done = client.post(SET_UP, {**form_of(wrong, "set-up-form"), "code": code_now(secret_on(led))})
    assert len(codes_on(done)) == 10
    assert client.post(change_url(story), form_of(done, "again-form")).status_code == 302
    story.refresh_from_db()
    assert story.headline == "渡轮夜航延长"


def test_it_cannot_be_turned_off_where_it_is_demanded(cast: Cast, demanded: None) -> None:
    codes = with_phone(cast.chief)
    client = gave_password()
    client.post(CODE, {"recovery": codes[0]})
    assert client.post(OFF, {"proof": PASSWORD}).status_code == 403
    assert OFF not in text_of(client.get(OWN))
    assert second_factor.is_on(cast.chief)


def test_a_session_from_before_is_over(cast: Cast, demanded: None) -> None:
    with_phone(cast.chief)
    client = logged_in(cast.chief)
    assert client.get("/admin/").url.startswith(LOGIN)


def test_it_costs_no_query_where_it_is_not_demanded(cast: Cast, django_assert_max_num_queries: Any) -> None:
    client = logged_in(cast.chief)
    client.get("/admin/password_change/")
    with django_assert_max_num_queries(20) as asked:
        client.get("/admin/password_change/")
    assert not [query for query in asked.captured_queries if "otp_" in query["sql"]]


@pytest.mark.parametrize(("word", "faults"), [("off", 0), ("editors", 0), ("editor", 1), ("", 1)])
def test_a_slip_in_the_setting_stops_the_start(settings: Any, word: str, faults: int) -> None:
    settings.SECOND_FACTOR = word
    assert len(second_factor_is_a_word_we_know(None)) == faults


# --- a lost telephone ------------------------------------------------------------------------------------------------


def reset_url(user: Any) -> str:
    return reverse("admin:auth_user_second_factor", args=[user.pk])


def test_an_administrator_resets_it_and_it_is_written_down(cast: Cast) -> None:
    with_phone(cast.chief)
    client, theirs = logged_in(cast.administrator), logged_in(cast.chief)
    account = reverse("admin:auth_user_change", args=[cast.chief.pk])
    assert reset_url(cast.chief) in text_of(client.get(account))
    assert client.get(reset_url(cast.chief)).status_code == 200
    assert second_factor.is_on(cast.chief), "asking does nothing"

    assert client.post(reset_url(cast.chief)).url == account

    assert not second_factor.is_on(cast.chief)
    assert not is_in(theirs)
    assert reset_url(cast.chief) not in text_of(client.get(account))
    assert LogEntry.objects.get(object_id=str(cast.chief.pk)).user == cast.administrator
    history = text_of(client.get(reverse("admin:auth_user_history", args=[cast.chief.pk])))
    assert str(LogEntry.objects.get().change_message) in history


def test_nobody_else_resets_it(cast: Cast) -> None:
    from django.contrib.auth.models import Permission

    with_phone(cast.chief)
    cast.duty.user_permissions.set(Permission.objects.filter(codename__in=["view_user", "change_user"]))
    for who in ("reporter", "duty", "chief", "layout", "outsider"):
        assert logged_in(getattr(cast, who)).post(reset_url(cast.chief)).status_code == 403
    assert Client().post(reset_url(cast.chief)).url.startswith(LOGIN)
    assert second_factor.is_on(cast.chief)


def test_a_command_helps_the_last_administrator(cast: Cast) -> None:
    with_phone(cast.administrator)
    said = StringIO()
    call_command("reset_second_factor", "admin", stdout=said)
    assert "admin" in said.getvalue()
    assert not second_factor.is_on(cast.administrator)
    assert LogEntry.objects.filter(object_id=str(cast.administrator.pk)).count() == 1


def test_nobody_reads_secrets_in_the_desk(cast: Cast) -> None:
    """django-otp would list them for administrators."""
    client = logged_in(cast.administrator)
    assert client.get("/admin/otp_totp/totpdevice/").status_code == 404
    assert client.get("/admin/otp_static/staticdevice/").status_code == 404


def test_backups_carry_it() -> None:
    assert {"otp_totp_totpdevice", "otp_static_staticdevice", "otp_static_statictoken"} <= set(rows.tables())


# --- what a stranger learns ------------------------------------------------------------------------------------------


class CountingHasher(MD5PasswordHasher):
    runs = 0

    def encode(self, password: str, salt: str) -> str:
        type(self).runs += 1
        return super().encode(password, salt)


def test_an_unknown_name_costs_as_much_as_a_known_one(cast: Cast, settings: Any) -> None:
    """RISKS 12: by runs of the hasher, which is what takes the time. Nor does a second factor show."""
    settings.PASSWORD_HASHERS = [f"{__name__}.CountingHasher"]
    with_phone(cast.chief)
    cast.duty.is_active = False
    cast.duty.save()
    runs = {}
    for name in ("reporter", "chief", "duty", "nobody"):
        before = CountingHasher.runs
        Client().post(LOGIN, {"username": name, "password": "wrong"})
        runs[name] = CountingHasher.runs - before
    assert set(runs.values()) == {1}


def test_without_the_password_a_second_factor_does_not_show(cast: Cast) -> None:
    def page(username: str) -> str:
        answer = Client().post(LOGIN, {"username": username, "password": "wrong"})
        text = html.unescape(answer.content.decode())
        token = text.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
        return text.replace(token, "").replace(username, "")

    with_phone(cast.chief)
    assert page("chief") == page("reporter") == page("nobody")
