"""What comes back to a coder: findings on coded work, and the answers to them."""
