"""What an office kept in a sheet until now, taken over: its columns known by name, its rows checked, then tasks."""
