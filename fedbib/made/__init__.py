"""What is made of each record alone: pure functions of its files and the settings, whose results are kept.

Everything that is told of the whole collection is put together from these.
"""
