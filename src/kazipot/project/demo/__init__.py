"""The demo city: Ljubljana's real units, invented people, lived through 2023–2026 by the product's own operations."""

from kazipot.project.demo.build import build_city

__all__ = ["build_city"]
