"""Drawings of the main causes: one set, made of shared parts, each with a few labels."""
