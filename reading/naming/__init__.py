"""Names of units and agencies: where they begin and end, and which are ours."""
