"""The parts of the load test of the test: who takes it, what is stored, and the checker."""
