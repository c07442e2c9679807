"""Who and where: people, their offices, organisations and places, by any of their names and in any script."""
