"""Settings for the tests: a throw-away data folder, fast password hashes, undefined template variables fail."""

import os
import tempfile

os.environ.setdefault("KAZIPOT_DATA", tempfile.mkdtemp(prefix="kazipot-test-"))
os.environ.setdefault("KAZIPOT_SECRET_KEY", "only-for-tests")

from kazipot.project.settings import *  # noqa: F403
from kazipot.project.settings import DATA, DATABASES, MIDDLEWARE, TEMPLATES

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
MAILERS = {"default": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"}}
MIDDLEWARE = [name for name in MIDDLEWARE if "whitenoise" not in name]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
AXES_ENABLED = False
if "sqlite3" in DATABASES["default"]["ENGINE"]:
    # A file, as in use: Django never closes a connection to an in-memory one, nor those of the live server's threads.
    DATABASES["default"]["TEST"] = {"NAME": DATA / "test.sqlite3"}
KAZIPOT_TODAY = ""


class UndefinedVariable(str):
    """Makes a template that uses an undefined variable fail, instead of printing nothing."""

    __slots__ = ()

    def __contains__(self, item: object) -> bool:
        return item == "%s"

    def __mod__(self, name: object) -> str:
        raise LookupError(f"The template uses {name}, which is not defined.")


TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = UndefinedVariable("%s")  # type: ignore[index]
KAZIPOT_MAIL_REPLY = "svetovalci@kazipot.example"
KAZIPOT_MAILDIR = ""
