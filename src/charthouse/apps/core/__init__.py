"""What every app stands on: ids, keys and encrypted fields, append-only tables, hooks, refused actions."""
