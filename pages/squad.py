"""Squad: who of a coach's runners asks for a look, and how their weeks compare."""

import streamlit as st

from ui import (
    archive_form,
    session,
    squad_board,
    squad_comparison,
    squad_export,
    squad_links,
    squad_members,
    squad_notes,
    squad_plans,
)

squad = session.squad()
squad_members.simulated(squad)
st.title("Squad")
if not squad.members:
    squad_members.first_steps(squad)
    squad_members.manage(squad)
    squad_links.manage(squad)
    archive_form.bring_squad(squad)
    st.stop()

session.note_squad(squad, "the squad's board")
may_do = squad.letters is None and squad.scope.may_write  # free text may name somebody
squad_members.hide_names(squad)
rows = squad.board()
squad_board.table(squad, rows)
chosen = squad_board.chosen_runner(squad, rows)
if may_do:
    squad_notes.show(squad, chosen)
squad_comparison.show(squad, rows)
st.markdown("### Files of the squad")
squad_export.offer(squad)
if may_do:
    archive_form.take_squad(squad)
    archive_form.bring_squad(squad)
    squad_plans.show(squad, rows)
squad_members.manage(squad)
if may_do:
    squad_links.manage(squad)
