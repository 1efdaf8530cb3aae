"""What the demo does where it may do nothing."""

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import CommandError

from articles.models import Article, Publication
from media_library.models import Photo


@pytest.fixture(autouse=True)
def var(settings, tmp_path):
    settings.VAR = tmp_path
    return tmp_path


def test_a_paper_with_content_is_not_touched(cast, var):
    cast.draft()

    with pytest.raises(CommandError, match="望潮日报"):
        call_command("demo")

    assert Publication.objects.count() == 2
    assert Article.objects.count() == 1
    assert not Photo.objects.exists()
    assert not (var / "logins.txt").exists()


def test_with_if_empty_content_is_no_error(cast, var, capsys):
    call_command("demo", if_empty=True)

    assert capsys.readouterr().out.strip()
    assert not Article.objects.exists()
    assert not (var / "logins.txt").exists()


def test_an_account_by_one_of_its_names_is_left_as_it_is(db, var, capsys):
    somebody = get_user_model().objects.create_user("admin", password="their own")

    with pytest.raises(CommandError, match="admin"):
        call_command("demo")
    call_command("demo", if_empty=True)

    assert "admin" in capsys.readouterr().out
    somebody.refresh_from_db()
    assert somebody.check_password("their own")
    assert not somebody.is_superuser
    assert not Publication.objects.exists()
    assert not Photo.objects.exists()
