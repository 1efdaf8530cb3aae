"""The Celery application. Tasks only hurry what the database has already decided."""

import os

from celery import Celery

from newsroom import filebroker

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings.dev")

filebroker.take_over()
app = Celery("newsroom")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
