"""Settings: one file, the environment for the rest (docs/manual/nl/beheerder.md lists every variable)."""

from pathlib import Path

import dj_database_url
from csp.constants import NONE, SELF

from samenspel.config import environment
from samenspel.config.registry import OF_PACKAGES

ROOT = Path(__file__).resolve().parents[2]
DATA = Path(environment.text("SAMENSPEL_DATA", "data")).resolve()
"""All state on disk: the SQLite store, the search index, the secret key."""

MUNICIPALITY = environment.text("SAMENSPEL_MUNICIPALITY") or environment.kept(DATA / "municipality")
"""CBS code of the home municipality ("GM" and four digits); the demo keeps its own in the data folder."""

KEYS = Path(environment.text("SAMENSPEL_KEYS") or DATA / "keys").resolve()
"""The keys of residents' questions, one file each: on another disk than the store and in no backup."""

ADDRESS = environment.text("SAMENSPEL_ADDRESS", "http://127.0.0.1:8000").rstrip("/")
"""Where the site is found: what QR codes, letters and mails point at."""
LINKS = {
    "confirm": ADDRESS + "/klopt-dit/{secret}",
    "request": ADDRESS + "/vraag/volgen",
    "work": ADDRESS + "/werk/",
    "handover": ADDRESS + "/overdracht/{secret}",
    "password": ADDRESS + "/werk/wachtwoord/{secret}",
    "area": ADDRESS + "{path}",
}

EXIT = environment.text("SAMENSPEL_EXIT", "https://www.buienradar.nl/")
"""Where "Snel weg" leads: a page that tells nothing about who looked at it."""
TILES = environment.text("SAMENSPEL_TILES")
"""Address of map tiles ("https://…/{z}/{x}/{y}.png"); without one the map shows our own boundaries only."""
TILES_BY = environment.text("SAMENSPEL_TILES_BY")

MEANING = environment.flag("SAMENSPEL_MEANING", default=True)
"""Whether the extra `meaning` is used where it is installed."""

SECRET_KEY = environment.secret("SAMENSPEL_SECRET_KEY", keep_in=DATA / "secret_key")
DEBUG = False
ALLOWED_HOSTS = environment.listing("SAMENSPEL_HOSTS", "localhost,127.0.0.1,[::1]")

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "samenspel.demo",
    "samenspel.frontdoor",
    "samenspel.organizers",
    "samenspel.workspace",
    "samenspel.cockpit",
    "samenspel.opendata",
    "samenspel.cli",
    "samenspel.staff",
    "samenspel.handover",
    "samenspel.outcomes",
    "samenspel.policy",
    "samenspel.socialmap",
    "samenspel.people",
    "samenspel.audit",
    "samenspel.mail",
    "samenspel.places",
    "samenspel.ui",
]

REGISTERED_OF_PACKAGES = OF_PACKAGES
"""What the models of packages keep, for the register of processing."""

LOGIN_URL = "workspace:sign-in"
LOGIN_REDIRECT_URL = "workspace:start"
LOGOUT_REDIRECT_URL = "workspace:sign-in"
OWN_ACCOUNT_URL = "workspace:own-account"
SIGN_OUT_URL = "workspace:sign-out"

STAFF_MENU = (
    ("workspace:start", "Begin", "work"),
    ("workspace:imports", "Inlezen", "import"),
    ("workspace:set-up", "Inrichten", "set_up"),
    ("workspace:confirmations", "Klopt dit?", "ask_to_confirm"),
    ("workspace:phone-round", "Bellen", "call_groups"),
    ("workspace:mendings", "Nakijken", "look_at_changes"),
    ("workspace:group-figures", "Groepen", "see_group_figures"),
    ("workspace:unmet", "Gemist", "see_unmet"),
    ("workspace:requests", "Vragen", "see_requests"),
    ("workspace:signs", "Signalen", "see_signs"),
    ("workspace:words", "Woorden", "edit_words"),
    ("workspace:grounds", "Grondslagen", "fix_grounds"),
    ("workspace:privacy", "Privacy", "see_privacy"),
    ("cockpit:start", "Beleid", "see_policy"),
    ("areas:matrix", "Wijken", "see_blocks"),
)
"""The menu of people at work, over the doors: address, label, and the verb that one must be allowed."""
WAITING_PAGES = {
    "questions": "areas:questions",
    "actions": "areas:actions",
    "promises": "areas:challenges",
    "gaps": "areas:matrix",
    "reviews": "cockpit:reviews",
}
"""Where what waits for people at work stands, over the doors; by the names of `strength.waiting`."""

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "samenspel.opendata.problems.api_conventions",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "allauth.account.middleware.AccountMiddleware",  # hands the request to its passkeys; none of its pages is here
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "samenspel.config.urls"
WSGI_APPLICATION = "samenspel.config.wsgi.application"
AUTH_USER_MODEL = "people.User"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
PASSWORD_RESET_TIMEOUT = 48 * 60 * 60
SESSION_ENGINE = "samenspel.people.sessions"

SECOND_FACTOR = environment.flag("SAMENSPEL_SECOND_FACTOR", default=True)
"""Whether who reads what residents told must prove twice who they are; the demo switches it off."""
ACCOUNT_LOGIN_METHODS, ACCOUNT_SIGNUP_FIELDS, ACCOUNT_USER_MODEL_USERNAME_FIELD = {"email"}, ["email*"], None
MFA_ADAPTER = "samenspel.people.second_factor_store.SealedSecrets"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]

SINGLE_SIGN_ON = {
    "issuer": environment.text("SAMENSPEL_OIDC_ISSUER").rstrip("/"),
    "client_id": environment.text("SAMENSPEL_OIDC_CLIENT_ID"),
    "client_secret": environment.text("SAMENSPEL_OIDC_CLIENT_SECRET"),
    "name": environment.text("SAMENSPEL_OIDC_NAME", "uw werkaccount"),
}
"""Signing in by an OpenID Connect provider, when an issuer is named."""
SINGLE_SIGN_ON_TWO_STEPS = environment.listing("SAMENSPEL_OIDC_TWO_STEPS", "")
"""The values of `amr` or `acr` by which the provider says that someone proved twice who they are."""

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
    }
]

_SQLITE = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 10,
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON; PRAGMA foreign_keys=ON;"
    ),
}
DATABASES = {
    "default": dj_database_url.parse(
        environment.text("DATABASE_URL") or f"sqlite:///{DATA / 'samenspel.sqlite3'}",
        conn_max_age=600,
        conn_health_checks=True,
    )
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = _SQLITE

LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", "Nederlands"), ("en", "English")]
LOCALE_PATHS = [ROOT / "samenspel" / "locale"]
TIME_ZONE = "Europe/Amsterdam"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = Path(environment.text("SAMENSPEL_STATIC") or ROOT / "static")
_PACKAGES = ROOT / "node_modules"
STATICFILES_DIRS = [
    ("nlds", _PACKAGES / "@nl-design-system-candidate"),
    ("utrecht", _PACKAGES / "@utrecht"),
    ("leaflet", _PACKAGES / "leaflet" / "dist"),
    ("theme", _PACKAGES / "@nl-design-system-unstable" / "voorbeeld-design-tokens" / "dist"),
]
HOUSE_STYLE = Path(_house).resolve() if (_house := environment.text("SAMENSPEL_HOUSE_STYLE")) else None
"""A folder with the tokens of a municipality in `theme.css`, and the fonts and pictures that they name."""
if HOUSE_STYLE:
    STATICFILES_DIRS.append(("house", HOUSE_STYLE))
STORAGES = {"staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}}
WHITENOISE_MAX_AGE = 3600

EMAIL_HOST = environment.text("SAMENSPEL_MAIL_HOST")
EMAIL_PORT = int(environment.text("SAMENSPEL_MAIL_PORT", "587"))
EMAIL_HOST_USER = environment.text("SAMENSPEL_MAIL_USER")
EMAIL_HOST_PASSWORD = environment.text("SAMENSPEL_MAIL_PASSWORD")
EMAIL_USE_TLS = environment.flag("SAMENSPEL_MAIL_TLS", default=True)
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = environment.text("SAMENSPEL_MAIL_FROM", "samenspel@localhost")
if not EMAIL_HOST:  # without a mail server mails are written as files, for the demo to look at
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = DATA / "mail"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "style-src": [SELF],
        "font-src": [SELF],
        "script-src": [SELF],
        "img-src": [SELF, "data:", *environment.origins(TILES)],  # the design system draws its ticks as data images
        "form-action": [SELF, *environment.origins(SINGLE_SIGN_ON["issuer"])],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
SILENCED_SYSTEM_CHECKS = ["security.W021"]  # preloading HSTS binds a whole domain: for its owner to decide
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_PATH = CSRF_COOKIE_PATH = "/werk/"  # no other page gets a cookie of work
CSRF_FAILURE_VIEW = "samenspel.workspace.errors.form_too_old"
SESSION_COOKIE_SAMESITE = "Lax"
if environment.flag("SAMENSPEL_HTTPS"):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = True
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "loggers": {"samenspel": {"handlers": ["console"], "level": "INFO"}},
}
