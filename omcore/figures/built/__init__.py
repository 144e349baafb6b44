"""Drawings of chapter 17: atoms that saturate, a mass that can exist, and an overlap below one."""
