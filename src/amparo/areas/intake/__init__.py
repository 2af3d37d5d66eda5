"""Referrals in, hotline calls and outreach contacts."""
