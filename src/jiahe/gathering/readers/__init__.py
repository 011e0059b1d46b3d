"""Readers of delivered files: one module a format, each giving tables of text."""
