"""The product as a node of the test serves it: by the clock of the test."""

from seats import clock

clock.install()

from kazipot.project.wsgi import application  # noqa: E402

__all__ = ["application"]
