"""Settings, the URL map and logging."""
