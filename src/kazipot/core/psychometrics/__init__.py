"""Item response theory: calibrating items, estimating ability, deciding by short adaptive tests, watching over items.

Ability θ is measured in standard deviations of the reference population, which is N(0, 1). The logistic metric has
D = 1. Modules carry the names of the textbook; each docstring gives shapes, units and the source of the method.
"""
