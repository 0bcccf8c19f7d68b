"""What cannot be wrong once it exists: days, periods, money, counts, shares, identifiers, timings, findings, tables.

Values see only the tree of errors; they know nothing of records, documents or Sweden's bodies.
They never read a file, look anything up, or round without being asked.
"""
