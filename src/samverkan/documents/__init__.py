"""Documents in and out: YAML and JSON, their schema, their faults with place and remedy.

It sees everything beneath it, from rules to values, and is the only room that knows cattrs and YAML.
It never guesses what a document means, and never changes a file that it could not read or write whole.
"""
