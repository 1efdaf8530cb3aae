"""The project: settings, start-up, health and the commands of the whole."""

from newsroom.celery import app as celery_app

__all__ = ["celery_app"]
