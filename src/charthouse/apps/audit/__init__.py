"""The tamper-evident log: who did what to which record, when, from where and why."""
