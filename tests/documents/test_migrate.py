"""Documents of earlier versions are brought to the present one before anything else is read of them."""

import pytest

import samverkan as sv
from samverkan.documents.migrate import MIGRATIONS, VERSION, migrated
from samverkan.documents.parse import parse


def plural_sections(root):
    """What a change of version might do: in version 0 the section was called `actor`."""
    return {("actors" if key == "actor" else key): value for key, value in root.items()}


ZERO = {0: plural_sections}
TEXT = b"samverkan: 0\ntitle: T\nactor:\n  ale:\n    title: Ale\n    kind: komun\n"


def tree(data=TEXT):
    return parse(data, "x.yaml", places=True)


def test_an_earlier_version_is_brought_to_the_present_one():
    new = migrated(tree(), ZERO)
    assert new.faults == []
    assert new.root == {"samverkan": VERSION, "title": "T", "actors": {"ale": {"title": "Ale", "kind": "komun"}}}


def test_places_are_kept_through_a_migration():
    new = migrated(tree(), ZERO)
    assert new.place(("actors", "ale", "kind")).line == 6
    assert new.place(("title",)).line == 2
    assert new.place(("samverkan",)).line == 1
    assert new.place(("actors", "ale", "kind")).path == ("actors", "ale", "kind")


def test_several_steps_are_taken_one_after_the_other():
    steps = {0: plural_sections, 1: lambda root: {**root, "title": f"{root['title']} i version {root['samverkan']}"}}
    new = migrated(tree(), steps, newest=2)
    assert new.faults == []
    assert (new.root["samverkan"], new.root["title"], "actors" in new.root) == (2, "T i version 1", True)
    later = migrated(tree(TEXT.replace(b"0", b"1")), steps, newest=2)
    assert "actor" in later.root, "only the steps that are left are taken"


def test_the_tree_of_the_present_version_is_not_touched():
    old = tree(TEXT.replace(b"0", b"1"))
    root = old.root
    assert migrated(old, ZERO).root is root


def test_a_migrated_document_is_read_and_its_faults_placed(document, monkeypatch):
    monkeypatch.setattr("samverkan.documents.document.migrated", lambda tree: migrated(tree, ZERO))
    assert sv.read(document(TEXT.replace(b"komun", b"kommun")))["ale"].kind is sv.vocabulary.ActorKind.KOMMUN
    faults = sv.inspect(document(TEXT)).faults
    assert [(fault.place.line, fault.place.path) for fault in faults] == [(6, ("actors", "ale", "kind"))]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("samverkan: 2", "format version 2 is not known"),
        ("samverkan: 0", "format version 0 is not known"),
        ("samverkan: -1", "format version -1 is not known"),
        ("samverkan: '1'", "format version '1' is not known"),
        ("samverkan: 1.0", "format version 1.0 is not known"),
        ("samverkan: true", "format version True is not known"),
        ("samverkan: [1]", "format version [1] is not known"),
        ("samverkan:", "format version None is not known"),
        ("samverkan: 99999999999999999999", "format version 99999999999999999999 is not known"),
        ("samverkn: 1", "does not say its format version; 'samverkn' stands there"),
        ("title: T", "does not say its format version"),
    ],
)
def test_a_version_that_is_not_known_is_told_and_the_rest_is_read_all_the_same(document, line, message):
    reading = sv.inspect(document(f"{line}\nactors: {{ale: {{title: Ale, kind: kommun}}}}\n"))
    assert message in reading.faults[0].message
    assert "samverkan: 1" in reading.faults[0].remedy or "reads version 1" in reading.faults[0].remedy
    assert reading.faults[0].place.line == 1
    assert "ale" in reading.collaboration
    with pytest.raises(sv.DocumentError):
        sv.read(document(f"{line}\n"))


def test_there_is_a_step_for_every_version_before_the_present_one():
    assert [*MIGRATIONS] == [*range(VERSION - len(MIGRATIONS), VERSION)]
