"""The dialog for working days: weekdays, holidays, days of one's own, and whose calendar it is."""
