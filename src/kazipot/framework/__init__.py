"""Competence frameworks: areas, competences, levels, their versions and the mappings between them."""
