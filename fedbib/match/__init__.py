"""Are these the same work?"""
