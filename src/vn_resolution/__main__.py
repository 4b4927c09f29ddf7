"""Runs the command line as `python -m vn_resolution`."""

from vn_resolution.cli import main

if __name__ == "__main__":
    main()
