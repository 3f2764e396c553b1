"""The log of what was sent out."""

from __future__ import annotations

from ..plan import Plan
from ..records import SentWorkbook


def log_export(plan: Plan, sent: SentWorkbook) -> Plan:
    """Write down that a workbook was made of the plan."""
    return plan.put(sent)
