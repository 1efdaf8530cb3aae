"""People at their browsers: `desk(user)` is logged in, sends its CSRF token, and follows nothing by itself."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

Desk = Callable[[Any], Client]


@pytest.fixture
def desk(db: None) -> Desk:
    def open_desk(user: Any) -> Client:
        client = Client()
        if user is not None:
            client.force_login(user)
        return client

    return open_desk
