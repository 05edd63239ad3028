"""Settings that every installation shares. Values come from the environment: docs/operations.md."""

from pathlib import Path

import environ
from celery.schedules import crontab
from csp.constants import NONE, SELF

env = environ.Env()

BASE_DIR = Path(__file__).resolve().parent.parent.parent
DATA_DIR = Path(env("INLA_DATA_DIR", default=str(BASE_DIR / "var"))).resolve()

DEBUG = False
DEMO = env.bool("INLA_DEMO", default=False)
REQUIRE_MFA = env.bool("INLA_REQUIRE_MFA", default=not DEMO)
SITE_URL = env("SITE_URL", default="http://localhost:8000").rstrip("/")

ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[])
TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", default=0)  # 0: X-Forwarded-For is not believed

INSTALLED_APPS = [
    "home.apps.HomeConfig",
    "accounts.apps.AccountsConfig",
    "portfolio.apps.PortfolioConfig",
    "programs.apps.ProgramsConfig",
    "experts.apps.ExpertsConfig",
    "library.apps.LibraryConfig",
    "forums.apps.ForumsConfig",
    "meetings.apps.MeetingsConfig",
    "review.apps.ReviewConfig",
    "catalogue.apps.CatalogueConfig",
    "notifications.apps.NotificationsConfig",
    "files.apps.FilesConfig",
    "network.apps.NetworkConfig",
    "taxonomy.apps.TaxonomyConfig",
    "core.apps.CoreConfig",
    "inla.apps.PortalAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_filters",
    "bootstrap_wrapper",
    "csp",
]

MIDDLEWARE = [
    "core.middleware.RequestIdMiddleware",
    "core.metrics.MetricsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "core.middleware.RefuseBrokenInputMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "core.middleware.PortalLocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "network.middleware.PersonMiddleware",
    "core.middleware.SignInMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "accounts.middleware.SecondFactorMiddleware",
    "csp.middleware.CSPMiddleware",
    "core.middleware.SecurityHeadersMiddleware",
    "core.middleware.TypedErrorsMiddleware",
]

ROOT_URLCONF = "inla.urls"
WSGI_APPLICATION = "inla.wsgi.application"
ASGI_APPLICATION = "inla.asgi.application"  # the push process of live rooms, and nothing else

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            # what a tag says without a variable is worked out once a language
            "libraries": {"i18n": "core.templatetags.quick_i18n", "static": "core.templatetags.quick_static"},
            "builtins": ["core.templatetags.quick_urls", "core.templatetags.shown_to"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "home.context_processors.portal",
            ],
        },
    },
]

# --- data ---------------------------------------------------------------------------------------
DATABASES = {"default": env.db("DATABASE_URL", default="postgres:///inla")}
DATABASES["default"].update(
    ENGINE="core.postgres",  # Django's, with a quicker look at kept connections
    CONN_MAX_AGE=env.int("CONN_MAX_AGE", default=600),
    CONN_HEALTH_CHECKS=True,
    ATOMIC_REQUESTS=False,
)
DATABASES["default"].setdefault("OPTIONS", {})
DATABASES["default"]["OPTIONS"]["options"] = (
    "-c jit=off -c statement_timeout=15000 -c lock_timeout=10000 "
    # what is prepared (core.prepared) is planned once, for whatever values
    "-c plan_cache_mode=force_generic_plan"
)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env("REDIS_URL", default="redis://localhost:6379/0")
CACHES = {
    "default": {
        "BACKEND": "core.cache.ForgivingRedisCache",
        "LOCATION": REDIS_URL,
        "OPTIONS": {"socket_timeout": 1, "socket_connect_timeout": 1},
        "KEY_PREFIX": "inla",
    },
}
SESSION_ENGINE = "accounts.sessions"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 14
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "home.views.errors.csrf_failure"

# --- tasks: nothing is lost, twice is harmless (docs/decisions/0004) ----------------------------------
CELERY_BROKER_URL = env("CELERY_BROKER_URL", default=REDIS_URL)
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_TIME_LIMIT = 600
CELERY_TASK_SOFT_TIME_LIMIT = 540
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 660,
    "socket_timeout": 1,
    "socket_connect_timeout": 1,
}
CELERY_TASK_PUBLISH_RETRY = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = True
CELERY_TIMEZONE = "UTC"
CELERY_BEAT_SCHEDULE = {
    "send-what-is-owed": {"task": "notifications.tasks.sweep", "schedule": 60.0},
    "remind-of-open-cases": {"task": "review.tasks.remind", "schedule": 3600.0},
    "remind-of-endorsements": {
        "task": "portfolio.tasks.remind_of_endorsements",
        "schedule": 3600.0,
    },
    "seal-event-chains": {"task": "review.tasks.seal_chains", "schedule": 3600.0},
    "scan-waiting-files": {"task": "files.tasks.scan_waiting", "schedule": 120.0},
    "send-account-mails": {"task": "accounts.tasks.send_mails", "schedule": 60.0},
    "mail-enquiries": {"task": "portfolio.tasks.mail_enquiries", "schedule": 120.0},
    "forget-old-enquiries": {"task": "portfolio.tasks.forget_old_enquiries", "schedule": 86400.0},
    "rebuild-catalogue": {
        "task": "catalogue.tasks.rebuild",
        "schedule": crontab(hour=8, minute=20),  # at night in the Americas
    },
    "tell-of-endings": {"task": "programs.tasks.tell_of_endings", "schedule": 86400.0},
    "mail-to-experts": {"task": "experts.tasks.mail_owed", "schedule": 120.0},
    "keep-experts-fresh": {"task": "experts.tasks.keep_fresh", "schedule": crontab(hour=13, minute=10)},
    "forget-old-of-experts": {"task": "experts.tasks.forget_old", "schedule": 86400.0},
    "sweep-imports": {"task": "programs.tasks.sweep_imports", "schedule": 120.0},
    "forget-expired": {"task": "accounts.tasks.forget_expired", "schedule": 86400.0},
    "note-erasures": {"task": "accounts.tasks.note_erasures", "schedule": 86400.0},
    "forget-stray-files": {"task": "files.tasks.forget_strays", "schedule": 86400.0},
    "remind-of-meetings": {"task": "meetings.tasks.remind", "schedule": 300.0},
    "forget-presence": {"task": "forums.room_tasks.forget_presence", "schedule": 3600.0},
    "advice-clocks": {"task": "experts.advice_tasks.run_clocks", "schedule": 3600.0},
    "close-proposals": {"task": "forums.tasks.close_proposals", "schedule": 60.0},
    "send-digests": {"task": "forums.tasks.send_digests", "schedule": 900.0},
    "forget-digests": {"task": "forums.tasks.forget_digests", "schedule": 86400.0},
}

# --- people --------------------------------------------------------------------------------------
AUTH_USER_MODEL = "network.User"
AUTHENTICATION_BACKENDS = [
    "accounts.backends.PersonBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 15},
    },
    {"NAME": "accounts.passwords.BlocklistValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("name", "email")},
    },
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home:desk"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "accounts.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_REAUTHENTICATION_REQUIRED = True  # before the address changes
ACCOUNT_REAUTHENTICATION_TIMEOUT = 900
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_SIGNUP_FORM_CLASS = "accounts.signup.SignupDetails"
ACCOUNT_FORMS = {
    "login": "accounts.forms.LoginForm",
    "signup": "accounts.forms.SignupForm",
    "add_email": "accounts.forms.AddEmailForm",
    "change_password": "accounts.forms.ChangePasswordForm",
    "reset_password": "accounts.forms.ResetPasswordForm",
    "reset_password_from_key": "accounts.forms.ResetPasswordKeyForm",
    "reauthenticate": "accounts.forms.ReauthenticateForm",
}
ACCOUNT_RATE_LIMITS = {"login_failed": False}  # counted in Postgres by accounts.throttle
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXY_COUNT
MFA_ADAPTER = "accounts.adapters.SecondFactorAdapter"
MFA_FORMS = {
    "authenticate": "accounts.forms.SecondFactorForm",
    "reauthenticate": "accounts.forms.SecondFactorAgainForm",
    "activate_totp": "accounts.forms.ActivateTOTPForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_ISSUER = "INLA"

# --- languages -----------------------------------------------------------------------------------
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("es", "Español"), ("pt-br", "Português"), ("fr", "Français")]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "America/New_York"  # the Technical Secretariat's, in Washington, D.C.
LANGUAGE_COOKIE_SAMESITE = "Lax"
FORMAT_MODULE_PATH = ["core.formats"]

# --- files ---------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = env("STATIC_ROOT", default=str(DATA_DIR / "static"))
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "core.finders.BootstrapFinder",
]
MEDIA_ROOT = env("MEDIA_ROOT", default=str(DATA_DIR / "files"))
MAX_UPLOAD_BYTES = 20 * 1024 * 1024
CLAMD_URL = env("CLAMD_URL", default="")
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 3000
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024

# --- mail ----------------------------------------------------------------------------------------
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default="INLA <no-reply@localhost>")
CONTACT_EMAIL = env("CONTACT_EMAIL", default=DEFAULT_FROM_EMAIL)
if env("EMAIL_URL", default=""):
    vars().update(env.email("EMAIL_URL"))
    EMAIL_TIMEOUT = 10
elif DEMO:
    EMAIL_BACKEND = "notifications.mailbox.MailboxBackend"
else:
    EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"

# --- meetings ------------------------------------------------------------------------------------
# Where the portal makes rooms on line; a Jitsi of one's own keeps what is said at home.
MEETING_PROVIDER_URL = env("MEETING_PROVIDER_URL", default="https://meet.jit.si")

# --- the look ------------------------------------------------------------------------------------
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"
FORM_RENDERER = "django.forms.renderers.DjangoTemplates"

# --- what a browser may do ------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "connect-src": [SELF],
        "font-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    },
}
X_FRAME_OPTIONS = "DENY"
METRICS_TOKEN = env("METRICS_TOKEN", default="")
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
# Our tags stand in for Django's `i18n` and `static` under the same names, on purpose (docs/decisions/0013).
SILENCED_SYSTEM_CHECKS = ["templates.W003"]

# --- the record of what happens ----------------------------------------------------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"request_id": {"()": "core.logging.RequestIdFilter"}},
    "formatters": {
        "json": {"()": "core.logging.JsonFormatter"},
        "plain": {"format": "%(levelname)s %(name)s %(message)s"},
    },
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "filters": ["request_id"],
            "formatter": env("LOG_FORMAT", default="plain"),
        },
    },
    "root": {"handlers": ["console"], "level": env("LOG_LEVEL", default="INFO")},
    "loggers": {
        "django": {"handlers": [], "propagate": True, "level": "INFO"},
        "fontTools": {"level": "WARNING"},
    },
}

# --- what machines read --------------------------------------------------------------------------
# Without a reporting organisation the IATI export says that it is a preview, not a publication of the OAS.
IATI_REPORTING_ORG = env("INLA_IATI_REPORTING_ORG", default="")
IATI_REPORTING_ORG_TYPE = env("INLA_IATI_REPORTING_ORG_TYPE", default="40")
IATI_REPORTING_ORG_NAME = env("INLA_IATI_REPORTING_ORG_NAME", default="Organization of American States")
API_REQUESTS_A_MINUTE = env.int("INLA_API_REQUESTS_A_MINUTE", default=600)  # from one address; 0: no limit
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": [],
    "DEFAULT_PARSER_CLASSES": [],
    "UNAUTHENTICATED_USER": None,
    "EXCEPTION_HANDLER": "core.api.problem",
    "DEFAULT_SCHEMA_CLASS": "core.api_schema.ReadSchema",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "INLA",
    "DESCRIPTION": "What the Inter-American Network for Labor Administration publishes: the Table of policies, programmes "
    "and projects, the Portfolio of consolidated programmes, experts, literature, kept answers, forums, live rooms, the calendar, "
    "and the lists that they are filed under. Read only.",
    "VERSION": "1",
    "SCHEMA_PATH_PREFIX": "/api/v1",
}

# --- live rooms (docs/decisions/0017) -------------------------------------------------------------------
# 0: the push process answers under the portal's own address, behind the same proxy. Under `make run` it has a port of its own.
PUSH_PORT = env.int("INLA_PUSH_PORT", default=0)
_port = env("INLA_BIND", default="127.0.0.1:8000").rpartition(":")[2]
WEB_PORT = int(_port) if _port.isdigit() else 0
PUSH_PER_PERSON = env.int("INLA_PUSH_PER_PERSON", default=6)  # live windows of one person
PUSH_PER_ADDRESS = env.int("INLA_PUSH_PER_ADDRESS", default=60)  # of visitors from one address
PUSH_MOST = env.int("INLA_PUSH_MOST", default=2000)

# --- days and limits that an administrator may ask about --------------------------------------------------
LABEL_LANGUAGES = ["en", "es", "pt", "fr"]
ENDORSEMENT_SILENCE_DAYS = 14
