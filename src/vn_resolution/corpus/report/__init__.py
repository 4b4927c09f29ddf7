"""One HTML file that shows what a corpus holds: coverage, kinds, how much was understood, indicators by year."""
