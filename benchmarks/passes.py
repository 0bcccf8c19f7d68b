"""Forward and backward passes over graphs, written the way users of networkx and rustworkx write them.

Each library has one way in which nodes and edges carry the records; rustworkx has another in which every weight is
worked out as a number while the graph is built, and the days stand in lists.
"""

import networkx as nx
import rustworkx as rx

import samverkan as sv

FAR = 10**9
"""Later than any day."""
USUAL = sv.vocabulary.DependencyKind.FINISH_START


def weight(first, link, second):
    """From the start of one to the start of the other, for one and the other with so many days."""
    if link.kind is USUAL:
        return first + link.lag
    before, after = link.kind.ends
    return (first if before == "finish" else 0) + link.lag - (second if after == "finish" else 0)


def begins(timing):
    return timing.not_before.earliest.toordinal() if timing.not_before else 0


def must_begin(timing):
    return (timing.deadline.latest.toordinal() if timing.due else FAR) - timing.days


class Networkx:
    """A graph of ids, with what the records say on its nodes and edges."""

    def __init__(self, c):
        self.graph = nx.DiGraph()
        self.graph.add_nodes_from((one.id, {"timing": one.timing}) for one in c[sv.Activity])
        self.graph.add_edges_from((one.predecessor, one.successor, {"link": one}) for one in c[sv.Dependency])

    def swept(self, slips):
        timings, early, late = self.graph.nodes.data("timing"), {}, {}
        order = list(nx.topological_sort(self.graph))
        for node in order:
            day = begins(timings[node])
            for before, edge in self.graph.pred[node].items():
                day = max(day, early[before] + weight(timings[before].days, edge["link"], timings[node].days))
            early[node] = day + slips.get(node, 0)
        for node in reversed(order):
            day = must_begin(timings[node])
            for after, edge in self.graph.succ[node].items():
                day = min(day, late[after] - weight(timings[node].days, edge["link"], timings[after].days))
            late[node] = day - slips.get(node, 0)
        return early, late


class Rustworkx:
    """A graph of the records themselves."""

    def __init__(self, c):
        self.graph = rx.PyDiGraph()
        self.numbers = dict(
            zip((one.id for one in c[sv.Activity]), self.graph.add_nodes_from(c[sv.Activity]), strict=True)
        )
        numbers = self.numbers
        self.graph.add_edges_from([(numbers[one.predecessor], numbers[one.successor], one) for one in c[sv.Dependency]])

    def swept(self, slips):
        graph, early, late = self.graph, {}, {}
        order = rx.topological_sort(graph)
        for node in order:
            one = graph[node]
            day = begins(one.timing)
            for before, _, link in graph.in_edges(node):
                day = max(day, early[before] + weight(graph[before].timing.days, link, one.timing.days))
            early[node] = day + slips.get(one.id, 0)
        for node in reversed(order):
            one = graph[node]
            day = must_begin(one.timing)
            for _, after, link in graph.out_edges(node):
                day = min(day, late[after] - weight(one.timing.days, link, graph[after].timing.days))
            late[node] = day - slips.get(one.id, 0)
        return self.told(early), self.told(late)

    def told(self, days):
        return {id: days[node] for id, node in self.numbers.items()}


class Tuned(Rustworkx):
    """A graph of numbers: days on the nodes, weights on the edges."""

    def __init__(self, c):
        self.graph, activities = rx.PyDiGraph(), c[sv.Activity]
        days = [one.timing.days for one in activities]
        self.numbers = dict(zip((one.id for one in activities), self.graph.add_nodes_from(days), strict=True))
        edges = []
        for link in c[sv.Dependency]:
            before, after = self.numbers[link.predecessor], self.numbers[link.successor]
            edges.append((before, after, weight(days[before], link, days[after])))
        self.graph.add_edges_from(edges)
        self.begins = [begins(one.timing) for one in activities]
        self.must_begin = [must_begin(one.timing) for one in activities]

    def swept(self, slips):
        order = rx.topological_sort(self.graph)
        early, late = self.begins.copy(), self.must_begin.copy()
        slipping = {self.numbers[id]: days for id, days in slips.items()}
        for node in order:
            day = early[node]
            for before, _, days in self.graph.in_edges(node):
                if early[before] + days > day:
                    day = early[before] + days
            early[node] = day + slipping.get(node, 0)
        for node in reversed(order):
            day = late[node]
            for _, after, days in self.graph.out_edges(node):
                if late[after] - days < day:
                    day = late[after] - days
            late[node] = day - slipping.get(node, 0)
        return early, late
