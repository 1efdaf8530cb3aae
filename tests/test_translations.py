"""Every string for people has its Chinese, with the same places to fill in, and the compiled catalogue is current."""

import re

import polib

from tests.messages import COMPILED, Message, catalogue, found, key, translated

PLACE = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")


def test_every_message_is_translated() -> None:
    known = {key(entry) for entry in catalogue() if translated(entry)}
    missing = sorted(f"{place}: {message.text}" for message, place in found().items() if message not in known)
    assert not missing, "run `make messages` and translate:\n" + "\n".join(missing)


def test_the_catalogue_has_nothing_that_nobody_says_any_more() -> None:
    said = set(found())
    assert [entry.msgid for entry in catalogue() if key(entry) not in said] == []


def test_a_translation_fills_in_the_same_places() -> None:
    wrong = []
    for entry in catalogue():
        sources = {entry.msgid, entry.msgid_plural or entry.msgid}
        places = {place for source in sources for place in PLACE.findall(source)}
        for text in list(entry.msgstr_plural.values()) or [entry.msgstr]:
            if set(PLACE.findall(text)) - places or (
                not entry.msgid_plural and set(PLACE.findall(text)) != places
            ):
                wrong.append((entry.msgid, text))
    assert not wrong


def test_the_compiled_catalogue_is_the_written_one() -> None:
    compiled = {
        key(entry): entry.msgstr or dict(entry.msgstr_plural) for entry in polib.mofile(str(COMPILED))
    }
    written = {
        key(entry): entry.msgstr or dict(entry.msgstr_plural) for entry in catalogue() if translated(entry)
    }
    assert compiled == written, "run `make messages`"


def test_the_extraction_sees_code_and_templates() -> None:
    messages = found()
    assert Message("Draft") in messages
    assert any(place.startswith("templates/") for place in messages.values())
