"""The HTML door: URLs, views, templates, styles and scripts. Views hold no logic."""
