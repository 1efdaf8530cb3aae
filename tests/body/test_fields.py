"""A body in a form and in the database: whoever writes it and however, it is sanitised or refused."""

import json
from html import escape, unescape

import pytest
from django.contrib.admin.widgets import AdminTextareaWidget
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db import transaction
from django.forms import modelform_factory
from django.utils import translation

from articles.body import BodyTooDeep, BodyTooLarge
from articles.editor import BodyWidget
from articles.fields import BodyField, BodyFormField
from articles.models import Article, Publication
from tests.body.editor_page import BodyForm

RAW = "<div>望潮港<script>alert(1)</script>昨日<b>开港</b>。</div>"
STORED = "<p>望潮港昨日<strong>开港</strong>。</p>"
LARGE = "<p>" + "潮" * 90_000 + "</p>"
DEEP = "<span>" * 101 + "潮"


def test_a_form_hands_on_the_sanitised_body() -> None:
    form = BodyForm({"body": RAW})
    assert form.is_valid()
    assert form.cleaned_data["body"] == STORED


@pytest.mark.parametrize(
    ("text", "code", "words"), [(LARGE, "body_too_large", "256 KB"), (DEEP, "body_too_deep", "100 layers")]
)
def test_a_refused_body_stays_in_the_form_with_the_reason_and_the_mend(
    text: str, code: str, words: str
) -> None:
    form = BodyForm({"body": text})
    with translation.override("en"):
        assert form.errors.as_data()["body"][0].code == code
        message = form.errors["body"][0]
        for part in (words, "nothing was saved", "Your text is still in this form", "then save again"):
            assert part in message
        page = str(form["body"])
    # In a plain text area, since an editor would choke on it.
    assert escape(text) in page
    assert "data-config" not in page


def test_the_same_text_in_the_editors_spelling_is_no_change() -> None:
    form = BodyForm({"body": "<p>望潮港昨日<b>开港</b>。</p>\n\n<p>&nbsp;</p>\n"}, initial={"body": STORED})
    assert form.is_valid()
    assert not form.has_changed()


def test_a_changed_text_is_a_change() -> None:
    form = BodyForm({"body": "<p>望潮港今日开港。</p>"}, initial={"body": STORED})
    assert form.is_valid()
    assert form.has_changed()


def test_the_editor_is_shown_what_would_be_stored() -> None:
    form = BodyForm({"body": "<img src=x onerror=alert(1)>" + RAW})
    page = unescape(str(form["body"]))
    assert STORED in page
    assert "onerror" not in page
    assert "alert" not in page


@pytest.mark.parametrize(
    ("language", "editors"), [("zh-hans", "zh-cn"), ("en", "en"), ("fr", "en"), (None, "en")]
)
def test_the_editor_speaks_the_language_of_the_desk(language: str | None, editors: str) -> None:
    with translation.override(language):
        context = BodyWidget().get_context("body", "", {"id": "id_body"})
    assert json.loads(context["widget"]["config"])["language"] == editors


def test_one_persons_language_does_not_reach_another_persons_form() -> None:
    widget = BodyWidget()
    with translation.override("zh-hans"):
        widget.get_context("body", "", {})
    assert "language" not in BodyWidget().config


def test_the_editor_loads_no_inline_script_and_ours_after_its_own() -> None:
    scripts = [str(script) for script in BodyForm().media.render_js()]
    assert all(' src="/static/' in script and script.endswith("></script>") for script in scripts)
    names = " ".join(scripts)
    assert (
        names.index("ckeditor/ckeditor.js") < names.index("ckeditor-csp.js") < names.index("ckeditor-body.js")
    )


def test_a_required_body_does_not_block_the_browser_behind_the_editor() -> None:
    assert not BodyWidget().use_required_attribute("")
    assert "required" not in str(BodyForm()["body"])


def test_the_admin_cannot_put_its_own_text_area_in() -> None:
    field = BodyField(blank=True).formfield(widget=AdminTextareaWidget)
    assert isinstance(field, BodyFormField)
    assert isinstance(field.widget, BodyWidget)


def test_a_model_form_uses_the_editor() -> None:
    form = modelform_factory(Article, fields=["body"])()
    assert isinstance(form.fields["body"].widget, BodyWidget)


def test_the_models_own_check_sanitises_and_refuses() -> None:
    field = BodyField(blank=True)
    assert field.clean(RAW, None) == STORED
    with pytest.raises(ValidationError) as refused:
        field.clean(LARGE, None)
    assert refused.value.code == "body_too_large"


def test_migrations_name_the_field_and_nothing_of_the_editor() -> None:
    _, path, arguments, options = BodyField(blank=True).deconstruct()
    assert (path, arguments, options) == ("articles.fields.BodyField", [], {"blank": True})


@pytest.fixture
def article(db: None) -> Article:
    author = get_user_model().objects.create(username="linhaisheng")
    paper = Publication.objects.create(name="望潮日报", slug="wangchao")
    return Article.objects.create(
        publication=paper, headline="望潮港开港", body=RAW, created_by=author, updated_by=author
    )


def in_database(article: Article) -> str:
    return Article.objects.values_list("body", flat=True).get(pk=article.pk)


def test_saving_sanitises_the_row_and_the_object(article: Article) -> None:
    assert article.body == STORED
    assert in_database(article) == STORED


def test_update_sanitises_too(article: Article) -> None:
    Article.objects.filter(pk=article.pk).update(body="<h1>潮</h1>" + RAW)
    assert in_database(article) == "<h2>潮</h2>\n" + STORED


def test_bulk_update_sanitises_too(article: Article) -> None:
    article.body = "<h1>潮</h1>" + RAW
    Article.objects.bulk_update([article], ["body"])
    assert in_database(article) == "<h2>潮</h2>\n" + STORED


def test_bulk_create_sanitises_too(article: Article) -> None:
    article.pk = None
    article.body = "<h1>潮</h1>" + RAW
    [copy] = Article.objects.bulk_create([article])
    assert in_database(copy) == "<h2>潮</h2>\n" + STORED


@pytest.mark.parametrize(("text", "error"), [(LARGE, BodyTooLarge), (DEEP, BodyTooDeep)])
def test_no_writer_gets_a_refused_body_into_the_database(
    article: Article, text: str, error: type[Exception]
) -> None:
    article.body = text
    stories = Article.objects.filter(pk=article.pk)
    for write in (
        article.save,
        lambda: stories.update(body=text),
        lambda: stories.bulk_update([article], ["body"]),
    ):
        with pytest.raises(error), transaction.atomic():
            write()
    assert in_database(article) == STORED


def test_searching_the_column_is_not_rewritten(article: Article) -> None:
    assert Article.objects.filter(body__contains="昨日<strong>").exists()
    assert Article.objects.filter(body__startswith="<p>望潮").exists()
