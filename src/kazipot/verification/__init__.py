"""M5: who was trained and verified in digital security, when, and who is due."""
