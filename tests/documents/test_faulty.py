"""A document with many faults is refused in one go: each is told with its line, what is wrong and what would be right."""

import re
from pathlib import Path
from typing import Any

import pytest

import samverkan as sv

HERE = Path(__file__).parent

TOLD = {
    "version": ("format version 9 is not known", "this library reads version 1"),
    "own-id": ("'Provlänet' is not an id", "write 'provlanet'"),
    "own-source": ("no Source has the id 'brevt'", "did you mean 'brevet'?"),
    "february": ("2017-02-30 is not a day", "2017-02 has 28 days"),
    "no-such-kommun": ("the register has no kommun 'Norrtelje'", "did you mean 'Norrtälje kommun'"),
    "no-such-line": ("'alla kommuner' is not a line of 'use'", "write 'kommuner in county 14'"),
    "empty-record": ("'webben' holds nothing", "{} where there are none"),
    "season": ("'våren 2016' is a season, not a day", "write the months"),
    "against-the-register": ("the register says '14', not '15'", "leave it out"),
    "word": ("'forening' is not known as actor kind", "did you mean 'förening'?"),
    "unknown-key": ("there is no field 'titel'", "did you mean 'title'?"),
    "missing-title": ("the field 'title' is missing", "every record of its kind has it"),
    "leading-zero": ("the number 0114 is not text", "write it in quotes: '0114'"),
    "check-digit": ("its last digit does not fit", "the last would be 5"),
    "personal-number": ("its third digit is 0", "a personal number is not taken"),
    "swedish-letter": ("'håbo' is not an id", "write 'habo'"),
    "list-for-text": ("a list is not text", "write one text"),
    "comma": ("the comma cuts the text before 'bok'", 'put it in quotes: "Tidning, bok"'),
    "tag": ("the tag tag:yaml.org,2002:str", "leave tags out"),
    "anchor": ("&namn names a value", "write the value out"),
    "alias": ("*namn repeats another value", "write the value out"),
    "double-key": ("the key 'title' stands twice, first on line 30", "keep one"),
    "null": ("nothing is not text", "leave the key out where nothing is recorded"),
    "id-inside": ("the id stands before the fields already", "leave this one out"),
    "month": ("'2016-13' is not a day", "a month 2016-10"),
    "colon": ("mapping values are not allowed", "put the text that holds a colon in quotes"),
    "count": ("'de-tre' is said to hold 4 and holds 3", "correct the count"),
    "circle": ("'runda' holds itself: runda → cirkeln → runda", "take it out"),
    "circle-back": ("'cirkeln' holds itself", "take it out"),
    "dangling": ("no Actor or Group has the id 'kanslit'", "did you mean 'kansliet'?"),
    "wrong-kind": ("'brevet' is a Source", "takes the id of Actor or Group"),
    "tab": ("a tab stands in the indentation", "indent with spaces"),
    "text-for-record": ("'hemlig' holds 'unknown'", "write its fields"),
    "section": ("there is no section 'goal'", "did you mean 'goals'?"),
    "empty-section": ("'goals' holds nothing", "write a map"),
    "list-for-map": ("'processes' holds a list", "write a map"),
    "period": ("the period 2016-01-01 to 2015-12-31 ends before it begins", "write the first day first"),
    "unit": ("'miljoner' is neither a unit nor a currency", "write kr, tkr, mnkr"),
    "float": ("the number 12.50 is not an amount", "write it as text: '12.50 kr'"),
    "no-manner": ("'de-tva' is a group", "write 'each de-tva' or 'jointly de-tva'"),
    "dangling-manner": ("no Actor has the id 'each bra'", "add the Actor"),
    "rest-of-a-faulty-amount": ("the amount of 'avtalet.potten' cannot be read", "correct that amount"),
    "rest": ("the rest cannot be told, since the amount of 'avtalet.okand' is not known", "write unknown"),
    "manner-of-one": ("'bra' is one", "write 'bra'"),
    "yes": ("'yes' is not true or false", "write true or false"),
    "share": ("the share 5/4 is not between nothing and the whole", "write 25 %"),
    "twice-due": ("'due' stands here and beside 'timing'", "keep one"),
    "days": ("-1 is not a number of days", "write whole days"),
    "short-dangling": ("no record has the id 'plan.stegg'", "did you mean 'plan.steg'?"),
    "says-nothing": ("has neither a value nor a reason", "give value, number"),
    "decimal-comma": ("the comma cuts the text before '5'", "write a decimal point: 1.5"),
    "long-range": ("the range 'process-1..99999' is empty or too long", "at most 10 000"),
    "same-id": ("the id 'plan.steg' is used twice", "give one of the two another id"),
    "word-in-list": ("'medlm' is not known as membership kind", "did you mean 'medlem'?"),
}


def named_lines(path):
    """The faults that a document's lines are said to have, by their names, with the line."""
    lines = path.read_text(encoding="utf-8").split("\n")
    found = [(line, number) for number, line in enumerate(lines, 1) if re.search(r"\S +# [a-z]", line)]
    return {name: number for line, number in found for name in line.rpartition(" # ")[2].split(", ")}


def test_every_fault_is_told_once_in_its_line_with_what_would_be_right():
    path = HERE / "faulty.yaml"
    lines = named_lines(path)
    assert lines.keys() == TOLD.keys()
    assert len(lines) >= 20
    with pytest.raises(sv.DocumentError) as refused:
        sv.read(path)
    faults = refused.value.faults
    for name, (message, remedy) in TOLD.items():
        fitting = [f for f in faults if f.place.line == lines[name] and message in f.message and remedy in f.remedy]
        assert len(fitting) == 1, f"{name}: {[str(fault) for fault in faults if fault.place.line == lines[name]]}"
    assert len(faults) == len(TOLD), "nothing is told that only follows from another fault"


def test_the_error_shows_the_first_faults_and_counts_the_rest():
    path = HERE / "faulty.yaml"
    with pytest.raises(sv.DocumentError) as refused:
        sv.read(path)
    shown = str(refused.value).split("\n")
    assert shown[0] == f"{len(TOLD)} faults"
    assert shown[1] == f"{path}:2:1: samverkan: {TOLD['version'][0]}; " + refused.value.faults[0].remedy
    assert shown[-1] == f"… and {len(TOLD) - 50} more"


def test_faults_stand_in_the_order_of_the_document():
    faults = sv.inspect(HERE / "faulty.yaml").faults
    spots = [(fault.place.line, fault.place.column) for fault in faults]
    assert spots == sorted(spots)
    assert all(fault.place.file.endswith("faulty.yaml") for fault in faults)


def test_the_good_records_are_there_with_a_placeholder_for_each_refused_one_that_they_name():
    reading = sv.inspect(HERE / "faulty.yaml")
    c = reading.collaboration
    assert {record.id for record in c if not isinstance(record, sv.ExternalRecord)} == {
        "brevet", "register-kommuner", "ale", "klar", "mall", "bra", "sista", "de-tva", "sekreterare", "avtalet.potten.rad",
        "plan", "norra>delad", "bra>delad",
    }  # fmt: skip
    assert {(record.id, record.kind) for record in c[sv.ExternalRecord]} == {
        ("kansliet", "Actor"),
        ("norra", "Actor"),
        ("delad", "Actor"),
        ("stor", "Actor"),
        ("avtalet.potten", "Grant"),
    }
    assert c["ale"].county == "14", "the register's body is kept as it was brought"
    assert sv.Collaboration(c) == sv.Collaboration(reversed(list(c)))


JSON_TOLD = {
    '"id": 7': [("the number 7 is not text", "write it in quotes: '7'")],
    '"known"': [("2017-02-30 is not a day", "2017-02 has 28 days")],
    '"use"': [("the register has no kommun 'Norrtelje'", "did you mean 'Norrtälje kommun'")],
    '"brevet": {': [("nothing is not text", "leave the key out")],
    '"kansliet": {': [("'forening' is not known", "did you mean 'förening'?")],
    '"norra": {': [("there is no field 'titel'", "did you mean 'title'?"), ("the field 'title' is missing", "")],
    '"sodra": {': [("the number 114 is not text", "write it in quotes: '114'")],
    '"ostra": {': [("its last digit does not fit", "the last would be 5")],
    '"håbo": {': [("'håbo' is not an id", "write 'habo'")],
    '"dubbel": {': [("the key 'title' stands twice", "keep one")],
    '"esc": {': [("the text holds the character U+001B", "take it away")],
    '"halv": {': [("the text holds the character U+D83D", "take it away")],
    '"de-tre": {': [("is said to hold 4 and holds 3", "correct the count")],
    '"ledare": {': [("no Actor or Group has the id 'kanslit'", "did you mean 'kansliet'?")],
    '"vikarie": {': [("'brevet' is a Source", "takes the id of Actor or Group")],
    '"goals"': [("'goals' holds a list", "write a map")],
    '"grant": {}': [("there is no section 'grant'", "did you mean 'grants'?")],
    '"amount": 12.50': [("the number 12.50 is not an amount", "'12.50 kr'")],
    '"receivers"': [("'de-tre' is a group", "each de-tre")],
    '"beslutet": {': [
        ("the number 11.0 is not a whole number", "without"),
        ("'20161017' is not a day", "a day 2016-10-31"),
    ],
    '{"member": "bra"}': [("the field 'of' is missing", "")],
    '    "bra"\n': [("the field 'of' is missing", "")],
    '"mycket"': [("'mycket' is not an amount", "write '1250.50 kr'")],
}


def test_json_is_told_its_faults_in_the_same_way():
    path = HERE / "faulty.json"
    text = path.read_text(encoding="utf-8")
    faults = list(sv.inspect(path).faults)
    for snippet, told in JSON_TOLD.items():
        assert text.count(snippet) == 1, snippet
        line = text.count("\n", 0, text.index(snippet)) + 1
        for message, remedy in told:
            fitting = [f for f in faults if f.place.line == line and message in f.message and remedy in f.remedy]
            assert len(fitting) == 1, f"{snippet}: {[str(f) for f in faults if f.place.line == line]}"
            faults.remove(fitting[0])
    assert faults == [], "nothing is told that only follows from another fault"
    kinds = {record.id: type(record).__name__ for record in sv.inspect(path).collaboration}
    assert kinds == {"bra": "Actor", "dubbel": "ExternalRecord", "rek": "Requisition", "potten>bra": "ExternalRecord"}


A = "samverkan: 1\n"


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("- en lista\n", 1, "a document is a mapping of sections; this holds a list"),
        ("en text\n", 1, "this holds 'en text'"),
        ("actors: {}\n", 1, "does not say its format version"),
        ("samverkn: 1\n", 1, "'samverkn' stands there"),
        (A + "actors:\n  ale: {title: Ale, kind: kommun}\nactors: {}\n", 4, "the key 'actors' stands twice, first on line 2"),
        (A + "actors:\n  yes: {title: Ale, kind: kommun}\n", 3, "programs read it as something else"),
        (A + "actors:\n  a: {title: A, kind: kommun, on: 2016}\n", 3, "there is no field 'on'"),
        (A + "plans:\n  p: {title: P, processes: {a-3..1: {}}}\n", 3, "the range 'a-3..1' is empty or too long"),
        (A + "goals: &x\n", 2, "&x names a value"),
        (A + "grants:\n  a: {title: A, amount: rest}\n", 3, "'rest' stands where there is no whole"),
        (
            A + "grants:\n  a:\n    title: A\n    amount: 5 kr\n    lines:\n      b: {title: B, amount: rest}\n"
            "      c: {title: C, amount: rest}\n",
            7,
            "two neighbours are both the rest",
        ),
        (A + "observations:\n  - {of: x, tallies: {klara: många}}\n", 3, "'många' is not a count"),
        (A + "use: 1440\n", 2, "the number 1440 is not text"),
        (A + "use:\n", 2, "nothing is not text"),
        (A + "use: [kommun 1440 as x, region 14 as x]\n", 2, "another line has brought another 'x'"),
        (A + "use: kommun 1440\ngroups:\n  ale: {}\n", 4, "the register has 'ale' as Actor"),
        (A + "sources:\n  derived: {}\n  a: {basis: derived}\n", 4, "there is no field 'basis'"),
        (A + "? {a: b}\n: {c: d}\n", 2, "a key is a list or a mapping"),
        (A + "? [a, b]\n: c\n", 2, "a key is a list or a mapping"),
        (A + "<<: {actors: {}}\n", 2, "there is no section '<<'"),
        (A + "actors: {a: {title: A, kind: kommun, <<: {note: x}}}\n", 2, "there is no field '<<'"),
        (A + "title: 'utan slut\n", 2, "found unexpected end of stream"),
        (A + "title: @namn\n", 2, "found character that cannot start any token"),
        (A + "title: 50 % [\nactors: {a: [}\n", 3, "YAML"),
    ],
)  # fmt: skip
def test_a_single_fault_is_told_where_it_stands(document, text, line, message):
    with pytest.raises(sv.DocumentError) as refused:
        sv.read(document(text))
    assert [f for f in refused.value.faults if f.place.line == line and message in f.message], str(refused.value)
    assert len(refused.value.faults) <= 2


@pytest.mark.parametrize(
    ("body", "path", "line", "column"),
    [
        ("    days: -10\n", "days", 5, 5),
        ("    due: 2024-02-30\n", "due", 5, 5),
        ("    title: A\n    estimate: {best: 5, likely: 2, worst: 8}\n", "estimate", 5, 5),
        ("    estimate: {best: x, likely: 2, worst: 8}\n", "estimate.best", 5, 16),
        ("    timing: {days: -10}\n", "timing.days", 5, 14),
        ("    timing: {deu: 2024}\n    due: 2024\n", "timing.deu", 5, 14),
        ("    timing: 3\n", "timing", 5, 5),
        ("    after: {predecessor: a, lag: x}\n", "after.lag", 5, 29),
    ],
)
def test_a_key_of_a_timing_is_named_as_it_is_written(document, body, path, line, column):
    title = "" if "title:" in body else "    title: A\n"
    text = A + "activities:\n  a:\n" + title + body
    (fault,) = sv.inspect(document(text)).faults
    assert ".".join(fault.place.path) == f"activities.a.{path}"
    assert (fault.place.line, fault.place.column) == (line, column)


def test_a_number_of_days_is_placed_whoever_has_it(document):
    text = A + "actors:\n  a:\n    title: A\n    kind: board\n    matters_in: -1\n"
    (fault,) = sv.inspect(document(text)).faults
    assert (fault.place.path[-1], fault.place.line) == ("matters_in", 6)


@pytest.mark.parametrize("others", ["", "  c: {title: C, after: bb}\n", "  c: {title: C, after: b}\n"])
def test_an_id_that_is_made_of_what_is_misspelt_is_never_what_was_meant(document, others):
    text = A + "activities:\n  b: {title: B}\n  a: {title: A, after: bb}\n" + others
    faults = sv.inspect(document(text)).faults
    assert {fault.remedy for fault in faults} == {"did you mean 'b'?"}


def test_an_id_that_is_made_of_others_is_found_by_one_who_writes_it_so(document):
    text = A + ("actors:\n  a: {title: A, kind: kommun}\ngrants:\n  g: {title: G, allocations: {recipient: a}}\n"
                "requisitions:\n  r: {allocation: g>b, requested_by: a, amount: 1 kr}\n")  # fmt: skip
    (fault,) = sv.inspect(document(text)).faults
    assert fault.remedy == "did you mean 'g>a'?"


@pytest.mark.parametrize(
    ("text", "line", "column", "message"),
    [
        ("", 1, 1, "the text ends too early"),
        ("[]", 1, 1, "this holds a list"),
        ('{"samverkan": 1,}', 1, 17, "a comma stands before the end"),
        ('{"samverkan": 1 "id": "a"}', 1, 17, "stands where ',' or '}' is due"),
        ('{\n  "samverkan": 1,\n  id: "a"}', 3, 3, "'id' stands where a key is due"),
        ('{"samverkan": 01}', 1, 15, "'01' is no value"),
        ('{"samverkan": NaN}', 1, 15, "'NaN' is no value"),
        ('{"samverkan": -Infinity}', 1, 15, "'-Infinity' is no value"),
        ('{"samverkan": 1}\n{}', 2, 1, "something follows after the end"),
        ('{"samverkan": 1, "title": "a\nb"}', 1, 29, "Invalid control character"),
        ('{"samverkan": 1, "title": "\\x"}', 1, 28, "Invalid \\escape"),
        ('{"samverkan": 1, "title": "a', 1, 27, "Unterminated string"),
        ("{'samverkan': 1}", 1, 2, "stands where a key is due"),
        ('{"samverkan" 1}', 1, 14, "stands where ':' is due"),
        ('{"samverkan": 1, "id": "a", "id": "b"}', 1, 29, "the key 'id' stands twice"),
        ('{"samverkan": ' + "[" * 60 + "]" * 60 + "}", 1, 54, "nested deeper than 40 levels"),
    ],
)
def test_a_slip_in_json_is_told_where_it_stands(document, text, line, column, message):
    faults = sv.inspect(document(text, "document.json")).faults
    assert message in faults[0].message
    assert (faults[0].place.line, faults[0].place.column) == (line, column)
    with pytest.raises(sv.DocumentError):
        sv.read(document(text, "document.json"))


def test_a_line_that_cannot_be_read_hides_no_other_fault(document):
    text = (
        A
        + 'actors:\n  a: {title: "A, kind: kommun}\n  b: {title: B, kind: komun}\n  c:\n    title: C: c\n    kind: komun\n'
    )
    faults = sv.inspect(document(text)).faults
    assert [fault.place.line for fault in faults if "did you mean 'kommun'?" in fault.remedy][-1] == 7


def test_places_can_be_shown_whatever_the_keys_hold(document):
    text = '{"samverkan": 1, "\\u001b[31m": {}, "\\ud800": {}, "' + "x" * 5_000 + '": {}}'
    for fault in sv.inspect(document(text, "document.json")).faults:
        assert str(fault).encode().decode().isprintable()
        assert len(str(fault)) < 1_500


def test_what_a_refused_line_of_use_would_have_brought_is_not_missed_a_second_time(document):
    text = (
        "samverkan: 1\nuse: [kommuner i Vermlands län, region 71 as rv]\nactors:\n"
        "  karlstad: {parts: {vof: {title: Vård, kind: förvaltning}}}\n"
        "  arvika: {title: 5}\n"
        "groups: {g: {of: [kil, karlstad], count: 2}, h: {of: [kill], count: 1}}\n"
        "obligations: {o: {title: O, by: each g, to: rv}}\n"
    )
    assert [str(fault).partition(": ")[2] for fault in sv.inspect(document(text)).faults] == [
        "use.0: there is no county 'Vermlands län'; did you mean 'Värmlands län'?",
        "use.1: the register has no region '71'; give its name or its number",
        "actors.arvika.title: the number 5 is not text; write it in quotes: '5'",
        "groups.h.of: no Actor or Group has the id 'kill'; did you mean 'kil'?",
    ]


def told(text: str, document: Any) -> list[str]:
    return [str(fault).partition(".yaml:")[2] for fault in sv.inspect(document(text)).faults]


LISTED = (
    A
    + "use: [kommun Växjö, kommun Ale]\n"
    + "grants: {g: {title: G, allocations: {till-ale: {recipient: ale, amount: 5 kr}}}}\n"
)


def test_a_map_of_ids_where_a_list_belongs_is_told_once(document):
    text = (
        LISTED
        + "allocations:\n  till-vaxjo: {grant: g, recipient: vaxjo, amount: 5 kr}\n"
        + "requisitions: {r: {allocation: till-vaxjo, requested_by: vaxjo, amount: 5 kr}}\n"
    )
    said = "is a list, and this is a map of ids; put each id inside its record: - {id: till"
    assert told(text, document) == [
        f"3:24: grants.g.allocations: 'allocations' {said}-ale, …}}",
        f"4:1: allocations: 'allocations' {said}-vaxjo, …}}",
    ]


@pytest.mark.parametrize("section", ["{grant: g, recipient: ale, amount: 5 kr}", "[]", "{grant: g, recipent: {}}"])
def test_one_record_or_a_list_is_no_map_of_ids(document, section):
    text = A + f"use: [kommun Ale]\ngrants: {{g: {{title: G}}}}\nallocations: {section}\n"
    assert not any("map of ids" in fault for fault in told(text, document))


@pytest.mark.parametrize(
    ("record", "field"),
    [
        ("grants: {g: {title: G, allocations: [{to: ale, amount: 5 kr}]}}", "recipient"),
        ("requisitions: {r: {allocation: a, by: ale, amount: 5 kr}}", "requested_by"),
    ],
)
def test_by_and_to_are_understood_where_the_field_is_called_something_else(document, record, field):
    remedies = [fault.remedy for fault in sv.inspect(document(A + record)).faults]
    assert f"did you mean {field!r}?" in remedies


EMPTY = "nothing is not text; leave the key out where nothing is recorded"
CUT = "the comma cuts the text before 'by'; put it in quotes: "


@pytest.mark.parametrize(
    ("flow", "message"),
    [
        ("{title: X, by: , note: y}", f"2:12: actors.a.by: {EMPTY}"),
        ("{title: X, by: }", f"2:12: actors.a.by: {EMPTY}"),
        ('{title: X, "by":, note: y}', f"2:12: actors.a.by: {EMPTY}"),
        ("{title: X, by : , note: y}", f"2:12: actors.a.by: {EMPTY}"),
        ("{title: X, ? by\n : , note: y}", f"2:14: actors.a.by: {EMPTY}"),
        ("{title: Åäö 😀, by: , note: y}", f"2:16: actors.a.by: {EMPTY}"),
        ("{title: X, by, note: y}", f'2:14: {CUT}"X, by"'),
        ("{title: X, by}", f'2:14: {CUT}"X, by"'),
        ("{title: Åäö 😀, by # a: b\n , note: y}", f'3:2: {CUT}"Åäö 😀, by"'),
    ],
)
def test_a_key_with_a_colon_and_nothing_after_it_is_no_text_that_a_comma_cuts(document, flow, message):
    text = f"samverkan: 1\nplans: {{p: {{title: P, activities: {{a: {flow}}}}}}}\n"
    shift = text.split("\n")[1].index(flow.split("\n")[0])
    line, column, said = message.split(":", 2)
    at = int(column) + shift * (line == "2")
    assert told(text, document) == [f"{line}:{at}:{said.replace('actors.a', 'plans.p.activities.a')}"]
