"""A table gives its rows as objects, flat dicts, text and HTML, and says what it does not know."""

import csv
import io
from decimal import Decimal
from html.parser import HTMLParser

import pytest
from attrs import field, frozen
from hypothesis import given, strategies as st

import samverkan as sv
from samverkan import Table
from tests.strategies import money, texts, whens


@frozen(kw_only=True)
class Row:
    """One row of a made-up answer."""

    body: str
    amount: sv.fields.Maybe[sv.Money] = None
    when: sv.When | None = None
    answer: object = None
    parts: tuple[str, ...] = ()
    because: tuple[str, ...] = field(default=(), kw_only=True)


rows = st.builds(
    Row,
    body=texts(),
    amount=st.none() | money() | st.sampled_from(sv.vocabulary.Missing),
    when=st.none() | whens(),
    answer=st.sampled_from(
        [None, True, 7, Decimal("0.5"), sv.Truth.CANNOT_TELL, sv.UNKNOWN, sv.vocabulary.Level.LOCAL, sv.count("~60")]
    ),
    parts=st.lists(texts(), max_size=2).map(tuple),
    because=st.lists(st.sampled_from(["ale", "hjo"]), max_size=2).map(tuple),
)
tables = st.builds(
    lambda items, title, unknown: Table(Row, tuple(items), title, tuple(unknown), ("the lag is assumed",)),
    st.lists(rows, max_size=4),
    texts(),
    st.lists(texts(), max_size=2),
)


@given(tables)
def test_a_table_is_a_sequence_of_its_rows(table):
    assert list(table) == [table[n] for n in range(len(table))] == list(table.items)
    assert table[:1] == table.items[:1]
    assert table.columns == ("body", "amount", "when", "answer", "parts")


@given(tables)
def test_rows_are_flat_and_plain(table):
    for row, flat in zip(table, table.rows(), strict=True):
        assert tuple(flat) == table.keys
        assert tuple(name for name in flat if name.partition("_")[2] not in ("currency", "missing")) == table.columns
        assert flat["amount_currency"] == (row.amount.currency if isinstance(row.amount, sv.Money) else None)
        assert flat["amount_missing"] == (str(row.amount) if isinstance(row.amount, sv.vocabulary.Missing) else None)
        assert all(isinstance(value, str | int | bool | Decimal | sv.fields.Day | None) for value in flat.values())
        assert all(
            type(value).__mro__[1] is object or isinstance(value, bool | sv.fields.Day) for value in flat.values()
        )
        assert flat["body"] == row.body
        assert flat["amount"] == (row.amount.amount if isinstance(row.amount, sv.Money) else None)


@given(tables)
def test_rows_go_into_a_csv_file_and_come_back_as_text(table):
    file = io.StringIO(newline="")
    writer = csv.DictWriter(file, table.keys)
    writer.writeheader()
    writer.writerows(table.rows())
    file.seek(0)
    assert [row["body"] for row in csv.DictReader(file)] == [row.body for row in table]


def test_a_day_a_truth_and_a_term_are_plain_in_rows():
    table = Table(
        Row, (Row(body="a", answer=sv.Truth.YES, when=sv.when("2016-10")), Row(body="b", answer=sv.day("2016-10-31")))
    )
    none = {"amount": None, "amount_currency": None, "amount_missing": None, "parts": ""}
    assert table.rows() == [
        {"body": "a", "when": "2016-10", "answer": "yes"} | none,
        {"body": "b", "when": None, "answer": sv.day("2016-10-31")} | none,
    ]


def test_days_within_bounds_have_a_key_for_each_bound():
    @frozen
    class Left:
        days: sv.answers.DayRange | None

    table = Table(Left, (Left(sv.answers.DayRange(11, 20)), Left(sv.answers.DayRange(None, 5)), Left(None)))
    assert [tuple(row.values()) for row in table.rows()] == [(11, 20), (None, 5), (None, None)]
    assert table.keys == ("days_low", "days_high")
    assert table.columns == ("days",)


@given(tables, st.sampled_from([None, True, 7, sv.UNKNOWN]))
def test_where_keeps_the_rows_that_equal_and_what_is_said_of_them(table, wanted):
    kept = table.where(answer=wanted)
    assert list(kept) == [row for row in table if row.answer == wanted]
    assert (kept.title, kept.unknown, kept.assumed) == (table.title, table.unknown, table.assumed)
    assert table.where() == table


@pytest.mark.parametrize("column", ["bodies", "because", ""])
def test_a_column_that_is_not_there_is_refused_with_those_that_are(column):
    with pytest.raises(sv.InvalidValueError, match="columns: body, amount, when, answer, parts"):
        Table(Row, ()).where(**{column: 1})


@given(tables)
def test_each_row_names_the_records_it_rests_on(table):
    for row in table:
        assert table.because(row) == row.because


def test_a_row_of_another_table_rests_on_nothing_here():
    with pytest.raises(sv.InvalidValueError, match="not a row of this table"):
        Table(Row, (Row(body="a"),)).because(Row(body="b"))


def test_tables_are_equal_when_rows_and_notes_are():
    one = Table(Row, (Row(body="a"),), unknown=("the amount",))
    assert one == Table(Row, (Row(body="a"),), unknown=("the amount",))
    assert one != Table(Row, (Row(body="a"),))
    assert one != Table(Row, ())
    assert one != [Row(body="a")]


@given(tables)
def test_the_text_shows_every_word_of_the_rows_and_every_note(table):
    text = str(table)
    for row in table:
        assert all(word[:20] in text for word in row.body.split())
    assert all(f"Not known: {sentence}" in text for sentence in table.unknown)
    assert "Rests on: the lag is assumed" in text
    assert ("(no rows)" in text) is (not len(table)) or any("(no rows)" in row.body for row in table)


def test_the_text_stands_in_columns():
    table = Table(Row, (Row(body="Ale", amount=sv.Money(1250)), Row(body="Upplands Väsby")), "Who gets what")
    lines = str(table).splitlines()
    assert lines[0] == "Who gets what"
    assert lines[1].split() == ["body", "amount", "when", "answer", "parts"]
    assert lines[1].index("amount") == lines[3].index("1 250 kr")
    assert len(lines) == 5


@given(tables)
def test_one_line_shows_what_was_asked_and_how_many_rows_there_are(table):
    assert f" {len(table)} row" in repr(table)
    assert "\n" not in repr(table)


class Seen(HTMLParser):
    """What a browser would make of it."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.open: list[str] = []
        self.cells: list[str] = []

    def handle_starttag(self, tag, attrs):
        assert not attrs
        self.tags.append(tag)
        self.open.append(tag)
        if tag == "td":
            self.cells.append("")

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if self.open[-1:] == ["td"]:
            self.cells[-1] += data


@given(tables)
def test_a_notebook_gets_one_table_in_which_every_text_is_only_text(table):
    seen = Seen()
    seen.feed(table._repr_html_())
    seen.close()
    assert seen.open == []
    assert set(seen.tags) <= {"table", "caption", "tr", "th", "td", "p"}
    assert seen.tags.count("tr") == len(table) + 1
    assert seen.tags.count("p") == len(table.notes())
    assert seen.cells[:: len(table.columns)] == [" ".join(row.body.split()) for row in table]


def test_markup_in_a_title_a_cell_or_a_note_is_escaped():
    bad = "<script>alert('x')</script>"
    html = Table(Row, (Row(body=bad),), bad, (bad,), (bad,))._repr_html_()
    assert "<script>" not in html
    assert html.count("&lt;script&gt;") == 4
