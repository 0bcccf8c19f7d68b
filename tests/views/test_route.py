"""Lines between boxes: whatever the boxes and whatever ties them, no line lies behind a box or upon another."""

from itertools import combinations, product

from hypothesis import given, settings, strategies as st

from samverkan.views.route import Grid, routed

BOX, GAP, SORTS = (2.0, 1.0), (0.8, 0.3), ("a", "b")


@st.composite
def settings_of_boxes(draw):
    """Boxes in columns and rows, and some ties between them, a box with itself among them."""
    spots = draw(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=1, max_size=9, unique=True))
    places = {f"{x}{y}": (1 + x * (BOX[0] + GAP[0]), GAP[1] + y * (BOX[1] + GAP[1])) for x, y in spots}
    ids = st.sampled_from(sorted(places))
    ties = draw(st.lists(st.tuples(ids, ids, st.sampled_from(SORTS)), max_size=14, unique=True))
    return Grid(places=places, box=BOX, gap=GAP), ties


def crosses(piece, place):
    """Whether a piece goes through the inside of a box."""
    (x, y), (to_x, to_y) = piece
    left, right, top, bottom = min(x, to_x), max(x, to_x), min(y, to_y), max(y, to_y)
    inside = 1e-9
    return (
        left < place[0] + BOX[0] - inside
        and right > place[0] + inside
        and top < place[1] + BOX[1] - inside
        and bottom > place[1] + inside
    )


def upon(one, other):
    """Whether two pieces lie along one another, for more than a point."""
    upright = [a[0] == b[0] for a, b in (one, other)]
    if upright[0] != upright[1]:
        return False
    along, across = (1, 0) if upright[0] else (0, 1)
    if abs(one[0][across] - other[0][across]) > 1e-9:
        return False
    spans = [sorted((a[along], b[along])) for a, b in (one, other)]
    return min(spans[0][1], spans[1][1]) - max(spans[0][0], spans[1][0]) > 1e-9


@settings(max_examples=300)
@given(settings_of_boxes())
def test_no_line_lies_behind_a_box(made):
    grid, ties = made
    for line in routed(ties, SORTS, grid):
        for piece in (*line.pieces, line.head):
            assert not any(crosses(piece, place) for place in grid.places.values())


@settings(max_examples=300)
@given(settings_of_boxes())
def test_lines_of_two_sorts_never_lie_along_one_another_between_the_boxes(made):
    grid, ties = made
    for one, other in combinations(routed(ties, SORTS, grid), 2):
        if one.sort != other.sort:
            drawn = [(*line.pieces, line.head) for line in (one, other)]
            assert not any(upon(a, b) for a, b in product(*drawn))


@settings(max_examples=300)
@given(settings_of_boxes())
def test_every_tie_can_be_followed_from_the_box_it_leaves_to_the_box_it_enters(made):
    grid, ties = made
    lines = {(line.target, line.sort): line for line in routed(ties, SORTS, grid)}
    assert lines.keys() == {(target, sort) for _, target, sort in ties}
    for source, target, sort in ties:
        pieces = [*lines[target, sort].pieces, lines[target, sort].head]
        leaves = [piece for piece in pieces if touches_right(piece, grid.places[source])]
        assert leaves
        met, todo = set(), [pieces.index(leaves[0])]
        while todo:
            number = todo.pop()
            met.add(number)
            todo += [
                n for n in range(len(pieces)) if n not in met and n not in todo and meet(pieces[number], pieces[n])
            ]
        assert len(pieces) - 1 in met
        assert lines[target, sort].head[1][0] == grid.places[target][0]


def touches_right(piece, place):
    x, y = piece[0]
    return abs(x - place[0] - BOX[0]) < 1e-9 and place[1] < y < place[1] + BOX[1]


def meet(one, other):
    (ax, ay), (bx, by) = one
    (cx, cy), (dx, dy) = other
    wide = max(min(ax, bx), min(cx, dx)) <= min(max(ax, bx), max(cx, dx)) + 1e-9
    high = max(min(ay, by), min(cy, dy)) <= min(max(ay, by), max(cy, dy)) + 1e-9
    return wide and high
