"""Django's settings of a node. What differs between nodes comes from AMPARO_HOME and the environment."""

import os
from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF

from amparo.node import database, home, secrets

PACKAGE = Path(__file__).resolve().parent.parent
HOME = home.prepare_home()

SECRET_KEY = secrets.django_secret()
DEBUG = False
# The node is reached by whatever name its reverse proxy gives it; it builds no link from the Host header.
ALLOWED_HOSTS = os.environ.get("AMPARO_HOSTS", "*").split(",")
USE_X_FORWARDED_HOST = False
BEHIND_TLS = os.environ.get("AMPARO_TLS") == "1"
if BEHIND_TLS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 31536000
    CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS if host != "*"]

AREAS = (
    "orgs",
    "audit",
    "access",
    "vault",
    "people",
    "consent",
    "cases",
    "safety",
    "plans",
    "entitlements",
    "activities",
    "intake",
    "rights",
)
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
    "csp",
    "procrastinate.contrib.django",
    *(f"amparo.areas.{area}.apps.Area" for area in AREAS if (PACKAGE / "areas" / area / "apps.py").exists()),
    "amparo.web.components.apps.ComponentsConfig",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "amparo.web.middleware.no_traces",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "amparo.web.middleware.signed_in",
    "amparo.web.handed.in_her_hands",
    "allauth.account.middleware.AccountMiddleware",
    "axes.middleware.AxesMiddleware",
    "amparo.web.middleware.reading_is_not_writing",
]
ROOT_URLCONF = "amparo.config.urls"
WSGI_APPLICATION = "amparo.config.wsgi.application"


def _database(name: str, *, seconds_open: int | None) -> dict[str, Any]:
    return {**database.django_database(name), "CONN_MAX_AGE": seconds_open, "CONN_HEALTH_CHECKS": True}


# Keys are kept in memory once they were read, so that their database is seldom asked.
DATABASES = {
    "default": _database(database.MAIN, seconds_open=None),
    "keys": _database(database.KEYS, seconds_open=5),
}
DATABASE_ROUTERS = ["amparo.config.routers.KeysApart"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "web" / "templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    ["django.template.loaders.filesystem.Loader", "django.template.loaders.app_directories.Loader"],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "amparo.web.context.page",
            ],
        },
    }
]
FORM_RENDERER = "amparo.web.components.renderer.AmparoRenderer"

AUTH_USER_MODEL = "orgs.Account"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "amparo.web.accounts.backend.WithSeats",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "amparo.web.accounts.Accounts"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_PRESERVE_USERNAME_CASING = False
ACCOUNT_RATE_LIMITS = False  # django-axes counts failures, in the database, for every process together
MFA_ADAPTER = "amparo.web.accounts.SecondFactor"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_FORMS = {
    "authenticate": "amparo.web.accounts.forms.CodeAtSignIn",
    "reauthenticate": "amparo.web.accounts.forms.CodeAgain",
    "add_webauthn": "amparo.web.accounts.forms.NewPasskey",
    "authenticate_webauthn": "amparo.web.accounts.forms.PasskeyAtSignIn",
    "login_webauthn": "amparo.web.accounts.forms.PasskeyAlone",
    "reauthenticate_webauthn": "amparo.web.accounts.forms.PasskeyAgain",
}
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"  # a stolen telephone alone opens nothing
MFA_RATE_LIMITS = False  # a passkey cannot be guessed
MFA_TOTP_ISSUER = "Notes"
AXES_FAILURE_LIMIT = 8
AXES_COOLOFF_TIME = 0.25  # hours
AXES_HANDLER = "amparo.web.accounts.lockout.Lockout"
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]  # so that nobody can lock a colleague out from elsewhere
AXES_USERNAME_CALLABLE = "amparo.web.accounts.lockout.username_of"
AXES_CLIENT_IP_CALLABLE = "amparo.web.accounts.lockout.address_of"
AXES_LOCKOUT_TEMPLATE = "account/locked_out.html"
AXES_USERNAME_FORM_FIELD = "login"
AXES_RESET_ON_SUCCESS = True
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
AXES_DISABLE_ACCESS_LOG = True

SESSION_ENGINE = "amparo.areas.orgs.sessions"
# Behind TLS a cookie of this prefix can only come from this very host, over TLS, for every path (RFC 6265bis, 4.1.3).
_HOST = "__Host-" if BEHIND_TLS else ""
SESSION_COOKIE_NAME = f"{_HOST}s"
CSRF_COOKIE_NAME = f"{_HOST}csrftoken"
DEVICE_COOKIE_NAME = f"{_HOST}known"
KEPT_COOKIE_NAME = f"{_HOST}kept"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = BEHIND_TLS
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_COOKIE_AGE = None
CSRF_FAILURE_VIEW = "amparo.web.errors.csrf_failure"
IDLE_MINUTES = 15
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
SECURE_REFERRER_POLICY = "same-origin"  # no-referrer would make browsers send no Origin, which the CSRF check needs
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "require-trusted-types-for": ["'script'"],
        "trusted-types": [NONE],
    }
}

LANGUAGE_CODE = "en"
# Those in which every text is translated; a page that promised Catalan and then spoke English would help nobody. The
# catalogues of Catalan and French stand ready in locale/: once one is full, its language is added here.
LANGUAGES = [("en", "English"), ("es", "Español"), ("it", "Italiano")]
LANGUAGE_COOKIE_NAME = f"{_HOST}language"
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_HTTPONLY = True
LOCALE_PATHS = [PACKAGE / "locale"]
FORMAT_MODULE_PATH = "amparo.config.formats"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
STATICFILES_DIRS = [PACKAGE / "web" / "static"]
STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
WHITENOISE_USE_FINDERS = True  # the files stand in the package as they are served; nothing is collected
WHITENOISE_MAX_AGE = 3600

FILES = HOME / "files"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = (
    21 * 1024 * 1024
)  # never to a temporary file: what is uploaded is sealed before it touches the disk
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
PAPER_MAX_BYTES = 20 * 1024 * 1024

PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"

EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
TEST_RUNNER = "django.test.runner.DiscoverRunner"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,  # Django's would be among them, and with them every error of a page
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "filters": {"nothing_personal": {"()": "amparo.config.logs.NothingPersonal"}},
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["nothing_personal"]},
    },
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": [], "level": "WARNING"},
        "django.request": {"level": "ERROR"},
        "django.server": {"handlers": [], "level": "ERROR"},
        "axes": {"level": "ERROR"},
    },
}
SILENCED_SYSTEM_CHECKS = ["axes.W006", "auth.W004", "security.W004", "security.W008", "security.W012", "security.W016"]
