"""How all tests run: the same examples every time, so that a test that passes here passes there."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

settings.register_profile(
    "roadwright",
    deadline=None,
    derandomize=True,
    max_examples=60,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
settings.load_profile("roadwright")
