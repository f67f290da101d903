"""Where mail goes: to an SMTP server when KAZIPOT_MAIL_URL names one, nowhere in the demo, else into files."""

from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

BACKENDS = "django.core.mail.backends"


def mailers_from(url: str, data: Path, *, demo: bool) -> dict[str, dict[str, Any]]:
    """Django's MAILERS: `url` is smtp://user:password@host:port, with smtp+tls:// for STARTTLS, or empty."""
    if demo:  # invented people get no mail
        return {"default": {"BACKEND": f"{BACKENDS}.dummy.EmailBackend"}}
    if not url:
        return {
            "default": {"BACKEND": f"{BACKENDS}.filebased.EmailBackend", "OPTIONS": {"file_path": str(data / "mail")}}
        }
    parts = urlsplit(url)
    if parts.scheme not in {"smtp", "smtp+tls"} or not parts.hostname:
        raise ValueError("KAZIPOT_MAIL_URL must look like smtp://user:password@host:port or smtp+tls://…")
    options = {
        "host": parts.hostname,
        "port": parts.port or 25,
        "username": unquote(parts.username or ""),
        "password": unquote(parts.password or ""),
        "use_tls": parts.scheme == "smtp+tls",
        "timeout": 30,
    }
    return {"default": {"BACKEND": f"{BACKENDS}.smtp.EmailBackend", "OPTIONS": options}}
