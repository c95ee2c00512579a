"""Photographs and 3D scans: checked by their content, cleaned, kept under their digest, and shown with their specimen."""
