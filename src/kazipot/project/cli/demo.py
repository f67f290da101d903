"""The demo city: built once, told about, and never put over anybody's real data."""

import json
import shutil
import sys
from pathlib import Path

from django.conf import settings
from django.db import connection

from kazipot.organisation import queries as organisation
from kazipot.project.demo.build import build_city

BEGUN = "demo-begun"
"""A build has begun here: what is in the folder is invented, and unfinished while there are no accounts."""
ACCOUNTS = "demo-accounts.json"


def _path(name: str) -> Path:
    folder: Path = settings.DATA
    return folder / name


def fault_of(*, fresh: bool) -> str:
    """Why the folder must not be used: it holds data that no demo made."""
    ours = _path(BEGUN).exists() or _path(ACCOUNTS).exists()
    if ours:
        return ""
    if connection.vendor == "sqlite" and not Path(str(connection.settings_dict["NAME"])).exists():
        return ""
    if "organisation_employer" not in connection.introspection.table_names() or not organisation.employers().exists():
        return ""
    return f"The folder {settings.DATA} holds data that is not the demo's. Choose another: --data FOLDER" + (
        " (nothing was deleted)" if fresh else ""
    )


def clear(*, fresh: bool) -> None:
    """Throw away an unfinished city, or any one with `fresh`."""
    unfinished = _path(BEGUN).exists() and not _path(ACCOUNTS).exists()
    if not (fresh or unfinished) or not (_path(BEGUN).exists() or _path(ACCOUNTS).exists()):
        return
    if unfinished:
        print("The last build was interrupted; starting over.")
    connection.close()
    if connection.vendor == "sqlite":
        database = Path(str(connection.settings_dict["NAME"]))
        for path in database.parent.glob(f"{database.name}*"):
            path.unlink()
    else:
        with connection.cursor() as cursor:
            cursor.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
    for name in (BEGUN, ACCOUNTS):
        _path(name).unlink(missing_ok=True)
    shutil.rmtree(_path("mail"), ignore_errors=True)


def build(*, people: int, seed: int) -> None:
    """Build the city if it isn't there yet, telling how far it is."""
    if _path(ACCOUNTS).exists():
        return
    _path(BEGUN).write_text("invented people\n", encoding="utf-8")
    print(f"Building a city of {people} invented people, 2023–2026 …", flush=True)
    shown = ""

    def report(line: str) -> None:
        nonlocal shown
        if line[:4] != shown:
            shown = line[:4]
            print(f"  {shown} …", flush=True)

    build_city(people=people, seed=seed, report=report)


def last_day() -> str:
    """The ISO date on which the story ends and the demo's calendar stands."""
    told: str = json.loads(_path(ACCOUNTS).read_text(encoding="utf-8"))["today"]
    return told


def tell(port: int) -> None:
    """Where to look and as whom to sign in."""
    told = json.loads(_path(ACCOUNTS).read_text(encoding="utf-8"))
    address = f"http://127.0.0.1:{port}"
    print(f"\nKažipot: {address}/  (all people and numbers are invented; today is {told['today']})")
    print(f"Prijava / sign in: {address}/sign-in/")
    for account in told["accounts"]:
        print(f"  {account['username']:<12} {account['password']}   {account['role']}: {account['name']}")
    for what, path in told["links"].items():
        print(f"  {what}: {address}{path}")
    print("Ustavite s Ctrl-C. / Stop with Ctrl-C.")
    sys.stdout.flush()
