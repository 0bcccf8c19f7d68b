"""What stops when a grant or an agreement ends, and who carries on."""
