"""Pages that belong to no room: accounts, desks, health, errors."""
