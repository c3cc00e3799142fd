"""The remittance, 835 005010X221A1: its model, writer and reader."""
