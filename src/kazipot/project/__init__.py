"""The roof: settings, URLs, the desks (a landing page per role), the command line and the demo city."""
