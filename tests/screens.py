"""An HTML page as a person without a browser can use it: its words, its links, its forms and what presses them.

    screen = Screen.read(html)
    form = screen.form_with("username")
    pairs = form.filled(username="reporter", password="…")
    screen.verb("approve")

A field, button or verb that the page does not have is an AssertionError: what is sent is what the page offers.
"""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any, Self

VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"]
)
BUTTONS = frozenset({"submit", "image"})


@dataclass
class Field:
    """One control of a form. `values`: what it would send now. `options`: value → label, of a choice."""

    name: str
    kind: str
    values: list[str] = field(default_factory=list)
    options: dict[str, str] = field(default_factory=dict)


@dataclass
class Button:
    """What sends a form. `verb` is its data-verb, `action` its own formaction."""

    text: str = ""
    name: str = ""
    value: str = ""
    verb: str = ""
    action: str = ""


@dataclass
class Form:
    action: str = ""
    method: str = "get"
    multipart: bool = False
    fields: list[Field] = field(default_factory=list)
    buttons: list[Button] = field(default_factory=list)

    def names(self) -> set[str]:
        return {each.name for each in self.fields}

    def field(self, name: str) -> Field:
        """The field of this name; of several boxes with one name, all of them together."""
        found = [each for each in self.fields if each.name == name]
        assert found, f"the form has no field {name!r}, only {sorted(self.names())}"
        return Field(
            name,
            found[0].kind,
            [value for each in found for value in each.values],
            {value: label for each in found for value, label in each.options.items()},
        )

    def button(self, name: str) -> Button:
        found = [each for each in self.buttons if each.name == name]
        assert found, f"the form has no button {name!r}, only {[each.name for each in self.buttons]}"
        return found[0]

    def filled(self, button: Button | None = None, /, **changes: str | list[str]) -> list[tuple[str, str]]:
        """What a browser would send, with some fields changed by hand. A choice takes only what it offers."""
        pairs = []
        for name, value in changes.items():
            here = self.field(name)
            wanted = [value] if isinstance(value, str) else list(value)
            if here.kind == "textarea":
                wanted = [each.replace("\r\n", "\n").replace("\n", "\r\n") for each in wanted]
            assert here.kind != "hidden", f"nobody types into the hidden field {name!r}"
            if here.options or here.kind in ("select", "checkbox", "radio"):
                assert set(wanted) <= set(here.options), f"{name!r} offers {here.options}, not {wanted}"
            pairs += [(name, each) for each in wanted]
        for each in self.fields:
            if each.name not in changes:
                pairs += [(each.name, value) for value in each.values]
        if button is not None and button.name:
            pairs.append((button.name, button.value))
        return pairs


@dataclass
class Link:
    href: str
    text: str = ""
    verb: str = ""


@dataclass
class Screen:
    """`words`: the visible text. `notices`: messages and complaints the page shows. `where`: the page's address."""

    where: str = ""
    status: int = 200
    words: str = ""
    notices: list[str] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    forms: list[Form] = field(default_factory=list)

    @classmethod
    def read(cls, html: str, where: str = "", status: int = 200) -> Self:
        reader = _Reader()
        reader.feed(html)
        reader.close()
        words = " ".join("".join(reader.words).split())
        notices = [" ".join(text.split()) for text in reader.notices if text.strip()]
        return cls(where, status, words, notices, reader.links, reader.forms)

    def form_with(self, *names: str) -> Form:
        """The form that has all these fields."""
        found = [form for form in self.forms if set(names) <= form.names()]
        assert found, f"{self.where} has no form with {names}, only {[sorted(f.names()) for f in self.forms]}"
        return found[0]

    def verbs(self) -> set[str]:
        """Every verb that the page offers, whether as a button or as a link to a small page."""
        buttons = {button.verb for form in self.forms for button in form.buttons}
        return (buttons | {link.verb for link in self.links}) - {""}

    def verb(self, name: str, about: str = "") -> tuple[Form, Button] | Link:
        """Where to press for this verb; `about` is a part of the address, where the page offers it several times."""
        for form in self.forms:
            for button in form.buttons:
                if button.verb == name and about in (button.action or form.action):
                    return form, button
        for link in self.links:
            if link.verb == name and about in link.href:
                return link
        raise AssertionError(f"{self.where} offers {sorted(self.verbs())}, not {name!r} {about}")

    def links_to(self, part: str) -> list[str]:
        """The addresses that contain `part`, each once, in the order of the page."""
        return list(dict.fromkeys(link.href for link in self.links if part in link.href))


NOTICES = frozenset({"messagelist", "errornote", "errorlist", "desk-notice"})


class _Reader(HTMLParser):
    """Builds a Screen. What stands in <template>, <script> and <style> is not on the page."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self.notices: list[str] = []
        self.links: list[Link] = []
        self.forms: list[Form] = []
        self._open: list[str] = []
        self._unseen = 0
        self._notice = 0
        self._by_id: dict[str, Form] = {}
        self._form: Form | None = None
        self._into: Any = None  # what the text inside goes to: a link, a button, an option, a textarea
        self._select: Field | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag not in VOID:
            self._open.append(tag)
            if self._unseen or tag in ("template", "script", "style"):
                self._unseen += 1
            if self._notice or NOTICES & set(given.get("class", "").split()):
                if not self._notice:
                    self.notices.append("")
                self._notice += 1
        if self._unseen:
            return
        handler = getattr(self, f"_start_{tag}", None)
        if handler is not None:
            handler(given)
        elif tag not in ("b", "strong", "em", "i", "span", "a", "wbr", "time"):
            self.words.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag not in self._open:
            return
        while self._open:
            last = self._open.pop()
            if self._notice:
                self._notice -= 1
            if self._unseen:
                self._unseen -= 1
            elif last == "form":
                self._form = None
            elif last == "select":
                self._end_select()
            elif last in ("a", "button", "option", "textarea"):
                self._end_text()
            if last == tag:
                break
        self.words.append(" " if tag not in ("b", "strong", "em", "i", "span", "a", "time") else "")

    def handle_data(self, data: str) -> None:
        if self._unseen:
            return
        if isinstance(self._into, Field):
            self._into.values[-1] += data
            return
        if isinstance(self._into, (Link, Button)):
            self._into.text += data.strip()
        elif isinstance(self._into, tuple):
            options, value = self._into
            options[value] += data.strip()
            return
        self.words.append(data)
        if self._notice:
            self.notices[-1] += data

    def _end_text(self) -> None:
        if isinstance(self._into, Field):
            # A browser leaves out the line break right after the tag, and sends every other one as CR LF.
            text = self._into.values[-1].replace("\r\n", "\n").removeprefix("\n")
            self._into.values[-1] = text.replace("\n", "\r\n")
        self._into = None

    def _owner(self, given: dict[str, str]) -> Form | None:
        return self._by_id.get(given["form"]) if "form" in given else self._form

    def _start_form(self, given: dict[str, str]) -> None:
        multipart = given.get("enctype", "").startswith("multipart")
        self._form = Form(given.get("action", ""), given.get("method", "get").lower(), multipart)
        self._by_id[given.get("id", "")] = self._form
        self.forms.append(self._form)

    def _start_a(self, given: dict[str, str]) -> None:
        if "href" in given:
            self._into = Link(given["href"], verb=given.get("data-verb", ""))
            self.links.append(self._into)

    def _start_button(self, given: dict[str, str]) -> None:
        self._into = self._button(given)

    def _button(self, given: dict[str, str]) -> Button | None:
        owner = self._owner(given)
        if owner is None or given.get("type", "submit") != "submit" or "disabled" in given:
            return None
        button = Button(
            given.get("value", "") if "name" not in given else "",
            given.get("name", ""),
            given.get("value", ""),
            given.get("data-verb", ""),
            given.get("formaction", ""),
        )
        owner.buttons.append(button)
        return button

    def _start_input(self, given: dict[str, str]) -> None:
        kind, owner = given.get("type", "text").lower(), self._owner(given)
        if kind in BUTTONS:
            self._button(given)
        elif owner is None or "name" not in given or "disabled" in given or kind in ("button", "reset"):
            return
        elif kind in ("checkbox", "radio"):
            value = given.get("value", "on")
            values = [value] if "checked" in given else []
            owner.fields.append(Field(given["name"], kind, values, {value: value}))
        else:
            owner.fields.append(
                Field(given["name"], kind, [given.get("value", "")] if kind != "file" else [])
            )

    def _start_textarea(self, given: dict[str, str]) -> None:
        owner = self._owner(given)
        if owner is not None and "name" in given and "disabled" not in given:
            self._into = Field(given["name"], "textarea", [""])
            owner.fields.append(self._into)

    def _start_select(self, given: dict[str, str]) -> None:
        owner = self._owner(given)
        kind = "select-multiple" if "multiple" in given else "select"
        self._select = Field(given.get("name", ""), kind)
        if owner is not None and "name" in given and "disabled" not in given:
            owner.fields.append(self._select)

    def _start_option(self, given: dict[str, str]) -> None:
        if self._select is None:
            return
        value = given.get("value", "")
        self._select.options[value] = ""
        if "selected" in given:
            self._select.values.append(value)
        self._into = (self._select.options, value)

    def _end_select(self) -> None:
        if self._select is not None and self._select.kind == "select" and not self._select.values:
            # A browser shows, and sends, the first one.
            self._select.values = list(self._select.options)[:1]
        self._select = None
