"""Messages as mail programs write them."""

from email.message import EmailMessage
from typing import Any


def message(text: str = "Hvala, razumem.", *, html: str = "", **headers: str) -> bytes:
    """A message; headers with `_` for `-`."""
    made = EmailMessage()
    given: dict[str, Any] = {
        "From": "Ana Kos <ana.kos@example.org>",
        "To": "svetovalci@kazipot.example",
        "Subject": "Re: Vprašanje",
        "Message-ID": "<1@example.org>",
        **{name.replace("_", "-"): value for name, value in headers.items()},
    }
    for name, value in given.items():
        made[name] = value
    if text:
        made.set_content(text)
    if html:
        (made.add_alternative if text else made.set_content)(html, subtype="html")
    return made.as_bytes()


QUOTE = "> Pozdravljeni,\n> kako naj podpišem dokument?\n"
REPLIES = {
    "thunderbird, sl": f"Podpis je v meniju.\n\nDne 3. 03. 2026 ob 10:12 je Kažipot napisal(a):\n{QUOTE}",
    "gmail, sl": "Podpis je v meniju.\n\nV V tor., 3. mar. 2026 ob 10:12 je oseba Kažipot <a+b@kazipot.example>\n"
    f"napisala:\n\n{QUOTE}",
    "outlook, sl": "Podpis je v meniju.\n\nOd: Kažipot <a@kazipot.example>\nPoslano: torek, 3. marec 2026 10:12\n"
    "Za: Ana Kos\nZadeva: Vprašanje\n\nPozdravljeni,\nkako naj podpišem dokument?\n",
    "apple, en": f"Podpis je v meniju.\n\nOn 3 Mar 2026, at 10:12, Kažipot <a@kazipot.example> wrote:\n\n{QUOTE}",
    "outlook, en": "Podpis je v meniju.\n\nFrom: Kažipot <a@kazipot.example>\nSent: Tuesday, March 3, 2026\n"
    "To: Ana Kos\nSubject: Vprašanje\n\nkako naj podpišem dokument?\n",
    "signature": "Podpis je v meniju.\n-- \nAna Kos\nOddelek za šport\n",
    "closing, sl": "Podpis je v meniju.\n\nLep pozdrav,\nAna Kos\n01 306 00 00\n",
    "closing, en": "Podpis je v meniju.\n\nKind regards\nAna Kos\n",
    "phone, sl": "Podpis je v meniju.\n\nPoslano iz mojega iPhona\n",
    "phone, en": "Podpis je v meniju.\n\nSent from my Galaxy\n",
    "below the quote": f"Dne 3. 03. 2026 ob 10:12 je Kažipot napisal(a):\n{QUOTE}\nPodpis je v meniju.\n",
    "quote without header": f"{QUOTE}\nPodpis je v meniju.\n",
    "windows": "Podpis je v meniju.\r\n\r\nDne 3. 03. 2026 ob 10:12 je Kažipot napisal:\r\n> ja\r\n",
}
