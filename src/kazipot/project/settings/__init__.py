"""Settings for running the product. Everything that differs between installations comes from the environment.

KAZIPOT_DATA      folder of the embedded database, the secret key and mail written to files
DATABASE_URL      postgresql://user:password@host:port/name; without it SQLite in KAZIPOT_DATA
KAZIPOT_HOSTS     host names that the application answers to, separated by commas
KAZIPOT_ORIGINS   origins with scheme that may post forms (behind a proxy), separated by commas
KAZIPOT_HTTPS     1 when people reach it by https: cookies become secure
KAZIPOT_ADDRESS   address under which people reach it; stands in links, and in certificates for ever
KAZIPOT_ISSUER    who issues certificates, as their name stands on them
KAZIPOT_STRATEGY  path of another city's strategy file
KAZIPOT_PROCUREMENT  path of another city's thresholds of public procurement
KAZIPOT_TODAY     a day on which the calendar stands still (the demo city)
KAZIPOT_DEMO      1 when the data is invented: every page says so
KAZIPOT_MAIL_URL  smtp://user:password@host:port (smtp+tls:// for STARTTLS);
                  without it mail is written to files in KAZIPOT_DATA
KAZIPOT_MAIL_REPLY  the address to which people may reply, for example svetovalci@kazipot.example; the server must
                  deliver svetovalci+anything@… too. Without it nobody is asked to reply
KAZIPOT_MAILDIR   a maildir that the mail server fills; workers take what comes in
"""

import contextlib
import os
import secrets
import tempfile
from pathlib import Path

from kazipot.project.roles import CAPABILITIES
from kazipot.project.settings.database import database_from
from kazipot.project.settings.mail import mailers_from

PACKAGE = Path(__file__).resolve().parent.parent.parent


def default_data_folder() -> Path:
    """Where a user's programs keep their data, by the XDG base directory specification."""
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "kazipot"


DATA = Path(os.environ.get("KAZIPOT_DATA") or default_data_folder())
DATA.mkdir(parents=True, exist_ok=True, mode=0o700)


def secret_key() -> str:
    """The key of this installation, made on first use and kept in the data folder."""
    given = os.environ.get("KAZIPOT_SECRET_KEY")
    if given:
        return given
    path = DATA / "secret-key"
    if not path.exists():
        with tempfile.NamedTemporaryFile("w", dir=DATA, prefix="secret-key-") as file:
            file.write(secrets.token_urlsafe(50))
            file.flush()
            with contextlib.suppress(FileExistsError):  # another process was first: its key counts
                os.link(file.name, path)
    return path.read_text()


SECRET_KEY = secret_key()
DEBUG = False
ALLOWED_HOSTS = [host for host in os.environ.get("KAZIPOT_HOSTS", "127.0.0.1,localhost,[::1]").split(",") if host]
CSRF_TRUSTED_ORIGINS = [origin for origin in os.environ.get("KAZIPOT_ORIGINS", "").split(",") if origin]
HTTPS = os.environ.get("KAZIPOT_HTTPS") == "1"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SESSION_COOKIE_HTTPONLY = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SECURE_CSP = {
    "default-src": ["'self'"],
    "img-src": ["'self'", "data:"],
    "object-src": ["'none'"],
    "base-uri": ["'none'"],
    "frame-ancestors": ["'none'"],
    "form-action": ["'self'"],
}

INSTALLED_APPS = [
    "kazipot.project",
    "kazipot.strategy",
    "kazipot.verification",
    "kazipot.training",
    "kazipot.hiring",
    "kazipot.needs",
    "kazipot.advisors",
    "kazipot.framework",
    "kazipot.organisation",
    "kazipot.foundation.credentials",
    "kazipot.foundation.ui",
    "kazipot.foundation",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "axes",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "kazipot.foundation.middleware.cookies_middleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "kazipot.foundation.middleware.clock_middleware",
    "kazipot.foundation.middleware.language_middleware",
    "kazipot.organisation.access.actor_middleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
    "kazipot.foundation.middleware.address_middleware",
]
ROOT_URLCONF = "kazipot.project.urls"
WSGI_APPLICATION = "kazipot.project.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "kazipot.foundation.ui.context.page",
                "kazipot.project.navigation.navigation",
            ],
        },
    }
]
FORM_RENDERER = "kazipot.foundation.ui.forms.Renderer"

DATABASES = {"default": database_from(os.environ.get("DATABASE_URL", ""), DATA)}

AUTH_USER_MODEL = "foundation.User"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "sign-in"
CSRF_FAILURE_VIEW = "kazipot.project.views.errors.form_expired"
LOGIN_REDIRECT_URL = "desk"
LOGOUT_REDIRECT_URL = "public"
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = 0.25
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_TEMPLATE = "project/locked_out.html"
AXES_VERBOSE = False

LANGUAGE_CODE = "sl"
LANGUAGES = [("sl", "Slovenščina"), ("en", "English")]
LANGUAGE_COOKIE_NAME = "language"
TIME_ZONE = "Europe/Ljubljana"
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000

KAZIPOT_DEMO = os.environ.get("KAZIPOT_DEMO") == "1"
MAILERS = mailers_from(os.environ.get("KAZIPOT_MAIL_URL", ""), DATA, demo=KAZIPOT_DEMO)
DEFAULT_FROM_EMAIL = os.environ.get("KAZIPOT_MAIL_FROM", "kazipot@localhost")

KAZIPOT_MAIL_REPLY = os.environ.get("KAZIPOT_MAIL_REPLY", "")
KAZIPOT_MAILDIR = os.environ.get("KAZIPOT_MAILDIR", "")

KAZIPOT_CAPABILITIES = CAPABILITIES
KAZIPOT_TODAY = os.environ.get("KAZIPOT_TODAY", "")
KAZIPOT_STRATEGY = Path(os.environ.get("KAZIPOT_STRATEGY") or PACKAGE / "strategy" / "data" / "mol-2023-2027.yaml")
KAZIPOT_PROCUREMENT = os.environ.get("KAZIPOT_PROCUREMENT", "")
KAZIPOT_ADDRESS = os.environ.get("KAZIPOT_ADDRESS", "http://127.0.0.1:8000")
KAZIPOT_ISSUER = os.environ.get("KAZIPOT_ISSUER", "Kažipot")
KAZIPOT_DUTY_RULE = "kazipot.strategy.queries.duty_rule"
"""Where M5's room learns the duty; the strategy lives a floor above it."""
