"""The try-out: SQLite, a filesystem broker and no service. `make run` uses it."""

from newsroom.env import env, try_out_secret
from newsroom.settings import database
from newsroom.settings.base import *  # noqa: F403
from newsroom.settings.base import VAR

DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = env.str("SECRET_KEY", default="") or try_out_secret(VAR)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])

DATABASES = {"default": database.sqlite(VAR / "newsroom.sqlite3")}

BROKER_DIR = VAR / "broker"
CELERY_BROKER_URL = "filesystem://localhost//"
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "data_folder_in": str(BROKER_DIR / "queue"),
    "data_folder_out": str(BROKER_DIR / "queue"),
    "control_folder": str(BROKER_DIR / "control"),
    "polling_interval": 0.05,
}
CELERY_TASK_PUBLISH_RETRY = False
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
