"""Self-test: how to do it, the form for both legs, the result in words, and a plan to start with."""

import streamlit as st

from analysis import self_test as reading
from guides.catalogue import self_test, shared_advice
from ui import drawing, inputs, into_view, panels, plans, saving, self_tests, session

diary = session.diary()
guide = self_test()
found = self_tests.stored(diary.tests())
form_name = f"self-test-{diary.runner.id}"
version = saving.version(form_name)

st.title("Self-test")
st.markdown(guide.summary)
into_view.when_changed(version, "place-of-result")

if found:
    latest = found[0]
    words = reading.read(latest, found[1:])
    with st.container(border=True):
        st.markdown(f"### Your result of {self_tests.named(latest.on, latest.task)}")
        st.markdown(f"**{words.headline}**")
        self_tests.both_legs(words)
        self_tests.latest_signs(diary)
        with st.expander("What this test can and cannot say"):
            panels.bullets((*guide.meaning, *guide.comparing))
            panels.evidence(guide.evidence)
        self_tests.histories(found, diary.theme)
    plans.offer(diary)

how, form = st.columns([2, 3], gap="large")
with how:
    st.markdown("### How to do it")
    drawing.show("single-leg-squat", diary.theme)
    st.markdown("**Before**")
    panels.bullets(guide.prepare)
    st.markdown("**The test**")
    st.markdown("\n".join(f"{number}. {step}" for number, step in enumerate(guide.steps, 1)))
    drawing.show("pelvis-drop", diary.theme)
    st.markdown("**Stop**")
    panels.bullets(guide.stop)
    panels.evidence([shared_advice().pain_limits])

with form:
    st.markdown("### A new test" if found else "### Your test")
    task = self_tests.chosen_task()
    with st.form(version, border=False):
        on_date = inputs.day("Day", diary.today, f"{version}-test-day")
        left, right = st.columns(2, gap="medium")
        with left:
            left_leg = self_tests.leg("left", task, version)
        with right:
            right_leg = self_tests.leg("right", task, version)
        signs = self_tests.signs(version)
        sent = st.form_submit_button("Show my result", type="secondary" if found else "primary", width="stretch")
    if sent:
        legs = [leg for leg in (left_leg, right_leg) if self_tests.answered(leg)]
        test = {"on_date": on_date, "task": task, "parts": legs}
        said = self_tests.saved(diary.tested_legs(test))
        saving.save(lambda: diary.record_self_test(test, signs), said, form_name)

panels.red_flags(guide.red_flags, expanded=True)

if found:
    with st.expander("Earlier tests"):
        for test_id, on, task in diary.tests()[["id", "on_date", "task"]].drop_duplicates().itertuples(index=False):
            saving.delete_button(diary, "self-test", test_id, self_tests.named(on, task))
