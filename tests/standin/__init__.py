"""Stands in for arXiv, the ACL Anthology, Crossref, DataCite, doi.org and DBLP: their wire formats, on this machine."""
