"""Drawings of chapter 18: atoms that saturate, a mass that can exist, and an overlap below one."""
