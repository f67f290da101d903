"""The parts of the load test of the questionnaire: its people, the machines, what goes wrong, and the checker."""
