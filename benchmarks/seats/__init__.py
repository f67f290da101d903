"""The parts of the load test of seats: a clock that can be moved, a mail server, people, records, and the checker."""
