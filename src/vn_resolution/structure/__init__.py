"""Turns a decoded source into the structure of the resolution: lines, blocks, zones, labels, tree."""
