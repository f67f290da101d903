"""Indicators as pure functions: facts in, counts with their evidence out. One module a measure."""
