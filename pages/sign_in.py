"""Sign in: what Plumbline is, and the way in; nothing of anybody's is shown here."""

from ui import sign_in

sign_in.show()
