"""The code book and the encoder, loaded once and asked by date of service."""
