"""From many resolutions to one corpus: a folder with a database that can be asked. `build` makes it, `Corpus` reads."""
