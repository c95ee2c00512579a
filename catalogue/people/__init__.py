"""People: accounts and roles, passwords, sessions and the links by which somebody comes in."""
