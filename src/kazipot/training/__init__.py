"""M3: providers, courses, sessions, personal offers of seats, and who attended."""
