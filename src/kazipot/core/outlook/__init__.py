"""How many people will have had an opportunity at the end of the year (docs/methods/forecast.md)."""
