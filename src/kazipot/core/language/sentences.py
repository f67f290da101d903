"""Cuts a text into sentences, the pieces that coders look at; nothing of the text is lost or changed."""

import re

END = re.compile(r"(?<=[.!?…])[\"'»”)]*\s+(?=[«„»\"'(\-–]*[A-ZČŠŽĆĐ0-9])|\s*\n\s*")
SHORT = re.compile(r"(?:^|[\s(])(?:npr|itd|oz|ipd|dr|mag|ga|g|št|tj|t|i|str|čl|odst|ur|min|\d{1,4})\.$")


def sentences(text: str) -> list[tuple[int, int]]:
    """Where each sentence starts and ends in the text (characters, half-open), in order; empty ones are left out.

    An abbreviation or an ordinal number before a full stop doesn't end a sentence.
    """
    cuts: list[tuple[int, int]] = []
    start = 0
    for match in END.finditer(text):
        if "\n" not in match[0] and SHORT.search(text[start : match.start()]):
            continue
        cuts.append((start, match.start()))
        start = match.end()
    cuts.append((start, len(text)))
    stripped = ((begin + len(text[begin:end]) - len(text[begin:end].lstrip()), end) for begin, end in cuts)
    kept = ((begin, begin + len(text[begin:end].rstrip())) for begin, end in stripped)
    return [(begin, end) for begin, end in kept if begin < end]
