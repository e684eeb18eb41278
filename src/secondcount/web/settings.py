"""Django's settings, all made from one `DeskConfig`; nothing is read from anywhere else."""

from __future__ import annotations

import os
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import django_stubs_ext
from csp.constants import NONE, SELF

from secondcount.web.config import DeskConfig

django_stubs_ext.monkeypatch()  # lets forms and managers be written with the type of their model

DESK = DeskConfig.from_environment(os.environ)

_HERE = Path(__file__).parent

SECRET_KEY = DESK.secret
DEBUG = DESK.debug
ALLOWED_HOSTS = list(DESK.hosts)
ROOT_URLCONF = "secondcount.web.urls"
WSGI_APPLICATION = "secondcount.web.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "desk.Member"
SITE_ID = None

INSTALLED_APPS = [
    "secondcount.web.apps.DeskApp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
    "csp",
    "django_htmx",
]
if DESK.database:
    INSTALLED_APPS.append("procrastinate.contrib.django")
    PROCRASTINATE_AUTODISCOVER_MODULE_NAME = ""  # `jobs` is imported by `apps`

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "secondcount.web.guard.HeadersMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "secondcount.web.guard.AccessMiddleware",
    "secondcount.web.guard.TroubleMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [_HERE / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "secondcount.web.shell.shell",
            ],
            "builtins": ["secondcount.web.templatetags.words"],
        },
    }
]

DATABASES = {"default": DESK.database_settings() | {"CONN_HEALTH_CHECKS": True}}
CACHES = {  # in the database, so that all processes count attempts together and no code is taken twice
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "desk_cache"}
}

# Languages: the sentences are those of `wording`, in every language of the screens; Django's own are its own.
LANGUAGES = [("en", "English"), ("ru", "Русский"), ("kk", "Қазақша")]
LANGUAGE_CODE = "en"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
STATIC_ROOT = None  # nothing is collected: the files are served from where they are installed
STATICFILES_DIRS = [_HERE / "static"]
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False

# Accounts
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"secondcount.web.accounts.passwords.{rule}"} for rule in ("NotShort", "NotCommon", "NotLikeName")
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
LOGIN_URL = "/accounts/login/"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "secondcount.web.accounts.adapter.DeskAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_RATE_LIMITS = {"login_failed": "10/10m/key"}  # of codes alone: axes counts passwords (`DeskAdapter`)
ACCOUNT_SESSION_REMEMBER = True  # for a shift, not until a phone closes its browser
ACCOUNT_FORMS = {"change_password": "secondcount.web.accounts.forms.OwnPasswordForm"}
MFA_ADAPTER = "secondcount.web.accounts.adapter.DeskFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Secondcount"
AXES_FAILURE_LIMIT = 6
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_CALLABLE = "secondcount.web.accounts.lockout.locked_out"
AXES_USERNAME_CALLABLE = "secondcount.web.accounts.limits.name_typed"
AXES_CLIENT_IP_CALLABLE = "secondcount.web.accounts.limits.client_address"
AXES_VERBOSE = False
AXES_RESET_ON_SUCCESS = True
SESSION_COOKIE_NAME = f"desk_{sha256(DESK.archive.encode()).hexdigest()[:8]}"  # cookies know no ports: one per desk
SESSION_COOKIE_AGE = 12 * 3600  # a shift
SESSION_EXPIRE_AT_BROWSER_CLOSE = False
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "secondcount.web.trouble.csrf_failed"

# Over HTTPS, everything that depends on it
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = DESK.secure
SECURE_HSTS_SECONDS = 3600 if DESK.secure and DESK.proxied else 0  # not for "localhost", which is not ours alone
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if DESK.secure and DESK.proxied else None
CSRF_TRUSTED_ORIGINS = [DESK.origin] if DESK.origin else []
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "blob:", "data:"],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
    }
}

# What may be sent at once; a photo is streamed to a file and held against `intake`'s limits before it is read.
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 2**20
DATA_UPLOAD_MAX_NUMBER_FIELDS = 600
DATA_UPLOAD_MAX_NUMBER_FILES = 200
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 2**20
FILE_UPLOAD_TEMP_DIR = str(Path(DESK.folder))
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_HANDLERS = [
    "secondcount.web.receiving.quota.QuotaHandler",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"links": {"()": "secondcount.web.loglines.WithoutLinks"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "filters": ["links"]}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"axes": {"level": "ERROR"}},  # attempts are in the audit log
}
