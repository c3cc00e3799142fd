"""The remote program: agreements, signatures, and the gate that asks for them before any chart opens."""
