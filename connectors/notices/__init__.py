"""Channels to people: e-mail by SMTP, and whatever apprise knows."""
