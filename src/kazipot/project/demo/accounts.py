"""Whom a visitor of the demo city can sign in as."""

PASSWORD = "pokazi-mi-pot"  # noqa: S105  (of invented people, served on this machine only)
"""The same for every demo account."""

ROLES = {
    "sluzba": "service",
    "svetovalka": "advisor",
    "vodja": "head",
    "kadri": "hr",
    "kadri-lpp": "hr",
    "trenerka": "trainer",
    "zaposlena": "employee",
    "revizor": "auditor",
}
"""User name → role."""
