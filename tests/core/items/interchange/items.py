"""Items as Hypothesis draws them: every kind, texts with every sign that trips a format up."""

from hypothesis import strategies as st

from kazipot.core.items.definition import Area, Artefact, Form, Item, Kind, Line, Option, Source, Text

TRICKY = "{}~=#:\\%>-<&\"'[]/|\n čšž€…"
words = st.text(
    st.one_of(st.sampled_from(TRICKY), st.characters(exclude_categories=("Cs", "Cc", "Cn"))), min_size=1, max_size=30
)
both = st.builds(Text, words, words)
texts = st.one_of(both, st.builds(Text, sl=words), st.builds(Text, en=words))
maybe = st.one_of(st.just(Text()), texts)
keys = st.from_regex(r"[a-z0-9_][a-z0-9_-]{0,8}", fullmatch=True)
simple = st.from_regex(r"[a-z][a-z0-9 ]{0,8}[a-z0-9]", fullmatch=True)
sources = st.lists(
    st.builds(Source, words.filter(str.strip).map(str.strip), st.sampled_from(["", "https://www.cert.si/?a=1&b=2"])),
    max_size=2,
)


@st.composite
def artefacts(draw: st.DrawFn, regions: list[str], picture: bool) -> Artefact:
    """An artefact that has these regions."""
    number = st.floats(0, 100)
    if picture:
        areas = tuple(Area(key, draw(number), draw(number), draw(number), draw(number), draw(texts)) for key in regions)
        return Artefact(Form.PICTURE, (), "letter.png", draw(texts), areas)
    lines = [Line(draw(st.sampled_from(["from", "body", "link"])), draw(texts), key, draw(st.sampled_from(["", "http://x.si/?a=b&c"])))
             for key in regions]  # fmt: skip
    lines += draw(st.lists(st.builds(Line, st.sampled_from(["subject", "button"]), texts), max_size=2))
    return Artefact(draw(st.sampled_from([Form.EMAIL, Form.SMS])), tuple(draw(st.permutations(lines))), alt=draw(maybe))


@st.composite
def questions(draw: st.DrawFn, kind: Kind, key: str) -> Item:
    """An item of a kind that isn't a scenario."""
    names = draw(st.lists(keys, min_size=2, max_size=5, unique=True))
    artefact = draw(st.one_of(st.none(), artefacts([], False)))
    right = {names[0]} if kind is Kind.SINGLE else set(draw(st.lists(st.sampled_from(names[1:]), min_size=1)))
    options = []
    for number, name in enumerate(draw(st.permutations(names))):
        text = (
            Text()
            if kind is Kind.HOTSPOT or (kind is Kind.MATCH and number > 1 and draw(st.booleans()))
            else draw(texts)
        )
        match = draw(texts) if kind is Kind.MATCH else Text()
        correct = kind in {Kind.SINGLE, Kind.MULTIPLE, Kind.HOTSPOT} and name in right
        options.append(Option(name, text, correct, draw(maybe), match))
    if kind is Kind.HOTSPOT:
        artefact = draw(artefacts(names, draw(st.booleans())))
    return Item(key, kind, draw(texts), options=tuple(options), artefact=artefact, explanation=draw(maybe))


@st.composite
def items(draw: st.DrawFn, key: str = "asked") -> Item:
    """An item of any kind, with all that is told of it."""
    kind = draw(st.sampled_from(list(Kind)))
    told = {
        "area": draw(st.sampled_from(["", "phishing"])), "difficulty": draw(st.floats(-3, 3)) + 0.0,
        "competences": tuple(draw(st.lists(st.sampled_from(["4.1", "4.2"]), unique=True))),
        "enemies": tuple(draw(st.lists(simple, max_size=2, unique=True))), "sources": tuple(draw(sources)),
    }  # fmt: skip
    if kind is not Kind.SCENARIO:
        found = draw(questions(kind, key))
        return Item(key, kind, found.stem, options=found.options, artefact=found.artefact,
                    explanation=found.explanation, **told)  # fmt: skip
    names = draw(st.lists(keys, min_size=2, max_size=3, unique=True))
    kinds = st.sampled_from([each for each in Kind if each is not Kind.SCENARIO])
    parts = tuple(draw(questions(draw(kinds), name)) for name in names)
    artefact = draw(st.one_of(st.none(), artefacts([], False)))
    return Item(key, kind, draw(texts), artefact=artefact, parts=parts, explanation=draw(maybe), **told)
