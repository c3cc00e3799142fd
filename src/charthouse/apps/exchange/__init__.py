"""What crosses the border: files taken in, interchanges sent out, channels and their control numbers."""
