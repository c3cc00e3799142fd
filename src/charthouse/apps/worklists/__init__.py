"""Which chart is ready, for whom, and due when; leases hand each out once."""
