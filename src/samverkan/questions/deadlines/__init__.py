"""What is due when: obligations, grant windows, the last meeting in time, timetables side by side."""
