"""Django's settings. What an operator may change comes from the environment, through env.py."""

from __future__ import annotations

from pathlib import Path
from zoneinfo import available_timezones

from django.core.exceptions import ImproperlyConfigured

from legrelief import env

BASE_DIR = Path(__file__).resolve().parent.parent
DEVELOPMENT_KEY = "development-only-key-that-production-refuses-to-start-with"

env.refuse_unknown()
PRODUCTION = env.choice("LEGRELIEF_ENV", "development", "production") == "production"
DEBUG = env.flag("LEGRELIEF_DEBUG")
SECRET_KEY = env.text("LEGRELIEF_SECRET_KEY") or DEVELOPMENT_KEY
ALLOWED_HOSTS = env.hosts("LEGRELIEF_ALLOWED_HOSTS")
#: Where `make serve` is reached.
SERVED_AT = f"{env.host()}:{env.text('PORT')}"
CSRF_TRUSTED_ORIGINS = env.origins("LEGRELIEF_CSRF_TRUSTED_ORIGINS")
SITE_ADDRESS = env.site("LEGRELIEF_SITE")
SECURITY_CONTACT = env.contact("LEGRELIEF_SECURITY_CONTACT")
SECURITY_DAYS = env.number("LEGRELIEF_SECURITY_DAYS", 1, 365)

if PRODUCTION:
    if DEBUG:
        raise ImproperlyConfigured("LEGRELIEF_DEBUG must be false in production")
    if SECRET_KEY == DEVELOPMENT_KEY:
        raise ImproperlyConfigured("LEGRELIEF_SECRET_KEY must be set in production")
    if len(SECRET_KEY) < 50:
        raise ImproperlyConfigured("LEGRELIEF_SECRET_KEY must have 50 characters or more")
    if not ALLOWED_HOSTS or "*" in ALLOWED_HOSTS:
        raise ImproperlyConfigured(
            "LEGRELIEF_ALLOWED_HOSTS must name the hosts served in production; '*' is refused"
        )
elif not ALLOWED_HOSTS:
    # A server that was opened to every address is reached under names we cannot know.
    opened = env.text("HOST") in {"0.0.0.0", "::"}  # noqa: S104
    ALLOWED_HOSTS = ["*"] if opened else [".localhost", "127.0.0.1", "[::1]", env.host()]

INSTALLED_APPS = [
    "guide.signing.apps.DeskConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
    "django_htmx",
    "django_otp",
    "django_otp.plugins.otp_static",
    "django_otp.plugins.otp_totp",
    "guide",
]

# Views and searches are counted, and pages ask whether they were useful. What was counted is
# stored after so many seconds; with 0, only when told to.
FEEDBACK = env.flag("LEGRELIEF_FEEDBACK")
COUNTS_STORED_EVERY = 60.0

# What happens is counted, for Prometheus to ask for.
METRICS = env.flag("LEGRELIEF_METRICS")

# After those that count and keep come those that add headers, so that what a later one answers by
# itself carries them too: so does the page that refuses a host before anything else is looked at.
MIDDLEWARE = [
    "guide.metrics.count_requests",
    "guide.counting.middleware.count_views",
    "guide.kept_pages.keeps",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "legrelief.middleware.content_security_policy",
    "legrelief.middleware.browser_policies",
    "django.middleware.http.ConditionalGetMiddleware",
    "legrelief.middleware.private_pages",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "legrelief.middleware.refuse_nul",
    "legrelief.middleware.refuse_other_charsets",
    "legrelief.middleware.refuse_other_lengths",
    "legrelief.middleware.refuse_long_hosts",
    "legrelief.middleware.probes_under_any_name",
    "guide.limits.limit_requests",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "guide.signing.idle.renew_sessions",
    "django.middleware.common.CommonMiddleware",
    "legrelief.middleware.origin_of_private_forms",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "guide.drawn_pages.HandsOut",
]

ROOT_URLCONF = "legrelief.urls"
# The guide is at the root of its host. gunicorn would believe a client on the same machine, and a
# proxy that passes it on, that it is elsewhere: every link of what is kept would then lead there.
FORCE_SCRIPT_NAME = ""
WSGI_APPLICATION = "legrelief.wsgi.application"
CSRF_FAILURE_VIEW = "guide.views.errors.csrf_failure"
DEFAULT_EXCEPTION_REPORTER = "legrelief.reports.PrivateReporter"

TEMPLATE_LOADERS = [
    "legrelief.templates.Loader",
    "django.template.loaders.app_directories.Loader",
]

# The admin asks for these context processors. All are lazy: a page that does not use them
# touches neither the session nor the user, so it sets no cookie and any cache may keep it.
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "loaders": [("django.template.loaders.cached.Loader", TEMPLATE_LOADERS)],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                *(["django.template.context_processors.debug"] if DEBUG else []),
            ],
        },
    },
]

DATABASES = {"default": env.database("DATABASE_URL", BASE_DIR)}
CACHES = {"default": env.cache("CACHE_URL")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in {
        "UserAttributeSimilarityValidator": {},
        "MinimumLengthValidator": {"min_length": 12},
        "CommonPasswordValidator": {},
        "NumericPasswordValidator": {},
    }.items()
]
LOGIN_URL = "admin:login"
LOGIN_REDIRECT_URL = "admin:index"
# Staff give a code from their phone as well. Wrong codes wait as wrong passwords do
# (guide/signing), so the package's own waits, which grow without an end, are off.
TWO_FACTOR = env.flag("LEGRELIEF_TWO_FACTOR")
OTP_TOTP_ISSUER = "LegRelief desk"
OTP_TOTP_THROTTLE_FACTOR = OTP_STATIC_THROTTLE_FACTOR = 0

# Whether a second person has to check what is published.
FOUR_EYES = env.flag("LEGRELIEF_FOUR_EYES") if env.text("LEGRELIEF_FOUR_EYES") else PRODUCTION

LANGUAGE_CODE = "en-us"
TIME_ZONE = env.text("LEGRELIEF_TIME_ZONE")
if TIME_ZONE not in available_timezones():
    raise ImproperlyConfigured(f"LEGRELIEF_TIME_ZONE: there is no time zone '{TIME_ZONE}'")

STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "var" / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "legrelief.static_files.MinifiedStorage"},
}
WHITENOISE_ALLOW_ALL_ORIGINS = False

# Only the admin has sessions, so no other page is even sent the cookie.
SESSION_COOKIE_PATH = "/admin/"
SESSION_COOKIE_AGE = 60 * env.number("LEGRELIEF_IDLE_MINUTES", 10, 7 * 24 * 60)
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = PRODUCTION
CSRF_COOKIE_AGE = 14 * 24 * 60 * 60  # no form of staff or of readers outlives it
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SECURE = PRODUCTION

# A form of readers is a few hundred bytes. The largest of staff is a questionnaire with all its
# parts: some hundred kilobytes in a few thousand fields. They also load texts, at one address, one
# file at a time. It is read in memory: a larger one is passed over, and none is written to a disk.
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
DATA_UPLOAD_MAX_NUMBER_FILES = 1
FILE_UPLOAD_HANDLERS = ["legrelief.uploads.FileOfTexts"]
FILE_UPLOAD_MAX_MEMORY_SIZE = DATA_UPLOAD_MAX_MEMORY_SIZE

SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = PRODUCTION
# What asks for these comes from inside the network and speaks plain HTTP.
SECURE_REDIRECT_EXEMPT = [r"^(healthz|readyz|metrics)$"]
SECURE_HSTS_SECONDS = env.number("LEGRELIEF_HSTS_SECONDS", 0, 63_072_000) if PRODUCTION else 0
# Whether neighbours under the same domain keep to HTTPS is for the owner of the domain to say.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
BEHIND_PROXY = env.flag("LEGRELIEF_BEHIND_PROXY")
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
X_FRAME_OPTIONS = "DENY"
SECURE_CSP = {
    "default-src": ["'none'"],
    "script-src": ["'self'"],
    "style-src": ["'self'"],
    "img-src": ["'self'", "data:"],
    "font-src": ["'self'"],
    "connect-src": ["'self'"],
    "frame-src": ["'self'"],
    "manifest-src": ["'self'"],
    "worker-src": ["'self'"],
    "object-src": ["'none'"],
    "base-uri": ["'none'"],
    "form-action": ["'self'"],
    "frame-ancestors": ["'none'"],
}

# Everything goes to one handler, so that its filter sees every record. Django's own loggers have a
# level of their own, which has to follow. Below `info` they would repeat what a template was given,
# a reader's answers too.
LOG_LEVEL = env.choice("LEGRELIEF_LOG_LEVEL", "debug", "info", "warning", "error").upper()
DJANGO_LOG_LEVEL = "INFO" if LOG_LEVEL == "DEBUG" else LOG_LEVEL
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"private": {"()": "legrelief.logs.PrivateFilter"}},
    "formatters": {
        "plain": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"},
        "json": {"()": "legrelief.logs.JsonFormatter"},
    },
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "json" if PRODUCTION else "plain",
            "filters": ["private"],
        },
    },
    "root": {
        "handlers": ["console"],
        "level": LOG_LEVEL,
    },
    "loggers": {
        **{
            name: {"handlers": [], "propagate": True}
            for name in ("gunicorn.access", "gunicorn.error")
        },
        **{
            name: {"handlers": [], "propagate": True, "level": DJANGO_LOG_LEVEL}
            for name in ("django", "django.server")
        },
        # Cut already here, for whatever else may listen: error mail puts the path in its subject.
        "django.request": {"filters": ["private"]},
    },
}
