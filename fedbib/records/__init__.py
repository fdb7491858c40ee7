"""`entries/` on disk: people's file and the program's, read and written."""
