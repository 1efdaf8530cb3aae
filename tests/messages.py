"""The translation catalogue, kept without xgettext: `make messages` (python -m tests.messages) extracts every string
for people from the code and the templates, brings locale/zh_Hans up to date and compiles it.

It prints what still lacks a translation. `tests/test_translations.py` fails while there is any.
"""

import ast
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import polib
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
CATALOGUE = ROOT / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"
COMPILED = CATALOGUE.with_suffix(".mo")
ROOMS = ("newsroom", "articles", "media_library")

SINGULAR = {"_", "gettext", "gettext_lazy", "gettext_noop"}
PLURAL = {"ngettext", "ngettext_lazy"}
CONTEXT = {"pgettext", "pgettext_lazy"}

# What `templatize` makes of {% translate %} and {% blocktranslate %}.
_LITERAL = r"""(?P<{name}>u?(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"))"""
_IN_TEMPLATE = re.compile(
    r"\b(?P<call>_|gettext|pgettext|ngettext)\(\s*"
    + _LITERAL.format(name="first")
    + r"(?:\s*,\s*"
    + _LITERAL.format(name="second")
    + r")?"
)


@dataclass(frozen=True, order=True)
class Message:
    """One string for people: its key in the catalogue and where it is said."""

    text: str
    plural: str = ""
    context: str = ""


def found() -> dict[Message, str]:
    """Every message of the product, with one place (path from the root) where it stands."""
    messages: dict[Message, str] = {}
    for path in _files():
        source = path.read_text(encoding="utf-8")
        reader = _in_python if path.suffix == ".py" else _in_template
        for message in reader(source):
            messages.setdefault(message, str(path.relative_to(ROOT)))
    return messages


def _files() -> Iterator[Path]:
    for room in ROOMS:
        yield from (path for path in sorted((ROOT / room).rglob("*.py")) if "migrations" not in path.parts)
    for suffix in ("html", "txt", "xml"):
        yield from sorted((ROOT / "templates").rglob(f"*.{suffix}"))


def _in_python(source: str) -> Iterator[Message]:
    tree = ast.parse(source)
    # `from django.utils.translation import gettext as now_`: the same function under the file's own name.
    own = {
        alias.asname: alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
        if alias.asname
    }
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        name = own.get(name, name)
        words = [
            arg.value for arg in node.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)
        ]
        message = _message(name, words)
        if message is not None:
            yield message


def _in_template(source: str) -> Iterator[Message]:
    for match in _IN_TEMPLATE.finditer(templatize(source)):
        words = [ast.literal_eval(match[group]) for group in ("first", "second") if match[group]]
        message = _message(match["call"], words)
        if message is not None:
            yield message


def _message(name: str, words: list[str]) -> Message | None:
    if name in SINGULAR and words and words[0]:
        return Message(words[0])
    if name in PLURAL and len(words) >= 2:
        return Message(words[0], plural=words[1])
    if name in CONTEXT and len(words) >= 2:
        return Message(words[1], context=words[0])
    return None


def catalogue() -> polib.POFile:
    """The catalogue as it is committed, or an empty one."""
    if CATALOGUE.exists():
        return polib.pofile(str(CATALOGUE), wrapwidth=110)
    return polib.POFile(wrapwidth=110)


def key(entry: polib.POEntry) -> Message:
    return Message(entry.msgid, entry.msgid_plural or "", entry.msgctxt or "")


def translated(entry: polib.POEntry) -> bool:
    words = list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]
    return not entry.fuzzy and bool(words) and all(words)


def main() -> int:
    """Bring the catalogue up to date; returns 1 while something lacks a translation."""
    known = {key(entry): entry for entry in catalogue()}
    fresh = polib.POFile(wrapwidth=110)
    fresh.metadata = {
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Language": "zh_Hans",
        "MIME-Version": "1.0",
        "Plural-Forms": "nplurals=1; plural=0;",
    }
    for message, place in sorted(found().items()):
        old = known.get(message)
        entry = polib.POEntry(msgid=message.text, occurrences=[(place, "")])
        if message.context:
            entry.msgctxt = message.context
        if message.plural:
            entry.msgid_plural = message.plural
            entry.msgstr_plural = old.msgstr_plural if old else {0: ""}
        else:
            entry.msgstr = old.msgstr if old else ""
        if "%" in message.text and re.search(r"%\(\w+\)[sd]|%[sd]", message.text):
            entry.flags.append("python-format")
        fresh.append(entry)
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    fresh.save(str(CATALOGUE))
    fresh.save_as_mofile(str(COMPILED))
    missing = [entry.msgid for entry in fresh if not translated(entry)]
    for text in missing:
        print(f"not translated: {text!r}")
    print(f"{len(fresh)} messages, {len(missing)} without a translation")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
