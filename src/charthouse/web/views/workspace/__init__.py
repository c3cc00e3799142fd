"""The workspace: reading a chart, looking for codes, changing them, and leaving the chart."""
