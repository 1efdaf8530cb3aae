"""What every installation shares. Nothing secret and nothing of one machine stands here."""

from datetime import timedelta
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from newsroom.env import ROOT, env

VAR = Path(env.str("VAR", default=str(ROOT / "var")))

INSTALLED_APPS = [
    "newsroom",
    "articles",
    "media_library",
    "ckeditor",
    "axes",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "newsroom.apps.DeskAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "newsroom.middleware.RequestClock",
    "newsroom.middleware.ContentSecurityPolicy",
    "newsroom.middleware.ProtectiveHeaders",
    "django.middleware.http.ConditionalGetMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "newsroom.middleware.DeskLanguage",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    # Behind the one for forms: what it keeps of a form that comes too late is one of ours.
    "newsroom.sessions.DeskSession",
    "newsroom.second_step.DemandSecondFactor",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "newsroom.urls"
WSGI_APPLICATION = "newsroom.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]

AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "admin:login"
# RISKS 12: by account and address together, since a newsroom shares one address.
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_FAILURE_LIMIT = 8
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_RESET_ON_SUCCESS = True
AXES_VERBOSE = False
# The desk shows refused logins itself (articles/admin/logins.py).
AXES_ENABLE_ADMIN = False
AXES_LOCKOUT_CALLABLE = "newsroom.sessions.locked_out"
# Who must have a second step of the login: nobody ("off"; everybody may), or "editors", which are section and duty
# editors, editors-in-chief and administrators.
SECOND_FACTOR = env.str("SECOND_FACTOR", default="off")

# What readers get, and the desk where a browser asks for neither.
LANGUAGE_CODE = env.str("LANGUAGE", default="zh-hans")
LANGUAGES = [("zh-hans", _("Simplified Chinese")), ("en", _("English"))]
LOCALE_PATHS = [ROOT / "locale"]
# What a person chose for the desk is remembered by their browser, and sent with requests to the desk only.
LANGUAGE_COOKIE_NAME = "desk_language"
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
USE_I18N = True
USE_TZ = True
TIME_ZONE = env.str("TIME_ZONE", default="Asia/Shanghai")

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

STATIC_URL = "/static/"
STATICFILES_DIRS = [ROOT / "static"]
STATIC_ROOT = VAR / "static"
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "newsroom.staticfiles.PackageFiles",
]

# Public: renditions under unguessable names. Private: originals, never served to the public.
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR / "media"
PRIVATE_MEDIA_ROOT = VAR / "private"
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(MEDIA_ROOT), "base_url": MEDIA_URL},
    },
    "private": {
        # Nothing private has an address, which plain FileSystemStorage would make one for.
        "BACKEND": "media_library.storages.PrivateFileStorage",
        "OPTIONS": {"location": str(PRIVATE_MEDIA_ROOT)},
    },
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# Fonts that pages are set in, looked for here first, then where `make fonts` puts them and where Debian does.
PAGE_FONTS = env.str("FONTS", default="") or None
FILE_UPLOAD_PERMISSIONS = 0o644
# One story with 40 photos' captions and 50 bylines stays far below this; a forged form does not.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024

# Celery: ids in, JSON, safe to repeat; the sweep is the guarantee, the queue only hurries.
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_IGNORE_RESULT = True
CELERY_RESULT_BACKEND = None
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_TIME_LIMIT = 300
CELERY_TASK_SOFT_TIME_LIMIT = 270
CELERY_TIMEZONE = "UTC"
CELERY_ENABLE_UTC = True
CELERY_TASK_DEFAULT_QUEUE = "urgent"
CELERY_TASK_ROUTES = {
    "media_library.*": {"queue": "media"},
    "articles.bind*": {"queue": "makeup"},
    "articles.make_proof": {"queue": "makeup"},
    "articles.press.*": {"queue": "makeup"},
}
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
SWEEP_SECONDS = env.int("SWEEP_SECONDS", default=20)
CELERY_BEAT_SCHEDULE = {
    # expires: a sweep that waited a whole period is replaced by the next one.
    "sweep": {
        "task": "articles.sweep",
        "schedule": SWEEP_SECONDS,
        "options": {"expires": SWEEP_SECONDS * 0.9},
    },
    "sweep-photos": {
        "task": "media_library.sweep",
        "schedule": 60,
        "options": {"expires": 55},
    },
    "bind-issues": {
        "task": "articles.bind_due",
        "schedule": 60,
        "options": {"expires": 55},
    },
    "sweep-press": {
        "task": "articles.press.sweep",
        "schedule": 60,
        "options": {"expires": 55},
    },
}

# CKEditor 4.22.1 is the last free release and gets no fixes upstream. The editor is never the guard: BodyField
# sanitises on save and again on publication, and the risky plugins are off (docs/decisions/).
SILENCED_SYSTEM_CHECKS = ["ckeditor.W001"]
CKEDITOR_CONFIGS = {
    "body": {
        # Only these are loaded. No preview, iframe, flash, forms, source view, PDF export, templates or spell
        # checker of a third party; no context menu and no drop-down lists either, which are pages in frames.
        "plugins": (
            "basicstyles,blockquote,clipboard,divarea,enterkey,entities,htmlwriter,link,list,notification,"
            "pastefromgdocs,pastefromlibreoffice,pastefromword,pastetext,removeformat,toolbar,undo,newsroom"
        ),
        "customConfig": "",
        "stylesSet": False,
        "contentsCss": [],
        "versionCheck": False,
        "skin": "moono-lisa",
        "toolbar": [
            ["Undo", "Redo"],
            ["subhead", "minorsubhead"],
            ["Bold", "Italic", "Subscript", "Superscript", "RemoveFormat"],
            ["Blockquote", "BulletedList", "NumberedList"],
            ["Link", "Unlink"],
        ],
        # As articles.body has it, so that what is typed is what is stored.
        "allowedContent": (
            "p h2 h3 blockquote ul ol li br strong em sub sup; a[!href]; figure[!data-photo,contenteditable]"
        ),
        "entities": False,
        "disableNativeSpellChecker": False,
        "linkShowAdvancedTab": False,
        "linkShowTargetTab": False,
        "linkDefaultProtocol": "https://",
        "width": "100%",
        "height": 460,
        "newsroom": {"subhead": _("Subhead"), "minorsubhead": _("Minor subhead")},
    }
}

# Where the admin lives; one segment, so that a proxy can rule it by prefix.
ADMIN_PATH = "admin/"
LANGUAGE_COOKIE_PATH = "/" + ADMIN_PATH

# How long somebody stays logged in: without doing anything, and at all; administrators shorter (newsroom.sessions).
DESK_IDLE_SECONDS = env.int("IDLE_SECONDS", default=4 * 3600)
DESK_SESSION_SECONDS = env.int("SESSION_SECONDS", default=14 * 3600)
ADMINISTRATOR_IDLE_SECONDS = env.int("ADMINISTRATOR_IDLE_SECONDS", default=30 * 60)
ADMINISTRATOR_SESSION_SECONDS = env.int("ADMINISTRATOR_SESSION_SECONDS", default=8 * 3600)

X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
SECURE_REFERRER_POLICY = "same-origin"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="INFO")},
    "loggers": {"axes": {"level": "WARNING"}},
}

# What tells a cache in front that an address has changed; gets a list of paths, does nothing where there is no cache.
CACHE_REFRESH = "newsroom.purge.refresh"

# What makes the page that shows unsaved text as readers would see it: gets article id, slug of the paper, snapshot.
PREVIEW_PAGE = "articles.site.preview.unsaved"
