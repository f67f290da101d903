"""What is new in a reply: quotes, headers of quotes, signatures and markup are cut off.

The cutting is mail-parser-reply's; Slovenian is ours, and so are English words for a closing: the library's begin with
"Thanks," and cut everything behind, which may be the question. Of two errors the smaller one: rather a line too much.
"""

import re

import lxml.html
import nh3
from lxml.etree import LxmlError
from mailparser_reply.parser import EmailMessage

LONGEST_TEXT = 20_000
"""Signs of a text that are looked at; who writes more is cut there."""
_DOTS = r"[^\n]{0,200}"
_QUOTED = r"(?:> ?)*"
_CLOSING = r"[,.!]?[ \t]*$"
WORDS: dict[str, dict[str, str]] = {
    "sl": {
        "wrote_header": rf"^({_QUOTED}(?:Dne|V|Dana)\s{_DOTS}\n?{_DOTS}napisal(?:[ao]|\(a\)|/-?a|\(-a\))?:)[ \t]*$",
        "from_header": rf"((?:(?:^|\n){_QUOTED}[* ]?(?:Od|Pošiljatelj|Poslano|Datum|Za|Kp|Zadeva): ?{_DOTS}){{2,}})",
        "signatures": rf"(?:(?:Lepo?|Prijazen|Prisrčen) pozdrav(?:ljen[aio])?|LP|S spoštovanjem){_CLOSING}",
        "sent_from": "Poslano iz|Poslano z",
    },
    "en": {
        "wrote_header": rf"^({_QUOTED}On\s{_DOTS}\n?{_DOTS}wrote:)[ \t]*$",
        "from_header": rf"((?:(?:^|\n){_QUOTED}[* ]?(?:From|Sent|To|Subject|Date|Cc): ?{_DOTS}){{2,}})",
        "signatures": rf"(?:(?:Best|Kind|Warm) regards|Regards|Yours sincerely|Best wishes){_CLOSING}",
        "sent_from": "Sent from my|Get Outlook for",
    },
}
_NEVER = r"(?!)"
_BREAKS = re.compile(r"</?(?:p|div|br|li|ul|ol|tr|table|h[1-6])\b[^>]*>", re.IGNORECASE)
_QUOTES = ".//blockquote | .//*[contains(@class, 'gmail_quote')] | .//*[@id='divRplyFwdMsg']/following::*"
_MANY_LINES = re.compile(r"\n{3,}")


class _Reply(EmailMessage):  # type: ignore[misc]
    """The library's message with our words. Disclaimers stay: a question may begin with a warning."""

    def _get_language_regex(self, language: str, regex_key: str) -> str:
        return WORDS[language].get(regex_key, _NEVER)


def new_text(text: str) -> str:
    """What the writer added, above, below or between what is quoted."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")[:LONGEST_TEXT].strip()
    if not text:
        return ""
    reply = _Reply(text=text, languages=["sl", "en"], keep_hyphen_lists=True).read()
    first = reply.replies[0]
    new = _without_quotes(first.body if not first.headers else "")
    if not new:  # answered below the quote
        new = "\n\n".join(part for piece in reply.replies if (part := _without_quotes(piece.body)))
    return _MANY_LINES.sub("\n\n", new or _without_quotes(text)).strip()


def _without_quotes(text: str) -> str:
    return "\n".join(line for line in text.split("\n") if not line.lstrip().startswith(">")).strip()


def text_of_html(html: str) -> str:
    """HTML as plain text: scripts and styles go with their content, quotes of mail programs too."""
    clean = nh3.clean(html, tags={"p", "div", "br", "li", "blockquote", "tr", "table", "ul", "ol", "h1", "h2", "h3"},
                      attributes={"div": {"class", "id"}, "blockquote": {"class"}}, link_rel=None)  # fmt: skip
    try:
        root = lxml.html.fromstring(f"<div>{clean}</div>")
        for quote in root.xpath(_QUOTES):
            if quote.getparent() is not None:
                quote.drop_tree()
        clean = lxml.html.tostring(root, encoding="unicode")
    except (LxmlError, ValueError):
        pass
    broken = _BREAKS.sub("\n", clean.replace("\n", " "))
    text = lxml.html.fromstring(f"<pre>{broken}</pre>").text_content() if broken.strip() else ""
    return "\n".join(line.strip() for line in text.replace("\xa0", " ").split("\n")).strip()
