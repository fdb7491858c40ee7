"""The network: what is asked and answered, and how it travels."""
