"""
All settings, in one file. What differs between two copies of the registry comes from the
environment, or from `var/.env`, which `./run` writes for a fresh clone:

    SECRET_KEY      required, unless DEBUG
    DEBUG           off
    ALLOWED_HOSTS   localhost,127.0.0.1,[::1]
    DATABASE_URL    sqlite:///…/var/registry.sqlite3, or postgres://user:password@host/name
    NATIVE_LANGUAGE kk: the language of the state, whose names stand beside the others
    PUBLISHER       who publishes this copy; empty: the pages say that nobody is named
    CONTACT         where errors are reported to: an e-mail address or an https address
    HTTPS           on unless DEBUG: secure cookies, redirect, HSTS; ./run serves plain http
    STATIC_HASHED   off: files are served as they are; on: as `manage.py collectstatic` left them
    ENV_FILE        var/.env
"""

from pathlib import Path

import environ
from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"  # whatever this copy makes for itself; nothing in it is in git

env = environ.Env()
env.read_env(env.str("ENV_FILE", default=str(VAR_DIR / ".env")))

DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = env.str("SECRET_KEY", default="only for development" if DEBUG else "")
if not SECRET_KEY:
    raise ImproperlyConfigured(
        "There is no SECRET_KEY. `./run` writes one to var/.env; elsewhere, set SECRET_KEY in the "
        "environment to a long random text, or DEBUG=on on a machine of your own."
    )
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])

INSTALLED_APPS = [
    "registry",
    "config.apps.RegisterAdminConfig",  # django.contrib.admin with a site of our own
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
    "import_export",
    "simple_history",
    "csp",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "config.middleware.CompressPublic",
    # A page that is as it was is answered with 304; what is in it hangs on no request but its own.
    # A file too: compressed, it has a weak ETag, in which WhiteNoise does not know its own again.
    "django.middleware.http.ConditionalGetMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
            ],
        },
    },
]

# Database

DATABASE = env.db("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'registry.sqlite3'}")
if DATABASE["ENGINE"] == "django.db.backends.sqlite3":
    DATABASE["OPTIONS"] = {
        # A transaction takes the write lock when it begins: one that reads first and asks for the
        # lock later fails at once when somebody else wrote in between, whatever the timeout.
        "transaction_mode": "IMMEDIATE",
        "timeout": 60,
        # Readers do not wait for a writer; FULL, because NORMAL may lose what was saved just
        # before a power cut.
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
    }
    # A file: the database in memory that Django would take has no WAL, and threads share its locks.
    DATABASE["TEST"] = {"NAME": f"{DATABASE['NAME']}.test"}
else:
    # Compiling a query takes longer than to run any of ours; nobody waits longer than on SQLite.
    DATABASE.setdefault("OPTIONS", {})["options"] = "-c jit=off -c lock_timeout=60s"
    DATABASE["CONN_MAX_AGE"] = 60
    DATABASE["CONN_HEALTH_CHECKS"] = True
DATABASES = {"default": DATABASE}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Languages and time

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("kk", _("Kazakh")), ("ru", _("Russian")), ("de", _("German"))]
# The language of the state whose institutions these are; its names stand beside the others.
NATIVE_LANGUAGE = env.str("NATIVE_LANGUAGE", default="kk")
# The texts in these languages. Each .po has its compiled .mo beside it in git, because whoever
# runs the registry may have no msgfmt. A changed sentence takes GNU gettext and these two, and a
# test tells when a .mo is not what its .po says:
#     ./run manage makemessages --all --add-location file
#     ./run manage compilemessages --ignore .venv
# What Django and the packages beside it leave untranslated, or say wrongly, stands in the second;
# it is kept by hand, and makemessages does not touch it.
LOCALE_PATHS = [BASE_DIR / "locale", BASE_DIR / "config" / "libraries"]
FORMAT_MODULE_PATH = ["registry.formats"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Almaty"

# What the pages and files say of themselves

# The licence of the data, as each file, feed and answer names it.
DATA_LICENCE = {
    "id": "CC0-1.0",
    "name": "CC0 1.0",
    "url": "https://creativecommons.org/publicdomain/zero/1.0/",
}
PUBLISHER = env.str("PUBLISHER", default="")
CONTACT = env.str("CONTACT", default="")

# Static files

STATIC_HASHED = env.bool("STATIC_HASHED", default=False)
STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static" if STATIC_HASHED else None
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if STATIC_HASHED
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = not STATIC_HASHED

# Who may do what

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
# Without these two, everybody on the staff may import and export everything.
IMPORT_EXPORT_IMPORT_PERMISSION_CODE = "add"
IMPORT_EXPORT_EXPORT_PERMISSION_CODE = "view"
# A cell that begins with = or + would be run by the spreadsheet that opens it.
IMPORT_EXPORT_ESCAPE_FORMULAE_ON_EXPORT = True
# How large a roster may be that a curator uploads while the page waits; the command takes more.
IMPORT_MEGABYTES = 5
IMPORT_ROWS = 5_000
# A curator's reason for an irregular record may take more than a hundred characters.
SIMPLE_HISTORY_HISTORY_CHANGE_REASON_USE_TEXT_FIELD = True
# A roster of a large body is a form of several hundred fields; its file is a few hundred kilobytes.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

# What browsers are told

HTTPS = env.bool("HTTPS", default=not DEBUG)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]  # asked from inside, past the proxy
SECURE_HSTS_SECONDS = 30 * 24 * 60 * 60 if HTTPS else 0
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        # Without handlers of its own, which would say everything twice.
        "django": {"level": "WARNING"},
        # It warns of every HEAD request, because Django leaves the body for the server to drop.
        "gunicorn.http.wsgi": {"level": "ERROR"},
    },
}
