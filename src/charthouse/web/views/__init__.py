"""Views: read the request, call an action or a selector, render. One file for each part of the house."""
