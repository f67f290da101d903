"""Items drawn by Hypothesis: anything that can be read, whole or not."""

from hypothesis import strategies as st

from kazipot.core.items.definition import Area, Artefact, Form, Item, Kind, Line, Option, Source, Text

words = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Zl", "Zp"), exclude_characters="\ufeff\ufffe\uffff")
    | st.just("\n"),
    max_size=20,
)
texts = st.builds(Text, sl=words, en=words)
keys = st.from_regex(r"[a-z0-9]{1,8}(-[a-z0-9]{1,8})?", fullmatch=True)
per_cent = st.floats(0, 100)


def several[T](drawn: st.SearchStrategy[T], most: int = 2) -> st.SearchStrategy[tuple[T, ...]]:
    """Up to `most` of them."""
    return st.lists(drawn, max_size=most).map(tuple)


lines = st.builds(Line, role=keys, text=texts, region=st.just("") | keys, target=words)
regions = st.builds(Area, region=keys, x=per_cent, y=per_cent, width=per_cent, height=per_cent, text=texts)
artefacts = st.builds(
    Artefact, form=st.sampled_from(Form), lines=several(lines), picture=words, alt=texts, areas=several(regions)
)
options = st.builds(Option, key=keys, text=texts, correct=st.booleans(), rationale=texts, match=texts)


def items(parts: st.SearchStrategy[tuple[Item, ...]]) -> st.SearchStrategy[Item]:
    """Items with such parts."""
    return st.builds(
        Item, key=keys, kind=st.sampled_from(Kind), stem=texts, area=st.just("") | keys, options=several(options),
        artefact=st.none() | artefacts, parts=parts, explanation=texts, competences=several(words),
        difficulty=st.floats(-4, 4), sources=several(st.builds(Source, title=words, address=words)),
        enemies=several(keys),
    )  # fmt: skip


any_items = items(st.just(()) | several(items(st.just(()))))
