"""The JSON door: routes described by OpenAPI, for programs and for people's own scripts."""
