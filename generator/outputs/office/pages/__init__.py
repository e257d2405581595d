"""The documents, a file for each sort: what stands in one is the data of the printed page of that name, in the same order."""
