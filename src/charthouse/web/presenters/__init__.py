"""What pages show that no selector has ready: small functions to data that templates only print."""
