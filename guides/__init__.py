"""The exercises as data: one readable file each, and the loader that checks them."""
