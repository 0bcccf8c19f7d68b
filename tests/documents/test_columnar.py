"""The quick lane gives what the careful one gives, or leaves the document to it."""

import json
from pathlib import Path

import pytest
from attrs import field, frozen
from hypothesis import given, settings, strategies as st

import samverkan as sv
from samverkan.documents.columnar import read_quickly
from samverkan.documents.compose import compose
from samverkan.documents.document import _gather
from samverkan.documents.emit import emit
from tests.documents.own_kinds import OWN_KINDS, says_each_thing_once
from tests.documents.test_fuzz import ROOTS
from tests.documents.values import gently_changed, wildly_changed
from tests.strategies import collaborations


def whole(collaboration):
    """All that can be asked of a collaboration, whatever the order of its records."""
    records = {
        record.id: (type(record), record, repr(record), collaboration.place(record.id)) for record in collaboration
    }
    assert len(records) == len(collaboration)
    return collaboration.id, collaboration.title, collaboration.known, records


def lanes(*texts, kinds=sv.KINDS):
    """Whether the quick lane answers, after a look that the careful one answers the same."""
    files = [(f"{number}.json", text.encode("utf-8", "surrogatepass")) for number, text in enumerate(texts)]
    quick = read_quickly(files, kinds)
    if quick is not None:
        careful = _gather(files, kinds, places=False)
        assert careful.faults == ()
        assert whole(quick) == whole(careful.collaboration)
    return quick is not None


def written(collaboration):
    return emit(compose(collaboration), as_json=True).decode()


@settings(max_examples=80)
@given(collaboration=collaborations(kinds=OWN_KINDS).filter(says_each_thing_once))
def test_both_lanes_read_what_is_written(collaboration):
    lanes(written(collaboration), kinds=OWN_KINDS)


@settings(max_examples=25)
@given(collaboration=collaborations(kinds=OWN_KINDS, least=0, most=2, every_kind=True).filter(says_each_thing_once))
def test_both_lanes_read_every_kind(collaboration):
    lanes(written(collaboration), kinds=OWN_KINDS)


@settings(max_examples=40)
@given(several=st.lists(collaborations(most=10).filter(says_each_thing_once), min_size=2, max_size=3))
def test_both_lanes_read_several_documents(several):
    lanes(*(written(collaboration) for collaboration in several))


ALE = '"ale": {"title": "Ale", "kind": "kommun"}'
HJO = '"hjo": {"title": "Hjo", "kind": "kommun"}'
PAIR = f'"actors": {{{ALE}, {HJO}}}, "groups": {{"par": {{"of": ["ale", "hjo"], "count": 2}}}}'


def document(*sections):
    return f'{{"samverkan": 1, {", ".join(sections)}}}'


USUAL = {
    "records": document(PAIR),
    "an escaped quote and a backslash": document('"sources": {"a": {"title": "\\"\\\\\\u0022: {", "note": "å\\u00e5"}}'),
    "a newline": document('"sources": {"a": {"title": "a\\nb"}, "b": {"title": "c"}}'),
    "nested records": document(f'"actors": {{{ALE}}}, "plans": {{"p": {{"title": "P", "activities": {{"a": {{"title": "A", "due": "2016-10-31"}}}}}}}}'),
    "records with and without a field": document(f'"actors": {{{ALE}, "b": {{"title": "B", "kind": "kommun", "county": "14"}}, {HJO}}}'),
    "a nested record that names another parent": document('"plans": {"p": {"title": "P", "activities": {"a": {"title": "A", "plan": "q"}}}, "q": {"title": "Q"}}'),
    "a source of its own": document('"source": "s"', '"sources": {"s": {}, "t": {}}', '"plans": {"p": {"title": "P", "source": "t"}}'),
    "relations": document(f'"actors": {{{ALE}, {HJO}}}, "memberships": [{{"member": "ale", "of": "hjo"}}]'),
    "each": document(PAIR, '"obligations": {"o": {"title": "O", "by": ["each par"], "due": "2016-10-31"}}'),
    "a source for all": document('"source": "s"', '"sources": {"s": {"title": "S"}}', f'"actors": {{{ALE}}}'),
    "amounts in many forms": document('"grants": {"a": {"title": "A", "amount": "1 250.50 kr"}, "b": {"title": "B", "amount": "845 mnkr"}, "c": {"title": "C", "amount": "unknown"}, "d": {"title": "D", "amount": "7 JPY"}, "e": {"title": "E", "amount": "-0 kr"}, "f": {"title": "F", "amount": 12}}'),
    "a body of the register": document('"use": ["kommun 1440"]', '"plans": {"p": {"title": "P", "owners": ["ale"]}}'),
    "nothing": '{"samverkan": 1}',
    "a section without records": document('"actors": {}'),
}  # fmt: skip

FAULTY = {
    "a key that stands twice": ("the key 'title' stands twice", document('"sources": {"a": {"title": "A", "title": "B"}}')),
    "a section that stands twice": ("the key 'actors' stands twice", document(f'"actors": {{{ALE}}}, "actors": {{{HJO}}}')),
    "a record that stands twice": ("the key 'ale' stands twice", document(f'"actors": {{{ALE}, {ALE}}}')),
    "an id used for two kinds": ("the id 'ale' is used twice, first on line 1", document(f'"actors": {{{ALE}}}, "roles": {{"ale": {{"title": "R"}}}}')),
    "a relation that stands twice": ("the id 'ale>hjo' is used twice, first on line 1", document(f'"actors": {{{ALE}, {HJO}}}, "memberships": [{{"member": "ale", "of": "hjo"}}, {{"member": "ale", "of": "hjo"}}]')),
    "null": ("nothing is not text", document('"sources": {"a": {"title": null}, "b": {"title": "B"}}')),
    "null beside a name": ("nothing stands here", document('"sources": {"a": {"publisher": null}}')),
    "a number for a text": ("the number 1 is not text", document('"sources": {"a": {"title": 1}, "b": {"title": "1"}}')),
    "true for a number": ("true is not a whole number", document('"decisions": {"a": {"paragraph": 1}, "b": {"paragraph": true}}')),
    "one for true": ("the number 1 is not true or false", document('"plans": {"p": {"title": "P"}}, "activities": {"a": {"title": "A", "plan": "p", "due": "2016-10-31", "statutory": true}, "b": {"title": "A", "plan": "p", "due": "2016-10-31", "statutory": 1}}')),
    "a list for a text": ("a list is not text", document('"sources": {"a": {"title": ["A"]}}')),
    "a text that holds what it may not": ("the text holds the character U+0007", document('"sources": {"a": {"title": "a\\u0007"}}')),
    "a text with a lone surrogate": ("the text holds the character U+D800", document('"sources": {"a": {"title": "\\ud800"}}')),
    "a text too long": ("the text 'xxxxxxxxxxxxxxxxxxxx'… has 1048577 characters", document(f'"sources": {{"a": {{"title": "{"x" * (1 << 20)}y"}}}}')),
    "an unknown section": ("there is no section 'actor'", document('"actor": {}')),
    "an unknown field": ("there is no field 'titel'", document('"sources": {"a": {"titel": "A"}}')),
    "a field by its name in Python": ("there is no field 'for_'", document('"plans": {"p": {"title": "P"}}, "obligations": {"o": {"title": "O", "by": [], "for_": "p"}}')),
    "a missing field": ("the field 'kind' is missing", document('"actors": {"a": {"title": "A"}}')),
    "an id beside the key": ("the id stands before the fields already", document('"sources": {"a": {"id": "a"}}')),
    "an id that is none": ("'Å' is not an id: only a–z, 0–9 and hyphens, ", document('"sources": {"Å": {"title": "A"}}')),
    "an id in two lines": ("'a\\nb' is not an id: only a–z, 0–9 and hyphen", document('"sources": {"a\\nb": {}}')),
    "an id too long": ("'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", document(f'"sources": {{"{"a" * 201}": {{}}}}')),
    "a word for an id": ("'yes' cannot be an id, since programs read it", document('"sources": {"yes": {}}')),
    "each is missing": ("'par' is a group, and 'by' does not say wheth", document(PAIR, '"obligations": {"o": {"title": "O", "by": ["par"]}}')),
    "each of one": ("'ale' is one, so 'by' cannot say each", document(PAIR, '"obligations": {"o": {"title": "O", "by": ["each ale"]}}')),
    "a name that leads nowhere": ("no Actor or Group or Role has the id 'ale'", document('"plans": {"p": {"title": "P", "owners": ["ale"]}}')),
    "a name that leads to another kind": ("'s' is a Source", document('"sources": {"s": {}}, "plans": {"p": {"title": "P", "owners": ["s"]}}')),
    "a name that leads nowhere, after a record without": ("no Actor has the id 'x'", document('"sources": {"a": {}, "b": {"publisher": "x"}}')),
    "an empty name": ("no Actor has the id ''", document('"sources": {"s": {"publisher": ""}}')),
    "a ground that leads nowhere": ("no Source has the id 'x'", document('"sources": {"s": {}}, "plans": {"p": {"title": "P", "basis": {"title": "x"}}}')),
    "a ground of no field": ("there is no field 'titel'", document('"plans": {"p": {"title": "P", "basis": {"titel": "made"}}}')),
    "a source that is none, and is not used": ("no Source has the id 'x'", document('"source": "x"', '"sources": {"s": {}}')),
    "a source that is none": ("no Source has the id 's'", document('"source": "s"', f'"actors": {{{ALE}}}')),
    "a count that does not hold": ("the group 'g' is said to hold 2 and holds 1", document(f'"actors": {{{ALE}}}, "groups": {{"g": {{"of": ["ale"], "count": 2}}}}')),
    "a kind that is none": ("there is no kind 'Actr'", document('"external_records": {"a": {"kind": "Actr"}}')),
    "a timing said twice": ("'due' stands here and beside 'timing'", document('"plans": {"p": {"title": "P"}}, "activities": {"a": {"title": "A", "plan": "p", "due": "2016", "timing": {"due": "2016"}}}')),
    "an observation that says nothing": ("the observation of p has neither a value nor ", document('"plans": {"p": {"title": "P"}}, "observations": [{"of": ["p"]}]')),
    "an amount too large": ("the amount 1.000E+18 is out of bounds", document('"grants": {"a": {"title": "A", "amount": "1 000 000 000 000 000 000 kr"}}')),
    "half an öre": ("1.005 SEK is not a whole number of its smallest coin", document('"grants": {"a": {"title": "A", "amount": "1.005 kr"}}')),
    "nested too deep": ("nested deeper than 40 levels", document('"sources": {"a": {"title": ' + "[" * 38 + "]" * 38 + "}}")),
    "another version": ("format version 2 is not known", '{"samverkan": 2}'),
    "no version": ("the document does not say its format version", "{}"),
    "a list": ("a document is a mapping of sections; this holds a list", "[]"),
    "a byte too many": ("something follows after the end", document(f'"actors": {{{ALE}}}') + "]"),
    "not a number": ("'NaN' is no value", document('"decisions": {"a": {"paragraph": NaN}}')),
}  # fmt: skip

LEFT = {
    "a short name": document('"plans": {"p": {"title": "P", "activities": {"a": {"title": "A"}, "b": {"title": "B", "after": [".a"]}}}}'),
    "a range of records": document('"plans": {"p": {"title": "P", "processes": {"process-1..3": {}}}}'),
    "a range of names": document('"plans": {"p": {"title": "P", "processes": {"q-1": {}, "q-2": {}}}}, "observations": [{"of": ["p.q-1..2"], "result": "klar"}]'),
    "a list of texts that is unknown": document('"obligations": {"o": {"title": "O", "parts": "unknown"}}'),
    "a list that is unknown": document('"plans": {"p": {"title": "P", "owners": "unknown"}, "q": {"title": "Q", "owners": "none"}}'),
    "the rest": document('"grants": {"g": {"title": "G", "amount": "5 kr", "lines": {"a": {"title": "A", "amount": "rest"}}}}'),
    "one relation alone": document(f'"actors": {{{ALE}, {HJO}}}, "memberships": {{"member": "ale", "of": "hjo"}}'),
    "what the register says already": document('"use": ["kommun 1440"]', '"actors": {"ale": {"parts": {"ks": {"title": "KS", "kind": "styrelse"}}}}'),
}  # fmt: skip


READ_QUICKLY = [json.loads(text) for name, text in USUAL.items() if name != "nothing"]
WHOLE = [json.loads(written(sv.read(path))) for path in sorted((Path(__file__).parents[2] / "examples").glob("*.yaml"))]


@settings(max_examples=400)
@given(data=st.data())
def test_the_quick_lane_takes_no_change_otherwise_than_the_careful_one(data):
    texts = []
    for _ in range(data.draw(st.integers(1, 2))):
        root = data.draw(st.sampled_from((*READ_QUICKLY, *WHOLE, *ROOTS)))
        change = data.draw(st.sampled_from((gently_changed, gently_changed, wildly_changed)))
        for _ in range(data.draw(st.integers(0, 2))):
            root = data.draw(change(root))
        texts.append(json.dumps(root, ensure_ascii=data.draw(st.booleans())))
    lanes(*texts)


@pytest.mark.parametrize("text", USUAL.values(), ids=USUAL)
def test_a_usual_document_is_read_quickly(text):
    assert lanes(text)


@pytest.mark.parametrize(("message", "text"), FAULTY.values(), ids=FAULTY)
def test_a_fault_is_left_to_the_careful_lane(message, text):
    assert not lanes(text)
    told = _gather([("x.json", text.encode())], sv.KINDS, places=True).faults
    assert [fault.message[: len(message)] for fault in told] == [message]


@pytest.mark.parametrize("text", LEFT.values(), ids=LEFT)
def test_what_is_written_short_is_left_to_the_careful_lane(text):
    assert not lanes(text)
    assert _gather([("x.json", text.encode())], sv.KINDS, places=True).faults == ()


def test_records_of_several_documents_are_joined():
    assert lanes(document(f'"actors": {{{ALE}}}'), document(f'"actors": {{{ALE}, {HJO}}}'))
    assert lanes(document('"external_records": {"ale": {"kind": "Actor"}}'), document(f'"actors": {{{ALE}}}'))
    assert lanes(document('"source": "s"', f'"actors": {{{ALE}}}'), document('"sources": {"s": {}}'))
    assert not lanes(document(f'"actors": {{{ALE}}}'), document('"actors": {"ale": {"title": "A", "kind": "kommun"}}'))
    relation = '"memberships": [{"member": "ale", "of": "hjo"}, {"member": "ale", "of": "hjo"}]'
    assert not lanes(document(f'"actors": {{{ALE}, {HJO}}}', relation), document(f'"actors": {{{ALE}}}'))


@frozen(kw_only=True)
class Boat:
    """A class whose maker does more than fill its fields (båt)."""

    id: str = field(converter=str.lower)
    title: str = ""
    owner: sv.fields.ActorId = "ale"
    berths: tuple[int, ...] = ()

    def __attrs_post_init__(self) -> None:
        """Sail under a name."""
        if self.title == "Titanic":
            raise sv.InvalidValueError("she sank", "choose another")
        object.__setattr__(self, "title", self.title or "Namnlös")


@frozen(kw_only=True, init=False)
class Raft:
    """A class that says itself how it is made (flotte)."""

    id: str
    logs: int = 0

    def __init__(self, **said: object) -> None:
        """Lose a log."""
        self.__attrs_init__(id=said["id"], logs=said["logs"] - 1)


def test_a_class_of_a_users_own_is_made_by_its_own_maker():
    kinds = (*sv.KINDS, Boat)
    assert lanes(document(f'"actors": {{{ALE}}}, "boats": {{"a": {{}}, "b": {{"title": "B"}}}}'), kinds=kinds)
    assert not lanes(document(f'"actors": {{{ALE}}}, "boats": {{"a": {{"title": "Titanic"}}}}'), kinds=kinds)
    assert not lanes(document(f'"actors": {{{ALE}}}, "boats": {{"A": {{}}}}'), kinds=kinds)
    assert not lanes(document('"boats": {"a": {}}'), kinds=kinds)
    assert lanes(document('"rafts": {"a": {"logs": 3}, "b": {"logs": 4}}'), kinds=(*sv.KINDS, Raft))


def test_one_in_a_list_is_not_taken_for_true():
    kinds = (*sv.KINDS, Boat)
    assert lanes(
        document(f'"actors": {{{ALE}}}, "boats": {{"a": {{"berths": [1]}}, "b": {{"berths": [2, 1]}}}}'), kinds=kinds
    )
    assert not lanes(
        document(f'"actors": {{{ALE}}}, "boats": {{"a": {{"berths": [1]}}, "b": {{"berths": [true]}}}}'), kinds=kinds
    )
