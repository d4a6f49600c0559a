// Filled in the first slice.
