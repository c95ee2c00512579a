"""Asking a public service for records: politely, once, and only where an administrator has turned it on."""
