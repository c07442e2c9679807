"""What is said and what is denied: negations, opposites, and parts of a sentence that were left out."""
