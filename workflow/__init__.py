"""What people and machines do to segments over time."""
