"""When: months, weekdays, times of day, and the words for them."""
