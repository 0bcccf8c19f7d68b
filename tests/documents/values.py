"""Changes to documents: gentle ones, after which many may still be read, and values that have no business there."""

from hypothesis import strategies as st

from tests.strategies import NASTY_TEXTS

LIKELY = (
    None, True, False, 0, 1, -1, 2016, 10**18, 1.5, -0.0, [], {}, [[]], {"": None}, "unknown", "none", "rest", ".x", "",
    "p-1..3", "p-1..999999", "each alla", "jointly skolorna", "var för sig alla", "2016", "2016-13", "2016-02-30",
    "2016-10-mitten", "845 mnkr", "1 250,50 kr", "~60", "<0", "1/3", "212000-1355", "kommuner in county 14", "norra", "plan",
    "Norra", {"day": 2016}, {"day": 2016, "said": "då"}, {"start": 2016}, {"amount": "rest"}, ["norra", "norra"],
    "kommun 1440", "derived", "antagen", "brevet", "handlingsplan", "Kommun", "KOMMUN", "2016/", "by 2016-10", "from 2016/2018",
    {"title": "T"}, {"title": "T", "kind": "kommun"}, [{"kind": "informs"}], {"basis": "made"}, {"": "made", "title": "antagen"},
)  # fmt: skip
"""What belongs in some field, and so is wrong in most others."""

KEYS = ("id", "title", "kind", "timing", "due", "parts", "members", "basis", "source", "amount", "of", "by", "note", "p-1..3",
        "after", "observations", "period", "level", "count", "stated", "day", "received", "")  # fmt: skip


def json_values() -> st.SearchStrategy[object]:
    """Anything that JSON can write, a likely value as often as not."""
    leaves = st.one_of(
        st.sampled_from(LIKELY),
        st.sampled_from(NASTY_TEXTS),
        st.text(max_size=5),
        st.integers(),
        st.floats(allow_nan=False, allow_infinity=False),
    )
    keys = st.sampled_from(KEYS) | st.text(max_size=4)
    nested = st.recursive(leaves, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=3))
    return st.sampled_from(LIKELY) | nested


def spots(value: object, path: tuple = ()) -> list[tuple]:
    """Where each value of a document stands."""
    found = [path] if path else []
    for key, item in value.items() if type(value) is dict else enumerate(value) if type(value) is list else ():
        found += spots(item, (*path, key))
    return found


def at(value: object, path: tuple) -> object:
    """What stands in one place of a document."""
    for key in path:
        value = value[key]
    return value


def placed(value: object, path: tuple, new: list) -> object:
    """A document with another value in one place, or none there."""
    if not path:
        return new[0]
    changed = dict(value) if type(value) is dict else list(value)
    if len(path) > 1:
        changed[path[0]] = placed(value[path[0]], path[1:], new)
    elif new:
        changed[path[0]] = new[0]
    else:
        del changed[path[0]]
    return changed


def keyed(value: object) -> dict:
    """Every value of a document by the key under which it stands."""
    found: dict = {}
    for path in spots(value):
        found.setdefault(path[-1], []).append(at(value, path))
    return found


@st.composite
def gently_changed(draw: st.DrawFn, root: object) -> object:
    """A document with one thing taken away, said in another form, or said as it is said elsewhere."""
    path = draw(st.sampled_from(spots(root)))
    value = at(root, path)
    first = value[0] if type(value) is list and value else value
    alike = keyed(root)[path[-1]]
    forms = [
        list,
        lambda: [[value]],
        lambda: [first],
        lambda: [draw(st.sampled_from(alike))],
        lambda: [draw(st.sampled_from(("unknown", "none")))],
        lambda: [draw(st.sampled_from(LIKELY))],
        lambda: [value.upper() if type(value) is str else str(value)],
    ]
    changed = placed(root, path, draw(st.sampled_from(forms))())
    if type(value) is dict and draw(st.booleans()):
        key = draw(st.sampled_from(sorted({key for key in keyed(root) if type(key) is str})))
        added = {**value, key: draw(st.sampled_from(keyed(root)[key]))}
        changed = placed(root, path, [added])
    return changed


@st.composite
def wildly_changed(draw: st.DrawFn, root: object) -> object:
    """A document with something put into it, anywhere."""
    path = draw(st.sampled_from(spots(root)))
    value = at(root, path)
    new = draw(json_values())
    if type(value) is dict and draw(st.booleans()):
        new = {**value, draw(st.sampled_from(KEYS)): new}
    return placed(root, path, [new])
