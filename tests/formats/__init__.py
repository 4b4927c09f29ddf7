"""Readers of formats, and the makers of the files that test them."""
