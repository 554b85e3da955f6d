"""Mechanisms that know nothing of dashboards."""
