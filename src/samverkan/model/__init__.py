"""The nouns: frozen records that refer to each other by id, and the `Collaboration` that holds a whole set of them.

The model sees values and errors only; it reads no file, builds no graph, asks no question and keeps no register.
A record says what a document says; whatever can be computed from records is computed elsewhere.
"""
