"""A collaboration seen as a graph: what names what, what waits on what, and to which organisation each thing belongs.

The network sees the register, the model, values and errors; it is the only folder that imports networkx, and
does so when they are first needed.
It never changes a record, and what it computes can be thrown away and computed again.
"""
