"""Settings of every installation. Safe by default: loopback, strict CSP, no default password."""

import os
from pathlib import Path

from niangjia.project import dburl, instance, localpg
from niangjia.project.settings.ports import *  # noqa: F403 - a list a port

HOME = instance.home()
SOURCE = instance.SOURCE
PACKAGE = Path(__file__).resolve().parents[2]

SECRET_KEY = instance.secret("django", 50).hex()
BLIND_INDEX_KEY = instance.secret("blind-index", 32)
SEALING_KEY = instance.secret("sealing", 32)
KEY_RING = instance.keys() / "ring"
SEALING_SUITE = os.environ.get("NIANGJIA_SEALING", "aes-256-gcm")

DEBUG = False
ALLOWED_HOSTS = [
    "localhost",
    "127.0.0.1",
    "[::1]",
    *filter(None, os.environ.get("NIANGJIA_HOSTS", "").split(",")),
]
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS if "." in host and host != "127.0.0.1"]
BEHIND_TLS = os.environ.get("NIANGJIA_TLS") == "on"

INSTALLED_APPS = [
    "niangjia.kernel",
    "niangjia.tree",
    "niangjia.people",
    "niangjia.policies",
    "niangjia.accounts",
    "niangjia.entrance",
    "niangjia.notices",
    "niangjia.papers",
    "niangjia.exchange",
    "niangjia.privacy",
    "niangjia.registry",
    "niangjia.messaging",
    "niangjia.tasks",
    "niangjia.supervision",
    "niangjia.network",
    "niangjia.bodies",
    "niangjia.register",
    "niangjia.rosters",
    "niangjia.members",
    "niangjia.dues",
    "niangjia.transfers",
    "niangjia.roll",
    "niangjia.matching",
    "niangjia.vitality",
    "niangjia.joining",
    "niangjia.drives",
    "niangjia.welcome",
    "niangjia.chronicle",
    "niangjia.founding",
    "niangjia.establishments",
    "niangjia.restructuring",
    "niangjia.reshaping",
    "niangjia.enrolment",
    "niangjia.ledger",
    "niangjia.recount",
    "niangjia.payments",
    "niangjia.statements",
    "niangjia.paydesk",
    "niangjia.books",
    "niangjia.households",
    "niangjia.campaigns",
    "niangjia.visits",
    "niangjia.phones",
    "niangjia.visiting",
    "niangjia.eligibility",
    "niangjia.means",
    "niangjia.hardship",
    "niangjia.aid",
    "niangjia.sympathy",
    "niangjia.handouts",
    "niangjia.comfort",
    "niangjia.casework",
    "niangjia.pleas",
    "niangjia.relief",
    "niangjia.hearth",
    "niangjia.outreach",
    "niangjia.dossiers",
    "niangjia.portal",
    "niangjia.demo",
    "niangjia.project",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_htmx",
    "procrastinate.contrib.django",
    "ninja",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "niangjia.kernel.middleware.armour",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "niangjia.kernel.middleware.Refusals",
    "niangjia.entrance.onward.Onward",
]

ROOT_URLCONF = "niangjia.project.urls"
WSGI_APPLICATION = "niangjia.project.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["niangjia.kernel.templatetags.once"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "niangjia.kernel.furnishing.page",
            ],
        },
    }
]

_URLS = localpg.urls(HOME)
_COMMON = {"CONN_MAX_AGE": 600, "CONN_HEALTH_CHECKS": True, "ATOMIC_REQUESTS": True}
DATABASES = {
    "default": {**dburl.parse(_URLS.web), **_COMMON},
    "owner": {**dburl.parse(_URLS.owner), "CONN_MAX_AGE": 0, "TEST": {"DEPENDENCIES": []}},
}
DATABASE_ROUTERS = ["niangjia.project.routing.MigrateAsOwner"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "accounts_shared_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["niangjia.entrance.hashing.Argon2Floor"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
SESSION_COOKIE_AGE = 8 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = BEHIND_TLS
SECURE_HSTS_SECONDS = 31536000 if BEHIND_TLS else 0
SECURE_REFERRER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_TLS else None
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_MAX_AGE = 3600

CONTENT_SECURITY_POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)

NIANGJIA_LIMITS = True
JOINING_KEY = instance.secret("joining", 32)
VISITS_KEY = instance.secret("visits", 32)
VISITS_KEYS_BEFORE = instance.lines("visits-keys-before")
JOURNAL_KEY = instance.secret("journal", 32)
JOURNAL_KEYS_BEFORE = instance.lines("journal-keys-before")
CARD_KEY = instance.secret("card", 32)
JOURNAL_OUTSIDE = Path(os.environ.get("NIANGJIA_JOURNAL_DIR") or HOME / "journal")

TOMBSTONES = HOME / "tombstones.jsonl"
TOMBSTONE_KEY = instance.secret("tombstones", 32)
NIANGJIA_CODE_CHANNEL = os.environ.get("NIANGJIA_CODE_CHANNEL", "niangjia.entrance.channels.OutboxChannel")
NIANGJIA_SITE = os.environ.get("NIANGJIA_SITE", "").rstrip("/")
NIANGJIA_CHANNELS = {
    name: f"niangjia.messaging.channels.{'MailChannel' if name == 'email' else 'HttpTemplate'}"
    for name in filter(None, os.environ.get("NIANGJIA_CHANNELS", "").split(","))
}
EMAIL_HOST = os.environ.get("NIANGJIA_MAIL_HOST", "localhost")
EMAIL_PORT = int(os.environ.get("NIANGJIA_MAIL_PORT", "25"))
EMAIL_USE_TLS = os.environ.get("NIANGJIA_MAIL_TLS") == "on"
EMAIL_HOST_USER = os.environ.get("NIANGJIA_MAIL_USER", "")
EMAIL_HOST_PASSWORD = instance.given_secret("mail-password")
DEFAULT_FROM_EMAIL = os.environ.get("NIANGJIA_MAIL_FROM", "niangjia@localhost")
SITE_ADDRESS = (
    os.environ.get("NIANGJIA_SITE")
    or f"http://{os.environ.get('NIANGJIA_HOST', '127.0.0.1')}:{os.environ.get('NIANGJIA_PORT', '8000')}"
).rstrip("/")
DEMO_WORLD = os.environ.get("NIANGJIA_DEMO_WORLD", "")
POLICY_CATALOGUE = PACKAGE / "policies" / "catalogue"

ACCOUNT_ADAPTER = "niangjia.entrance.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = "username"
ACCOUNT_LOGIN_METHODS = {"username", "phone"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 3
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 300
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_FORMS = {
    "login": "niangjia.entrance.forms.LoginForm",
    "request_login_code": "niangjia.entrance.forms.RequestCodeForm",
    "confirm_login_code": "niangjia.entrance.forms.ConfirmCodeForm",
    "change_password": "niangjia.entrance.forms.PasswordForm",
    "reauthenticate": "niangjia.entrance.forms.ReauthenticateForm",
}
MFA_FORMS = {
    "authenticate": "niangjia.entrance.forms.FactorForm",
    "reauthenticate": "niangjia.entrance.forms.FactorAgainForm",
    "activate_totp": "niangjia.entrance.forms.BindForm",
}
ACCOUNT_RATE_LIMITS: dict[str, str] | bool = {
    "request_login_code": "20/m/ip,2/m/key,10/h/key",
    "login_failed": "10/m/ip,5/300s/key",
}
MFA_ADAPTER = "niangjia.entrance.second_factor.MfaAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "娘家"
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "desk"
LOGOUT_REDIRECT_URL = "home"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "niangjia.project.logs.JsonLines"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["stderr"], "level": os.environ.get("NIANGJIA_LOG", "WARNING")},
    "loggers": {
        "niangjia": {"level": "INFO"},
        "django.server": {"handlers": ["stderr"], "propagate": False},
        "django.request": {"level": "ERROR"},
    },
}
