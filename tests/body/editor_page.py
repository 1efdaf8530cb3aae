"""A page with nothing but the body editor on it, under the policy that the desk's pages have."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.template import Context, Template
from django.urls import path
from django.utils import translation

from articles.editor import allow_editor
from articles.fields import BodyFormField

PAGE = Template(
    """{% load static %}<!doctype html>
<html lang="zh-hans" data-theme="{{ theme }}"><head><meta charset="utf-8"><title>正文</title>
<link rel="stylesheet" href="{% static "admin/css/base.css" %}">
<link rel="stylesheet" href="{% static "admin/css/dark_mode.css" %}">
<link rel="stylesheet" href="{% static "admin/css/forms.css" %}">
{{ form.media }}</head><body>
<form method="post" id="story_form"><fieldset class="module aligned"><div class="form-row field-body">
{{ form.body.errors }}<div class="flex-container">{{ form.body.label_tag }}{{ form.body }}</div></div></fieldset>
<button id="save">save</button></form>
<pre id="saved">{{ saved }}</pre></body></html>"""
)


class BodyForm(forms.Form):
    body = BodyFormField(required=False)


def page(request: HttpRequest) -> HttpResponse:
    form = BodyForm(request.POST or None, initial={"body": request.GET.get("body", "")})
    saved = form.cleaned_data["body"] if form.is_bound and form.is_valid() else ""
    theme = request.GET.get("theme", "light")
    with translation.override(request.GET.get("language", "zh-hans")):
        html = PAGE.render(Context({"form": form, "saved": saved, "theme": theme}))
    return allow_editor(HttpResponse(html))


urlpatterns = [path("", page)]
