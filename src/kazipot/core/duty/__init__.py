"""The duty of digital security: what happened to a person as events, and the states and dates that follow."""
