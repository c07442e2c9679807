"""What every check reads texts with: words, number words, addresses, scripts, and the tables in `data`."""
