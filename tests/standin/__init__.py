"""Stands in for the services that fedbib asks: their wire formats, on this machine."""
