"""The demo practice and the payer simulator; nothing else imports it."""
