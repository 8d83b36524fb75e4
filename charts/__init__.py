"""Analysis results to Plotly figures, one function a chart."""
