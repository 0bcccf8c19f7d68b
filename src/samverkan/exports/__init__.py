"""What leaves the house: the ledger for another bookkeeping program, deadlines for a calendar, the schema for editors.

Exports see everything beneath them, from rules to values; they alone know icalendar, and import it when they write.
They compute nothing of their own and never drop a doubt: what is uncertain is written as uncertain.
"""

from samverkan.documents.schema import schema
from samverkan.exports.beancount_journal import beancount
from samverkan.exports.icalendar_feed import icalendar

__all__ = ["beancount", "icalendar", "schema"]
