"""The .bib files: BibTeX and biblatex."""
