"""Watching over items and answers: differential functioning, dependence, person fit, drift, options, times."""
