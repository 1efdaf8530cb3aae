"""Tests: SQLite in a file (threads must see each other's rows), or the PostgreSQL that NEWSROOM_DATABASE_URL names."""

import atexit
import os
import shutil
import tempfile

if not os.environ.get("NEWSROOM_VAR"):
    # Two test runs side by side must not meet in one folder.
    os.environ["NEWSROOM_VAR"] = tempfile.mkdtemp(prefix="newsroom-test-")
    atexit.register(shutil.rmtree, os.environ["NEWSROOM_VAR"], ignore_errors=True)

from newsroom.env import env
from newsroom.settings import database
from newsroom.settings.base import *  # noqa: F403
from newsroom.settings.base import VAR

DEBUG = False
SECRET_KEY = "tests only"  # noqa: S105
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]

# A worker that a test starts gets the name of the test's own database: the plain one beside it is empty.
if env.str("DATABASE_URL", default=""):
    DATABASES = {"default": database.postgresql(env.db_url("DATABASE_URL"))}
    DATABASES["default"]["NAME"] = env.str("TEST_DATABASE", default=DATABASES["default"]["NAME"])
else:
    DATABASES = {"default": database.sqlite(env.str("TEST_DATABASE", default=str(VAR / "dev.sqlite3")))}
    DATABASES["default"]["TEST"] = {"NAME": str(VAR / "test.sqlite3")}

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
CELERY_BROKER_URL = env.str("BROKER_URL", default="filesystem://localhost//")
CELERY_TASK_PUBLISH_RETRY = False
if CELERY_BROKER_URL.startswith("filesystem:"):
    BROKER_DIR = VAR / "broker"
    (BROKER_DIR / "queue").mkdir(parents=True, exist_ok=True)
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(BROKER_DIR / "queue"),
        "data_folder_out": str(BROKER_DIR / "queue"),
        "control_folder": str(BROKER_DIR / "control"),
        "polling_interval": 0.05,
    }
else:
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "visibility_timeout": 600,
        "socket_timeout": 2,
        "socket_connect_timeout": 2,
    }
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
