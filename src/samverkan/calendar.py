"""Counting days: calendar days, months, working days, and the statutory rule for deadlines on a day off."""

from samverkan.values.day import (
    add_days as add_days,
    add_months as add_months,
    add_working_days as add_working_days,
    days_between as days_between,
    deadline as deadline,
    is_exempt as is_exempt,
    is_weekend as is_weekend,
    months_between as months_between,
)
from samverkan.values.ranges import day_range as day_range

__all__ = [name for name in globals() if not name.startswith("_")]
