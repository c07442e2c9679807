"""How much and how many: figures, quantities, ranges, spans of time, compared in two texts."""
