"""Production: everything of one installation comes from the environment (deploy/env.example says what)."""

from newsroom.env import env
from newsroom.settings import database
from newsroom.settings.base import *  # noqa: F403
from newsroom.settings.base import CELERY_TASK_TIME_LIMIT, MIDDLEWARE, SILENCED_SYSTEM_CHECKS, STORAGES, VAR

DEBUG = False
SECRET_KEY = env.str("SECRET_KEY")
SECRET_KEY_FALLBACKS = env.list("OLD_SECRET_KEYS", default=[])
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS")

DATABASES = {
    "default": database.postgresql(env.db_url("DATABASE_URL"), pool=env.int("DATABASE_POOL", default=10))
}

# A web process must never make an editor wait for a frozen broker; a worker may wait longer, it has nobody
# waiting for it. Both are bounded: kombu's own default is to wait for ever.
ROLE = env.str("ROLE", default="web")
BROKER_SECONDS = 2 if ROLE == "web" else 15
CELERY_BROKER_URL = env.str("BROKER_URL")
CELERY_BROKER_CONNECTION_TIMEOUT = BROKER_SECONDS
CELERY_TASK_PUBLISH_RETRY = False
CELERY_BROKER_TRANSPORT_OPTIONS = {
    # Above the hard limit, else Redis hands a task that still runs to a second worker.
    "visibility_timeout": 2 * CELERY_TASK_TIME_LIMIT,
    "socket_timeout": BROKER_SECONDS,
    "socket_connect_timeout": 2,
    "socket_keepalive": True,
    # None: a refused connection must not hold the save that hurries the queue (measured: 1 costs 2 s, 0 nothing).
    "max_retries": 0,
}

if env.str("CACHE_URL", default=""):
    CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": env.str("CACHE_URL"),
            "OPTIONS": {"socket_timeout": 1, "socket_connect_timeout": 1},
        }
    }

STATIC_ROOT = env.path("STATIC_ROOT", default=str(VAR / "static"))
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"},
}

# HTTPS. The proxy in front must set X-Forwarded-Proto and X-Real-IP itself (deploy/nginx does); without
# NEWSROOM_TRUST_PROXY neither header is believed.
TRUST_PROXY = env.bool("TRUST_PROXY", default=False)
if TRUST_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    MIDDLEWARE = ["newsroom.proxy.ReaderAddress", *MIDDLEWARE]
USE_X_FORWARDED_HOST = False
USE_X_FORWARDED_PORT = False
HTTPS = env.bool("HTTPS", default=True)
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
LANGUAGE_COOKIE_SECURE = HTTPS
SECURE_HSTS_SECONDS = env.int("HSTS_SECONDS", default=31536000) if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = env.bool("HSTS_SUBDOMAINS", default=False)
SECURE_HSTS_PRELOAD = env.bool("HSTS_PRELOAD", default=False)
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
# Whether a paper's other subdomains speak HTTPS is not ours to promise: the two settings above are the operator's.
SILENCED_SYSTEM_CHECKS = [*SILENCED_SYSTEM_CHECKS, "security.W005", "security.W021"]

# The compressed copy is what nginx keeps: compressing once here costs a fifth of compressing each answer there.
# Django pads compressed pages at random, so that form tokens cannot be guessed from lengths (BREACH).
MIDDLEWARE = [
    *MIDDLEWARE[: MIDDLEWARE.index("newsroom.middleware.RequestClock")],
    "django.middleware.gzip.GZipMiddleware",
    "newsroom.proxy.StaleIfError",
    *MIDDLEWARE[MIDDLEWARE.index("newsroom.middleware.RequestClock") :],
]
# How long warmed public pages may answer while everything behind the proxy is down; 0 for never.
STALE_SECONDS = env.int("STALE_SECONDS", default=600)

# Where the cache in front is told to fetch an address anew after a withdrawal; empty: nobody is told.
NEWSROOM_PURGE_URL = env.str("PURGE_URL", default="")
NEWSROOM_PURGE_KEY = env.str("PURGE_KEY", default="")
NEWSROOM_PURGE_HOST = env.str("SITE_HOST", default="") or next(iter(ALLOWED_HOSTS), "")

globals().update(env.email_url("EMAIL_URL", default="smtp://localhost:25"))
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.str("FROM_EMAIL", default="newsroom@localhost")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
ADMINS = [("Newsroom", address) for address in env.list("ADMINS", default=[])]
