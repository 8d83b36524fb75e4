"""Everything that may import Streamlit, except the page scripts."""
