"""One settings module; everything that differs between installations comes from the environment."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

import environ

from charthouse.config.environment import Environment

env = environ.Env()
env.ENVIRON = Environment(os.environ)

DATA_DIR = Path(env.str("CHARTHOUSE_DATA", default="./var")).resolve()
KEY_FILE = Path(env.str("CHARTHOUSE_KEY_FILE", default=str(DATA_DIR / "keys" / "keyring.json")))
AUDIT_ANCHOR_FILE = Path(env.str("CHARTHOUSE_AUDIT_ANCHOR", default=str(DATA_DIR / "audit" / "anchors.log")))
CHANNEL_DIR = DATA_DIR / "channels"
CODESETS_DIR = DATA_DIR / "codesets"  # loaded releases
CODE_INDEX_DIR = CODESETS_DIR / "index"  # of the code search; may be deleted at any time


def _secret_key() -> str:
    """The secret from the environment, or the one `charthouse migrate` wrote into the data folder."""
    given = str(env.str("CHARTHOUSE_SECRET_KEY", default=""))
    file = DATA_DIR / "keys" / "secret.txt"
    if given:
        return given
    # Before there is one, each process makes one up: a fixed value would be known to everybody who reads this.
    return file.read_text().strip() if file.exists() else secrets.token_urlsafe(50)


SECRET_KEY = _secret_key()
DEBUG = False
# The demo shows its people and their codes on the sign-in page. Never set it where real charts are.
DEMO = env.bool("CHARTHOUSE_DEMO", default=False)
ALLOWED_HOSTS = env.list("CHARTHOUSE_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
# How many reverse proxies of our own stand in front; each adds one address to X-Forwarded-For.
PROXIES = env.int("CHARTHOUSE_PROXIES", default=0)
HTTPS = env.bool("CHARTHOUSE_HTTPS", default=False)
CSRF_TRUSTED_ORIGINS = env.list("CHARTHOUSE_ORIGINS", default=[])

INSTALLED_APPS = [
    "charthouse.apps.core.apps.CoreConfig",
    "charthouse.apps.audit.apps.AuditConfig",
    "charthouse.apps.accounts.apps.AccountsConfig",
    "charthouse.apps.jobs.apps.JobsConfig",
    "charthouse.apps.exchange.apps.ExchangeConfig",
    "charthouse.apps.practice.apps.PracticeConfig",
    "charthouse.apps.reference.apps.ReferenceConfig",
    "charthouse.apps.program.apps.ProgramConfig",
    "charthouse.apps.charts.apps.ChartsConfig",
    "charthouse.apps.worklists.apps.WorklistsConfig",
    "charthouse.apps.coding.apps.CodingConfig",
    "charthouse.apps.quality.apps.QualityConfig",
    "charthouse.apps.billing.apps.BillingConfig",
    "charthouse.apps.remittance.apps.RemittanceConfig",
    "charthouse.web.apps.WebConfig",
    "charthouse.sandbox.apps.SandboxConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
    "django_htmx",
    "template_partials.apps.SimpleAppConfig",
]

MIDDLEWARE = [
    "charthouse.web.middleware.proxy.client_address",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "charthouse.web.middleware.uploads.upload_limit",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "charthouse.api.middleware.api_door",
    "charthouse.web.middleware.actor.actor",
    "charthouse.web.middleware.session_guard.session_guard",
    "charthouse.web.middleware.access.AccessMiddleware",
    "charthouse.web.middleware.errors.ActionErrorMiddleware",
    "axes.middleware.AxesMiddleware",
]

ACCESS_TABLE = "charthouse.config.access.TABLE"
ROOT_URLCONF = "charthouse.config.urls"
WSGI_APPLICATION = "charthouse.config.wsgi.application"

TEMPLATE_LOADERS = [
    "django.template.loaders.filesystem.Loader",
    "django.template.loaders.app_directories.Loader",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": False,
        "OPTIONS": {
            # template-partials wraps the cached loader by hand: its own app config would fight other loaders.
            "loaders": [
                ("template_partials.loader.Loader", [("django.template.loaders.cached.Loader", TEMPLATE_LOADERS)])
            ],
            "builtins": [
                "template_partials.templatetags.partials",
                "charthouse.web.templatetags.charthouse",
                "charthouse.web.templatetags.demo",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "charthouse.web.context.shell",
            ],
        },
    }
]

DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{DATA_DIR / 'charthouse.sqlite3'}")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # FULL, not NORMAL: an acknowledged audit event, submission or posting must survive a power cut.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
    }
# Kept between requests: opening SQLite anew costs more than a search does.
DATABASES["default"]["CONN_MAX_AGE"] = 60
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.Person"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
# Shared by the processes: a used one-time code and a rate limit must be known to all of them.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}}

LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"

ACCOUNT_ADAPTER = "charthouse.web.adapters.AccountAdapter"
MFA_ADAPTER = "charthouse.web.adapters.MFAAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_USER_DISPLAY = "charthouse.web.adapters.display_name"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Charthouse"

AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_USERNAME_CALLABLE = "charthouse.apps.accounts.lockout.name_tried"
# What was typed where a secret belongs is never kept, not even a wrong one: it is often nearly right.
AXES_SENSITIVE_PARAMETERS = ["username", "ip_address", "login", "secret", "password", "code", "typed_name"]
AXES_RESET_ON_SUCCESS = True
AXES_VERBOSE = False
AXES_ENABLE_ADMIN = False

# Seconds. Idle is measured on the server; polling and background requests do not count as activity.
IDLE_LOCK_SECONDS = env.int("CHARTHOUSE_IDLE_SECONDS", default=300)
SESSION_ABSOLUTE_SECONDS = 12 * 3600
SESSION_COOKIE_AGE = SESSION_ABSOLUTE_SECONDS
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
        "form-action": ["'self'"],
    }
}

INTAKE_MAX_BYTES = 32 * 1024 * 1024
CODESETS_MAX_BYTES = 512 * 1024 * 1024  # uploaded at once; larger sets are loaded at the terminal
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

LANGUAGE_CODE = "en-us"
TIME_ZONE = env.str("CHARTHOUSE_TIME_ZONE", default="America/New_York")
USE_TZ = True
USE_I18N = False

STATIC_URL = "static/"
STATIC_ROOT = DATA_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = False
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.str("CHARTHOUSE_LOG", default="INFO")},
    # Request lines may carry what a person typed; errors are logged without bodies or query strings.
    "loggers": {"django.request": {"level": "ERROR"}, "axes": {"level": "WARNING"}},
}
