"""A library at zotero.org, kept in step with a collection: what a work is there, and how it gets there."""
