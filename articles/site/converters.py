"""The parts of a public address. Each has exactly one spelling, so that a page has exactly one address."""

from datetime import date

from django.urls import register_converter

from articles.models import Issue


class Key:
    """A primary key: no sign, no leading zero, never more than the database holds."""

    regex = "[1-9][0-9]{0,17}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return str(value)


class Day:
    """A day as digital newspapers write it: 203001/05. ValueError (no such address) for a day that is none."""

    regex = "[0-9]{6}/[0-9]{2}"

    def to_python(self, value: str) -> date:
        return date(int(value[:4]), int(value[4:6]), int(value[7:]))

    def to_url(self, value: date) -> str:
        return f"{value.year:04}{value.month:02}/{value.day:02}"


class Month:
    """A month: 203001, as the first day of it."""

    regex = "[0-9]{6}"

    def to_python(self, value: str) -> date:
        return date(int(value[:4]), int(value[4:]), 1)

    def to_url(self, value: date) -> str:
        return f"{value.year:04}{value.month:02}"


class PageCode:
    """A page's code as printed: 01, A01 (see validators.page_code)."""

    regex = "[A-Z]{0,2}[0-9]{1,3}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class Edition:
    """An edition of a day beside the main one, which has no part of its own in an address."""

    regex = "|".join(value for value in Issue.Edition.values if value != Issue.Edition.MAIN)

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return str(value)


class Token:
    """A signed token (`desk.preview`)."""

    regex = "[A-Za-z0-9_:=-]{1,200}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


def register() -> None:
    """Make the converters known to `path`."""
    for name, converter in (
        ("key", Key),
        ("day", Day),
        ("month", Month),
        ("page_code", PageCode),
        ("edition", Edition),
        ("token", Token),
    ):
        register_converter(converter, name)
