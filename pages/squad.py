"""Squad: who of a coach's runners asks for a look, and how their weeks compare."""

import streamlit as st

from ui import session, squad_board, squad_comparison, squad_export, squad_members

squad = session.squad()
squad_members.simulated(squad)
st.title("Squad")
if not squad.members:
    squad_members.first_steps()
    squad_members.manage(squad)
    st.stop()

squad_members.hide_names(squad)
rows = squad.board()
squad_board.table(squad, rows)
squad_board.chosen_runner(squad, rows)
squad_comparison.show(squad, rows)
squad_export.offer(squad)
squad_members.manage(squad)
