"""Ground floor: Django plumbing that knows no room (accounts, audit, outbox, clock, tables, pdf, ui)."""
