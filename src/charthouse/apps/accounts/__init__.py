"""People who sign in, the organizations they work for, their roles, and how a session stays safe."""
